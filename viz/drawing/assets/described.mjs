/* What the panel says of a thing, or of one relation, with the sentences that say so. */
import { el, factList, quotation } from "./dom.mjs";
import { capital, count, say } from "./text.mjs";

const FIRST = { relations: 25, sentences: 2, ofOne: 20 }; // what stands there before "show all"

/**
 * @param {string} level
 * @param {string} text
 */
const eyebrow = (level, text) => el("p", { class: "eyebrow" }, el("i", { class: "level", "data-level": level }), text);
/** @param {string} text */
const heading = (text) => el("h2", { tabIndex: -1 }, text);

export class Described {
  /**
   * `cards` are the nodes with their words, `jump` leads to one of them.
   * @param {import("./model.mjs").Picture} page
   * @param {import("./model.mjs").Model} model
   * @param {any[]} cards
   * @param {(id: number) => void} jump
   */
  constructor(page, model, cards, jump) {
    this.page = page;
    this.words = page.words;
    this.model = model;
    this.cards = cards;
    this.jump = jump;
    this.levelName = new Map(page.levels.map((one) => [one.name, one.label]));
  }

  /** @param {number} id */
  node(id) {
    const { words } = this;
    const node = this.cards[id];
    const groups = this.model.relationsOf(id);
    return [
      eyebrow(node.level, [node.kind === "body" ? words.body : node.typeName, this.levelName.get(node.level)].join(" · ")),
      heading(node.label),
      node.title && node.title !== node.label ? el("p", { class: "title" }, node.title) : null,
      node.kind === "body" ? null : factList([[words.number, node.number], [words.issuer, node.issuer ?? ""], [words.date, node.day]], words),
      groups.map((group) => this.group(group)),
      groups.length ? null : el("p", { class: "doubt" }, words.alone),
      el("p", { class: "iri" }, node.iri),
    ];
  }

  /** @param {import("./model.mjs").GraphEdge} link */
  edge(link) {
    const { words } = this;
    const quotes = el("div");
    this.evidence(link, quotes, FIRST.ofOne);
    const ends = [[link.source, words.from], [link.target, words.to]].map(([id, text]) => el("li", {}, el("p", { class: "doubt" }, text), this.button(Number(id))));
    return [
      eyebrow(this.cards[link.source].level, words.relation), heading(capital(link.label)), el("ol", {}, ends),
      this.subheading(words.evidence, link.evidence?.length ?? 0), quotes,
    ];
  }

  /** @param {ReturnType<import("./model.mjs").Model["relationsOf"]>[number]} group */
  group(group) {
    const list = el("ol");
    this.some(list, group.edges, FIRST.relations, (link) => {
      const item = el("li", {}, this.button(group.other(link)));
      this.evidence(link, item, FIRST.sentences);
      return item;
    });
    return [this.subheading(group.label, group.edges.length), list];
  }

  /**
   * @param {string} text
   * @param {number} size
   */
  subheading(text, size) {
    return el("h3", {}, capital(text), el("b", {}, count(size, this.page.language)));
  }

  /** @param {number} id */
  button(id) {
    const node = this.cards[id];
    const under = node.title && node.title !== node.label ? node.title : [node.issuer, node.day].filter(Boolean).join(", ");
    return el("button", { type: "button", class: "link", "data-level": node.level, onclick: () => this.jump(id) }, node.label, under ? el("small", {}, under) : null);
  }

  /**
   * @param {import("./model.mjs").GraphEdge} link
   * @param {any} parent
   * @param {number} first
   */
  evidence(link, parent, first) {
    if (link.certainty && link.certainty !== "explicit") parent.append(el("p", { class: "doubt" }, this.words.doubt));
    if (!link.evidence?.length) parent.append(el("p", { class: "doubt" }, this.words.noEvidence));
    this.some(parent, link.evidence ?? [], first, (row) => quotation(row, this.words));
  }

  /**
   * The first of a list, and a button for the rest.
   * @template T
   * @param {any} parent
   * @param {T[]} list
   * @param {number} first
   * @param {(one: T) => any} make
   */
  some(parent, list, first, make) {
    parent.append(...list.slice(0, first).map(make));
    if (list.length <= first) return;
    const button = el("button", { type: "button", class: "more", onclick: () => rest.replaceWith(...list.slice(first).map(make)) }, say(this.words.more, { count: count(list.length, this.page.language) }));
    const rest = parent.tagName === "OL" ? el("li", {}, button) : button;
    parent.append(rest);
  }
}
