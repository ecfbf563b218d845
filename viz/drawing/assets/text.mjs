// How the pages read and write text. No page is touched here, so Node can run all of it.

/**
 * Letters without marks, in lower case, for a search that needs none.
 * @param {string} text
 */
export const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐðÐ]/g, "d").toLowerCase();

/**
 * "%(count)s added" with its places filled.
 * @param {string} text
 * @param {Record<string, unknown>} values
 */
export const say = (text, values = {}) => text.replace(/%\((\w+)\)s/g, (whole, name) => String(values[name] ?? whole));

/** @param {string} text */
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * An ISO day, month or year as it is written: 05/05/2022 (vi), 5 May 2022 (en); what is none stays as it is.
 * @param {string} iso
 * @param {string} language
 */
export function day(iso, language) {
  if (!/^\d+(-\d+)*$/.test(iso)) return iso;
  if (language === "vi") return iso.split("-").reverse().join("/");
  const whole = /^\d{4}-\d\d-\d\d$/.test(iso);
  return whole ? new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" }).format(new Date(iso)) : iso;
}

/**
 * @param {number} number
 * @param {string} language
 */
export const count = (number, language) => new Intl.NumberFormat(language === "vi" ? "vi-VN" : "en-GB").format(number);

/**
 * A link that a document may name: only paths and web addresses.
 * @param {string | null | undefined} url
 */
export const harmless = (url) => (url && /^(https?:|[^:]*$|[^:/?#]*[/?#])/i.test(url) && !/^\s*javascript:/i.test(url) ? url : null);

/**
 * The sentence as what comes before the first place of its quote, the quote and what comes behind, or as one piece where there is no
 * such place. Blanks may differ.
 * @param {string | null | undefined} sentence
 * @param {string | null | undefined} quote
 * @returns {string[]}
 */
export function passages(sentence, quote) {
  const plain = (/** @type {string} */ text) => text.split(/\s+/).join(" ").trim();
  for (const read of [(/** @type {string} */ text) => text, plain]) {
    const [text, wanted] = [read(sentence ?? ""), read(quote ?? "")];
    const at = wanted ? text.indexOf(wanted) : -1;
    if (at >= 0) return [text.slice(0, at), wanted, text.slice(at + wanted.length)];
  }
  return [sentence ?? ""];
}
