// Draws each <figure data-vega-spec="ID"> from the Vega-Lite specification in <script type="application/json" id="ID">. Expressions are
// interpreted, never compiled: the page's policy allows no eval. The table that the page holds beside the figure stays as it is.
import { Error as OnlyErrors, formatLocale, logger, parse, timeFormatLocale, View } from "vega";
import { expressionInterpreter } from "vega-interpreter";
import { compile } from "vega-lite";
import { el } from "../../../drawing/assets/dom.mjs";
import { onTheme, theme } from "../../../drawing/assets/theme.mjs";

const vietnamese = document.documentElement.lang === "vi";
const MONTHS = Array.from({ length: 12 }, (_, i) => `tháng ${i + 1}`);
const NUMBERS = { decimal: ",", thousands: ".", grouping: [3], currency: ["", " ₫"] };
const DATES = {
  dateTime: "%H:%M %d/%m/%Y", date: "%d/%m/%Y", time: "%H:%M:%S", periods: ["SA", "CH"],
  days: ["Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy"], shortDays: ["CN", "T2", "T3", "T4", "T5", "T6", "T7"],
  months: MONTHS, shortMonths: Array.from({ length: 12 }, (_, i) => `Th${i + 1}`),
};
if (vietnamese) {
  formatLocale(NUMBERS);
  timeFormatLocale(DATES);
}

/**
 * @param {ReturnType<typeof theme>} c
 * @returns {any}
 */
function config(c) {
  const words = { labelColor: c.soft, titleColor: c.soft, labelFont: c.sans, titleFont: c.sans, labelFontSize: 12, titleFontSize: 12, titleFontWeight: 400 };
  const levels = [c.level.central, c.level.province, c.level.district, c.level.commune, c.level.none];
  return {
    background: null, font: c.sans, view: { stroke: null },
    axis: { ...words, gridColor: c.rule, domainColor: c.strong, tickColor: c.strong },
    legend: words, header: words, title: { color: c.ink, font: c.serif, fontSize: 15, fontWeight: 600, anchor: "start" },
    text: { color: c.ink, font: c.sans }, rule: { color: c.strong },
    bar: { color: c.level.province }, point: { color: c.accent, filled: true }, circle: { color: c.accent }, line: { color: c.accent }, tick: { color: c.accent },
    area: { color: c.accent }, range: { category: levels, ordinal: levels, symbol: ["square", "circle", "triangle-up", "diamond", "cross"] },
  };
}

/** What a mark says, as text in one box that follows the pointer. */
function tooltip(box) {
  return (handler, event, item, value) => {
    if (value === null || value === undefined || value === "") {
      box.hidden = true;
      return;
    }
    const lines = typeof value === "object" ? Object.entries(value).map(([name, told]) => el("div", {}, el("span", {}, name), ` ${told}`)) : [el("div", {}, String(value))];
    box.replaceChildren(...lines);
    box.hidden = false;
    const left = Math.min(event.clientX + 14, innerWidth - box.offsetWidth - 8);
    box.style.left = `${Math.max(8, left)}px`;
    box.style.top = `${event.clientY + 16 + box.offsetHeight > innerHeight ? event.clientY - box.offsetHeight - 10 : event.clientY + 16}px`;
  };
}

/** "level-central" and the like as colour names in a specification: the page's own variables, "var(--accent)". */
function coloured(spec, style) {
  return JSON.parse(JSON.stringify(spec), (_, value) => {
    const named = typeof value === "string" && /^var\((--[\w-]+)\)$/.exec(value);
    return named ? style.getPropertyValue(named[1]).trim() : value;
  });
}

function draw(figure) {
  const source = document.getElementById(figure.dataset.vegaSpec);
  if (!source) return;
  const spec = JSON.parse(source.textContent);
  const place = el("div", { class: "plot", "aria-hidden": "true" });
  const box = el("div", { class: "plot-tip", hidden: true });
  figure.prepend(place);
  document.body.append(box);
  let view;
  const show = () => {
    view?.finalize();
    place.replaceChildren();
    const width = Math.floor(place.clientWidth);
    const own = coloured(spec, getComputedStyle(document.documentElement));
    const fitted = { autosize: { type: "fit-x", contains: "padding" }, ...own, ...(own.width === "container" || own.width === undefined ? { width } : {}) };
    const lite = /vega-lite/.test(spec.$schema ?? "vega-lite");
    const vega = lite ? compile(fitted, { config: config(theme()), logger: logger(OnlyErrors) }).spec : fitted;
    view = new View(parse(vega, lite ? undefined : config(theme()), { ast: true }), { expr: expressionInterpreter, renderer: "svg", container: place, hover: true, logLevel: OnlyErrors });
    view.tooltip(tooltip(box));
    view.runAsync().then(() => {
      figure.dataset.ready = "true";
    });
  };
  show();
  onTheme(show);
  let before = place.clientWidth;
  let waiting;
  new ResizeObserver(() => {
    if (Math.abs(place.clientWidth - before) < 8) return;
    before = place.clientWidth;
    clearTimeout(waiting);
    waiting = setTimeout(show, 120);
  }).observe(place);
}

for (const figure of document.querySelectorAll("figure[data-vega-spec]")) draw(figure);
