/* The search box: "nghi quyet 15" finds "Nghị quyết 15-NQ/TW". */
import { el } from "./dom.mjs";
import { count, say } from "./text.mjs";

const SHOWN = 30;

export class SearchBox {
  /**
   * `found` is told what was found, or null where nothing is searched, and `picked` what was picked.
   * @param {{query: HTMLInputElement, hits: HTMLElement, told: HTMLElement}} parts
   * @param {import("./model.mjs").Picture} page
   * @param {{find: (text: string) => any[] | null, day: (id: number) => string, found: (nodes: any[] | null) => void, picked: (id: number) => void}} on
   */
  constructor({ query, hits, told }, page, on) {
    this.query = query;
    this.hits = hits;
    this.told = told;
    this.page = page;
    this.on = on;
    this.active = -1;
    query.addEventListener("input", () => this.search());
    query.addEventListener("keydown", (event) => this.key(event));
  }

  search() {
    const { words, language } = this.page;
    const found = this.on.find(this.query.value);
    this.open(Boolean(found));
    this.told.textContent = found ? say(words.matches, { count: count(found.length, language) }) : "";
    this.hits.replaceChildren(...(found ?? []).slice(0, SHOWN).map((node) => this.hit(node)));
    if (found && !found.length) this.hits.append(el("li", { "aria-disabled": "true" }, words.noMatch));
    this.mark(found?.length ? 0 : -1);
    this.on.found(found);
  }

  /** @param {any} node */
  hit(node) {
    const under = node.title || [node.issuer, this.on.day(node.id)].filter(Boolean).join(", ");
    const options = { id: `hit-${node.id}`, role: "option", "data-level": node.level, onclick: () => this.pick(node.id) };
    return el("li", options, el("strong", {}, node.label), el("span", {}, under));
  }

  /** @param {number} id */
  pick(id) {
    this.open(false);
    this.on.picked(id);
  }

  /** @param {boolean} open */
  open(open) {
    this.hits.hidden = !open;
    this.query.setAttribute("aria-expanded", String(open));
  }

  /** @param {number} next */
  mark(next) {
    const items = [...this.hits.children];
    this.active = items.length ? (next + items.length) % items.length : -1;
    items.forEach((item, place) => item.setAttribute("aria-selected", String(place === this.active)));
    if (this.active < 0) return this.query.removeAttribute("aria-activedescendant");
    this.query.setAttribute("aria-activedescendant", items[this.active].id);
    return items[this.active].scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (this.hits.hidden) this.search();
      else this.mark(this.active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && this.active >= 0 && !this.hits.hidden) {
      /** @type {HTMLElement} */ (this.hits.children[this.active]).click();
      return;
    } else if (event.key === "Escape") {
      this.query.value = "";
      this.search();
    } else return;
    event.preventDefault();
  }
}
