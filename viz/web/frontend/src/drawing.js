// One drawn graph: a sigma renderer over a graphology graph, with the page's colours, bands behind it and what is chosen.
import { MultiDirectedGraph } from "graphology";
import Sigma from "sigma";
import { EdgeArrowProgram, EdgeRectangleProgram } from "sigma/rendering";
import EdgeCurveProgram, { EdgeCurvedArrowProgram } from "@sigma/edge-curve";
import { mix, onTheme, theme } from "./colours.js";
import { NodeShapeProgram, shapeOf } from "./shapes.js";

const MANY = 1500; // nodes; above, edges are faint threads, and nothing follows the pointer
const FEW_EDGES = 26; // up to here every edge bears its word
const WIDTH = { carry: 2, ground: 1.4, change: 2.6, tie: 1 };

export class Drawing {
  /** `on` is told: node(id), edge(id), stage(), twice(id). */
  constructor(container, data, on = {}) {
    this.container = container;
    this.on = on;
    this.filter = { relations: null, levels: null }; // sets of what is shown; null is everything
    this.chosen = null; // {node} or {edge}
    this.over = null;
    this.colours = theme();
    this.fill(data);
    this.renderer = new Sigma(this.graph, container, this.settings());
    this.renderer.createCanvasContext("bands", { beforeLayer: "edges" });
    this.renderer.resize(true);
    this.renderer.on("afterRender", () => this.bands());
    this.listen();
    onTheme(() => {
      this.colours = theme();
      this.repaint();
    });
    this.renderer.refresh();
  }

  settings() {
    const many = this.graph.order > MANY;
    return {
      allowInvalidContainer: true,
      defaultNodeType: "shape",
      nodeProgramClasses: { shape: NodeShapeProgram },
      edgeProgramClasses: { arrow: EdgeArrowProgram, line: EdgeRectangleProgram, curve: EdgeCurvedArrowProgram, bow: EdgeCurveProgram },
      nodeReducer: (id, node) => this.node(id, node),
      edgeReducer: (id, edge) => this.edge(id, edge),
      defaultDrawNodeLabel: (context, node) => this.label(context, node, false),
      defaultDrawNodeHover: (context, node) => this.label(context, node, true),
      enableEdgeEvents: this.graph.size <= 20_000,
      renderEdgeLabels: !many,
      edgeLabelFont: this.colours.sans,
      edgeLabelSize: 11,
      edgeLabelColor: { color: this.colours.soft },
      labelFont: this.colours.sans,
      labelSize: 12,
      labelDensity: many ? 0.5 : 1.2,
      labelGridCellSize: many ? 160 : 110,
      labelRenderedSizeThreshold: many ? 7 : 3,
      hideEdgesOnMove: this.graph.size > 30_000,
      hideLabelsOnMove: many,
      minEdgeThickness: many ? 0.6 : 1,
      stagePadding: 46,
      zIndex: true,
      minCameraRatio: 0.005,
      maxCameraRatio: 3,
      enableCameraRotation: false,
      zoomToSizeRatioFunction: many ? (ratio) => ratio ** 0.62 : Math.sqrt,
      doubleClickZoomingRatio: 1,
    };
  }

  /** Take other data; what both know keeps its place in the panel. */
  fill(data) {
    this.data = data;
    const graph = new MultiDirectedGraph();
    const many = data.nodes.length > MANY;
    const unit = many ? Math.max(1.6, 5 - Math.log10(data.nodes.length)) : 4.2;
    for (const node of data.nodes) {
      graph.addNode(String(node.id), {
        x: node.x, y: -node.y, known: node, label: node.label, shape: shapeOf(node),
        size: many ? unit * (0.55 + node.size / 3) : unit + node.size * 1.5 + (node.id === data.focus ? 3 : 0),
      });
    }
    const seen = new Map();
    for (const edge of data.edges) this.link(graph, edge, many, seen);
    this.graph = graph;
    this.many = many;
    this.byIri = new Map(data.nodes.map((node) => [node.iri, node]));
  }

  link(graph, edge, many, seen) {
    const [source, target] = [String(edge.source), String(edge.target)];
    const pair = source < target ? `${source} ${target}` : `${target} ${source}`;
    const nth = seen.get(pair) ?? 0;
    seen.set(pair, nth + 1);
    const bent = nth > 0 || source === target || (!many && graph.getNodeAttribute(source, "y") === graph.getNodeAttribute(target, "y"));
    graph.addEdgeWithKey(String(edge.id), source, target, {
      known: edge,
      type: many ? (bent ? "bow" : "line") : bent ? "curve" : "arrow",
      curvature: (nth % 2 ? -1 : 1) * (0.22 + 0.14 * Math.floor(nth / 2)) * (source < target ? 1 : -1),
    });
  }

  /** Replace everything by other data. */
  show(data) {
    this.chosen = this.over = null;
    this.fill(data);
    this.renderer.setGraph(this.graph);
    this.renderer.setSettings(this.settings());
    this.renderer.getCamera().setState({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
    this.renderer.refresh();
  }

  /** Add what surrounds a node; new nodes come to lie around it. Returns how many are new. */
  add(data, at) {
    const centre = this.graph.getNodeAttributes(String(at));
    const fresh = data.nodes.filter((node) => !this.byIri.has(node.iri));
    const spread = this.step();
    const angle = (i) => (2 * Math.PI * (i + 0.5)) / Math.max(fresh.length, 5) + Math.PI / 2;
    const ring = spread * (0.7 + fresh.length / 14);
    fresh.forEach((node, i) => {
      const id = this.data.nodes.length;
      const added = { ...node, id, x: centre.x + ring * Math.cos(angle(i)), y: -(centre.y + ring * Math.sin(angle(i)) * 0.75) };
      this.data.nodes.push(added);
      this.byIri.set(node.iri, added);
      this.graph.addNode(String(id), {
        x: added.x, y: -added.y, known: added, label: added.label, shape: shapeOf(added), size: this.many ? 3 : 4.2 + added.size * 1.5,
      });
    });
    const here = new Set(this.data.edges.map((edge) => `${edge.source} ${edge.predicate} ${edge.target}`));
    const seen = new Map();
    for (const edge of data.edges) {
      const source = this.byIri.get(data.nodes[edge.source].iri).id;
      const target = this.byIri.get(data.nodes[edge.target].iri).id;
      if (here.has(`${source} ${edge.predicate} ${target}`)) continue;
      const added = { ...edge, id: this.data.edges.length, source, target };
      this.data.edges.push(added);
      this.link(this.graph, added, this.many, seen);
    }
    this.renderer.refresh();
    return fresh.length;
  }

  /** How far neighbouring signs lie from each other, about. */
  step() {
    const { x, y } = this.renderer.getBBox();
    return Math.max(x[1] - x[0], y[1] - y[0], 1) / Math.max(3, Math.sqrt(this.graph.order) * 1.6);
  }

  // --- what is shown, and how ---

  visible(node) {
    if (this.filter.reached && !this.filter.reached.has(node.id)) return false;
    return !this.filter.levels || this.filter.levels.has(node.level) || node.id === this.data.focus;
  }

  told(edge) {
    const { relations } = this.filter;
    return (!relations || relations.has(edge.predicate)) && this.visible(this.data.nodes[edge.source]) && this.visible(this.data.nodes[edge.target]);
  }

  /** What stands out: the ids of the chosen (or pointed at) node with its neighbours, of an edge's two ends; null for nothing. */
  near() {
    const told = this.over ?? this.chosen;
    if (!told) return null;
    if (this.lit?.of === told) return this.lit;
    const nodes = new Set();
    const edges = new Set();
    if (told.node !== undefined) {
      nodes.add(String(told.node));
      this.graph.forEachEdge(String(told.node), (id, attributes, source, target) => {
        if (!this.told(attributes.known)) return;
        edges.add(id);
        nodes.add(source).add(target);
      });
    } else {
      edges.add(String(told.edge));
      for (const id of this.graph.extremities(String(told.edge))) nodes.add(id);
    }
    this.lit = { of: told, nodes, edges };
    return this.lit;
  }

  node(id, node) {
    const { known } = node;
    if (!this.visible(known)) return { ...node, hidden: true };
    const near = this.near();
    const colour = this.colours.level[known.level] ?? this.colours.level.none;
    const out = near && !near.nodes.has(id);
    const main = near ? near.nodes.has(id) && (!this.many || near.nodes.size < 40) : known.id === this.data.focus;
    return {
      ...node, color: out ? mix(colour, this.colours.paper, 0.22) : colour, label: out ? null : node.label, faint: out,
      forceLabel: main || this.found?.has(id), zIndex: near ? (out ? 0 : 2) : 1, main: known.id === this.data.focus || this.found?.has(id),
    };
  }

  edge(id, edge) {
    const { known } = edge;
    if (!this.told(known)) return { ...edge, hidden: true };
    const near = this.near();
    const lit = near?.edges.has(id);
    const colour = this.colours.group[known.group] ?? this.colours.group.tie;
    const part = near ? (lit ? 1 : this.many ? 0.07 : 0.14) : this.many ? (known.group === "tie" ? 0.2 : 0.42) : known.group === "tie" ? 0.55 : 1;
    const word = !this.many && (lit ? near.edges.size <= 14 : !near && this.graph.size <= FEW_EDGES);
    return {
      ...edge, color: mix(lit && this.many ? this.colours.ink : colour, this.colours.paper, part),
      size: (this.many ? (lit ? 1.6 : 0.7) : WIDTH[known.group] ?? 1) * (lit && !this.many ? 1.3 : 1),
      label: word ? known.label : null, forceLabel: word, zIndex: lit ? 2 : 0,
    };
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
    }
    const times = (data.times ?? []).filter((time) => time.year);
    let free = 60;
    context.font = `11px ${colours.sans}`;
    context.fillStyle = colours.soft;
    context.strokeStyle = colours.rule;
    context.textBaseline = "top";
    for (const time of times) {
      const left = at(time.left - 0.3, 0).x;
      if (left < free || left > width) continue;
      context.beginPath();
      context.moveTo(Math.round(left) + 0.5, 0);
      context.lineTo(Math.round(left) + 0.5, height);
      context.stroke();
      context.fillText(time.year, left + 5, 6);
      free = left + 40;
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
      context.fillText(band.label, 10, y);
    }
  }

  repaint() {
    this.lit = null;
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
    renderer.on("enterNode", ({ node }) => point({ node: Number(node) }, true));
    renderer.on("leaveNode", () => point(null, false));
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

  goTo(id) {
    const place = this.renderer.getNodeDisplayData(String(id));
    const camera = this.renderer.getCamera();
    const ratio = this.many ? Math.min(camera.ratio, 0.16) : camera.ratio;
    if (place) camera.animate({ x: place.x, y: place.y, ratio }, { duration: this.still() ? 1 : 350 });
  }

  still() {
    return matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  apply(filter) {
    this.filter = filter;
    this.lit = null;
    this.renderer.refresh({ skipIndexation: true });
  }

  shownNodes() {
    return this.data.nodes.filter((node) => this.visible(node));
  }

  shownEdges() {
    return this.data.edges.filter((edge) => this.told(edge));
  }

  zoom(factor) {
    const camera = this.renderer.getCamera();
    camera.animate({ ratio: camera.ratio / factor }, { duration: this.still() ? 1 : 180 });
  }

  fit() {
    this.renderer.getCamera().animate({ x: 0.5, y: 0.5, ratio: 1 }, { duration: this.still() ? 1 : 250 });
  }
}

/** Can this browser draw at all? */
export function canDraw() {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2") ?? document.createElement("canvas").getContext("webgl"));
  } catch {
    return false;
  }
}
