/* Search in a written site: words without diacritics, the last one as far as it is typed, numbers without leading zeros. */
import { el } from "../../drawing/assets/dom.mjs";
import { day, fold } from "../../drawing/assets/text.mjs";

const $ = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
const [box, field, list, status] = ["lookup", "lookup-words", "lookup-hits", "lookup-status"].map($);
const MOST = 50;
/** @param {string} text */
const wordsOf = (text) => (fold(text.replace(/\/\s*TƯ(?!\p{L})/giu, "/TW")).match(/[a-z0-9]+/g) ?? []).map((word) => (/^\d+$/.test(word) ? word.replace(/^0+(?=\d)/, "") : word));
/** @type {string[][]} as site.py writes them */
const written = /** @type {any} */ (window).chidaoSearch;
const entries = written.map(([label, title, issuer, date, , file], place) => ({
  label, title, issuer, date, file, place, name: wordsOf(label), rest: wordsOf(`${title} ${issuer} ${date.slice(0, 4)}`),
}));
const root = box.dataset.root.replace(/static\/?$/, "");

/**
 * How well all words fit an entry; 0 when one does not.
 * @param {(typeof entries)[number]} entry
 * @param {string[]} asked
 */
function score(entry, asked) {
  let sum = 0;
  for (const [i, word] of asked.entries()) {
    const fits = (/** @type {string} */ other) => other === word || (i === asked.length - 1 && !/^\d+$/.test(word) && other.startsWith(word));
    if (entry.name.some(fits)) sum += 3;
    else if (entry.rest.some(fits)) sum += 1;
    else return 0;
  }
  return sum + (entry.name.join(" ").includes(asked.join(" ")) ? 5 : 0);
}

function show() {
  const asked = wordsOf(field.value);
  const scored = entries.map((entry) => ({ entry, sum: asked.length ? score(entry, asked) : 1 })).filter(({ sum }) => sum);
  scored.sort((a, b) => b.sum - a.sum || a.entry.place - b.entry.place);
  list.replaceChildren(...scored.slice(0, MOST).map(({ entry }) => el("li", {}, el("div", {},
    el("a", { class: "doc", href: root + entry.file }, entry.label),
    el("span", { class: "title" }, entry.title ? ` ${entry.title}` : ""),
    el("p", { class: "meta" }, [entry.issuer, day(entry.date, document.documentElement.lang)].filter(Boolean).join(" · "))))));
  status.textContent = scored.length ? scored.length + (scored.length > MOST ? ` · ${box.dataset.more}` : "") : box.dataset.none;
}
field.addEventListener("input", show);
show();
