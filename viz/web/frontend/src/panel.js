// The panel beside the graph: what is known of the chosen document, or the sentences that state the chosen relation.
import { el, factList, quotation } from "../../../drawing/assets/dom.mjs";
import { count, day, harmless, say } from "../../../drawing/assets/text.mjs";
import { fetched } from "./browser.js";
import { outline, shapeOf } from "./shapes.js";

const FIRST = 12; // relations shown before "show all"

/** The sign of a node as a small SVG; its colour comes from data-level. */
export function sign(node, size = 14) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  made.setAttribute("viewBox", "-10 -10 20 20");
  made.setAttribute("width", String(size));
  made.setAttribute("height", String(size));
  made.setAttribute("aria-hidden", "true");
  made.setAttribute("class", "sign");
  made.dataset.level = node.level ?? "";
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", outline(shapeOf(node), 8));
  path.setAttribute("fill-rule", "evenodd");
  made.append(path);
  return made;
}

export class Panel {
  /** `page` offers: data, live, urls, chooseNode(id), chooseEdge(id), expand(id), close(). */
  constructor(root, page) {
    this.root = root;
    this.page = page;
    root.addEventListener("keydown", (event) => {
      if (event.key === "Escape") page.close();
    });
  }

  hide() {
    this.root.hidden = true;
    this.asked?.abort();
  }

  show(...parts) {
    const { words } = this.page.data;
    const bar = el("div", { class: "panel-bar" }, el("button", { type: "button", class: "quiet-text", "aria-label": words.close, onclick: () => this.page.close() }, "×"));
    this.root.replaceChildren(bar, ...parts.flat().filter(Boolean));
    this.root.hidden = false;
    this.root.scrollTop = 0;
  }

  level(node) {
    return this.page.data.levels.find((one) => one.name === node.level)?.label ?? node.level;
  }

  node(node) {
    const { data, live } = this.page;
    const { words, language } = data;
    const facts = /** @type {[string, any][]} */ ([
      [words.type, node.type], [words.date, node.date && day(node.date, language)], [words.issuer, node.issuer],
    ].filter(([, value]) => value !== undefined));
    const title = el("p", { class: "panel-title" }, node.title ?? "");
    const list = factList(facts, words);
    const url = harmless(node.url);
    this.show(
      el("p", { class: "panel-kicker" }, sign(node), node.kind === "body" ? words.body : this.level(node)),
      el("h2", { tabIndex: -1 }, node.label),
      title,
      node.kind === "body" ? null : list,
      el("p", { class: "panel-acts" },
        url ? el("a", { href: url, class: "button" }, words.page) : null,
        live && node.id !== data.focus ? el("a", { href: this.page.aroundUrl(node), class: "button" }, words.around) : null,
        live ? el("button", { type: "button", onclick: () => this.page.expand(node.id) }, words.expand) : null),
      this.relations(node),
    );
    if (node.title === undefined && live) this.complete(node, title, list);
  }

  /** A graph drawn whole comes without titles and issuers: ask for them. */
  async complete(node, title, list) {
    this.asked?.abort();
    this.asked = new AbortController();
    try {
      const told = await fetched(this.page.nodeUrl(node, 0), this.asked.signal);
      const known = told.nodes[told.focus];
      title.textContent = known.title;
      list.append(...factList([[this.page.data.words.issuer, known.issuer]], this.page.data.words).children);
    } catch {
      // the rest of the panel stands
    }
  }

  relations(node) {
    const { data, drawing } = this.page;
    const { words, language, nodes } = data;
    const said = drawing.model.relationsOf(node.id).flatMap(({ label, edges, other }) => edges.map((edge) => ({ label, edge, other: nodes[other(edge)] })));
    if (!said.length) return null;
    const item = ({ label, edge, other }) => el("li", {},
      el("button", { type: "button", class: "relation", "data-group": edge.group, onclick: () => this.page.chooseEdge(edge.id) }, label),
      el("button", { type: "button", class: "other", onclick: () => this.page.chooseNode(other.id) }, sign(other, 12), other.label),
      other.date ? el("small", {}, day(other.date, language)) : null);
    const list = el("ol", { class: "panel-relations" }, said.slice(0, FIRST).map(item));
    const more = said.length > FIRST
      ? el("button", {
        type: "button", class: "more",
        onclick: () => { list.append(...said.slice(FIRST).map(item)); more.remove(); },
      }, say(words.more, { count: count(said.length, language) }))
      : null;
    return [el("h3", {}, words.relations, el("b", {}, count(said.length, language))), list, more];
  }

  async edge(edge) {
    const { data } = this.page;
    const { words, nodes } = data;
    const [subject, object] = [nodes[edge.source], nodes[edge.target]];
    const place = el("div", { class: "panel-evidence", "aria-live": "polite" });
    const button = (node) => el("button", { type: "button", class: "other", onclick: () => this.page.chooseNode(node.id) }, sign(node, 12), node.label);
    this.show(
      el("h2", { tabIndex: -1, class: "statement" }, button(subject), el("span", { class: "verb", "data-group": edge.group }, edge.label), button(object)),
      edge.certainty && edge.certainty !== "explicit" ? el("p", { class: "doubt" }, words.doubt) : null,
      el("h3", {}, words.evidence),
      place,
    );
    try {
      this.asked?.abort();
      this.asked = new AbortController();
      edge.evidence ??= this.page.live ? (await fetched(this.page.evidenceUrl(subject, edge, object), this.asked.signal)).evidence : [];
      place.replaceChildren(...(edge.evidence.length ? edge.evidence.map((row) => quotation(row, words)) : [el("p", { class: "none" }, words.noEvidence)]));
    } catch (error) {
      if (error.name !== "AbortError") place.replaceChildren(el("p", { class: "none" }, say(words.failed, { why: error.message })));
    }
  }
}
