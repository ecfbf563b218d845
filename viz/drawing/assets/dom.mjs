// Small things for the pages. Texts come from documents, so they only ever become text nodes.
import { passages } from "./text.mjs";

/**
 * An element with properties, attributes (data-… and aria-…) and children; a child that is null is left out.
 * @param {string} tag
 * @param {Record<string, any>} options
 * @param {...any} children
 * @returns {any} an HTMLElement of the tag's kind
 */
export function el(tag, options = {}, ...children) {
  /** @type {any} */
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

/**
 * An evidence: its sentence with the quote marked, and where it stands.
 * @param {import("./model.mjs").Evidence} row
 * @param {Record<string, string>} words
 */
export function quotation(row, words) {
  const parts = passages(row.sentence || words.noEvidence, row.quote);
  return el("blockquote", {}, el("p", {}, parts.map((part, index) => (index === 1 ? el("mark", {}, part) : part))), row.where ? el("cite", {}, row.where) : null);
}

/**
 * What is known of a document, as a list of terms.
 * @param {[string, string][]} facts
 * @param {Record<string, string>} words
 */
export const factList = (facts, words) =>
  el("dl", {}, facts.map(([name, value]) => [el("dt", {}, name), el("dd", value ? {} : { class: "missing" }, value || words.unknown)]));
