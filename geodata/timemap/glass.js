// @ts-check
// A pane of glass over a map: while it lies there, a drag draws and does not move the map.

import { make } from "./dom.js";

/** @import { Point } from "./types" */
/** @import { MapView } from "./mapview.js" */

const NORTH_WEST = { x: 0, y: 0 };
const LEAST = 6; // pixels of a side from which on a drag is meant

/** @type {Glass | null} the pane that was opened last: two of them, one over the other, would both hear Enter */
let lying = null;

export class Glass {
  /**
   * @param {MapView} view
   * @param {HTMLElement} button that opens and closes it
   * @param {HTMLElement} asked what the reader is to do
   * @param {{ drawing(path: Point[]): void, drawn(path: Point[]): void }} host hears the path of a drag, in pixels of
   *   the map: while it lasts (empty when it has ended), and once when it was meant. Enter is two corners of the map.
   */
  constructor(view, button, asked, host) {
    this.view = view;
    this.button = button;
    this.host = host;
    this.element = make("div", { class: "tm-glass", hidden: true }, asked);
    this.element.addEventListener("pointerdown", (event) => {
      if (!asked.contains(/** @type {Node} */ (event.target))) this.drag(event);
    });
  }

  get isOpen() {
    return !this.element.hidden;
  }

  /** @param {boolean} isOpen */
  open(isOpen) {
    if (isOpen && lying !== this) lying?.open(false);
    if (isOpen) lying = this;
    this.element.hidden = !isOpen;
    this.button.setAttribute("aria-pressed", String(isOpen));
    if (isOpen) this.view.box.focus({ preventScroll: true });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const isChoosing = event.target === this.button || event.target instanceof HTMLSelectElement;
    if (!this.isOpen || (isChoosing && event.key === "Enter")) return;
    if (event.key === "Enter") {
      const { x, y } = this.view.map.getSize();
      this.end([NORTH_WEST, { x, y }]);
    } else if (event.key === "Escape") this.open(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {PointerEvent} event */
  drag(event) {
    event.preventDefault();
    const frame = this.element.getBoundingClientRect();
    const at = (/** @type {PointerEvent} */ { clientX, clientY }) => ({ x: clientX - frame.x, y: clientY - frame.y });
    const path = [at(event)];
    this.element.setPointerCapture(event.pointerId);
    const move = (/** @type {PointerEvent} */ moved) => {
      path.push(at(moved));
      this.host.drawing(path);
      this.view.paint();
    };
    const release = () => {
      this.element.removeEventListener("pointermove", move);
      this.element.removeEventListener("lostpointercapture", release);
      if (this.isOpen && isMeant(path)) this.end(path);
      else this.host.drawing([]);
      this.view.paint();
    };
    this.element.addEventListener("pointermove", move);
    this.element.addEventListener("lostpointercapture", release);
  }

  /** @param {Point[]} path */
  end(path) {
    this.open(false);
    this.host.drawing([]);
    this.host.drawn(path);
    this.view.paint();
  }
}

/** @param {Point[]} path */
function isMeant(path) {
  const spread = (/** @type {number[]} */ values) => Math.max(...values) - Math.min(...values);
  return spread(path.map(({ x }) => x)) >= LEAST && spread(path.map(({ y }) => y)) >= LEAST;
}
