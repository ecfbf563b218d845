// The graph as the server gives it (see graph_data.py): plain, or packed in columns.

/**
 * The same data as lists of nodes and edges.
 * @param {any} data
 * @returns {import("../../../drawing/assets/model.mjs").Picture}
 */
export function unpack(data) {
  if (!data.packed) return data;
  const columns = data.nodes;
  /** @type {Record<string, (i: number) => any>} */
  const get = {};
  for (const [name, column] of Object.entries(columns)) {
    if (name === "count" || name === "prefix") continue;
    get[name] = Array.isArray(column) ? (i) => column[i] : (i) => column.values[column.index[i]];
  }
  const names = Object.keys(get);
  const nodes = Array.from({ length: columns.count }, (_, id) => {
    /** @type {any} */
    const node = { id };
    for (const name of names) node[name] = get[name](id);
    node.iri = columns.prefix + node.iri;
    return node;
  });
  const doubtful = new Set(data.doubtful);
  const edges = [];
  for (let at = 0; at < data.edges.length; at += 3) {
    const relation = data.relations[data.edges[at + 2]];
    const id = at / 3;
    edges.push({
      id, source: data.edges[at], target: data.edges[at + 1], predicate: relation.name, label: relation.label,
      inverse: relation.inverse, group: relation.group, certainty: doubtful.has(id) ? "uncertain" : "explicit",
    });
  }
  return { ...data, nodes, edges };
}
