// What a drawn graph is and what of it is shown, whoever draws it: filters, what is near, what is found. No page is touched here.
import { fold } from "./text.mjs";

/**
 * As data.py tells it.
 * @typedef {{sentence: string, quote: string, where: string}} Evidence
 * @typedef {{id: number, iri: string, kind: string, label: string, number: string, type: string, date: string, level: string, family: string, x: number, y: number, size: number, title?: string, issuer?: string, url?: string | null}} GraphNode
 * @typedef {{id: number, source: number, target: number, predicate: string, certainty: string, label: string, inverse: string, group: string, evidence?: Evidence[]}} GraphEdge
 * @typedef {{name: string, label: string, count: number}} Legend
 * @typedef {Legend & {inverse: string, group: string}} Relation
 * @typedef {{level: string, label: string, top: number, bottom: number}} Band
 * @typedef {{year: string, left: number, right: number}} Time
 * @typedef {{focus: number | null, language: string, words: Record<string, string>, nodes: GraphNode[], edges: GraphEdge[], bands: Band[], times: Time[], relations: Relation[], levels: Legend[], families: Legend[], omitted?: number, total?: number}} Picture
 *
 * Sets of what is shown; none is everything. With `reach` only what can be reached from the focus stays, with `linked` only what has an edge.
 * @typedef {{relations?: Set<string> | null, levels?: Set<string> | null, families?: Set<string> | null, linked?: boolean, reach?: {depth: number, direction: string} | null}} Filter
 * @typedef {{node?: number, edge?: number}} Chosen
 */

export class Model {
  /** @type {Set<number>} the ids of the nodes that the filter leaves */
  shown;
  /** @type {Set<number>} of the edges between them that it asks for */
  told;
  /** @type {Set<number>} of those of them that are not drawn, because another edge says more */
  covered;
  /** @type {Filter} */
  chosenFilter = {};
  /** @type {GraphEdge[][] | null} */
  ends = null;
  /** @type {Map<string, GraphNode> | null} */
  named = null;

  /**
   * @param {Picture} picture
   * @param {Filter} filter what is shown of it at first
   */
  constructor(picture, filter = {}) {
    this.picture = picture;
    this.filter(filter);
  }

  /** The edges of each node, by its id. Made when somebody asks: a picture of many is seen before. */
  get links() {
    if (!this.ends) {
      this.ends = this.picture.nodes.map(() => []);
      for (const edge of this.picture.edges) this.link(edge, this.ends);
    }
    return this.ends;
  }

  /** Each node by its IRI. */
  get byIri() {
    this.named ??= new Map(this.picture.nodes.map((node) => [node.iri, node]));
    return this.named;
  }

  /**
   * @param {GraphEdge} edge
   * @param {GraphEdge[][]} links
   */
  link(edge, links) {
    links[edge.source].push(edge);
    if (edge.target !== edge.source) links[edge.target].push(edge);
  }

  /** @param {Filter} filter */
  filter(filter) {
    const { nodes, edges, focus } = this.picture;
    const { relations, levels, families, reach, linked } = filter;
    const asked = (/** @type {GraphEdge} */ edge) => !relations || relations.has(edge.predicate);
    const reached = reach ? this.reached(filter) : null;
    const stays = (/** @type {GraphNode} */ node) => node.id === focus
      || ((!levels || levels.has(node.level)) && (!families || families.has(node.family)) && (!reached || reached.has(node.id)));
    this.chosenFilter = filter;
    this.shown = new Set(nodes.filter(stays).map((node) => node.id));
    const told = edges.filter((edge) => asked(edge) && this.shown.has(edge.source) && this.shown.has(edge.target));
    this.told = new Set(told.map((edge) => edge.id));
    if (linked) this.shown = new Set(told.flatMap((edge) => [edge.source, edge.target]));
    this.covered = covered(told, nodes.length);
  }

  /** @param {GraphNode} node */
  visible(node) {
    return this.shown.has(node.id);
  }

  /** Is an edge's line drawn? @param {GraphEdge} edge */
  drawn(edge) {
    return this.told.has(edge.id) && !this.covered.has(edge.id);
  }

  shownNodes() {
    return this.picture.nodes.filter((node) => this.visible(node));
  }

  shownEdges() {
    return this.picture.edges.filter((edge) => this.told.has(edge.id));
  }

  /**
   * The ids of what can be reached from the focus, as part_around in data.py has it: citations one step only unless they are asked for.
   * @param {Filter} filter
   * @returns {Set<number>}
   */
  reached({ reach, relations, levels }) {
    const { depth, direction } = reach ?? { depth: 9, direction: "both" };
    const { nodes, focus } = this.picture;
    if (focus === null) return new Set(nodes.map((node) => node.id));
    /** @type {Map<number, number>} */
    const steps = new Map([[focus, 0]]);
    for (const [here, gone] of steps) {
      if (gone >= depth) continue;
      for (const edge of this.links[here]) {
        const up = edge.source === here;
        const there = up ? edge.target : edge.source;
        const far = edge.predicate !== "cites" || Boolean(relations);
        if (steps.has(there) || direction === (up ? "down" : "up") || (!far && here !== focus)) continue;
        if (relations && !relations.has(edge.predicate)) continue;
        if (!levels || levels.has(nodes[there].level)) steps.set(there, gone + 1);
      }
    }
    return new Set(steps.keys());
  }

  /** The edges of a node that are told of. @param {number} id */
  edgesOf(id) {
    return this.links[id].filter((edge) => this.told.has(edge.id));
  }

  /**
   * What stands out when a node or an edge is chosen: the node with its edges and neighbours, the edge with its ends.
   * @param {Chosen} chosen
   */
  near(chosen) {
    const edges = chosen.node !== undefined ? this.edgesOf(chosen.node) : [this.picture.edges[/** @type {number} */ (chosen.edge)]];
    const ends = edges.flatMap((edge) => [edge.source, edge.target]);
    return { nodes: new Set(chosen.node !== undefined ? [chosen.node, ...ends] : ends), edges: new Set(edges.map((edge) => edge.id)) };
  }

  /**
   * A node's edges in groups as the legend has them, how it is said of (from its object's end) first: [words, edges, id of the other end].
   * @param {number} id
   * @returns {{label: string, edges: GraphEdge[], other: (edge: GraphEdge) => number}[]}
   */
  relationsOf(id) {
    const { nodes, relations } = this.picture;
    const order = new Map(relations.map((one, index) => [one.name, index]));
    const rank = (/** @type {GraphEdge} */ edge) => order.get(edge.predicate) ?? relations.length;
    return [
      { label: (/** @type {GraphEdge} */ edge) => edge.inverse, end: /** @type {const} */ ("target"), other: /** @type {const} */ ("source") },
      { label: (/** @type {GraphEdge} */ edge) => edge.label, end: /** @type {const} */ ("source"), other: /** @type {const} */ ("target") },
    ].flatMap(({ label, end, other }) => {
      const edges = this.edgesOf(id).filter((edge) => edge[end] === id);
      edges.sort((a, b) => rank(a) - rank(b) || nodes[a[other]].label.localeCompare(nodes[b[other]].label) || a.id - b.id);
      return [...grouped(edges, label)].map(([words, group]) => ({ label: words, edges: group, other: (/** @type {GraphEdge} */ edge) => edge[other] }));
    });
  }

  /**
   * The shown nodes that all words of a text fit, best first: a name that begins so before one that holds it, before a title, issuer,
   * type or date; then the most connected.
   * @param {string} text
   */
  find(text) {
    const words = fold(text).split(/\s+/).filter(Boolean);
    if (!words.length) return null;
    const found = this.shownNodes().map((node) => ({ node, points: points(node, words) })).filter((one) => one.points);
    found.sort((a, b) => b.points - a.points || b.node.size - a.node.size || a.node.id - b.node.id);
    return found.map((one) => one.node);
  }

  /**
   * The shown node next to a place in the direction (dx, dy), or without `from` next to the place in any.
   * @param {{x: number, y: number}} place
   * @param {number} dx
   * @param {number} dy
   * @param {{from?: number | null, at?: (node: GraphNode) => {x: number, y: number}}} options `from` is the node that stands there
   */
  next(place, dx, dy, { from = null, at = (node) => node } = {}) {
    let best = null;
    let least = Infinity;
    for (const node of this.shownNodes()) {
      if (node.id === from) continue;
      const there = at(node);
      const [x, y] = [there.x - place.x, there.y - place.y];
      const along = x * dx + y * dy;
      const beside = Math.abs(x * dy) + Math.abs(y * dx);
      if (from !== null && (along <= 1e-3 || beside > along * 3)) continue;
      const cost = from === null ? x * x + y * y : along + beside * 2;
      if (cost < least) [least, best] = [cost, node];
    }
    return best;
  }

  /**
   * Add what another picture holds; returns the nodes and edges that are new, with ids of this one.
   * @param {Picture} more
   * @param {(node: GraphNode, index: number, all: GraphNode[]) => {x: number, y: number}} place where a new node stands
   */
  add(more, place) {
    const { picture, byIri, links } = this;
    for (const name of /** @type {const} */ (["relations", "levels", "families"])) {
      const known = new Set(picture[name].map((one) => one.name));
      for (const one of more[name] ?? []) if (!known.has(one.name)) /** @type {Legend[]} */ (picture[name]).push(one);
    }
    const fresh = more.nodes.filter((node) => !byIri.has(node.iri));
    const nodes = fresh.map((node, index) => ({ ...node, id: picture.nodes.length + index, ...place(node, index, fresh) }));
    for (const node of nodes) {
      picture.nodes.push(node);
      byIri.set(node.iri, node);
      links.push([]);
    }
    const key = (/** @type {number} */ source, /** @type {string} */ predicate, /** @type {number} */ target) => `${source} ${predicate} ${target}`;
    const here = new Set(picture.edges.map((edge) => key(edge.source, edge.predicate, edge.target)));
    const end = (/** @type {number} */ id) => /** @type {GraphNode} */ (byIri.get(more.nodes[id].iri)).id;
    const edges = more.edges.map((edge) => ({ ...edge, source: end(edge.source), target: end(edge.target) }))
      .filter((edge) => !here.has(key(edge.source, edge.predicate, edge.target)))
      .map((edge, index) => ({ ...edge, id: picture.edges.length + index }));
    for (const edge of edges) {
      picture.edges.push(edge);
      this.link(edge, links);
    }
    this.filter(this.chosenFilter);
    return { nodes, edges };
  }
}

/**
 * The ids of citations that are not drawn, because another edge says more of the same two documents.
 * @param {GraphEdge[]} edges those that are shown
 * @param {number} size how many nodes there are
 */
export function covered(edges, size) {
  const pair = (/** @type {GraphEdge} */ edge) => edge.source * size + edge.target;
  const said = new Set(edges.filter((edge) => edge.predicate !== "cites").map(pair));
  return new Set(edges.filter((edge) => edge.predicate === "cites" && said.has(pair(edge))).map((edge) => edge.id));
}

/**
 * @template T
 * @param {T[]} list
 * @param {(one: T) => string} key
 * @returns {Map<string, T[]>}
 */
export function grouped(list, key) {
  const groups = new Map();
  for (const one of list) {
    const name = key(one);
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(one);
  }
  return groups;
}

/** @type {WeakMap<GraphNode, {name: string, rest: string}>} */
const folded = new WeakMap();

/**
 * How well all words fit a node; 0 when one does not.
 * @param {GraphNode} node
 * @param {string[]} words
 */
function points(node, words) {
  let told = folded.get(node);
  if (!told) {
    const dates = [node.date, node.date.split("-").reverse().join("/")];
    told = { name: fold(`${node.label} ${node.number}`), rest: fold([node.title, node.issuer, node.type, ...dates].join(" ")) };
    folded.set(node, told);
  }
  let sum = 0;
  for (const word of words) {
    if (begins(told.name, word)) sum += 4;
    else if (told.name.includes(word)) sum += 2;
    else if (told.rest.includes(word)) sum += 1;
    else return 0;
  }
  return sum;
}

/**
 * Does a word of the text begin so?
 * @param {string} text
 * @param {string} beginning
 */
function begins(text, beginning) {
  for (let at = text.indexOf(beginning); at >= 0; at = text.indexOf(beginning, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1])) return true;
  }
  return false;
}
