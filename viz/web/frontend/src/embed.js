// A small graph inside another page: drawn when it comes into view; a click leads to the document's page.
import { el } from "../../../drawing/assets/dom.mjs";
import { harmless } from "../../../drawing/assets/text.mjs";
import { fetched } from "./browser.js";
import { unpack } from "./data.js";
import { canDraw, Drawing } from "./drawing.js";
import { sign } from "./panel.js";

/** Prepare `<div class="graph-embed" data-url="…">`; its data may also stand inside, as a JSON script. */
export function embed(root) {
  if (!canDraw()) return;
  new IntersectionObserver((entries, observer) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    draw(root).catch(() => root.classList.add("undrawn")); // what stands in it, or under it, remains
  }, { rootMargin: "200px" }).observe(root);
}

async function draw(root) {
  const inline = root.querySelector("script[type='application/json']");
  const data = unpack(inline ? JSON.parse(inline.textContent) : await fetched(root.dataset.url));
  if (data.nodes.length < 2) {
    root.classList.add("undrawn");
    return;
  }
  const stage = el("div", { class: "graph-canvas" });
  const caption = el("p", { class: "graph-caption", "aria-hidden": "true" });
  root.setAttribute("role", "img");
  root.setAttribute("aria-label", data.words.stage);
  root.replaceChildren(stage, caption);
  root.classList.add("drawn");
  const drawing = new Drawing(stage, data, {
    node: (id) => {
      const url = harmless(data.nodes[id].url);
      if (id !== data.focus && url) location.href = url;
    },
  });
  drawing.renderer.setSettings({ enableCameraZooming: false, enableCameraPanning: matchMedia("(pointer: fine)").matches });
  const { renderer } = drawing;
  renderer.on("enterNode", ({ node }) => caption.replaceChildren(...about(data.nodes[Number(node)])));
  renderer.on("leaveNode", () => caption.replaceChildren(...legend(data)));
  caption.replaceChildren(...legend(data));
  root.dataset.ready = "true";
}

const about = (node) => [sign(node, 12), el("b", {}, node.label), ` ${node.title ?? ""}`];

const legend = (data) => data.levels.map((level) => el("span", {}, sign({ kind: "document", level: level.name }, 12), level.label));
