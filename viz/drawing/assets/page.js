/* The page of a graph. pyvis gives nodes, edges and options; this draws the cards and runs search, filters and panel.
   Text from documents reaches the page through textContent and fillText only. */
import { drawBands } from "./bands.mjs";
import { outline, paint } from "./cards.mjs";
import { Described } from "./described.mjs";
import { el } from "./dom.mjs";
import { Model } from "./model.mjs";
import { SearchBox } from "./search_box.mjs";
import { count, day, say } from "./text.mjs";
import { lineOf, onTheme, theme } from "./theme.mjs";
import { narrow, View } from "./view.mjs";

const $ = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
const read = (/** @type {string} */ id) => JSON.parse($(id).textContent);
/** @type {import("./model.mjs").Picture & {large: boolean, edgeLabels: boolean, card: {width: number, height: number}}} */
const page = read("data-page");
const { words, language, nodes: info, edges: links } = page;
const { width: W, height: H } = page.card;
const root = document.documentElement;
root.classList.remove("static");

/** @type {Map<number, {id: number, x: number, y: number}>} where each card stands now */
const placed = new Map(read("data-nodes").map((/** @type {any} */ node) => [node.id, node]));
const model = new Model(page);
const cards = info.map((node) => ({ ...node, day: day(node.date, language), typeName: node.type || words.document }));
let ink = theme();

/* What is chosen: a node, an edge or nothing; while one searches, what is found stands out instead. */
const FEW = 14; // edges of a chosen node that bear their words
/** @type {import("./model.mjs").Chosen | null} */
let chosen = null;
/** @type {{nodes: Set<number>, edges: Set<number> | null} | null} what stands out; null is everything */
let bright = null;
let scale = 1;

/* Cards */
/** @param {any} args */
function renderer(args) {
  // vis measures a custom shape only when it is next refreshed: give it the size at once.
  if (this && this.width !== W) Object.assign(this, { width: W, height: H, left: args.x - W / 2, top: args.y - H / 2 });
  const { ctx, id, x, y, state } = args;
  const far = scale < 0.6;
  const main = id === page.focus;
  const mine = chosen?.node === id;
  const drawNode = () => {
    ctx.globalAlpha = bright && !bright.nodes.has(id) ? 0.16 : 1;
    paint(ctx, cards[id], ink, {
      x, y, w: W, h: H, far, main, solid: far || main, ring: mine ? ink.ring : state.hover ? ink.strong : null,
      ringWidth: Math.max(3, 2 / scale), words: scale >= (page.large ? 0.26 : 0.2),
    });
  };
  return { drawNode, nodeDimensions: { width: W, height: H } };
}

function drawLegend() {
  for (const canvas of /** @type {NodeListOf<HTMLCanvasElement>} */ (document.querySelectorAll("canvas.shape"))) {
    const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    const family = canvas.dataset.family ?? "";
    ctx.clearRect(0, 0, canvas.width, canvas.height);
    outline(ctx, family, 28, 16, 50, 26);
    ctx.strokeStyle = ink.ink;
    ctx.lineWidth = 2.5;
    ctx.setLineDash(family === "other" ? [6, 4] : []);
    ctx.stroke();
    if (family === "rule") ctx.strokeRect(8, 8, 40, 16);
  }
}
drawLegend();

/* Network */
/** @param {import("./model.mjs").GraphEdge} link */
function look(link) {
  const lit = !bright || (bright.edges ? bright.edges.has(link.id) : bright.nodes.has(link.source) && bright.nodes.has(link.target));
  const own = lit && bright?.edges;
  const { width, dash } = lineOf(link.group);
  const colour = own && link.group !== "change" ? ink.ink : ink.group[link.group];
  return {
    color: { color: colour, highlight: colour, hover: colour, opacity: lit ? (own ? 1 : links.length > 200 ? 0.5 : 0.85) : 0.07 },
    dashes: dash.length ? dash : false,
    width: (0.9 * width * (own ? (own.size > 30 ? 1.1 : 1.4) : 1)) / Math.max(0.35, Math.min(1, scale)),
  };
}
/** @param {import("./model.mjs").GraphEdge} link */
function texted(link) {
  if (chosen?.node === undefined) return bright ? Boolean(bright.edges?.has(link.id)) : page.edgeLabels;
  return (link.source === chosen.node || link.target === chosen.node) && model.links[chosen.node].length <= FEW;
}
// vis keeps the old label where the new one is empty: a blank takes its place.
const labelled = new Set();
/** @param {import("./model.mjs").GraphEdge} link */
function face(link) {
  if (!texted(link)) return labelled.delete(link.id) ? { label: " " } : {};
  labelled.add(link.id);
  return { label: link.label, font: { size: 13, face: ink.sans, color: ink.ink, strokeWidth: 6, strokeColor: ink.band, align: "horizontal" } };
}
const vis = /** @type {any} */ (globalThis).vis;
const nodes = new vis.DataSet([...placed.values()].map((node) => ({ ...node, ctxRenderer: renderer })));
const edges = new vis.DataSet(read("data-edges").map((/** @type {any} */ edge) => ({ ...edge, ...look(links[edge.id]), ...face(links[edge.id]) })));
const box = $("mynetwork");
const network = new vis.Network(box, { nodes, edges }, read("data-options"));
/** @type {any} */ (globalThis).chidao = { network, nodes, edges, page };

const spot = (/** @type {number} */ id) => /** @type {{id: number, x: number, y: number}} */ (placed.get(id));
function restyle() {
  edges.update(links.map((link) => ({ id: link.id, ...look(link), ...face(link) })));
}

network.on("beforeDrawing", () => {
  scale = network.getScale();
});
drawBands(network, box, page.bands, () => ink);

/* View */
const view = new View({ network, box, panel: $("panel"), card: page.card, spots: () => model.shownNodes().map((node) => spot(node.id)) });
/**
 * @param {boolean} animate
 * @param {number} least
 */
const frame = (animate, least = 0) => view.frame(animate, chosen?.node !== undefined ? spot(chosen.node) : null, least);
/** @param {number} by */
function zoom(by) {
  view.zoom(by);
  rescale();
}

/* Panel */
const detail = $("detail");
/** @type {import("./model.mjs").Chosen[]} */
const trail = [];
/** @type {import("./model.mjs").Chosen | null} */
let current = null;
const described = new Described(page, model, cards, (id) => select(id, { near: true, focus: true }));
/**
 * `near`: bring it so near that it can be read; `back`: it was shown before; `focus`: keys go on in the panel; `stay`: move nothing.
 * @typedef {{near?: boolean, back?: boolean, focus?: boolean, stay?: boolean}} How
 */
/**
 * @param {import("./model.mjs").Chosen} what
 * @param {any[]} parts
 * @param {How} how
 */
function show(what, parts, how) {
  if (how.back) trail.pop();
  else if (current) trail.push(current);
  current = chosen = what;
  bright = model.near(what);
  $("back").hidden = !trail.length;
  detail.replaceChildren(...parts.flat(Infinity).filter(Boolean));
  const opened = $("panel").hidden;
  $("panel").hidden = false;
  // What showed the whole still does, beside the panel.
  if (opened && view.fitted) frame(true);
  $("panel").scrollTop = 0;
  if (how.focus) detail.querySelector("h2").focus();
  restyle();
}
/**
 * @param {number} id
 * @param {How} how
 */
function select(id, how = {}) {
  network.selectNodes([id], false);
  show({ node: id }, described.node(id), how);
  if (how.near || (!how.stay && !view.fitted)) view.reveal(spot(id), Boolean(how.near));
  network.redraw();
}
/**
 * @param {number} id
 * @param {How} how
 */
function selectLink(id, how = {}) {
  network.setSelection({ nodes: [], edges: [id] }, { highlightEdges: false });
  show({ edge: id }, described.edge(links[id]), how);
  network.redraw();
}
function clear() {
  chosen = bright = current = null;
  trail.length = 0;
  network.unselectAll();
  $("panel").hidden = true;
  restyle();
  if (view.fitted) frame(true);
  network.redraw();
}
const leavePanel = () => {
  clear();
  box.focus({ preventScroll: true });
};
$("close").addEventListener("click", leavePanel);
$("back").addEventListener("click", () => {
  const last = trail[trail.length - 1];
  if (last?.node !== undefined) select(last.node, { back: true, near: true, focus: true });
  else if (last?.edge !== undefined) selectLink(last.edge, { back: true, focus: true });
});

network.on("click", (/** @type {any} */ event) => {
  hint(null);
  if (event.nodes.length) select(event.nodes[0]);
  else if (event.edges.length) selectLink(event.edges[0]);
  else clear();
});
network.on("dragEnd", (/** @type {any} */ event) => {
  for (const id of event.nodes) Object.assign(spot(id), network.getPosition(id));
  view.fitted = false;
});
network.on("doubleClick", (/** @type {any} */ event) => {
  if (event.nodes.length) view.move(spot(event.nodes[0]), 1, true);
});

/**
 * @param {string[] | null} lines
 * @param {{x: number, y: number}} at
 */
function hint(lines, at = { x: 0, y: 0 }) {
  const element = $("hint");
  element.hidden = !lines;
  if (!lines) return;
  element.replaceChildren(el("strong", {}, lines[0]), ...lines.slice(1).filter(Boolean).map((line) => el("span", {}, line)));
  const x = Math.min(at.x + 16, box.clientWidth - element.offsetWidth - 8);
  const y = at.y + 20 + element.offsetHeight > box.clientHeight ? at.y - element.offsetHeight - 12 : at.y + 20;
  element.style.left = `${Math.max(8, x)}px`;
  element.style.top = `${Math.max(8, y)}px`;
}
network.on("hoverNode", (/** @type {any} */ event) => {
  const { label, title = "" } = info[event.node];
  box.style.cursor = "pointer";
  hint([label, title === label ? "" : title.length > 140 ? `${title.slice(0, 140)}…` : title], event.pointer.DOM);
});
network.on("hoverEdge", (/** @type {any} */ event) => {
  const link = links[event.edge];
  box.style.cursor = "pointer";
  hint([`${info[link.source].label} ${link.label} ${info[link.target].label}`], event.pointer.DOM);
});
const leave = () => {
  box.style.cursor = "default";
  hint(null);
};
for (const name of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(name, leave);
network.on("zoom", () => {
  view.fitted = false;
  rescale();
});
network.on("resize", () => view.fitted && frame(false));

/* Widths of lines follow the scale in steps, so that they can be seen from afar. */
/** @type {number | null} */
let step = null;
function rescale() {
  const now = Math.round(2 * Math.log2(network.getScale()));
  if (now === step) return;
  step = now;
  scale = network.getScale();
  restyle();
}
network.on("animationFinished", rescale);

/* Filters */
/** The ticked boxes as a set, null where all are. @param {string} id */
function ticked(id) {
  const boxes = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll(`#${id} input`)]);
  const on = boxes.filter((input) => input.checked);
  return on.length === boxes.length ? null : new Set(on.map((input) => input.value));
}
function hideFiltered() {
  nodes.update(info.map((node) => ({ id: node.id, hidden: !model.visible(node) })));
  edges.update(links.map((link) => ({ id: link.id, hidden: !model.drawn(link) })));
}
function filter() {
  model.filter({ levels: ticked("by-level"), relations: ticked("by-relation"), families: ticked("by-family"), linked: $("linked").checked });
  hideFiltered();
  for (const row of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#list tbody tr"))) row.hidden = !model.shown.has(Number(row.dataset.node));
  $("nothing").hidden = model.shown.size > 0;
  const partial = model.shown.size < info.length || model.told.size < links.length;
  const told = say(words.partly, { nodes: count(model.shown.size, language), edges: count(model.told.size, language) });
  $("count").textContent = partial ? `${all} (${told})` : all;
  if (chosen?.node !== undefined && !model.shown.has(chosen.node)) clear();
  search.search();
}
const all = $("count").textContent;
$("filters").addEventListener("change", filter);
$("reset").addEventListener("click", () => {
  for (const input of $("filters").querySelectorAll("input")) input.checked = input.id !== "linked" || input.defaultChecked;
  filter();
});

/* Search */
const search = new SearchBox({ query: $("query"), hits: $("hits"), told: $("found") }, page, {
  find: (text) => model.find(text),
  day: (id) => cards[id].day,
  found(nodes) {
    bright = nodes ? { nodes: new Set(nodes.map((node) => node.id)), edges: null } : chosen && model.near(chosen);
    restyle();
    network.redraw();
  },
  picked(id) {
    watch("graph");
    select(id, { near: true, focus: true });
  },
});

/* Keys */
/**
 * @param {number} dx
 * @param {number} dy
 */
function walk(dx, dy) {
  const from = chosen?.node ?? null;
  const next = model.next(from === null ? network.getViewPosition() : spot(from), dx, dy, { from, at: (node) => spot(node.id) });
  if (next) select(next.id);
}
/** @type {Record<string, () => void>} */
const keys = {
  ArrowUp: () => walk(0, -1), ArrowDown: () => walk(0, 1), ArrowLeft: () => walk(-1, 0), ArrowRight: () => walk(1, 0),
  "+": () => zoom(1.3), "=": () => zoom(1.3), "-": () => zoom(1 / 1.3), "0": () => frame(true),
  Enter: () => !$("panel").hidden && detail.querySelector("h2").focus(),
};
box.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
  keys[event.key]();
  event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented && !$("panel").hidden) {
    leavePanel();
  } else if (event.key === "/" && !/^(input|textarea)$/i.test(/** @type {Element} */ (event.target).tagName)) {
    search.query.focus();
    search.query.select();
    event.preventDefault();
  }
});
$("zoom-in").addEventListener("click", () => zoom(1.3));
$("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
$("zoom-all").addEventListener("click", () => frame(true));

/* Scheme, graph or list */
/** @param {"scheme" | "graph" | "list"} view */
function watch(view) {
  for (const [name, part] of [["scheme", "scheme"], ["graph", "stage"], ["list", "list"]]) {
    if (!$(part)) continue; // a page of everything has no scheme
    $(part).hidden = view !== name;
    $(`view-${name}`).setAttribute("aria-pressed", String(view === name));
  }
  for (const part of [$("tools"), $("count"), document.querySelector(".notice")]) if (part) part.hidden = view === "scheme"; // of the graph alone
  $("panel").hidden = view !== "graph" || current === null;
  if (view !== "graph") return;
  network.setSize("100%", "100%");
  network.redraw();
}
$("view-graph").addEventListener("click", () => watch("graph"));
$("view-list").addEventListener("click", () => watch("list"));
$("view-scheme")?.addEventListener("click", () => watch("scheme"));
document.querySelector(".skip")?.addEventListener("click", () => watch("list"));
for (const row of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#list tbody tr"))) {
  const name = /** @type {Element} */ (row.querySelector(".name"));
  const lead = () => {
    watch("graph");
    select(Number(row.dataset.node), { near: true, focus: true });
  };
  name.replaceWith(el("button", { type: "button", class: "name", onclick: lead }, name.textContent));
}

/* Light and dark */
onTheme(() => {
  ink = theme();
  drawLegend();
  restyle();
  network.redraw();
});
$("theme").addEventListener("click", () => {
  const now = root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  root.dataset.theme = now === "dark" ? "light" : "dark";
});

/* Start */
hideFiltered();
if (narrow()) $("filters").open = false;
watch("graph");
// All of it, or as much as can be read around the focus.
if (page.focus !== null && narrow()) bright = model.near((chosen = { node: page.focus }));
else if (page.focus !== null) select(page.focus, { stay: true });
frame(false, narrow() ? 0.5 : page.focus === null ? 0 : 0.3);
rescale();
requestAnimationFrame(() => {
  network.redraw();
  if ($("scheme")) watch("scheme"); // now that the graph is framed
  root.dataset.ready = "true";
});
