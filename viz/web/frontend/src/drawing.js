// One drawn graph: a sigma renderer over a graphology graph, with the page's colours, bands behind it and what is chosen.
import { MultiDirectedGraph } from "graphology";
import Sigma from "sigma";
import { createEdgeArrowProgram, EdgeRectangleProgram } from "sigma/rendering";
import { createDrawCurvedEdgeLabel, createEdgeCurveProgram } from "@sigma/edge-curve";
import { Model } from "../../../drawing/assets/model.mjs";
import { lineOf, onTheme, theme } from "../../../drawing/assets/theme.mjs";
import { still } from "./browser.js";
import { Crowd, Kept } from "./crowd.js";
import { mix } from "./mix.js";
import { NodeShapeProgram, shapeOf } from "./shapes.js";

const MANY = 1500; // nodes; above, nothing follows the pointer
const CROWD = 3000; // edges; above, they cannot be clicked on and are hidden while the drawing moves (the panel lists them); see crowd.js
const FEW_EDGES = 14; // up to here every edge bears its word
const NAMES = 70; // names drawn at once; a graph seen whole has fewer
const [ROW, COLUMN] = [96, 200]; // how far apart documents stand at least (layout.py): on a small screen, signs are smaller than that
const HEAD = { lengthToThicknessRatio: 4.5, widenessToThicknessRatio: 3.5 };
const ARROW = createEdgeArrowProgram(HEAD);
/** @type {{extremity: "target", lengthToThicknessRatio: number, widenessToThicknessRatio: number}} */
const ARROWHEAD = { extremity: "target", ...HEAD };
const BEND = { curvatureAttribute: "curvature", defaultCurvature: 0.25 };
const CURVE = createEdgeCurveProgram({ ...BEND, arrowHead: ARROWHEAD, drawLabel: createDrawCurvedEdgeLabel({ ...BEND, arrowHead: ARROWHEAD, keepLabelUpright: true }) });
/** @type {Record<string, any>} */
const EDGES = { line: EdgeRectangleProgram, arrow: ARROW, curve: CURVE };

export class Drawing {
  /** @type {import("../../../drawing/assets/model.mjs").Picture} */
  data;
  /** @type {Model} */
  model;
  /** @type {MultiDirectedGraph} */
  graph;
  /** @type {import("../../../drawing/assets/model.mjs").GraphNode[]} the focus first, then the most connected */
  order;
  /** @type {Set<string> | null} the ids of what is found, marked in the drawing */
  found = null;
  /** @type {import("../../../drawing/assets/model.mjs").Chosen | null} */
  chosen = null;
  /** @type {import("../../../drawing/assets/model.mjs").Chosen | null} what the pointer is over */
  over = null;
  /** @type {({of: import("../../../drawing/assets/model.mjs").Chosen, nodes: Set<number>, edges: Set<number>}) | null} */
  lit = null;
  /** @type {number | null} */
  words = null;
  /** @type {Map<string, import("../../../drawing/assets/model.mjs").GraphEdge[]>} */
  pairs;
  /** @type {{left: number, right: number, top: number, bottom: number}} */
  box;
  /** @type {(node: import("../../../drawing/assets/model.mjs").GraphNode) => number} */
  sizes;
  /** Is the graph drawn by time? */
  whole = false;
  /** Are its lines a crowd, and no edges of the graph? Then `crowd` draws them. */
  crowded = false;
  /** @type {Crowd | null} */
  crowd = null;
  many = false;
  stretch = 1;
  unit = 1;

  /**
   * @param {HTMLElement} container
   * @param {import("../../../drawing/assets/model.mjs").Picture} data
   * @param {{node?: (id: number) => void, edge?: (id: number) => void, stage?: () => void, twice?: (id: number) => void}} on what is told
   * @param {import("../../../drawing/assets/model.mjs").Filter} filter what is shown of it at first
   */
  constructor(container, data, on = {}, filter = {}) {
    this.container = container;
    this.on = on;
    this.colours = theme();
    this.fill(data, filter);
    // Made empty, so that everything is laid out and sent to the graphics card once only.
    /** @type {any} its layers are not in its types */
    this.renderer = new (this.crowded ? Kept : Sigma)(new MultiDirectedGraph(), container, this.settings());
    this.renderer.createCanvasContext("bands", { beforeLayer: "edges" });
    this.renderer.createCanvasContext("names", { afterLayer: "labels" });
    if (this.crowded) this.crowd = new Crowd(this.renderer);
    this.renew();
    this.rest(["labels", "hovers", "hoverNodes", ...(this.whole ? ["edgeLabels"] : [])]);
    this.renderer.getCanvases().mouse.style.opacity = "0"; // it is only pointed at
    this.renderer.resize(true);
    this.frame();
    this.renderer.on("afterRender", () => {
      this.lines();
      this.bands();
      this.names();
    });
    this.listen();
    onTheme(() => {
      this.colours = theme();
      this.repaint();
    });
    this.renderer.setGraph(this.graph);
  }

  /**
   * Leave layers out of the picture, or take them in: without a graphics card each takes its time in every frame, also with nothing in it.
   * @param {string[]} layers
   */
  rest(layers, resting = true) {
    const canvases = this.renderer.getCanvases();
    for (const name of layers) canvases[name].style.display = resting ? "none" : "";
  }

  settings() {
    return {
      allowInvalidContainer: true,
      defaultNodeType: "shape",
      nodeProgramClasses: { shape: NodeShapeProgram },
      edgeProgramClasses: this.crowded ? {} : EDGES,
      nodeReducer: (id, node) => this.node(id, node),
      edgeReducer: (id, edge) => this.edge(id, edge),
      renderLabels: false, // see names()
      defaultDrawNodeHover: (context, node) => this.label(context, { ...node, label: node.known.label }, true),
      enableEdgeEvents: !this.crowded && this.graph.size <= CROWD,
      renderEdgeLabels: !this.whole,
      edgeLabelFont: this.colours.sans,
      edgeLabelSize: 11,
      edgeLabelColor: { color: this.colours.soft },
      hideEdgesOnMove: this.graph.size > CROWD,
      minEdgeThickness: 1.2,
      stagePadding: this.padding(),
      zIndex: true,
      minCameraRatio: 0.004,
      maxCameraRatio: 2.5,
      enableCameraRotation: false,
      zoomToSizeRatioFunction: this.whole ? (ratio) => Math.max(ratio ** 0.72, this.unit / 13) : (ratio) => Math.max(Math.sqrt(ratio), 0.4),
      doubleClickZoomingRatio: 1,
    };
  }

  /** Take other data. The drawing is stretched sideways to the shape of the stage: only order counts there, or time. */
  fill(data, filter = {}) {
    this.data = data;
    this.model = new Model(data, filter);
    this.words = this.lit = null;
    this.whole = Boolean(data.times?.length);
    this.many = data.nodes.length > MANY;
    this.crowded = this.whole && data.edges.length > CROWD;
    const graph = new MultiDirectedGraph();
    const box = extent(data);
    const width = Math.max(this.container.clientWidth, 300);
    const height = Math.max(this.container.clientHeight, 200);
    const fitted = (((box.bottom - box.top) * width) / height) / Math.max(box.right - box.left, 1);
    this.stretch = this.whole ? fitted * 0.9 : Math.min(Math.max(fitted * 0.72, 0.5), 3.2);
    this.box = { ...box, left: box.left * this.stretch, right: box.right * this.stretch };
    const step = Math.min(height / Math.max(box.bottom - box.top, 1), (width * 0.9) / Math.max(box.right - box.left, 1));
    this.unit = Math.min(Math.max(step * 0.34, 1.2), 6.5);
    const across = (width - 2 * (this.side() + this.padding())) / Math.max(this.box.right - this.box.left, 1);
    const down = (height - 2 * this.padding()) / Math.max(box.bottom - box.top, 1);
    const most = Math.max(0.45 * Math.min(down, across) * Math.min(ROW, COLUMN * this.stretch), 2.5);
    this.sizes = (node) => (this.whole ? this.unit * (0.75 + node.size / 9) : Math.min(4.6 + node.size * 1.5, most) + (node.id === data.focus ? 3 : 0));
    for (const node of data.nodes) this.place(graph, node, node.x * this.stretch, -node.y);
    this.pairs = new Map();
    // Of a whole graph the lines that are drawn: to keep the others costs as much.
    for (const edge of this.crowded ? [] : data.edges) if (!this.whole || this.model.drawn(edge)) this.link(graph, edge);
    this.order = [...data.nodes].sort((a, b) => Number(b.id === data.focus) - Number(a.id === data.focus) || b.size - a.size || a.id - b.id);
    this.graph = graph;
  }

  place(graph, known, x, y) {
    graph.addNode(String(known.id), { x, y, known, shape: shapeOf(known), size: this.sizes(known) });
  }

  link(graph, edge) {
    const [source, target] = [String(edge.source), String(edge.target)];
    if (this.whole) { // all its lines are straight
      graph.addEdgeWithKey(String(edge.id), source, target, { known: edge, type: "line" });
      return;
    }
    const pair = source < target ? `${source} ${target}` : `${target} ${source}`;
    if (!this.pairs.has(pair)) this.pairs.set(pair, []);
    const here = /** @type {any[]} */ (this.pairs.get(pair));
    here.push(edge);
    // A citation beside a statement that says more is not drawn.
    const nth = here.filter((one) => one.predicate !== "cites").indexOf(edge);
    const level = graph.getNodeAttribute(source, "y") === graph.getNodeAttribute(target, "y");
    const bent = nth > 0 || source === target || level;
    graph.addEdgeWithKey(String(edge.id), source, target, {
      known: edge, type: bent ? "curve" : "arrow",
      curvature: (nth % 2 ? -1 : 1) * (0.22 + 0.14 * Math.floor(Math.max(nth, 0) / 2)) * (source < target ? 1 : -1),
    });
  }

  /** Room for the names of the bands. On a small screen they stand over the drawing. */
  side() {
    return this.container.clientWidth < 600 ? 8 : 78;
  }

  padding() {
    return this.whole || this.container.clientHeight < 400 || this.container.clientWidth < 600 ? 28 : 44;
  }

  /** Keep the stage's frame whatever is filtered, with room for the names of the bands on the left. */
  frame() {
    const { left, right, top, bottom } = this.box;
    const room = this.data.bands?.length ? ((right - left) * this.side()) / Math.max(this.container.clientWidth, 300) : 0;
    this.renderer.setCustomBBox({ x: [left - room, right + (this.whole ? 0 : room)], y: [-bottom, -top] });
  }

  /** Replace everything by other data. */
  show(data) {
    this.chosen = this.over = null;
    this.fill(data);
    this.renderer.getCamera().setState({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
    this.renderer.setGraph(this.graph); // first: settings are applied to what it holds
    this.renderer.setSettings(this.settings());
    this.frame();
    this.renderer.refresh();
  }

  /** Add what surrounds a node; new nodes come to lie around it. Returns how many are new. */
  add(data, at) {
    const centre = this.graph.getNodeAttributes(String(at));
    const spread = Math.max(this.box.right - this.box.left, this.box.bottom - this.box.top, 1) / Math.max(4, Math.sqrt(this.graph.order) * 2);
    const around = (node, i, all) => {
      const angle = (2 * Math.PI * (i + 0.5)) / Math.max(all.length, 5) + Math.PI / 2;
      const ring = spread * (0.7 + all.length / 14);
      return { x: (centre.x + ring * Math.cos(angle) * 1.3) / this.stretch, y: -(centre.y + ring * Math.sin(angle) * 0.8) };
    };
    const { nodes, edges } = this.model.add(data, around);
    for (const node of nodes) {
      const x = node.x * this.stretch;
      this.order.push(node);
      this.place(this.graph, node, x, -node.y);
      this.box = {
        left: Math.min(this.box.left, x), right: Math.max(this.box.right, x), top: Math.min(this.box.top, node.y), bottom: Math.max(this.box.bottom, node.y),
      };
    }
    for (const edge of this.crowded ? [] : edges) this.link(this.graph, edge);
    this.renew();
    this.lit = null;
    this.frame();
    this.renderer.refresh();
    return nodes.length;
  }

  // --- what is shown, and how ---

  /** What stands out beside the chosen (or pointed at) node or edge; null for nothing. */
  near() {
    const told = this.over ?? this.chosen;
    if (!told) return null;
    if (this.lit?.of !== told) this.lit = { of: told, ...this.model.near(told) };
    return this.lit;
  }

  /**
   * @param {string} id
   * @param {any} node a copy
   */
  node(id, node) {
    const { known } = node;
    if (!this.model.visible(known)) return Object.assign(node, { hidden: true });
    const near = this.near();
    const colour = this.colours.level[known.level] ?? this.colours.level.none;
    const out = near && !near.nodes.has(known.id);
    const main = known.id === this.data.focus || this.found?.has(id) || (this.chosen?.node !== undefined && String(this.chosen.node) === id);
    return Object.assign(node, { color: out ? mix(colour, this.colours.paper, 0.22) : colour, faint: out, main, zIndex: near ? (out ? 0 : 2) : 1 });
  }

  edge(id, edge) {
    const { known } = edge;
    if (!this.model.drawn(known)) return { ...edge, hidden: true };
    const near = this.near();
    const lit = near?.edges.has(known.id);
    const tie = known.group === "tie";
    const part = near ? (lit ? 1 : this.whole ? 0.07 : 0.14) : this.whole ? this.thinned(known) : tie ? 0.6 : 1;
    const word = !this.whole && !tie && (near && lit ? near.edges.size <= 20 : !near && this.spoken() <= (this.container.clientHeight < 400 ? 5 : FEW_EDGES) && this.container.clientWidth > 560);
    return {
      ...edge, color: mix(this.inked(known, Boolean(lit)), this.colours.paper, part),
      size: (this.whole ? (lit ? 1.8 : 1.2) : lineOf(known.group).width) * (lit && !this.whole ? 1.3 : 1),
      label: word ? known.label : null, forceLabel: word, zIndex: lit ? 2 : tie ? 0 : 1,
    };
  }

  /** The colour of a line before it is thinned: what stands out of a whole graph is of ink. */
  inked(edge, lit) {
    if (lit && this.whole && edge.group !== "change") return this.colours.ink;
    return this.colours.group[edge.group] ?? this.colours.group.tie;
  }

  /** The lines of a crowd; beside what stands out only those that belong to it. */
  lines() {
    const { crowd, data, model } = this;
    if (!crowd || !this.crowded) return;
    const near = this.near();
    if (near) {
      crowd.light([...near.edges].map((id) => data.edges[id]).filter((edge) => model.drawn(edge)), (edge) => this.inked(edge, true));
      return;
    }
    crowd.draw();
  }

  /** Have the crowd filled with the lines that are to be drawn now. */
  renew() {
    const { crowd, data, model } = this;
    if (!crowd) return;
    crowd.filling = () => {
      const lines = data.edges.filter((edge) => model.drawn(edge));
      const share = crowdedness(lines.length);
      crowd.fill(lines, data.nodes.length, (edge) => mix(this.inked(edge, false), this.colours.paper, share * thinness(edge)));
    };
  }

  /** How much of its colour an edge of the whole graph has: the more there are, the less. */
  thinned(edge) {
    return crowdedness(this.graph.size) * thinness(edge);
  }

  /** Edges that could bear a word. */
  spoken() {
    this.words ??= this.data.edges.filter((edge) => edge.group !== "tie").length;
    return this.words;
  }

  /** The names: the focus and what is found or chosen first, then those with most links, as far as there is room. */
  names() {
    const { renderer } = this;
    const context = renderer.canvasContexts.names;
    const { width, height } = renderer.getDimensions();
    context.clearRect(0, 0, width, height);
    const near = this.near();
    const far = this.whole && renderer.getCamera().ratio > 0.55;
    const limit = near ? NAMES : far ? Math.min(14, Math.max(6, this.graph.order / 8)) : NAMES;
    const first = this.order.filter((node) => near?.nodes.has(node.id) || this.found?.has(String(node.id)));
    const taken = [];
    let drawn = 0;
    for (const node of [...first, ...this.order]) {
      if (drawn >= limit) break;
      const shown = renderer.getNodeDisplayData(String(node.id));
      if (!shown || shown.hidden || shown.faint) continue;
      const place = renderer.framedGraphToViewport(shown);
      if (place.x < 0 || place.y < 0 || place.x > width || place.y > height) continue;
      const item = { label: node.label, x: place.x, y: place.y, size: renderer.scaleSize(shown.size), main: shown.main };
      const half = Math.min(item.label.length, 44) * 3.4;
      const box = [item.x - half - 3, item.y + item.size, item.x + half + 3, item.y + item.size + 20];
      if (this.whole && !item.main && (box[0] < 0 || box[2] > width)) continue;
      if (taken.some((one) => one[0] < box[2] && one[2] > box[0] && one[1] < box[3] && one[3] > box[1])) continue;
      taken.push(box);
      this.label(context, item, false);
      drawn += 1;
    }
  }

  /** A name under its sign, on a rim of paper; `strong` for the one that is pointed at. */
  label(context, node, strong) {
    if (!node.label || (node.faint && !strong)) return;
    const { colours } = this;
    const size = strong || node.main ? 13 : 12;
    context.font = `${strong || node.main ? 600 : 400} ${size}px ${colours.sans}`;
    context.textAlign = "center";
    context.textBaseline = "top";
    const y = node.y + node.size * 1.15 + 3;
    const text = node.label.length > 44 ? `${node.label.slice(0, 42)}…` : node.label;
    if (strong) {
      context.beginPath();
      context.lineWidth = 2;
      context.strokeStyle = colours.ink;
      context.arc(node.x, node.y, node.size * 1.2 + 3, 0, 2 * Math.PI);
      context.stroke();
    }
    context.lineJoin = "round";
    context.lineWidth = strong ? 6 : 4;
    context.strokeStyle = colours.paper;
    context.strokeText(text, node.x, y);
    context.fillStyle = colours.ink;
    context.fillText(text, node.x, y);
    context.textAlign = "start";
    context.textBaseline = "alphabetic";
  }

  /** Behind everything: a rule and a name for each level's band, and the years where the graph is drawn by time. */
  bands() {
    const { renderer, colours, data } = this;
    const context = renderer.canvasContexts.bands;
    const { width, height } = renderer.getDimensions();
    context.clearRect(0, 0, width, height);
    context.lineWidth = 1;
    const at = (x, y) => renderer.graphToViewport({ x, y: -y });
    const bands = data.bands ?? [];
    for (const [index, band] of bands.entries()) {
      const top = at(0, band.top).y;
      const bottom = at(0, band.bottom).y;
      context.fillStyle = index % 2 ? colours.paper : colours.band;
      context.fillRect(0, top, width, bottom - top);
      context.fillStyle = colours.level[band.level];
      context.fillRect(0, top, 4, bottom - top);
    }
    const times = data.times ?? [];
    let free = 70;
    context.font = `11px ${colours.sans}`;
    context.fillStyle = colours.soft;
    context.strokeStyle = colours.rule;
    context.textBaseline = "top";
    for (const time of times) {
      const left = at((time.left - 0.3) * this.stretch, 0).x;
      if (left < free || left > width) continue;
      const name = time.year || data.words.undated;
      context.beginPath();
      context.moveTo(Math.round(left) + 0.5, 0);
      context.lineTo(Math.round(left) + 0.5, height);
      context.stroke();
      context.fillText(name, left + 5, 6);
      free = left + 12 + context.measureText(name).width;
    }
    context.font = `600 11px ${colours.sans}`;
    context.textBaseline = "top";
    for (const band of bands) {
      const top = at(0, band.top).y;
      const bottom = at(0, band.bottom).y;
      if (bottom < 34 || top > height) continue;
      const y = Math.min(Math.max(top + 5, times.length ? 22 : 6), bottom - 16);
      context.lineJoin = "round";
      context.lineWidth = 4;
      context.strokeStyle = colours.paper;
      context.strokeText(band.label, 10, y);
      context.lineWidth = 1;
      context.fillStyle = colours.level[band.level];
      context.fillText(band.label, 10, y);
    }
  }

  repaint() {
    this.lit = null;
    this.renew();
    this.renderer.setSettings({ edgeLabelColor: { color: this.colours.soft } });
    this.renderer.refresh({ skipIndexation: true });
  }

  // --- what people do ---

  listen() {
    const { renderer, on } = this;
    renderer.on("clickNode", ({ node }) => on.node?.(Number(node)));
    renderer.on("clickEdge", ({ edge }) => on.edge?.(Number(edge)));
    renderer.on("clickStage", () => on.stage?.());
    renderer.on("doubleClickNode", (event) => {
      event.preventSigmaDefault();
      on.twice?.(Number(event.node));
    });
    const point = (over, cursor) => {
      this.container.classList.toggle("pointing", cursor);
      if (this.many) return;
      this.over = over;
      renderer.refresh({ skipIndexation: true });
    };
    renderer.on("enterNode", ({ node }) => {
      this.rest(["hovers", "hoverNodes"], false);
      point({ node: Number(node) }, true);
    });
    renderer.on("leaveNode", () => {
      this.rest(["hovers", "hoverNodes"]);
      point(null, false);
    });
    renderer.on("enterEdge", () => this.container.classList.add("pointing"));
    renderer.on("leaveEdge", () => this.container.classList.remove("pointing"));
  }

  /** Make a node or an edge stand out: {node: id}, {edge: id} or null. */
  choose(chosen, { move = false } = {}) {
    this.chosen = chosen;
    this.over = null;
    this.renderer.refresh({ skipIndexation: true });
    if (move && chosen?.node !== undefined) this.goTo(chosen.node);
  }

  /** Bring a node into view, out from under the panel; a crowd of nodes is also brought nearer. */
  goTo(id) {
    const place = this.renderer.getNodeDisplayData(String(id));
    const camera = this.renderer.getCamera();
    const { width, height } = this.renderer.getDimensions();
    const free = width > 760 ? { right: width - 420, bottom: height - 40 } : { right: width - 30, bottom: height * 0.3 };
    const here = place && this.renderer.framedGraphToViewport(place);
    if (here && !this.many && here.x > 30 && here.x < free.right && here.y > 30 && here.y < free.bottom) return;
    const ratio = this.many ? Math.min(camera.ratio, 0.25) : camera.ratio;
    if (!place) return;
    // The middle of what the panel leaves free, in the camera's own units.
    const middle = this.renderer.viewportToFramedGraph({ x: width / 2, y: height / 2 });
    const wanted = this.renderer.viewportToFramedGraph({ x: width > 760 ? (width - 390) / 2 : width / 2, y: width > 760 ? height / 2 : height * 0.2 });
    const scale = ratio / camera.ratio;
    const to = { x: place.x + (middle.x - wanted.x) * scale, y: place.y + (middle.y - wanted.y) * scale, ratio };
    camera.animate(to, { duration: still() ? 1 : 350 });
  }

  apply(filter) {
    this.model.filter(filter);
    for (const edge of this.whole && !this.crowded ? this.data.edges : []) {
      if (this.model.drawn(edge) && !this.graph.hasEdge(String(edge.id))) this.link(this.graph, edge);
    }
    this.lit = null;
    this.renew();
    this.renderer.refresh({ skipIndexation: true });
  }

  shownNodes() {
    return this.model.shownNodes();
  }

  shownEdges() {
    return this.model.shownEdges();
  }

  zoom(factor) {
    const camera = this.renderer.getCamera();
    camera.animate({ ratio: camera.ratio / factor }, { duration: still() ? 1 : 180 });
  }

  fit() {
    this.renderer.getCamera().animate({ x: 0.5, y: 0.5, ratio: 1 }, { duration: still() ? 1 : 250 });
  }
}

/** How much of its colour a line has among so many. */
function crowdedness(lines) {
  return Math.min(1, Math.max(0.24, 20 / Math.sqrt(lines + 1)));
}

function thinness(edge) {
  return edge.group === "tie" ? 0.4 : 0.75;
}

/** What the positions and bands of the data take. */
function extent(data) {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const { x, y } of data.nodes) {
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  }
  for (const { top, bottom } of data.bands ?? []) {
    box.top = Math.min(box.top, top);
    box.bottom = Math.max(box.bottom, bottom);
  }
  return data.nodes.length ? box : { left: 0, right: 1, top: 0, bottom: 1 };
}

/** Can this browser draw at all? */
export function canDraw() {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2") ?? document.createElement("canvas").getContext("webgl"));
  } catch {
    return false;
  }
}
