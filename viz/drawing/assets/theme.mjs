// Colours and fonts of the page as it is shown now (light or dark): all come from palette.css.

export const LEVELS = ["central", "province", "district", "commune", "none"];
export const GROUPS = ["carry", "ground", "change", "tie"];

export function theme() {
  const style = getComputedStyle(document.documentElement);
  const get = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  /** @type {Record<string, string>} */
  const level = Object.fromEntries(LEVELS.map((name) => [name, get(`--level-${name}`)]));
  /** @type {Record<string, string>} */
  const group = Object.fromEntries(GROUPS.map((name) => [name, get(`--group-${name}`)]));
  return {
    paper: get("--paper"), card: get("--card"), ink: get("--ink"), soft: get("--soft"), rule: get("--rule"), strong: get("--rule-strong"),
    accent: get("--accent"), band: get("--band") || get("--card"), ring: get("--ring"), onLevel: get("--on-level"),
    sans: get("--sans") || "sans-serif", serif: get("--serif") || "serif", level: /** @type {Record<string, string>} */ ({ ...level, "": level.none }), group,
  };
}

/**
 * Calls back when the page turns light or dark.
 * @param {() => void} act
 */
export function onTheme(act) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", act);
  new MutationObserver(act).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
}

/** How a line looks by its relation's group: its width, and the lengths of its dashes. */
export const LINES = {
  carry: { width: 2, dash: [] }, ground: { width: 1.6, dash: [9, 5] }, change: { width: 2.6, dash: [] }, tie: { width: 1.5, dash: [2, 5] },
};

/**
 * @param {string} group
 * @returns {{width: number, dash: number[]}}
 */
export const lineOf = (group) => LINES[/** @type {keyof typeof LINES} */ (group)] ?? LINES.tie;
