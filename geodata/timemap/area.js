// @ts-check
// The map area: a rectangle that the reader drags, kept as an outline over the marks, and taken away again.

import { make } from "./dom.js";
import { Glass } from "./glass.js";

/** @import { Point, Rectangle } from "./types" */
/** @import { MapView } from "./mapview.js" */

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
    /** @type {Rectangle | null} while it is being dragged */
    this.drawn = null;
    this.button = make("button", { type: "button", class: "tm-rare", onclick: () => this.press() });
    const how = "Drag a rectangle. Enter takes what is in view, Escape leaves it.";
    this.glass = new Glass(view, this.button, make("div", { class: "tm-ask", text: how }), {
      drawing: (path) => (this.drawn = path.length ? this.spanning(path) : null),
      drawn: (path) => this.choose(this.spanning(path)),
    });
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
    else this.glass.open(!this.glass.isOpen);
  }

  /** @param {Rectangle | null} area */
  choose(area) {
    this.glass.open(false);
    this.show(area);
    this.view.paint();
    this.chosen(area);
  }

  /**
   * The area between the ends of a path over the map, in thousandths of a degree.
   * @param {Point[]} path
   * @returns {Rectangle}
   */
  spanning(path) {
    const [a, b] = [path[0], path[path.length - 1]];
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
    const shown = this.drawn ?? this.area;
    if (!shown) return;
    const { west, south, east, north } = shown;
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
