/* The bands of levels behind the cards, with their captions. */

/** @typedef {{top: number, bottom: number, level: string, label: string}} Band */

/**
 * Draw bands behind the network's cards and their captions at the left edge, whatever part of a band is in view.
 * @param {any} network
 * @param {HTMLElement} box
 * @param {Band[]} bands
 * @param {() => ReturnType<typeof import("./theme.mjs").theme>} inkNow
 */
export function drawBands(network, box, bands, inkNow) {
  const view = () => ({
    scale: network.getScale(),
    from: network.DOMtoCanvas({ x: 0, y: 0 }),
    to: network.DOMtoCanvas({ x: box.clientWidth, y: box.clientHeight }),
  });
  network.on("beforeDrawing", (/** @type {CanvasRenderingContext2D} */ ctx) => {
    const { scale, from, to } = view();
    const ink = inkNow();
    for (const band of bands) {
      ctx.fillStyle = ink.band;
      ctx.fillRect(from.x, band.top, to.x - from.x, band.bottom - band.top);
      ctx.fillStyle = ink.level[band.level];
      ctx.fillRect(from.x, band.top, 4 / scale, band.bottom - band.top);
    }
  });
  network.on("afterDrawing", (/** @type {CanvasRenderingContext2D} */ ctx) => {
    const { scale, from, to } = view();
    const ink = inkNow();
    Object.assign(ctx, { textAlign: "left", textBaseline: "top", font: `600 ${13 / scale}px ${ink.sans}`, lineWidth: 4 / scale, lineJoin: "round" });
    for (const band of bands) {
      if (band.bottom < from.y || band.top > to.y) continue;
      const y = Math.min(Math.max(band.top, from.y) + 7 / scale, band.bottom - 20 / scale);
      ctx.strokeStyle = ink.band;
      ctx.strokeText(band.label, from.x + 14 / scale, y);
      ctx.fillStyle = ink.level[band.level];
      ctx.fillText(band.label, from.x + 14 / scale, y);
    }
  });
}
