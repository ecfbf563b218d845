// The graph page: the form's filters, the drawing, the panel, the search, the list below and the address, kept in step.
import { el } from "../../../drawing/assets/dom.mjs";
import { count, day, harmless, say } from "../../../drawing/assets/text.mjs";
import { fetched, save } from "./browser.js";
import { unpack } from "./data.js";
import { png, svg } from "./download.js";
import { canDraw, Drawing } from "./drawing.js";
import { Panel, sign } from "./panel.js";

const LISTED = 40;

export class GraphPage {
  /** @type {import("../../../drawing/assets/model.mjs").Picture} */
  data;
  /** @type {Drawing} */
  drawing;
  /** Is everything drawn? */
  whole = false;
  /** @type {AbortController | undefined} */
  asking;

  /** @param {any} root the stage */
  constructor(root) {
    const one = (/** @type {string} */ selector) => /** @type {any} */ (document.querySelector(selector));
    this.root = root;
    this.stage = root.querySelector(".graph-canvas");
    this.form = one("#graph-tools");
    this.status = one("#graph-status");
    this.list = one("#graph-list tbody");
    this.rest = one("#graph-rest");
    this.inline = one("script#graph-data[type='application/json']");
    this.live = !this.inline;
    /** @type {string[]} the IRIs of nodes whose neighbours were added */
    this.opened = [];
    this.panel = new Panel(root.querySelector(".graph-panel"), this);
  }

  async start() {
    this.say(this.root.dataset.wait ?? "…");
    const from = new URLSearchParams(location.search);
    let able = false;
    try {
      const asked = this.inline ? JSON.parse(this.inline.textContent) : fetched(this.root.dataset.url);
      able = canDraw(); // while the data is on its way: without a graphics card to find out takes as long
      this.take(unpack(await asked));
    } catch (error) {
      this.say(error.message);
      return;
    }
    if (!able) {
      this.say(this.data.words.noWebGL);
      this.root.classList.add("undrawn");
      return;
    }
    const on = {
      node: (id) => this.chooseNode(id, { move: false }), edge: (id) => this.chooseEdge(id), stage: () => this.close(), twice: (id) => this.live && this.expand(id),
    };
    this.drawing = new Drawing(this.stage, this.data, on, this.whole ? this.filters() : {});
    this.root.drawing = this.drawing; // for a console, and for tests
    this.controls();
    this.tell();
    for (const iri of from.getAll("open").slice(0, 20)) {
      const known = this.drawing.model.byIri.get(iri);
      if (known && this.live) await this.expand(known.id, { quiet: true });
    }
    const chosen = this.drawing.model.byIri.get(from.get("node") ?? "");
    if (chosen) this.chooseNode(chosen.id);
    this.root.dataset.ready = "true";
    if (!this.live) this.refilter();
  }

  take(data) {
    this.data = data;
    this.whole = data.focus === null;
  }

  say(text) {
    this.status.textContent = text;
  }

  /** How much is shown, in words and in the list. */
  tell() {
    const { words, language, omitted } = this.data;
    const nodes = this.drawing.order.filter((node) => this.drawing.model.visible(node));
    const told = say(words.shown, { nodes: count(nodes.length, language), edges: count(this.drawing.model.told.size, language) });
    this.say(nodes.length ? told + (omitted ? ` · ${say(words.omitted, { count: count(omitted, language) })}` : "") : words.nothing);
    this.rows(nodes);
  }

  rows(nodes) {
    if (!this.list) return;
    const { words, language } = this.data;
    const first = nodes.slice(0, LISTED);
    const ids = new Set(first.map((node) => node.id));
    const said = new Map();
    for (const edge of this.data.edges) {
      if (!ids.has(edge.source) || !this.drawing.model.told.has(edge.id)) continue;
      if (!said.has(edge.source)) said.set(edge.source, []);
      said.get(edge.source).push(edge);
    }
    this.list.replaceChildren(...first.map((node) => {
      const url = harmless(node.url);
      const links = said.get(node.id) ?? [];
      return el("tr", {},
        el("th", { scope: "row" }, el("button", { type: "button", class: "name", onclick: () => { this.chooseNode(node.id); this.root.scrollIntoView({ block: "start" }); } }, sign(node, 12), node.label),
          node.title ? el("span", { class: "title" }, node.title) : null, url ? el("a", { href: url, class: "open" }, words.page) : null),
        el("td", { class: "date" }, node.date ? day(node.date, language) : words.undated),
        el("td", {}, this.panel.level(node)),
        el("td", {}, el("ul", {}, links.slice(0, 3).map((edge) => el("li", {}, `${edge.label} ${this.data.nodes[edge.target].label}`)), links.length > 3 ? el("li", {}, "…") : null)));
    }));
    const left = nodes.length - first.length;
    this.rest.textContent = left > 0 ? say(words.rest, { count: count(left, language) }) : "";
  }

  // --- choosing ---

  chooseNode(id, { move = true, focus = true } = {}) {
    this.drawing.choose({ node: id }, { move });
    this.panel.node(this.data.nodes[id]);
    if (focus) this.panel.root.querySelector("h2").focus({ preventScroll: true });
    this.remember();
  }

  chooseEdge(id) {
    this.drawing.choose({ edge: id });
    this.panel.edge(this.data.edges[id]);
    this.panel.root.querySelector("h2").focus({ preventScroll: true });
    this.remember();
  }

  close() {
    if (this.panel.root.hidden && !this.drawing.chosen) return;
    const inside = this.panel.root.contains(document.activeElement);
    this.panel.hide();
    this.drawing.choose(null);
    if (inside) this.root.focus({ preventScroll: true });
    this.remember();
  }

  async expand(id, { quiet = false } = {}) {
    const node = this.data.nodes[id];
    try {
      const more = unpack(await fetched(this.nodeUrl(node, 1, { max_nodes: 150 })));
      const added = this.drawing.add(more, id);
      if (!this.opened.includes(node.iri)) this.opened.push(node.iri);
      this.tell();
      if (quiet) return;
      this.chooseNode(id, { move: false });
      this.say(`${say(this.data.words.expanded, { count: count(added, this.data.language) })} · ${this.status.textContent}`);
    } catch (error) {
      this.say(say(this.data.words.failed, { why: error.message }));
    }
  }

  // --- addresses ---

  api(path, values) {
    const url = new URL(this.root.dataset.api + path, location.href);
    for (const [name, value] of values) if (value !== "" && value !== null && value !== undefined) url.searchParams.append(name, value);
    return url.pathname + url.search;
  }

  nodeUrl(node, depth, more = {}) {
    const bodies = node.kind === "body" ? [["bodies", "1"]] : [];
    return this.api("", [["iri", node.iri], ["depth", depth], ...bodies, ...Object.entries(more)]);
  }

  evidenceUrl(subject, edge, object) {
    return this.api("/evidence", [["subject", subject.iri], ["predicate", edge.predicate], ["object", object.iri]]);
  }

  aroundUrl(node) {
    return `${location.pathname}?${new URLSearchParams({ iri: node.iri, view: "network" })}`;
  }

  /** What the form says, as the pairs of a query; a group of boxes that are all ticked says nothing. */
  asked() {
    const pairs = [];
    const focus = this.data.focus === null ? null : this.data.nodes[this.data.focus];
    if (focus) pairs.push(["iri", focus.iri]);
    for (const name of ["depth", "direction"]) {
      const field = this.form.elements[name];
      if (focus && field && field.value !== field.dataset.usual) pairs.push([name, field.value]);
    }
    for (const name of ["relation", "level"]) {
      const boxes = [...this.form.querySelectorAll(`input[name=${name}]`)];
      const ticked = boxes.filter((box) => box.checked);
      if (ticked.length < boxes.length) for (const box of ticked) pairs.push([name, box.value]);
    }
    if (this.whole && this.form.querySelector("input[name=lone]:checked")) pairs.push(["lone", "1"]);
    return pairs;
  }

  /** The ticked boxes as sets for the drawing, null where all are. */
  filters() {
    const set = (name) => {
      const boxes = [...this.form.querySelectorAll(`input[name=${name}]`)];
      const ticked = boxes.filter((box) => box.checked);
      return ticked.length === boxes.length ? null : new Set(ticked.map((box) => box.value));
    };
    const lone = /** @type {HTMLInputElement | null} */ (this.form.querySelector("input[name=lone]"));
    return { relations: set("relation"), levels: set("level"), linked: this.whole && !lone?.checked };
  }

  remember() {
    const pairs = this.asked();
    const { chosen } = this.drawing;
    if (!this.whole) pairs.push(["view", "network"]);
    for (const iri of this.opened) pairs.push(["open", iri]);
    if (chosen?.node !== undefined) pairs.push(["node", this.data.nodes[chosen.node].iri]);
    const query = new URLSearchParams(pairs).toString();
    try {
      history.replaceState(null, "", `${location.pathname}${query ? `?${query}` : ""}`);
    } catch {
      // a page from a disk may not change its address
    }
    const file = /** @type {HTMLAnchorElement | null} */ (document.querySelector(".graph-page a[data-export]"));
    if (file) {
      const kept = pairs.filter(([name]) => !["open", "node", "view", "lone"].includes(name));
      file.href = this.api("/export", [["format", "graphml"], ...kept]);
    }
  }

  // --- controls ---

  controls() {
    const { words } = this.data;
    const folded = this.form.querySelector("details");
    if (folded && matchMedia("(max-width: 60rem)").matches) folded.open = false;
    this.form.addEventListener("change", (/** @type {any} */ event) => {
      if (event.target.name !== "ref") this.change();
    });
    this.form.addEventListener("submit", (/** @type {Event} */ event) => {
      if (this.form.elements.ref && this.form.elements.ref.value !== this.form.elements.ref.defaultValue) return; // another document
      event.preventDefault();
      this.change();
    });
    const act = (name, does) => {
      for (const button of document.querySelectorAll(`.graph-page [data-act=${name}]`)) button.addEventListener("click", does);
    };
    act("in", () => this.drawing.zoom(1.6));
    act("out", () => this.drawing.zoom(1 / 1.6));
    act("fit", () => this.drawing.fit());
    act("png", async () => save(await png(this.drawing), "chidao-graph.png"));
    act("svg", () => save(new Blob([svg(this.drawing).text], { type: "image/svg+xml" }), "chidao-graph.svg"));
    act("link", async () => {
      this.remember();
      try {
        await navigator.clipboard.writeText(location.href);
      } catch {
        const field = el("input", { value: location.href });
        document.body.append(field);
        field.select();
        document.execCommand("copy");
        field.remove();
      }
      this.say(words.copied);
    });
    this.root.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.key(event));
    this.finding();
    this.remember();
  }

  /** @param {any} event */
  key(event) {
    if (event.target.closest("input, textarea, select")) return;
    const camera = this.drawing.renderer.getCamera();
    const step = 0.12 * camera.ratio;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
    if (event.target === this.root && moves[event.key]) {
      const [x, y] = moves[event.key];
      if (this.drawing.chosen?.node === undefined) camera.setState({ x: camera.x + x, y: camera.y + y });
      else this.walk(Math.sign(x), -Math.sign(y));
    } else if (event.key === "+" || event.key === "=") this.drawing.zoom(1.4);
    else if (event.key === "-") this.drawing.zoom(1 / 1.4);
    else if (event.key === "0") this.drawing.fit();
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  /**
   * From the chosen node to the next one to the right, left, below or above.
   * @param {number} dx
   * @param {number} dy
   */
  walk(dx, dy) {
    const { chosen, model, stretch } = this.drawing;
    const at = (/** @type {{x: number, y: number}} */ { x, y }) => ({ x: x * stretch, y });
    const from = chosen?.node;
    const next = from === undefined ? null : model.next(at(this.data.nodes[from]), dx, dy, { from, at });
    if (next) this.chooseNode(next.id, { focus: false });
  }

  async change() {
    this.drawing.chosen = null;
    this.panel.hide();
    if (this.whole || !this.live) {
      this.refilter();
    } else {
      this.asking?.abort();
      this.asking = new AbortController();
      this.say(this.data.words.wait);
      try {
        const values = this.asked();
        for (const name of ["depth", "direction"]) {
          if (!values.some(([key]) => key === name)) values.push([name, this.form.elements[name].value]);
        }
        this.take(unpack(await fetched(this.api("", values), this.asking.signal)));
        this.opened = [];
        this.drawing.show(this.data);
      } catch (error) {
        if (error.name !== "AbortError") this.say(say(this.data.words.failed, { why: error.message }));
        return;
      }
    }
    this.tell();
    this.remember();
  }

  /** Filters on what is here already; around a document, only what can still be reached from it stays. */
  refilter() {
    const filter = this.filters();
    const { depth, direction } = this.form.elements;
    if (!this.whole) filter.reach = { depth: Number(depth?.value ?? 9), direction: direction?.value ?? "both" };
    this.drawing.apply(filter);
    this.tell();
    this.remember();
  }

  /** Search among what is shown: hits in a list, marked in the drawing. */
  finding() {
    const [field, hits] = ["#graph-find", "#graph-hits"].map((selector) => /** @type {any} */ (document.querySelector(selector)));
    if (!field) return;
    const { words, language } = this.data;
    let at = -1;
    const options = () => [...hits.querySelectorAll("[role=option]")];
    const close = () => {
      hits.hidden = true;
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
    };
    const choose = (id) => {
      close();
      field.value = this.data.nodes[id].label;
      this.drawing.found = null;
      this.chooseNode(id);
    };
    const look = () => {
      const found = this.drawing.model.find(field.value);
      at = -1;
      hits.replaceChildren();
      this.drawing.found = null;
      if (!found) {
        close();
        this.drawing.renderer.refresh({ skipIndexation: true });
        return;
      }
      this.drawing.found = new Set(found.slice(0, 12).map((node) => String(node.id)));
      hits.append(...found.slice(0, 12).map((node, index) => el("li", { role: "option", id: `graph-hit-${index}`, "aria-selected": "false", onclick: () => choose(node.id), "data-id": String(node.id) }, sign(node, 12), el("span", {}, node.label, node.title ? el("small", {}, node.title) : null))));
      if (!found.length) hits.append(el("li", { class: "none" }, words.noMatch));
      hits.hidden = false;
      field.setAttribute("aria-expanded", "true");
      this.say(found.length ? say(words.matches, { count: count(found.length, language) }) : words.noMatch);
      this.drawing.renderer.refresh({ skipIndexation: true });
    };
    let waiting;
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(look, 120);
    });
    field.addEventListener("keydown", (event) => {
      const all = options();
      if (event.key === "Escape") close();
      else if (event.key === "Enter") {
        event.preventDefault();
        if (all.length) choose(Number(all[Math.max(at, 0)].dataset.id));
        return;
      } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && all.length) {
        event.preventDefault();
        at = (at + (event.key === "ArrowDown" ? 1 : all.length - 1) + all.length) % all.length;
        all.forEach((one, index) => one.setAttribute("aria-selected", String(index === at)));
        field.setAttribute("aria-activedescendant", all[at].id);
      }
    });
    field.addEventListener("blur", () => setTimeout(() => {
      if (document.activeElement !== field) close(); // a click into the list takes the focus first
    }, 200));
  }
}

