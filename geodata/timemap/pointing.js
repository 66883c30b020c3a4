// @ts-check
// What lies under the pointer: words beside it, and what a click on it opens.

import { make, plural } from "./dom.js";
import { Tip } from "./tip.js";

/** @import { Item, Point, Row } from "./types" */
/** @import { MapView } from "./mapview.js" */

/** @type {import("leaflet").PopupOptions} */
const POPUP = {
  ...{ maxWidth: 340, minWidth: 240, className: "tm-popup" },
  ...{ autoPanPaddingTopLeft: [60, 90], autoPanPaddingBottomRight: [20, 40] },
};

export class Pointing {
  /** @param {MapView} view */
  constructor(view) {
    this.view = view;
    const said = { text: "List marks", title: "List the marks in view (L)" };
    this.lister = make("button", { type: "button", ...said, onclick: () => this.view.host.panel.toggle("marks") });
    this.tip = new Tip();
    this.popup = view.options.L.popup(POPUP);
    /** @type {ReturnType<import("./layerpane.js").LayerPane["at"]>} what the popup is of */
    this.said = null;
    this.hint = make("div", { class: "tm-hint", hidden: true });
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.hinting = undefined;
  }

  /** Listens to the map, once it is there. */
  listen() {
    const { map, box, element } = this.view;
    map.on("mousemove", ({ originalEvent, containerPoint }) => {
      const isPopup = /** @type {Element} */ (originalEvent.target).closest(".leaflet-popup") !== null;
      this.hover(isPopup ? null : containerPoint);
    });
    map.on("mouseout movestart", () => this.hover(null));
    map.on("click", ({ containerPoint, latlng }) => {
      const item = this.view.itemAt(containerPoint);
      if (item) this.click(item);
      else this.openLayer(containerPoint, latlng);
    });
    box.addEventListener("touchmove", (event) => this.touch(event), { passive: true });
    element.addEventListener("keydown", (event) => this.key(event));
  }

  /** @param {TouchEvent} event */
  touch(event) {
    const isPopup = /** @type {Element} */ (event.target).closest(".leaflet-popup") !== null; // it scrolls
    if (event.touches.length > 1 || this.view.map.dragging.enabled() || isPopup) return;
    this.say("Two fingers move the map", 1500);
  }

  /**
   * Says something over the map for a while.
   * @param {string} text
   * @param {number} milliseconds
   */
  say(text, milliseconds = 5000) {
    this.hint.textContent = text;
    this.hint.hidden = false;
    clearTimeout(this.hinting);
    this.hinting = setTimeout(() => (this.hint.hidden = true), milliseconds);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if ((event.key === "l" || event.key === "L") && !event.ctrlKey && !event.metaKey) {
      this.view.host.panel.toggle("marks");
    }
  }

  /** @param {Point | null} point */
  hover(point) {
    const item = point && this.view.itemAt(point);
    const layered = point && !item ? this.view.layers.at(point) : null;
    this.view.box.style.cursor = item || layered?.shape ? "pointer" : "";
    if (!point || !(item || layered?.shape)) {
      this.tip.hide();
      return;
    }
    const side = {
      left: point.x > this.view.element.clientWidth / 2,
      above: point.y > this.view.element.clientHeight / 2,
    };
    const words = item
      ? this.view.reports.brief(item.rows, item.places)
      : layered
        ? this.view.layers.words(layered)
        : [];
    this.tip.show(words, point.x, point.y + (side.above ? -12 : 12), side);
  }

  /**
   * What a bar of the lanes is, beside the pointer.
   * @param {Row} row
   * @param {MouseEvent} event
   */
  hoverBar(row, event) {
    const frame = this.view.element.getBoundingClientRect();
    const x = event.clientX - frame.x;
    this.tip.show(this.view.reports.brief([row]), x, frame.height - 8, { left: x > frame.width / 2, above: true });
  }

  leave() {
    this.tip.hide();
  }

  /**
   * What a layer says of a point, in a popup.
   * @param {Point} point
   * @param {import("leaflet").LatLng} at
   */
  openLayer(point, at) {
    const found = this.view.layers.at(point);
    if (!found) return;
    this.hover(null);
    const content = make("div", { class: "tm-cards" }, ...this.view.layers.words(found));
    this.said = found;
    this.popup.setLatLng(at).setContent(content).openOn(this.view.map);
  }

  /** What a layer says of a point stays no longer than what it is said of. */
  followLayers() {
    if (!this.said || this.view.layers.isDrawn(this.said)) return;
    this.said = null;
    this.view.map.closePopup(this.popup);
  }

  /**
   * Where a mark lies by the towns of the base map; blank for an area, and where it stands in the town that it names.
   * @param {{ kind: Item["kind"], rows: Row[] }} item
   */
  near({ kind, rows: [row] }) {
    if (kind === "area") return "";
    const { where, table, reports } = this.view;
    return where.nearTo({ lon: table.lon[row], lat: table.lat[row] }, reports.placeOf(row));
  }

  /** @param {Item | null} item */
  click(item) {
    if (!item) return;
    this.hover(null);
    this.view.host.stop();
    this.view.map.closePopup();
    const { far } = this.view.host;
    if (far) {
      far.open(item, this.view);
      return;
    }
    const isOneIncident = this.view.host.listed.areOneIncident(item.rows);
    if (isOneIncident) this.view.host.choose(item.rows[0]);
    else this.view.host.panel.openItem(item);
  }

  /** The marks and areas in view, each in words. */
  marks() {
    const { items, covering, reports, table } = this.view;
    return [...items, ...covering.areas].map((item) => ({
      text: `${reports.placesOf(item, "Unnamed place")}: ${plural(table.number(item.rows), "report")}`,
      choose: () => this.click(item),
    }));
  }
}
