// @ts-check
// One map: Leaflet, the marks painted over it, what lies under the pointer, and the panel that lists marks.

import { AreaChooser } from "./area.js";
import { Collector } from "./collector.js";
import { Covering } from "./covering.js";
import { spoken } from "./days.js";
import { make, plural } from "./dom.js";
import { LandLayer } from "./landlayer.js";
import { LayerPane } from "./layerpane.js";
import { fillLegend } from "./legend.js";
import { cornersOf, lonOf } from "./mercator.js";
import { Overlay } from "./overlay.js";
import { Pointing } from "./pointing.js";
import { Reports } from "./reports.js";
import { toolbarOf } from "./toolbar.js";
import { Whereabouts } from "./whereabouts.js";

/** @import { Point as LeafletPoint } from "leaflet" */
/** @import { Box, Camera, MapHost, Options, Point, Row } from "./types" */
/** @import { Table } from "./table.js" */

const WIDE = 700; // pixels from which a map has room at its edges
const WIDE_FOR_LEGEND = 820; // pixels of a map below which the legend folds
const LEGEND = 245; // pixels of its width
const SIDE = 24; // pixels of a mark's half and a little more
const BUTTONS = 84; // pixels of the buttons and the areas that are named above the map
const NOTES = 66; // pixels of what is written at its foot
const BUTTONS_OF_PHONE = 124; // in two rows
const NOTES_OF_PHONE = 100; // where they stand one over the other
const CLOSEST = 10; // zoom to which all reports are framed: about a district
const NOTED = 500; // pixels from which the density is explained

/** @type {import("leaflet").MapOptions} */
const LEAFLET = {
  ...{ zoomControl: false, attributionControl: false }, // ours stand elsewhere
  ...{ zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, trackResize: false },
  ...{ zoomSnap: 0.25, zoomDelta: 0.5, wheelPxPerZoomLevel: 120, minZoom: 0.5, maxZoom: 15 },
};

/** @param {string} title */
function boxOf(title) {
  const how = "Arrow keys move it, plus and minus zoom, L lists the marks.";
  const label = `Map of reports${title ? `, ${title}` : ""}. ${how}`;
  return make("div", { class: "tm-leaflet", role: "application", "aria-label": label });
}

/**
 * @param {Options["L"]} L
 * @param {HTMLElement} box in the page, for Leaflet measures it
 * @param {string} notice
 * @param {boolean} isAcross whether the map reaches across the antimeridian: it then stays where it is dragged
 */
function leafletIn(L, box, notice, isAcross) {
  const map = L.map(box, { ...LEAFLET, worldCopyJump: !isAcross });
  L.control.zoom({ position: "topleft" }).addTo(map);
  const credit = make("span", { text: notice }).outerHTML; // Leaflet takes HTML: the notice is set as text first
  L.control.attribution({ position: "bottomright", prefix: false }).addAttribution(credit).addTo(map);
  return map;
}

export class MapView {
  /**
   * @param {MapHost} host
   * @param {Options} options
   * @param {Table} table
   * @param {HTMLElement} frame in the page
   * @param {"" | "first" | "second"} part blank for the only map
   * @param {string} title what a map of two shows
   */
  constructor(host, options, table, frame, part = "", title = "") {
    this.host = host;
    this.options = options;
    this.table = table;
    this.part = part;
    this.shown = 0; // reports, those without a place too
    /** @type {Box[] | null} see `controlBoxes` */
    this.boxes = null;
    this.reports = new Reports(host, options, table);
    this.box = boxOf(title);
    this.pointing = new Pointing(this);
    this.covering = new Covering({
      name: (area) => this.overlay.tagOf(area),
      choose: (area) => this.pointing.click(area),
      changed: () => this.forgetBoxes(),
    });
    this.count = make("div", { class: "tm-count" });
    this.legend = make("details", { class: "tm-legend", ontoggle: () => this.rearranged() });
    this.when = make("div", { class: "tm-when", hidden: true });
    this.densityNote = make("div", { class: "tm-density", hidden: true });
    this.where = new Whereabouts(this);
    this.area = new AreaChooser(this, (area) => this.options.onArea?.(area));
    this.collector = new Collector(this, (rows) => this.host.collect(rows));
    this.tools = toolbarOf(this);
    this.title = make("div", { class: "tm-title", hidden: !title, text: title });
    this.element = make("div", { class: `tm-map${part ? ` tm-${part}` : ""}` }, this.box, ...this.over());
    const { hint, tip } = this.pointing;
    this.element.append(hint, tip.element);
    frame.append(this.element);
    const isAcross = options.home.box[2] > 180;
    this.map = leafletIn(options.L, this.box, options.notice, isAcross);
    this.setTouch();
    this.look(host.cameras.camera);
    this.land = new LandLayer(this.map, host.land);
    this.layers = new LayerPane(this);
    this.tiles = options.Tiles ? new options.Tiles(this) : null;
    this.overlay = new Overlay(this);
    this.came = () => {
      this.where.show();
      this.host.schedule();
    };
    this.fontsCame = () => {
      this.overlay.widths.clear();
      this.host.schedule();
    };
    this.observer = new ResizeObserver(() => this.refit());
    this.listen();
  }

  listen() {
    for (const { glass } of [this.area, this.collector]) {
      this.box.after(glass.element);
      this.element.addEventListener("keydown", (event) => glass.key(event));
    }
    this.host.land.listeners.add(this.came);
    this.map.on("move zoom viewreset", () => this.paint());
    this.map.on("moveend", () => {
      this.stayWhereMarksAre();
      this.where.show();
      this.host.panel.followMaps();
      this.host.far?.look(this);
    });
    this.pointing.listen();
    this.host.cameras.join(this.map);
    this.observer.observe(this.element);
    document.fonts.addEventListener("loadingdone", this.fontsCame);
  }

  /** What no name on the map may hide under. */
  over() {
    const { tools, title, covering, count, when, densityNote, legend, where } = this;
    return [tools, title, covering.element, count, when, densityNote, legend, where.element];
  }

  /** Their boxes, measured again when one of them changes. */
  controlBoxes() {
    if (this.boxes) return this.boxes;
    const frame = this.box.getBoundingClientRect();
    this.boxes = [...this.over(), ...this.box.querySelectorAll(".leaflet-control")].map((element) => {
      const box = element.getBoundingClientRect();
      return { x: box.x - frame.x - 3, y: box.y - frame.y - 3, width: box.width + 6, height: box.height + 6 };
    });
    return this.boxes;
  }

  forgetBoxes() {
    this.boxes = null;
  }

  /** Something over the map has another size: names may stand elsewhere. */
  rearranged() {
    this.forgetBoxes();
    this.host.schedule();
  }

  /** What the map says beside its marks: areas too wide to draw, and what a density means. */
  get besideMap() {
    const density = this.overlay.density ? (this.densityNote.textContent ?? "") : "";
    return [this.covering.sentence, density].filter(Boolean);
  }

  drawLegend() {
    const { legend, part, element, table } = this;
    const { magnification, colouring } = this.host;
    const isFirst = legend.children.length === 0 && part === "";
    const isRoomy = element.clientWidth > WIDE_FOR_LEGEND * magnification && element.clientHeight > 350;
    const isOpen = legend.open || (isFirst && isRoomy);
    const seen = table.present(table.codes(colouring));
    const categories = colouring.categories.filter((_, code) => seen[code]);
    fillLegend(legend, colouring.title, categories, this.options.signs, this.layers.list);
    legend.open = isOpen;
    this.forgetBoxes();
  }

  // --- painting ------------------------------------------------------------------------------------------------------

  paint() {
    const size = this.map.getSize();
    if (!this.host.colouring.key || !size.x || !size.y) return;
    this.land.follow();
    const { bounds, window } = this.host;
    const rows = this.table.rowsIn(bounds);
    this.layers.paint(size);
    this.pointing.followLayers();
    this.collector.offer(this.table.level === null);
    const { most, covering, ...drawn } = this.overlay.paint(size, rows);
    // Of a large table only a part may be drawn: its squares of the whole world are counted.
    const { shown, unplaced, polar } = this.host.far?.counted(bounds, this.part) ?? { shown: rows.length, ...drawn };
    this.shown = shown;
    this.explainDensity(most, size);
    this.covering.show(covering);
    const isSilent = window === null || this.part !== "";
    if (this.when.hidden !== isSilent) this.forgetBoxes();
    this.when.hidden = isSilent;
    if (window) this.when.textContent = `${spoken(window.first)} – ${spoken(window.last)}`;
    const isWhole = this.host.far === null || window === null;
    const onMap = `${plural(this.shown - unplaced - polar, "report")} on the map`;
    const missing = unplaced ? `${unplaced.toLocaleString("en")} without a place` : "";
    const atPole = polar ? `${polar.toLocaleString("en")} too near a pole to be drawn` : "";
    this.where.drawScale();
    const months = isWhole ? "" : "in whole months";
    const isCounting = this.table.isCounting(bounds);
    const counted = isCounting ? ["the months of the window are on their way"] : [onMap, missing];
    this.count.textContent = [this.host.far?.mapFault, ...counted, atPole, months].filter(Boolean).join(", ");
  }

  /**
   * @param {number} most reports in one square
   * @param {LeafletPoint} size
   */
  explainDensity(most, size) {
    this.densityNote.hidden = most === 0 || size.x < NOTED;
    if (most === 0) return;
    const how = "each square has the colour of its most frequent category and is the stronger the more it holds";
    const text = `Many reports: ${how} (up to ${most.toLocaleString("en")}). Zoom in for single marks.`;
    if (this.densityNote.textContent !== text) this.densityNote.textContent = text;
  }

  // --- camera --------------------------------------------------------------------------------------------------------

  /** @param {Camera | null} camera null is home */
  look(camera) {
    if (camera === null) this.goHome();
    else this.map.setView([camera.lat, this.besideMarks(camera.lon)], camera.zoom, { animate: false });
  }

  /** @param {number} lon degrees, as a link may have them: here in the turn of the earth that marks are drawn in */
  besideMarks(lon) {
    return lon - 360 * Math.floor((lon - this.table.seam) / 360);
  }

  /** The land is drawn over and over and marks once: who has moved a turn away is brought back to them. */
  stayWhereMarksAre() {
    const { lat, lng } = this.map.getCenter();
    const lon = this.besideMarks(lng);
    if (Math.abs(lon - lng) > 180) this.map.setView([lat, lon], this.map.getZoom(), { animate: false });
  }

  goHome() {
    const home = cornersOf(this.options.home.box);
    this.host.cameras.home(() => this.map.fitBounds(home, { animate: false, ...this.margins() }));
  }

  /**
   * What stays free at the edges of the map, so that no mark lies under the buttons or the legend.
   * @returns {import("leaflet").FitBoundsOptions}
   */
  margins() {
    const { clientWidth: width, clientHeight: height } = this.element;
    const isRoomy = width > WIDE;
    const above = isRoomy ? Math.min(BUTTONS, height / 5) : Math.min(BUTTONS_OF_PHONE, height / 3);
    const below = isRoomy ? Math.min(NOTES, height / 8) : Math.min(NOTES_OF_PHONE, height / 4);
    return { paddingTopLeft: [SIDE, above], paddingBottomRight: [isRoomy ? LEGEND : SIDE, below] };
  }

  /** The box has another size. A reader who has not moved the map looks at home still. */
  refit() {
    const { cameras, panel } = this.host;
    const before = this.map.getSize();
    cameras.fit(() => this.map.invalidateSize({ pan: false }));
    if (this.map.getSize().equals(before)) return;
    if (this.box.clientWidth && this.box.clientWidth < WIDE_FOR_LEGEND) this.legend.open = false;
    const { camera } = cameras;
    if (panel.isMakingRoom) this.keepChosenInView();
    else if (camera !== null) cameras.fit(() => this.look(camera));
    else if (this.box.clientWidth) this.goHome();
    this.paint();
  }

  /** The panel has another part of the map: nothing moves, unless the mark that was chosen would lie behind it. */
  keepChosenInView() {
    const { table } = this;
    const [row] = this.host.selected;
    this.host.cameras.settle(this.map); // its middle is another now, and the address tells it
    if (row === undefined || !table.isDrawn(row)) return;
    const at = this.map.latLngToContainerPoint([table.lat[row], lonOf(table.x[row])]);
    const over = at.x - (this.map.getSize().x - SIDE);
    if (over > 0) this.map.panBy([over + LEGEND / 2, 0], { animate: false });
  }

  zoomToAll() {
    const { table } = this;
    let [west, south, east, north] = [540, 90, -180, -90];
    for (const row of table.rowsIn(this.host.bounds)) {
      if (!table.isDrawn(row)) continue;
      const lon = lonOf(table.x[row]);
      south = Math.min(south, table.lat[row]);
      north = Math.max(north, table.lat[row]);
      west = Math.min(west, lon);
      east = Math.max(east, lon);
    }
    if (north < south) return;
    this.map.fitBounds(cornersOf([west, south, east, north]), { ...this.margins(), maxZoom: CLOSEST });
  }

  /** On a phone one finger scrolls the page and two move the map; in class, where nothing scrolls, one moves it. */
  setTouch() {
    const scrolls = matchMedia("(pointer: coarse)").matches && this.host.magnification === 1;
    this.map.dragging[scrolls ? "disable" : "enable"]();
  }

  get items() {
    return this.overlay.items;
  }

  get density() {
    return this.overlay.density;
  }

  get project() {
    return this.overlay.project;
  }

  /** @param {Point} point */
  itemAt(point) {
    return this.overlay.itemAt(point);
  }

  /** @param {Row} row */
  placeOf(row) {
    return this.reports.placeOf(row);
  }

  destroy() {
    this.observer.disconnect();
    document.fonts.removeEventListener("loadingdone", this.fontsCame);
    this.host.cameras.leave(this.map);
    this.host.land.listeners.delete(this.came);
    this.land.remove();
    this.layers.destroy();
    this.map.remove();
    this.element.remove();
  }
}
