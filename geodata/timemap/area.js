// @ts-check
// The map area: a rectangle that the reader drags, kept as an outline over the marks, and taken away again.

import { make } from "./dom.js";

/** @import { Point, Rectangle } from "./types" */
/** @import { MapView } from "./mapview.js" */

const LEAST = 6; // pixels of a side from which on a drag is meant
const WORLDS = [-360, 0, 360]; // the world stands several times beside itself

export class AreaChooser {
  /**
   * @param {MapView} view
   * @param {(area: Rectangle | null) => void} chosen called when the reader has drawn an area or removed it
   */
  constructor(view, chosen) {
    this.view = view;
    this.chosen = chosen;
    /** @type {Rectangle | null} */
    this.area = null;
    this.button = make("button", { type: "button", class: "tm-rare", onclick: () => this.press() });
    const how = "Drag a rectangle. Enter takes what is in view, Escape leaves it.";
    this.glass = make("div", { class: "tm-glass", hidden: true }, make("div", { class: "tm-ask", text: how }));
    this.glass.addEventListener("pointerdown", (event) => this.drag(event));
    this.show(null);
  }

  /** @param {Rectangle | null} area */
  show(area) {
    this.area = area;
    this.button.textContent = area ? "Remove area" : "Choose an area";
    this.button.title = area
      ? "Show reports outside the area again"
      : "Show only reports inside a rectangle: drag it on the map, or press Enter to take what is in view";
  }

  press() {
    if (this.area) this.choose(null);
    else this.open(this.glass.hidden === true);
  }

  /**
   * While the glass lies over the map, a drag draws and does not move the map.
   * @param {boolean} isOpen
   */
  open(isOpen) {
    this.glass.hidden = !isOpen;
    this.button.setAttribute("aria-pressed", String(isOpen));
    if (isOpen) this.view.box.focus({ preventScroll: true });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (this.glass.hidden || event.target === this.button) return;
    if (event.key === "Enter") {
      const { x, y } = this.view.map.getSize();
      this.choose(this.between({ x: 0, y: 0 }, { x, y }));
    } else if (event.key === "Escape") this.open(false);
    else return;
    event.preventDefault();
  }

  /** @param {PointerEvent} event */
  drag(event) {
    event.preventDefault();
    const frame = this.glass.getBoundingClientRect();
    const at = (/** @type {PointerEvent} */ { clientX, clientY }) => ({ x: clientX - frame.x, y: clientY - frame.y });
    const start = at(event);
    const before = this.area;
    let end = start;
    this.glass.setPointerCapture(event.pointerId);
    const move = (/** @type {PointerEvent} */ moved) => {
      end = at(moved);
      this.area = this.between(start, end);
      this.view.paint();
    };
    const release = () => {
      this.glass.removeEventListener("pointermove", move);
      this.glass.removeEventListener("lostpointercapture", release);
      this.area = before;
      const isMeant = Math.abs(end.x - start.x) >= LEAST && Math.abs(end.y - start.y) >= LEAST;
      if (isMeant) this.choose(this.between(start, end));
      else this.view.paint();
    };
    this.glass.addEventListener("pointermove", move);
    this.glass.addEventListener("lostpointercapture", release);
  }

  /** @param {Rectangle | null} area */
  choose(area) {
    this.open(false);
    this.show(area);
    this.view.paint();
    this.chosen(area);
  }

  /**
   * The area between two points of the map, in thousandths of a degree.
   * @param {Point} a
   * @param {Point} b
   * @returns {Rectangle}
   */
  between(a, b) {
    const { map } = this.view;
    const northWest = map.containerPointToLatLng([Math.min(a.x, b.x), Math.min(a.y, b.y)]);
    const southEast = map.containerPointToLatLng([Math.max(a.x, b.x), Math.max(a.y, b.y)]);
    const latitude = (/** @type {number} */ degrees) => rounded(Math.max(-90, Math.min(90, degrees)));
    const isWholeWorld = southEast.lng - northWest.lng >= 360;
    return {
      west: isWholeWorld ? -180 : longitude(northWest.lng),
      south: latitude(southEast.lat),
      east: isWholeWorld ? 180 : longitude(southEast.lng),
      north: latitude(northWest.lat),
    };
  }

  /**
   * Draws the outline; what lies outside is a little darker.
   * @param {CanvasRenderingContext2D} context
   * @param {Point} size of the map
   */
  paint(context, size) {
    if (!this.area) return;
    const { west, south, east, north } = this.area;
    const outline = new Path2D();
    for (const shift of WORLDS) {
      const { x, y } = this.view.map.latLngToContainerPoint([north, west + shift]);
      const corner = this.view.map.latLngToContainerPoint([south, (east < west ? east + 360 : east) + shift]);
      outline.rect(x, y, corner.x - x, corner.y - y);
    }
    const outside = new Path2D(outline);
    outside.rect(0, 0, size.x, size.y);
    context.save();
    context.fillStyle = "rgba(29, 39, 51, .12)";
    context.fill(outside, "evenodd");
    context.strokeStyle = "#0b5cad";
    context.lineWidth = 2;
    context.setLineDash([7, 4]);
    context.stroke(outline);
    context.restore();
  }
}

/** @param {number} degrees */
function longitude(degrees) {
  return rounded(degrees - 360 * Math.floor((degrees + 180) / 360));
}

/** @param {number} degrees */
function rounded(degrees) {
  return Math.round(degrees * 1000) / 1000;
}
