// The map and its timeline, as one thing that any page can host: the dashboard and the saved file alike.
//
// createTimemap(root, options) fills the element `root` and returns { update, destroy }.
//   L         Leaflet
//   table     Table
//   details   what a reader sees of each row: [{title, place, date, who, standing, document, paragraphs, incident}];
//             place is the number of a name in `names`, or a text as the document writes it
//   names     {naming: [name of each place]}
//   schemes   {name: {title, column, codes, entries: [{name, letter, colour}]}}; codes maps a column's value to an entry
//   signs     {key: words} for the legend;  keys: {key: words} for the list of keys;  caveats: [text] to be said with a picture
//   basemap   see basemap.js;  labels: [{lon, lat, place, kind}] of countries and towns for orientation
//   home      [[south, west], [north, east]] the core region;  notice: text
//   documents [name] of the column source, for tables whose details stay on the server; camera: {lat, lon, zoom} | null
//   layout: {axis: {first, last} | null, lanes: boolean} of the timeline, and onLayout(layout) when the reader changes it
//   onWindow(window | null), onSelect(row), onCamera({lat, lon, zoom} | null), onArea({west, south, east, north} | null), onPlay(running), onStep(count)

import { isoOf, spoken } from "./days.js";
import { Divider } from "./divider.js";
import { make, plural } from "./dom.js";
import { Keys } from "./keys.js";
import { Lanes } from "./lanes.js";
import { MapView } from "./mapview.js";
import { pictureOf, takeAway } from "./picture.js";
import { pixelOf } from "./raster.js";
import { Timeline } from "./timeline.js";

export function createTimemap(root, options) {
  return new Timemap(root, options);
}

class Timemap {
  constructor(root, options) {
    this.options = options;
    this.root = root;
    this.magnification = 1;
    this.table = options.table;
    this.camera = options.camera ?? null; // null: the core region, whatever the size of the map
    this.window = null;
    this.surely = false;
    this.selected = new Set();
    this.scheme = null;
    this.naming = Object.keys(options.names)[0];
    this.frame = make("div", { class: "tm-maps" });
    this.tools = make("div", { class: "tm-extra" });
    this.live = make("div", { class: "tm-live", role: "status", "aria-live": "polite" });
    this.timeline = new Timeline(this.table, {
      changed: (window) => {
        this.window = window;
        this.schedule();
      },
      settled: (window) => {
        this.announce();
        options.onWindow?.(window);
      },
      stretched: () => {
        this.lanes?.draw();
        this.laidOut();
      },
      playing: (running) => {
        if (running) for (const view of this.views) view.map.closePopup();
        options.onPlay?.(running);
      },
    });
    this.lanes = new Lanes({
      table: this.table,
      shown: () => ({ rows: this.table.rowsIn(null), codes: this.codes, entries: this.scheme.entries, domain: this.timeline.domain,
        width: Math.floor(this.timeline.width), selected: this.selected }),
      hover: (row, event) => this.views[0].hoverBar(row, event),
      choose: (row) => this.choose(row),
    });
    const toggle = make("button", { type: "button", text: "Lanes", title: "A lane for each colour: every report as a bar over its possible days",
      "aria-expanded": "false", onclick: () => {
        this.toggleLanes();
        this.laidOut();
      } });
    this.toggleLanes = () => {
      this.lanes.toggle();
      toggle.setAttribute("aria-expanded", String(this.lanes.open));
      this.timeline.shade.hidden = !this.lanes.open;
    };
    this.timeline.zoomer.after(toggle);
    this.timeline.bar.append(this.tools);
    this.keys = new Keys({ toggle: () => this.timeline.toggle(), nudge: (count) => this.timeline.nudge("body", count),
      step: (count) => options.onStep?.(count) }, options.keys);
    this.timeline.element.append(make("div", { class: "tm-lanes-box" }, this.lanes.element, this.timeline.shade));
    root.append(this.frame, this.timeline.element, this.live);
    this.setViews(null);
  }

  // How the timeline stood when the link was made: once, when the window is known.
  restore({ axis, lanes }) {
    const { extent } = this.timeline;
    const part = axis && extent && { first: Math.max(axis.first, extent.first), last: Math.min(axis.last, extent.last) };
    if (part && part.first <= part.last) this.timeline.zoomTo(part);
    if (lanes) this.toggleLanes();
    this.isLaidOut = true;
  }

  // The wheel stretches the timeline many times a second; the last one is told.
  laidOut() {
    if (!this.isLaidOut) return;
    clearTimeout(this.layoutTold);
    this.layoutTold = setTimeout(() => this.options.onLayout?.({ axis: this.timeline.zoomed ? this.timeline.domain : null, lanes: this.lanes.open }), 200);
  }

  // One map, or two of the same rows: compared is {titles: [text, text], masks: [Uint8Array, Uint8Array], split}.
  // `split` true lays the second over the first behind a divider that moves.
  setViews(compared) {
    const { camera } = this;
    for (const view of this.views ?? []) view.destroy();
    this.divider?.destroy();
    this.divider = null;
    this.views = compared === null ? [new MapView(this, { ...this.options, camera }, this.table)]
      : ["first", "second"].map((part, at) => new MapView(this, { ...this.options, camera }, this.table.masked(compared.masks[at]), part, compared.titles[at]));
    this.frame.className = `tm-maps${compared ? (compared.split ? " tm-split" : " tm-abreast") : ""}`;
    this.frame.append(...this.views.map((view) => view.element));
    if (compared?.split) this.divider = new Divider(this.frame, this.views[1].element);
    for (const view of this.views) view.begin();
    if (this.scheme) for (const view of this.views) view.drawLegend();
  }

  get map() {
    return this.views[0].map;
  }

  // settings: {scheme, naming, mask: Uint8Array | null, area: {west, south, east, north} | null, compared, surely, large, selected: [row],
  // window: {first, last} | null | undefined, camera: {lat, lon, zoom} | null for the core region}
  update(settings) {
    if ("large" in settings) this.setLarge(settings.large);
    if ("mask" in settings) this.table.setMask(settings.mask);
    if ("compared" in settings) this.setViews(settings.compared);
    if ("mask" in settings) {
      this.timeline.refresh();
      if (this.scheme) for (const view of this.views) view.drawLegend();
    }
    if ("area" in settings) this.area = settings.area;
    for (const view of this.views) view.area.show(this.area ?? null);
    if ("scheme" in settings && settings.scheme !== this.scheme?.key) this.setScheme(settings.scheme);
    if ("naming" in settings) this.setNaming(settings.naming);
    if ("surely" in settings) this.surely = settings.surely;
    if ("selected" in settings) this.selected = new Set(settings.selected);
    if (settings.window !== undefined) this.timeline.show(settings.window);
    if ("camera" in settings) this.look(settings.camera);
    if (!this.isLaidOut) this.restore(this.options.layout ?? {});
    this.paint();
    this.lanes.draw();
    this.announce();
  }

  look(camera) {
    this.map.closePopup();
    if (camera === null) this.views[0].goHome();
    else this.map.setView([camera.lat, camera.lon], camera.zoom, { animate: false });
  }

  setScheme(name) {
    const scheme = this.options.schemes[name];
    this.scheme = { ...scheme, key: name };
    const column = this.table[scheme.column];
    const codes = new Uint8Array(column.length); // a plain loop: `Uint8Array.from` takes twenty times as long
    for (let row = 0; row < codes.length; row += 1) codes[row] = scheme.codes[column[row]];
    this.codes = codes;
    this.pixels = Uint32Array.from(scheme.entries, (entry) => pixelOf(entry.colour));
    for (const view of this.views) view.drawLegend();
  }

  setNaming(naming) {
    this.naming = naming in this.options.names ? naming : Object.keys(this.options.names)[0];
  }

  // Class mode: marks and letters for the back row, and the presenter's keys.
  setLarge(large) {
    this.magnification = large ? 1.7 : 1;
    this.keys.presenting = large;
    this.root.classList.toggle("tm-large", large);
    this.timeline.setMagnification(large ? 1.5 : 1);
    for (const view of this.views) {
      view.boxes = null;
      view.setTouch();
    }
  }

  async copyPicture(button) {
    const documents = new Set();
    for (const row of this.table.rowsIn(this.bounds)) documents.add(this.options.documents[this.table.source[row]]);
    const when = this.window ? `${spoken(this.window.first)} – ${spoken(this.window.last)}` : "All dates";
    const told = [...documents].filter(Boolean).slice(0, 12).join("; ");
    const said = `${when}: ${plural(this.shown, "report")}. ${this.scheme.title} is the colour. Told by: ${told}.`;
    const beside = this.views.flatMap((view) => view.besideMap.map((text) => (view.title.hidden ? text : `${view.title.textContent} – ${text}`)));
    const done = await takeAway(pictureOf(this, [said, ...beside, ...this.options.caveats, this.options.notice]), "attest-map.png");
    const before = button.textContent;
    button.textContent = done === "copied" ? "Copied" : "Saved";
    this.live.textContent = done === "copied" ? "The picture is on the clipboard." : "The picture is saved.";
    setTimeout(() => { button.textContent = before; }, 2000);
  }

  // A place's name in the language chosen: a number stands for a place of the gazetteer, a text for itself.
  nameOf(place) {
    return typeof place === "number" ? this.options.names[this.naming][place] : place;
  }

  get bounds() {
    return this.window === null ? null : { ...this.window, surely: this.surely };
  }

  get shown() {
    return this.views.length === 1 ? this.views[0].shown : this.table.rowsIn(this.bounds).length;
  }

  schedule() {
    if (this.awaited) return;
    this.awaited = requestAnimationFrame(() => {
      this.awaited = null;
      this.paint();
    });
  }

  paint() {
    for (const view of this.views) view.paint();
  }

  // A map was moved by hand: the other follows, and does not lead in turn.
  moved(view) {
    if (this.leading) return;
    this.leading = true;
    for (const other of this.views) if (other !== view && other.map) other.map.setView(view.map.getCenter(), view.map.getZoom(), { animate: false });
    this.leading = false;
  }

  settled(view) {
    if (view !== this.views[0] || this.refitting) return;
    this.camera = this.goingHome ? null : cameraOf(view.map);
    this.options.onCamera?.(this.camera);
  }

  stop() {
    this.timeline.stop(true);
  }

  choose(row) {
    const { details } = this.options;
    this.selected = new Set([row]);
    if (details) details.forEach((detail, other) => detail.incident === details[row].incident && this.selected.add(other));
    this.paint();
    this.lanes.draw();
    this.options.onSelect?.(row);
  }

  announce() {
    const when = this.window ? `${spoken(this.window.first)} to ${spoken(this.window.last)}` : "all dates";
    this.live.textContent = `${plural(this.shown ?? 0, "report")} shown, ${when}.`;
  }

  destroy() {
    clearTimeout(this.layoutTold);
    this.keys.destroy();
    this.divider?.destroy();
    for (const view of this.views) view.destroy();
    this.timeline.destroy();
  }
}

function cameraOf(map) {
  const { lat, lng } = map.getCenter();
  return { lat, lon: lng, zoom: map.getZoom() };
}

export function isoWindow(window) {
  return window === null ? null : [isoOf(window.first), isoOf(window.last)];
}
