// What a page gets from its server and gives to its visitor.
import { el } from "../../../drawing/assets/dom.mjs";

/**
 * Offer bytes or text as a file.
 * @param {Blob} blob
 * @param {string} name
 */
export function save(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = el("a", { href: url, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/**
 * JSON from an address, or an error whose message can be shown. Sent with no headers of its own, as those that a page asks for beforehand.
 * @param {string} url
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export async function fetched(url, signal) {
  const answer = await fetch(url, { signal });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(told.error ?? `${answer.status}`);
  return told;
}

/** Should nothing move? */
export const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
