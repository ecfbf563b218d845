// `node --test tests/viz/scripts`: what of a graph is shown, near, reached and found.
import assert from "node:assert/strict";
import { test } from "node:test";
import { covered, Model } from "../../../viz/drawing/assets/model.mjs";
import { unpack } from "../../../viz/web/frontend/src/data.js";

const KINDS = { implements: "carry", cites: "tie", replaces: "change" };

/** A picture from "a central 15-NQ/TW" and "b implements a". */
function picture(nodes, edges, more = {}) {
  const names = nodes.map((text) => text.split(" ")[0]);
  return {
    focus: null, language: "vi", words: {}, bands: [], times: [], levels: [], families: [], omitted: 0,
    relations: Object.entries(KINDS).map(([name, group]) => ({ name, label: name, inverse: `${name} by`, group, count: 0 })),
    nodes: nodes.map((text, id) => {
      const [name, level, number = ""] = text.split(" ");
      return { id, iri: name, kind: "document", label: `Kế hoạch ${number || name}`, number, type: "Kế hoạch", date: "2022-05-05", level, family: "plan", x: id, y: 0, size: 1, title: `tên ${name}${name}`, issuer: "" };
    }),
    edges: edges.map((text, id) => {
      const [source, predicate, target] = text.split(" ");
      return { id, source: names.indexOf(source), target: names.indexOf(target), predicate, certainty: "explicit", label: predicate, inverse: `${predicate} by`, group: KINDS[predicate] };
    }),
    ...more,
  };
}
const names = (ids) => [...ids].map((id) => "abcdefghxyz"[id]).sort().join("");
const CHAIN = () => picture(["a central", "b province", "c district", "d central", "e central"], ["b implements a", "c implements b", "b cites d", "d cites e"], { focus: 0 });

// The same cases as of `part_around` in tests/viz/test_drawing_data.py.
for (const [reach, filter, wanted] of [
  [{ depth: 0, direction: "both" }, {}, "a"],
  [{ depth: 1, direction: "both" }, {}, "ab"],
  [{ depth: 2, direction: "both" }, {}, "abc"],
  [{ depth: 2, direction: "up" }, {}, "a"],
  [{ depth: 2, direction: "down" }, { levels: new Set(["province"]) }, "ab"],
  [{ depth: 3, direction: "both" }, { relations: new Set(["implements", "cites"]) }, "abcde"],
  [{ depth: 3, direction: "both" }, { relations: new Set(["cites"]) }, "a"],
]) {
  test(`${JSON.stringify(reach)} reaches ${wanted}`, () => {
    const model = new Model(CHAIN());
    model.filter({ reach, ...filter });
    assert.equal(names(model.shown), wanted);
  });
}

test("a citation is covered by a statement of the same two in the same direction only", () => {
  const edges = ["b cites a", "b implements a", "a cites b", "c cites a"];
  const { edges: made } = picture(["a central", "b central", "c central"], edges);
  assert.deepEqual([...covered(made, 3)], [0]);
  const model = new Model(picture(["a central", "b central", "c central"], edges));
  model.filter({ relations: new Set(["cites"]) });
  assert.deepEqual(model.shownEdges().filter((edge) => model.drawn(edge)).map((edge) => edge.id), [0, 2, 3]);
});

test("filters leave the focus; what is linked stays", () => {
  const model = new Model(CHAIN());
  model.filter({ levels: new Set(["province"]) });
  assert.equal(names(model.shown), "ab");
  model.filter({ relations: new Set(["cites"]), linked: true });
  assert.equal(names(model.shown), "bde");
  model.filter({ families: new Set() });
  assert.equal(names(model.shown), "a");
});

test("near are the neighbours that the filter leaves, or the ends of an edge", () => {
  const model = new Model(CHAIN());
  model.filter({ relations: new Set(["implements"]) });
  assert.deepEqual(model.near({ node: 1 }), { nodes: new Set([1, 0, 2]), edges: new Set([0, 1]) });
  assert.deepEqual(model.near({ edge: 2 }), { nodes: new Set([1, 3]), edges: new Set([2]) });
});

test("relations of a node, from its end, in the legend's order", () => {
  const told = new Model(CHAIN()).relationsOf(1).map(({ label, edges, other }) => [label, edges.map(other)]);
  assert.deepEqual(told, [["implements by", [2]], ["implements", [0]], ["cites", [3]]]);
});

test("a name that begins so comes first; marks and order of words do not count", () => {
  const model = new Model(picture(["a central 15-NQ/TW", "b central 115-KH/TU", "c central 07-KH/TU"], []));
  assert.deepEqual(model.find("15 ke hoach")?.map((node) => node.id), [0, 1]);
  assert.deepEqual(model.find("TÊN cc")?.map((node) => node.id), [2]);
  assert.deepEqual(model.find("05/05/2022")?.map((node) => node.id), [0, 1, 2]);
  assert.deepEqual(model.find("(không có["), []);
  assert.equal(model.find("  "), null);
});

test("the next node to the right, from a node and from a place", () => {
  const model = new Model(picture(["a central", "b central", "c central"], []));
  assert.equal(model.next({ x: 0, y: 0 }, 1, 0, { from: 0 })?.id, 1);
  assert.equal(model.next({ x: 2, y: 0 }, 1, 0, { from: 2 }), null);
  assert.equal(model.next({ x: 1.9, y: 0 }, -1, 0)?.id, 2);
});

test("what is added joins by IRI, once", () => {
  const model = new Model(picture(["a central", "b province"], ["b implements a"], { focus: 0 }));
  const more = picture(["b province", "f commune"], ["f replaces b"]);
  more.levels = [{ name: "commune", label: "Xã", count: 1 }];
  const first = model.add(more, () => ({ x: 9, y: 9 }));
  assert.deepEqual([first.nodes.map((node) => [node.id, node.x]), first.edges.map((edge) => [edge.id, edge.source, edge.target])], [[[2, 9]], [[1, 2, 1]]]);
  assert.deepEqual(model.add(more, () => ({ x: 0, y: 0 })), { nodes: [], edges: [] });
  assert.equal(model.shown.size, 3);
  assert.deepEqual(model.picture.levels.map((level) => level.name), ["commune"]);
});

test("columns give the same nodes and edges", () => {
  const relations = [{ name: "cites", label: "viện dẫn", inverse: "được viện dẫn bởi", group: "tie", count: 1 }];
  const packed = {
    packed: true, relations, doubtful: [0], edges: [1, 0, 0],
    nodes: { count: 2, prefix: "https://x/", iri: ["a", "b"], level: { values: ["central"], index: [0, 0] }, x: [1, 2] },
  };
  const { nodes, edges } = unpack(packed);
  assert.deepEqual(nodes, [{ id: 0, iri: "https://x/a", level: "central", x: 1 }, { id: 1, iri: "https://x/b", level: "central", x: 2 }]);
  assert.deepEqual([edges[0].source, edges[0].label, edges[0].certainty], [1, "viện dẫn", "uncertain"]);
});
