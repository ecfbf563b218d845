// Small things for the page. Texts come from documents, so they only ever become text nodes.

/** An element with properties, attributes (data-… and aria-…) and children; a child that is null is left out. */
export function el(tag, options = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "class") made.className = value;
    else if (name in made && !name.includes("-")) made[name] = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat(Infinity)) if (child !== null && child !== undefined) made.append(child);
  return made;
}

/** "%(count)s added" with its places filled. */
export const say = (text, values = {}) => text.replace(/%\((\w+)\)s/g, (whole, name) => values[name] ?? whole);

/** A date as it is written: 15/03/2022 (vi), 2022-03-15 (otherwise). */
export const day = (date, language) => (language === "vi" ? date.split("-").reverse().join("/") : date);

export const count = (number, language) => new Intl.NumberFormat(language === "vi" ? "vi-VN" : "en-GB").format(number);

/** A link that a document may name: only paths and web addresses. */
export const harmless = (url) => (url && /^(https?:|[^:]*$|[^:/?#]*[/?#])/i.test(url) && !/^\s*javascript:/i.test(url) ? url : null);

/** The sentence with the first place of its quote marked; blanks may differ. */
export function marked(sentence, quote) {
  const text = (sentence ?? "").split(/\s+/).join(" ").trim();
  const wanted = (quote ?? "").split(/\s+/).join(" ").trim();
  const at = wanted ? text.indexOf(wanted) : -1;
  if (at < 0) return [text];
  return [text.slice(0, at), el("mark", {}, wanted), text.slice(at + wanted.length)];
}

/** Offer bytes or text as a file. */
export function save(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = el("a", { href: url, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** JSON from an address, or an error whose message can be shown. */
export async function fetched(url, signal) {
  const answer = await fetch(url, { signal, headers: { Accept: "application/json" } });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(told.error ?? `${answer.status}`);
  return told;
}
