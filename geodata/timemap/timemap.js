// @ts-check
// The map and its timeline, as one thing that any page can host: the dashboard and the saved file alike.

import { Cameras } from "./camera.js";
import { Collected } from "./collected.js";
import { spoken } from "./days.js";
import { Divider } from "./divider.js";
import { make, plural } from "./dom.js";
import { Far } from "./far.js";
import { Film } from "./film.js";
import { Keys } from "./keys.js";
import { Land } from "./land.js";
import { Lanes } from "./lanes.js";
import { Layers } from "./layers.js";
import { isSame, Listed } from "./listed.js";
import { MapView } from "./mapview.js";
import { copyPicture } from "./picture.js";
import { fittedToPaper } from "./print.js";
import { pixelOf } from "./raster.js";
import { SidePanel } from "./sidepanel.js";
import { Standing } from "./standing.js";
import { Timeline } from "./timeline.js";
import { here, seek } from "./windows.js";

/** @import { Bounds, Camera, Colouring, Compared, Options, Period, Row, Settings } from "./types" */

const LARGE = 1.7; // times the usual size, of marks and letters on the map of a class room
const LARGE_TIME = 1.5; // and of letters on its timeline

/** @type {Colouring} until the host names a scheme */
const UNCOLOURED = { key: "", title: "", categories: [], codes: new Uint8Array(0), pixels: new Uint32Array(0) };

/** Fills an element; what a host gives and asks is in `types.d.ts`. */
export class Timemap {
  /**
   * @param {HTMLElement} root
   * @param {Options} options
   */
  constructor(root, options) {
    this.options = options;
    this.root = root;
    this.table = options.table;
    this.magnification = 1;
    this.surely = false;
    /** @type {import("./types").Rectangle | null} */
    this.area = null;
    /** @type {import("./types").TileSet | null} */
    this.tiles = null;
    this.listed = new Listed(this);
    /** Of a large table, whose rows stay on the server. */
    this.far = options.isLarge && options.ask ? new Far(this, options.ask) : null;
    this.colouring = UNCOLOURED;
    this.isUnsaid = false; // whether what is shown is told once it is counted
    this.announced = "";
    /** @type {[string, string]} of a file that is taken away: what stands before and behind the days */
    this.fileName = ["attest", ""];
    /** @type {Period | null} */
    this.window = null;
    /** @type {Set<Row>} */
    this.selected = new Set();
    /** @type {number | null} the frame for which painting is asked */
    this.awaited = null;
    this.isStale = false; // something changed since the last painting
    this.naming = Object.keys(options.names)[0];
    this.land = new Land(options.land, options.cell);
    this.cameras = new Cameras(options.camera ?? null, (camera) => options.onCamera?.(camera));
    this.layers = this.layered();
    this.frame = make("div", { class: "tm-maps" });
    this.tools = make("div", { class: "tm-extra" });
    this.live = make("div", { class: "tm-live", role: "status", "aria-live": "polite" });
    this.timeline = this.timed();
    this.lanes = this.laned();
    this.standing = new Standing(this);
    this.timeline.bar.element.append(this.tools);
    this.timeline.element.append(make("div", { class: "tm-lanes-box" }, this.lanes.element, this.timeline.shade));
    this.collected = new Collected(this);
    this.keys = this.keyed();
    root.append(this.frame, this.timeline.element, this.live);
    this.film = new Film(this);
    /** @type {MapView[]} */
    this.views = [];
    /** @type {Divider | null} */
    this.divider = null;
    this.setViews(null);
    this.panel = new SidePanel(this);
    this.unfit = fittedToPaper(root, this.frame, this.timeline.element);
    root.append(this.panel.element);
  }

  layered() {
    const { layers, layerAddress, layersOff, onLayers } = this.options;
    const host = {
      address: layerAddress,
      changed: () => this.schedule(),
      switched: (/** @type {number[]} */ off) => onLayers?.(off),
    };
    const own = new Layers(layers, host, layersOff ?? []);
    setTimeout(() => own.load()); // after the marks
    return own;
  }

  timed() {
    return new Timeline(this.table, {
      periods: this.options.periods,
      colouring: () => this.colouring,
      changed: (window, isAsked) => {
        this.window = window;
        if (isAsked) this.schedule();
        else this.follow();
      },
      settled: (window) => {
        this.announce();
        this.panel.refresh();
        this.options.onWindow?.(window);
      },
      stretched: () => {
        this.lanes.draw();
        this.standing.tell();
      },
      playing: (running) => {
        if (running) for (const view of this.views) view.map.closePopup();
        if (!running) this.panel.refresh();
        this.options.onPlay?.(running);
      },
    });
  }

  laned() {
    return new Lanes(this.table, {
      shown: () => {
        const { colouring, selected } = this;
        return { colouring, selected, domain: this.timeline.domain, width: Math.floor(this.timeline.width) };
      },
      hover: (row, event) => this.views[0].pointing.hoverBar(row, event),
      leave: () => this.views[0].pointing.leave(),
      choose: (row) => this.choose(row),
    });
  }

  keyed() {
    const host = {
      toggle: () => this.timeline.toggle(),
      nudge: (/** @type {number} */ count) => this.timeline.nudge("body", count),
      step: (/** @type {number} */ count) => this.options.onStep?.(count),
      escape: () => this.panel.escape(),
    };
    return new Keys(host, this.options.keys);
  }

  /**
   * One map, or two of the same rows.
   * @param {Compared | null} compared
   */
  setViews(compared) {
    const { frame, options, table } = this;
    for (const view of this.views) view.destroy();
    this.divider?.destroy();
    this.divider = null;
    frame.className = `tm-maps${compared ? (compared.split ? " tm-split" : " tm-abreast") : ""}`;
    const worlds = this.far?.worlds; // of a large table each map has squares of its own
    if (compared === null) this.views = [new MapView(this, options, worlds?.tableFor("") ?? table, frame)];
    else {
      const { masks, titles } = compared;
      const [first, second] = worlds
        ? [worlds.tableFor("first"), worlds.tableFor("second")]
        : masks.map((mask) => table.masked(mask));
      this.views = [
        new MapView(this, options, first, frame, "first", titles[0]),
        new MapView(this, options, second, frame, "second", titles[1]),
      ];
      if (compared.split) this.divider = new Divider(frame, this.views[1].element);
    }
    this.timeline.compare(compared && this.views.map(({ part, table: own }) => worlds?.of[part].table ?? own));
    if (this.colouring.key) for (const view of this.views) view.drawLegend();
  }

  get map() {
    return this.views[0].map;
  }

  /** @param {Settings} settings what is another than it was */
  update({ scheme, naming, mask, area, compared, surely, large, selected, window, camera, tiles, collected }) {
    if (large !== undefined) this.setLarge(large);
    if (mask !== undefined) this.table.setMask(mask);
    if (compared !== undefined) this.setViews(compared);
    if (mask !== undefined) {
      this.timeline.refresh();
      if (this.colouring.key) for (const view of this.views) view.drawLegend();
    }
    if (area !== undefined) this.area = area;
    for (const view of this.views) view.area.show(this.area);
    if (collected !== undefined) this.collected.update(collected);
    for (const view of this.views) view.collector.button.hidden = !this.collected.isOffered;
    if (tiles !== undefined) this.tiles = tiles;
    for (const view of this.views) view.tiles?.show(this.tiles);
    if (scheme !== undefined && scheme !== this.colouring.key) this.setScheme(scheme);
    if (naming !== undefined) this.setNaming(naming);
    if (surely !== undefined) this.surely = surely;
    const isOther = selected !== undefined && !isSame(this.selected, selected);
    if (isOther) this.selected = new Set(selected);
    if (window !== undefined) this.timeline.show(window);
    if (camera !== undefined) this.look(camera);
    for (const view of this.views) view.pointing.leave();
    const isWhole = selected !== undefined; // what a link or an entry of the history has, besides how all stands
    if (isWhole) this.standing.takeLayout();
    this.paint();
    this.lanes.draw();
    this.announce();
    if (isOther) this.panel.follow();
    if (isWhole) this.standing.takePanel();
    this.panel.refresh();
  }

  /** @param {Camera | null} camera */
  look(camera) {
    this.map.closePopup();
    this.views[0].look(camera);
  }

  /** @param {string} key */
  setScheme(key) {
    const { title, column, codes: codeOf, categories } = this.options.schemes[key];
    const values = this.far ? [] : this.table.columns[column]; // of a large table the server tells the codes
    const codes = new Uint8Array(values.length); // a plain loop: `Uint8Array.from` takes twenty times as long
    for (let row = 0; row < codes.length; row += 1) codes[row] = codeOf[values[row]];
    const pixels = Uint32Array.from(categories, ({ colour }) => pixelOf(colour));
    this.colouring = { key, title, categories, codes, pixels };
    for (const view of this.views) view.drawLegend();
    this.timeline.draw();
  }

  /** @param {string} naming */
  setNaming(naming) {
    this.naming = naming in this.options.names ? naming : Object.keys(this.options.names)[0];
  }

  /**
   * Class mode: marks and letters for the back row, and the presenter's keys.
   * @param {boolean} large
   */
  setLarge(large) {
    this.magnification = large ? LARGE : 1;
    this.keys.presenting = large;
    this.root.classList.toggle("tm-large", large);
    this.timeline.setMagnification(large ? LARGE_TIME : 1);
    for (const view of this.views) {
      view.forgetBoxes();
      view.setTouch();
    }
  }

  copyPicture = (/** @type {HTMLButtonElement} */ button) => copyPicture(this, button);

  /**
   * A place's name in the language chosen: a number stands for a place of the gazetteer, a text for itself.
   * @param {number | string} place
   */
  nameOf(place) {
    return typeof place === "number" ? this.options.names[this.naming][place] : place;
  }

  /** The number of the way of naming that is chosen: names on the land come in that order. */
  get namingNumber() {
    return Object.keys(this.options.names).indexOf(this.naming);
  }

  /** @returns {Bounds | null} */
  get bounds() {
    return this.window === null ? null : { ...this.window, surely: this.surely };
  }

  get shown() {
    return this.views.length === 1 ? this.views[0].shown : this.table.number(this.table.rowsIn(this.bounds));
  }

  /** Resolves once the maps show the window, so that a picture of them tells no other. */
  async untilCounted() {
    if (!this.far || !this.table.isCounting(this.bounds)) return;
    await here(this.far);
    this.paint();
  }

  schedule() {
    this.isStale = true;
    this.awaited ??= requestAnimationFrame(() => {
      this.awaited = null;
      if (this.isStale) this.paint();
    });
  }

  /** The first move of the window within a frame is painted at once, so that the frame has less to do; others wait. */
  follow() {
    const isFirst = this.awaited === null;
    this.schedule();
    if (isFirst) this.paint();
  }

  paint() {
    this.isStale = false;
    if (this.far) seek(this.far);
    for (const view of this.views) view.paint();
  }

  stop() {
    this.timeline.stop(true);
  }

  /** @param {Row | null} row whose incident is chosen; null closes the one that is open */
  choose(row) {
    this.selected = new Set(row === null ? [] : this.listed.ofIncident(row));
    this.paint();
    this.lanes.draw();
    if (row !== null) this.panel.openCard(row);
    this.options.onSelect?.(row);
  }

  /** @param {Row[]} rows that the reader drew round, for the collection */
  collect(rows) {
    if (rows.length === 0) this.say("No mark lies within what was drawn.");
    else if (this.collected.take(rows, true)) this.panel.open("collected");
  }

  /** @param {string} text for all to see, and to be read out */
  say(text) {
    this.live.textContent = text;
    this.views[0].pointing.say(text);
  }

  announce() {
    this.isUnsaid = this.table.isCounting(this.bounds);
    if (this.isUnsaid) return;
    const when = this.window ? `${spoken(this.window.first)} to ${spoken(this.window.last)}` : "all dates";
    const text = `${plural(this.shown, "report")} shown, ${when}.`;
    if (text === this.announced) return; // else it would be told over what was said meanwhile
    this.announced = text;
    this.live.textContent = text;
  }

  destroy() {
    this.far?.leave();
    this.standing.destroy();
    this.unfit();
    this.keys.destroy();
    this.film.destroy();
    this.divider?.destroy();
    for (const view of this.views) view.destroy();
    this.timeline.destroy();
    this.layers.destroy();
  }
}
