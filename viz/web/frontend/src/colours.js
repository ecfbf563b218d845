// Colours and fonts of the page as it is shown now (light or dark): all come from its style sheet.

export function theme() {
  const style = getComputedStyle(document.documentElement);
  const get = (name) => style.getPropertyValue(name).trim();
  const found = {
    paper: get("--paper"), card: get("--card"), ink: get("--ink"), soft: get("--soft"), rule: get("--rule"),
    strong: get("--rule-strong"), accent: get("--accent"), band: get("--band") || get("--card"),
    sans: get("--sans") || "sans-serif", serif: get("--serif") || "serif", level: {}, group: {},
  };
  for (const level of ["central", "province", "district", "commune", "none"]) found.level[level] = get(`--level-${level}`);
  found.level[""] = found.level.none;
  for (const group of ["carry", "ground", "change", "tie"]) found.group[group] = get(`--group-${group}`);
  return found;
}

/** Calls back when the page turns light or dark. */
export function onTheme(act) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", act);
  new MutationObserver(act).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
}

const mixed = new Map();

/** `part` of the first colour over the second; both "#rrggbb". */
export function mix(colour, other, part) {
  const key = `${colour} ${other} ${part}`;
  if (!mixed.has(key)) mixed.set(key, made(colour, other, part));
  return mixed.get(key);
}

function made(colour, other, part) {
  const [a, b] = [colour, other].map((text) => [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16)));
  return `#${a.map((value, i) => Math.round(value * part + b[i] * (1 - part)).toString(16).padStart(2, "0")).join("")}`;
}
