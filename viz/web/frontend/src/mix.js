/** @type {Map<string, string>} */
const mixed = new Map();

/**
 * `part` of the first colour over the second; both "#rrggbb".
 * @param {string} colour
 * @param {string} other
 * @param {number} part
 * @returns {string}
 */
export function mix(colour, other, part) {
  const key = `${colour} ${other} ${part}`;
  let found = mixed.get(key);
  if (!found) mixed.set(key, (found = made(colour, other, part)));
  return found;
}

/**
 * @param {string} colour
 * @param {string} other
 * @param {number} part
 */
function made(colour, other, part) {
  const [a, b] = [colour, other].map((text) => [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16)));
  return `#${a.map((value, i) => Math.round(value * part + b[i] * (1 - part)).toString(16).padStart(2, "0")).join("")}`;
}
