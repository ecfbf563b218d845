// Cards of documents: the shape says the type's family, the colour the level. Painted on a canvas, by whichever page.

/**
 * The path of a card around (x, y).
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} family
 * @param {number} x
 * @param {number} y
 * @param {number} w
 * @param {number} h
 */
export function outline(ctx, family, x, y, w, h) {
  const [l, r, t, b] = [x - w / 2, x + w / 2, y - h / 2, y + h / 2];
  const cut = h * 0.24;
  ctx.beginPath();
  if (family === "direct") {
    ctx.moveTo(l, y);
    for (const [px, py] of [[l + cut, t], [r - cut, t], [r, y], [r - cut, b], [l + cut, b]]) ctx.lineTo(px, py);
  } else if (family === "report") {
    ctx.moveTo(l, t);
    for (const [px, py] of [[r - cut, t], [r, t + cut], [r, b], [l, b]]) ctx.lineTo(px, py);
  } else if (family === "plan" || family === "body") {
    ctx.roundRect(l, t, w, h, family === "body" ? h / 2 : h * 0.22);
    return;
  } else {
    ctx.rect(l, t, w, h);
    return;
  }
  ctx.closePath();
}

/** @type {Map<string, string[]>} */
const cuts = new Map();

/**
 * At most `rows` lines of `text` that are no wider than `width`; cut with an ellipsis.
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} text
 * @param {number} width
 * @param {number} rows
 */
export function wrap(ctx, text, width, rows) {
  const key = `${ctx.font}|${width}|${rows}|${text}`;
  const known = cuts.get(key);
  if (known) return known;
  const fits = (/** @type {string} */ value) => ctx.measureText(value).width <= width;
  const words = text.split(/\s+/).filter(Boolean);
  const lines = [];
  while (words.length && lines.length < rows) {
    let line = /** @type {string} */ (words.shift());
    while (words.length && fits(`${line} ${words[0]}`)) line += ` ${words.shift()}`;
    lines.push(line);
  }
  let last = lines.pop() ?? "";
  if (words.length || !fits(last)) {
    last = [last, ...words].join(" ");
    while (last && !fits(`${last}…`)) last = last.slice(0, -1);
    last = `${last.trimEnd()}…`;
  }
  lines.push(last);
  cuts.set(key, lines);
  return lines;
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {string[]} lines
 * @param {number} x
 * @param {number} y the middle of all lines
 * @param {number} step
 */
function put(ctx, lines, x, y, step) {
  lines.forEach((line, index) => ctx.fillText(line, x, y + (index - (lines.length - 1) / 2) * step));
}

/**
 * How a card stands on the page: seen from `far`, filled (`solid`), a `ring` around it, with or without its `words`.
 * @typedef {{x: number, y: number, w: number, h: number, far: boolean, solid: boolean, main: boolean, ring: string | null, ringWidth: number, words: boolean}} Stand
 */

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {import("./model.mjs").GraphNode & {day: string, typeName: string}} node
 * @param {ReturnType<typeof import("./theme.mjs").theme>} colours
 * @param {Stand} at
 */
export function paint(ctx, node, colours, at) {
  const { x, y, w, h } = at;
  const colour = colours.level[node.level];
  ctx.lineJoin = "round";
  if (at.ring) stroke(ctx, node, at, at.far ? 28 : 12, at.ring, at.ringWidth);
  if (at.far && at.main) stroke(ctx, node, at, 16, colour, 4);
  outline(ctx, node.family, x, y, w, h);
  ctx.fillStyle = at.solid ? colour : colours.card;
  ctx.fill();
  if (!at.solid) {
    ctx.save();
    ctx.clip();
    ctx.fillStyle = colour;
    ctx.fillRect(x - w / 2, y - h / 2, pointed(node) ? 15 : 8, h);
    ctx.restore();
  }
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.6;
  ctx.setLineDash(node.family === "other" ? [5, 4] : []);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.strokeStyle = at.solid ? colours.onLevel : colour;
  detail(ctx, node.family, at);
  if (!at.words) return;
  ctx.textBaseline = "middle";
  if (at.far) fromFar(ctx, node, colours, at);
  else fromNear(ctx, node, colours, at);
}

/** Has the card's left end no room for words? @param {import("./model.mjs").GraphNode} node */
const pointed = (node) => node.family === "direct" || node.family === "body";

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {import("./model.mjs").GraphNode} node
 * @param {Stand} at
 * @param {number} more
 * @param {string} colour
 * @param {number} width
 */
function stroke(ctx, node, at, more, colour, width) {
  outline(ctx, node.family, at.x, at.y, at.w + more, at.h + more);
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.stroke();
}

/**
 * The second frame of a rule, the folded corner of a report.
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} family
 * @param {Stand} at
 */
function detail(ctx, family, { x, y, w, h }) {
  if (family === "rule") {
    ctx.lineWidth = 1;
    ctx.strokeRect(x - w / 2 + 4, y - h / 2 + 4, w - 8, h - 8);
  } else if (family === "report") {
    const cut = h * 0.24;
    ctx.beginPath();
    ctx.moveTo(x + w / 2 - cut, y - h / 2);
    ctx.lineTo(x + w / 2 - cut, y - h / 2 + cut);
    ctx.lineTo(x + w / 2, y - h / 2 + cut);
    ctx.stroke();
  }
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {import("./model.mjs").GraphNode} node
 * @param {ReturnType<typeof import("./theme.mjs").theme>} colours
 * @param {Stand} at
 */
function fromFar(ctx, node, colours, { x, y, w, solid }) {
  ctx.textAlign = "center";
  ctx.fillStyle = solid ? colours.onLevel : colours.ink;
  let size = node.number ? 31 : 22;
  const text = node.number || node.label;
  ctx.font = `600 ${size}px ${colours.sans}`;
  const wide = ctx.measureText(text).width;
  if (node.number && wide > w - 26) {
    size = Math.max(19, (size * (w - 26)) / wide);
    ctx.font = `600 ${size}px ${colours.sans}`;
  }
  put(ctx, wrap(ctx, text, w - 18, node.number ? 1 : 2), x, y, size * 1.1);
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {import("./model.mjs").GraphNode & {day: string, typeName: string}} node
 * @param {ReturnType<typeof import("./theme.mjs").theme>} colours
 * @param {Stand} at
 */
function fromNear(ctx, node, colours, { x, y, w, solid }) {
  const room = w - (pointed(node) ? 44 : 30);
  const left = x - w / 2 + (pointed(node) ? 24 : 18);
  const [strong, soft] = solid ? [colours.onLevel, colours.onLevel] : [colours.ink, colours.soft];
  ctx.textAlign = "left";
  ctx.fillStyle = strong;
  if (node.kind === "body" || !node.number) {
    ctx.font = `600 13px ${colours.sans}`;
    put(ctx, wrap(ctx, node.label, room, 3), left, y, 16);
    return;
  }
  ctx.font = `600 15px ${colours.sans}`;
  put(ctx, wrap(ctx, node.number, room, 1), left, node.day ? y : y + 6, 16);
  ctx.font = `12px ${colours.sans}`;
  ctx.fillStyle = soft;
  put(ctx, wrap(ctx, node.typeName, room, 1), left, y - 18, 14);
  if (node.day) put(ctx, [node.day], left, y + 19, 14);
}
