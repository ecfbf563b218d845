// The drawn graph as a picture: an SVG written from the positions, and a PNG painted from that SVG.
import { lineOf } from "../../../drawing/assets/theme.mjs";
import { mix } from "./mix.js";
import { outline } from "./shapes.js";

const escaped = (text) => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
const fixed = (value) => value.toFixed(1);

/** All that the filters leave, as {text, width, height}; names are left out where they would lie upon each other. */
export function svg(drawing) {
  const { renderer, graph, colours, data } = drawing;
  const whole = { cameraState: { x: 0.5, y: 0.5, ratio: 1, angle: 0 } };
  const stage = renderer.getDimensions();
  const nodes = drawing.shownNodes();
  const scale = Math.min(8, Math.max(1, Math.sqrt(nodes.length / 30)));
  const place = new Map();
  for (const node of nodes) {
    const { x, y } = renderer.graphToViewport(graph.getNodeAttributes(String(node.id)), whole);
    place.set(node.id, [x * scale, y * scale]);
  }
  const [width, height] = [Math.ceil(stage.width * scale), Math.ceil(stage.height * scale) + 24];
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escaped(colours.sans)}">`,
    `<rect width="${width}" height="${height}" fill="${colours.paper}"/>`,
  ];
  const at = (x, y) => renderer.graphToViewport({ x, y: -y }, whole);
  (data.bands ?? []).forEach((band, index) => {
    const [top, bottom] = [at(0, band.top).y * scale, at(0, band.bottom).y * scale];
    if (index % 2 === 0) parts.push(`<rect y="${fixed(top)}" width="${width}" height="${fixed(bottom - top)}" fill="${colours.band}"/>`);
    const colour = colours.level[band.level];
    parts.push(`<rect y="${fixed(top)}" width="4" height="${fixed(bottom - top)}" fill="${colour}"/>`);
    parts.push(`<text x="10" y="${fixed(top + 16)}" font-size="11" font-weight="600" fill="${colour}">${escaped(band.label)}</text>`);
  });
  for (const time of data.times ?? []) {
    const x = at((time.left - 0.3) * drawing.stretch, 0).x * scale;
    parts.push(`<path d="M${fixed(x)} 0V${height}" stroke="${colours.rule}"/><text x="${fixed(x + 4)}" y="12" font-size="10" fill="${colours.soft}">${escaped(time.year || data.words.undated)}</text>`);
  }
  const arrows = !drawing.whole;
  for (const edge of drawing.shownEdges()) {
    const [from, to] = [place.get(edge.source), place.get(edge.target)];
    if (!from || !to || !drawing.model.drawn(edge)) continue;
    const attributes = arrows ? graph.getEdgeAttributes(String(edge.id)) : {}; // straight lines are no edges where they are a crowd
    parts.push(line(from, to, graph.getNodeAttribute(String(edge.target), "size") * 1.1 + 2, edge, attributes, colours, arrows));
  }
  const taken = new Set();
  for (const node of [...nodes].sort((a, b) => Number(b.id === data.focus) - Number(a.id === data.focus) || b.size - a.size)) {
    const [x, y] = place.get(node.id);
    const { size, shape } = graph.getNodeAttributes(String(node.id));
    parts.push(`<path transform="translate(${fixed(x)} ${fixed(y)})" d="${outline(shape, size)}" fill-rule="evenodd" fill="${colours.level[node.level] ?? colours.level.none}"><title>${escaped(node.label)}</title></path>`);
    if (!room(taken, x, y + size + 10, node.label)) continue;
    parts.push(`<text x="${fixed(x)}" y="${fixed(y + size + 15)}" text-anchor="middle" font-size="12" fill="${colours.ink}" stroke="${colours.paper}" stroke-width="3" paint-order="stroke" stroke-linejoin="round">${escaped(node.label)}</text>`);
  }
  parts.push("</svg>");
  return { text: parts.join("\n"), width, height };
}

function line([x1, y1], [x2, y2], gap, edge, attributes, colours, arrow) {
  const colour = arrow ? colours.group[edge.group] ?? colours.group.tie : mix(colours.group[edge.group] ?? colours.group.tie, colours.paper, 0.5);
  const { width, dash: dashes } = lineOf(edge.group);
  const dash = dashes.length ? ` stroke-dasharray="${dashes.join(" ")}"` : "";
  const bend = attributes.type === "curve" ? attributes.curvature : 0;
  const [mx, my] = [(x1 + x2) / 2 + (y2 - y1) * bend, (y1 + y2) / 2 - (x2 - x1) * bend];
  const angle = Math.atan2(y2 - my, x2 - mx);
  const [ex, ey] = arrow ? [x2 - Math.cos(angle) * gap, y2 - Math.sin(angle) * gap] : [x2, y2];
  const path = `<path d="M${fixed(x1)} ${fixed(y1)}${bend ? `Q${fixed(mx)} ${fixed(my)} ` : "L"}${fixed(ex)} ${fixed(ey)}" fill="none" stroke="${colour}" stroke-width="${arrow ? width : 0.6}"${arrow ? dash : ""}/>`;
  if (!arrow) return path;
  const tip = (turn) => `${fixed(ex - Math.cos(angle + turn) * 8)} ${fixed(ey - Math.sin(angle + turn) * 8)}`;
  return `${path}<path d="M${fixed(ex)} ${fixed(ey)}L${tip(0.4)}L${tip(-0.4)}Z" fill="${colour}"/>`;
}

/** Is there room for a name here? Then it is taken. */
function room(taken, x, y, text) {
  const row = Math.round(y / 15);
  const cells = [];
  for (let at = Math.floor((x - text.length * 3.3) / 12); at <= (x + text.length * 3.3) / 12; at += 1) cells.push(`${row} ${at}`);
  if (cells.some((cell) => taken.has(cell))) return false;
  for (const cell of cells) taken.add(cell);
  return true;
}

/**
 * The same as a PNG, at twice the size where that is not too much.
 * @returns {Promise<Blob>}
 */
export async function png(drawing) {
  const { text, width, height } = svg(drawing);
  const image = new Image();
  const url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    await new Promise((done, fail) => {
      image.onload = done;
      image.onerror = () => fail(new Error("SVG"));
      image.src = url;
    });
    const scale = Math.min(2, 8000 / Math.max(width, height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("PNG"))), "image/png"));
  } finally {
    URL.revokeObjectURL(url);
  }
}
