/* Which part of a graph is in view. Captions, buttons and the panel cover a part of the stage; what matters goes into the rest. */

const MARGIN = 12; // about cards, in points of the graph
const ROW = 34; // above and below a row of cards, where bands have their captions

const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
/** Whether the panel lies below the stage instead of beside it. */
export function narrow() {
  return matchMedia("(max-width: 760px)").matches;
}

/**
 * Where a view as wide as `view` stands so as to hold `at` and as little emptiness as possible.
 * @param {number} at
 * @param {number} low
 * @param {number} high
 * @param {number} view
 */
const within = (at, low, high, view) => (high - low <= view ? (low + high) / 2 : Math.min(Math.max(at, low + view / 2), high - view / 2));

/** @typedef {{x: number, y: number}} Spot */

export class View {
  /**
   * `spots` tells where the cards stand that are shown.
   * @param {{network: any, box: HTMLElement, panel: HTMLElement, card: {width: number, height: number}, spots: () => Spot[]}} given
   */
  constructor({ network, box, panel, card, spots }) {
    this.network = network;
    this.box = box;
    this.panel = panel;
    this.spots = spots;
    this.half = { width: card.width / 2, height: card.height / 2 };
    /** Whether all that is shown is in view, and stays so as the stage changes. */
    this.fitted = false;
  }

  /** The part of the stage that is free. */
  free() {
    const panel = this.panel.hidden ? null : this.panel;
    const left = narrow() ? 0 : 116;
    const right = panel && !narrow() ? panel.offsetWidth : 0;
    const bottom = panel && narrow() ? panel.offsetHeight : 44;
    return { left, right, bottom, width: this.box.clientWidth - left - right, height: this.box.clientHeight - bottom };
  }

  /**
   * @param {Spot} spot
   * @param {number} to
   * @param {boolean} animate
   */
  move({ x, y }, to, animate) {
    const room = this.free();
    this.fitted = false;
    this.network.moveTo({
      position: { x: x + (room.right - room.left) / 2 / to, y: y + room.bottom / 2 / to },
      scale: to,
      animation: animate && !still ? { duration: 260, easingFunction: "easeInOutQuad" } : false,
    });
  }

  /** How far the cards reach that are shown. */
  extent() {
    const found = { l: Infinity, r: -Infinity, t: Infinity, b: -Infinity };
    for (const { x, y } of this.spots()) {
      found.l = Math.min(found.l, x - this.half.width);
      found.r = Math.max(found.r, x + this.half.width);
      found.t = Math.min(found.t, y - this.half.height - ROW);
      found.b = Math.max(found.b, y + this.half.height + ROW);
    }
    return found;
  }

  /**
   * As near to `spot` as it can stand with little emptiness about it.
   * @param {Spot} spot
   * @param {number} to
   * @param {boolean} animate
   */
  settle({ x, y }, to, animate) {
    const { l, r, t, b } = this.extent();
    const room = this.free();
    this.move({ x: within(x, l - MARGIN, r + MARGIN, room.width / to), y: within(y, t, b, room.height / to) }, to, animate);
  }

  /**
   * All that is shown, or as much around the chosen card as can be read at the scale `least`.
   * @param {boolean} animate
   * @param {Spot | null} chosen
   * @param {number} least
   */
  frame(animate, chosen, least = 0) {
    const { l, r, t, b } = this.extent();
    const room = this.free();
    const fit = Math.min((room.width - 2 * MARGIN) / (r - l), (room.height - 10) / (b - t), 1.15);
    if (!(fit > 0)) return; // nothing is shown, or the stage is not in view
    const to = fit >= least * 0.75 ? fit : least;
    this.settle(chosen ?? { x: l, y: t }, to, animate);
    this.fitted = to === fit;
  }

  /**
   * @param {Spot} spot
   * @param {boolean} close
   */
  reveal(spot, close) {
    const room = this.free();
    const at = this.network.canvasToDOM(spot);
    const now = this.network.getScale();
    const margin = { x: this.half.width * now + MARGIN, y: this.half.height * now + MARGIN };
    const inside = at.x > margin.x && at.y > margin.y && at.x < room.left + room.width - margin.x && at.y < room.height - margin.y;
    if (inside && !(close && now < 0.5)) return;
    this.settle(spot, close ? Math.max(now, 0.8) : now, true);
  }

  /** @param {number} by */
  zoom(by) {
    this.fitted = false;
    this.network.moveTo({ position: this.network.getViewPosition(), scale: Math.min(3, Math.max(0.03, this.network.getScale() * by)) });
  }
}
