// One map: Leaflet, the marks painted over it, what lies under the pointer, and the panel that lists marks.
// What is shown of which rows is the host's to say: {bounds, scheme, codes, pixels, selected, nameOf, choose, stop, schedule}.

import { AreaChooser } from "./area.js";
import { addBasemap } from "./basemap.js";
import { spoken } from "./days.js";
import { FONT, make, plural } from "./dom.js";
import { fillLegend } from "./legend.js";
import { boxesOverlap, drawArea, drawStack, drawTag, halo, metresPerPixelAt, rim, sizeOf, slices, Sprites, stacks } from "./marks.js";
import { CELL, FEW, MANY, Raster } from "./raster.js";
import { FLAG } from "./table.js";

const WIDE = 900; // tenths of a kilometre: areas of a larger radius are named and not drawn
const CROWD = 5; // reports from which on a side panel lists them and not a popup
const REACH = 5; // pixels round the pointer in which reports of the density are picked
const LISTED = 60; // reports that one popup lists
const LABELLED = 80; // stacks that may bear a name: more names than that are noise

export class MapView {
  // part: "" for the only map, "first" or "second" of two; title: what a map of two shows
  constructor(host, options, table, part = "", title = "") {
    this.host = host;
    this.options = options;
    this.table = table;
    this.raster = new Raster(table);
    this.sprites = new Sprites();
    this.items = [];
    this.widths = new Map();
    this.part = part;
    this.build(title);
    this.observer = new ResizeObserver(() => this.refit());
  }

  build(title) {
    this.canvasHost = make("div", { class: "tm-leaflet", role: "application",
      "aria-label": `Map of reports${title ? `, ${title}` : ""}. Arrow keys move it, plus and minus zoom, L lists the marks.` });
    this.count = make("div", { class: "tm-count" });
    this.covering = make("div", { class: "tm-covering" });
    this.legend = make("details", { class: "tm-legend", ontoggle: () => {
      this.boxes = null;
      this.host.schedule();
    } });
    this.when = make("div", { class: "tm-when", hidden: true });
    this.densityNote = make("div", { class: "tm-density", hidden: true });
    this.hint = make("div", { class: "tm-hint", hidden: true, text: "Two fingers move the map" });
    this.tip = make("div", { class: "tm-tip", role: "tooltip", hidden: true });
    this.list = make("div", { class: "tm-list", hidden: true });
    this.lister = make("button", { type: "button", text: "List marks", title: "List the marks in view (L)", "aria-expanded": "false",
      onclick: () => this.toggleList() });
    const copy = make("button", { type: "button", class: "tm-rare", text: "Copy picture", title: "The map as it stands, with legend, documents and notice, to the clipboard",
      onclick: () => this.host.copyPicture(copy) });
    this.tools = make("div", { class: "tm-tools" },
      make("button", { type: "button", text: "All", title: "Zoom to all reports shown", onclick: () => this.zoomToAll() }),
      make("button", { type: "button", text: "Core region", title: "Zoom to the South Caucasus", onclick: () => this.goHome() }),
      this.lister, copy);
    this.title = make("div", { class: "tm-title", hidden: !title, text: title });
    this.element = make("div", { class: `tm-map${this.part ? ` tm-${this.part}` : ""}` }, this.canvasHost, this.tools, this.title, this.covering,
      this.count, this.when, this.densityNote, this.legend, this.list, this.hint, this.tip);
    this.area = new AreaChooser(this, (area) => this.options.onArea?.(area));
    if (this.options.onArea) this.lister.after(this.area.button);
    this.canvasHost.after(this.area.glass);
  }

  // What the map says beside its marks: areas too wide to draw, and what a density means.
  get besideMap() {
    const areas = [...this.covering.children].map((part) => part.textContent);
    return [areas.length ? `${areas[0]} ${areas.slice(1).join(", ")}.` : "", this.rasterCanvas.hidden ? "" : this.densityNote.textContent].filter(Boolean);
  }

  // Leaflet measures the box it stands in, so this is for when it is in the page.
  begin() {
    const { L, basemap, notice, camera } = this.options;
    const map = L.map(this.canvasHost, { zoomControl: false, zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false,
      trackResize: false, zoomSnap: 0.25, zoomDelta: 0.5, wheelPxPerZoomLevel: 120, minZoom: 1.5, maxZoom: 15, worldCopyJump: true, attributionControl: false });
    this.map = map;
    this.setTouch();
    this.canvasHost.addEventListener("touchmove", (event) => {
      const scrollsPopup = event.target.closest(".leaflet-popup") !== null;
      if (event.touches.length === 1 && !map.dragging.enabled() && !scrollsPopup) this.hintAtTwoFingers();
    }, { passive: true });
    L.control.zoom({ position: "topleft" }).addTo(map);
    L.control.scale({ position: "bottomleft", maxWidth: 120 }).addTo(map);
    L.control.attribution({ position: "bottomright", prefix: false }).addAttribution(make("span", { text: notice }).outerHTML).addTo(map);
    if (camera) map.setView([camera.lat, camera.lon], camera.zoom);
    else this.goHome();
    addBasemap(L, map, basemap);
    this.rasterCanvas = make("canvas", { class: "tm-raster" });
    this.canvas = make("canvas", { class: "tm-marks" });
    this.layers = map.createPane("marks");
    Object.assign(this.layers.style, { zIndex: 450, pointerEvents: "none" });
    this.layers.append(this.rasterCanvas, this.canvas);
    this.popup = L.popup({ maxWidth: 340, minWidth: 240, autoPanPaddingTopLeft: [60, 90], autoPanPaddingBottomRight: [20, 40], className: "tm-popup" });
    map.on("move zoom viewreset", () => this.paint());
    map.on("move", () => this.host.moved(this));
    map.on("moveend", () => this.host.settled(this));
    map.on("mousemove", (event) => this.hover(event.originalEvent.target.closest?.(".leaflet-popup") ? null : event.containerPoint));
    map.on("mouseout movestart", () => this.hover(null));
    map.on("click", (event) => this.click(this.itemAt(event.containerPoint)));
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        if (map.getContainer().contains(event.target) && event.target !== map.getContainer()) this.canvasHost.focus({ preventScroll: true });
        map.closePopup();
        this.closePanel();
      }
      if ((event.key === "l" || event.key === "L") && !event.ctrlKey && !event.metaKey) this.toggleList();
    });
    this.observer.observe(this.element);
    this.fontsCame = () => {
      this.widths.clear();
      this.host.schedule();
    };
    document.fonts.addEventListener("loadingdone", this.fontsCame);
  }

  // The box has another size. A reader who has not moved the map looks at the core region still.
  refit() {
    const before = this.map.getSize();
    this.host.refitting = true;
    this.map.invalidateSize({ pan: false });
    this.host.refitting = false;
    if (this.map.getSize().equals(before)) return;
    const { camera } = this.host;
    if (camera === null && this.canvasHost.clientWidth) this.goHome();
    if (camera !== null) {
      this.host.refitting = true; // the same middle in the new box: nothing that the address must be told
      this.map.setView([camera.lat, camera.lon], camera.zoom, { animate: false });
      this.host.refitting = false;
    }
    this.paint();
  }

  goHome() {
    const wide = this.element.clientWidth > 700;
    this.host.goingHome = true;
    this.map.fitBounds(this.options.home, { animate: false, paddingBottomRight: [wide ? 245 : 0, 0] }); // the legend stands there
    this.host.goingHome = false;
  }

  // On a phone one finger scrolls the page and two move the map; in class, where nothing scrolls, one finger moves it.
  setTouch() {
    const scrolls = matchMedia("(pointer: coarse)").matches && this.host.magnification === 1;
    this.map.dragging[scrolls ? "disable" : "enable"]();
  }

  hintAtTwoFingers() {
    this.hint.hidden = false;
    clearTimeout(this.hinted);
    this.hinted = setTimeout(() => { this.hint.hidden = true; }, 1500);
  }

  drawLegend() {
    const open = this.legend.open || (this.legend.children.length === 0 && this.part === "" && this.element.clientWidth > 700 * this.host.magnification && this.element.clientHeight > 350);
    const { scheme, codes } = this.host;
    const seen = this.table.present(codes);
    fillLegend(this.legend, scheme, scheme.entries.map((entry, code) => ({ entry, code })).filter(({ code }) => seen[code]), this.options.signs);
    this.legend.open = open;
    this.boxes = null;
  }

  // --- painting ------------------------------------------------------------------------------------------------

  paint() {
    if (!this.host.scheme) return;
    const { map, table, raster } = this;
    const { bounds, codes, scheme, selected, window } = this.host;
    const size = map?.getSize();
    if (!size?.x || !size.y) return;
    const origin = map.getPixelBounds().min;
    const world = 256 * 2 ** map.getZoom();
    const project = (row) => [table.x[row] * world - origin.x, table.y[row] * world - origin.y];
    const rows = table.rowsIn(bounds);
    raster.look(world, origin, size);
    const inView = raster.count(rows, codes, scheme.entries.length);
    const density = Math.max(0, Math.min(1, (inView - FEW) / (MANY - FEW)));
    this.project = project;
    this.density = density;
    this.shown = rows.length;

    const corner = map.containerPointToLayerPoint([0, 0]);
    this.layers.style.transform = `translate3d(${corner.x}px, ${corner.y}px, 0)`;
    this.showDensity(density, size);
    const context = this.clear(size);
    this.area.paint(context, size);
    const drawn = [];
    const areaRows = table.areas.map(() => []);
    let placed = 0;
    for (let at = 0; at < rows.length; at += 1) {
      const row = rows[at];
      const area = table.areaOf[row];
      if (area >= 0) areaRows[area].push(row);
      else if (raster.cellOf[row] >= 0 && (density < 1 || selected.has(row))) drawn.push(row);
      if (!(table.flags[row] & FLAG.UNMAPPED)) placed += 1;
    }
    this.drawMarks(context, size, drawn, areaRows, project, density);
    const silent = window === null || this.part !== "";
    if (this.when.hidden !== silent) this.boxes = null;
    this.when.hidden = silent;
    if (window) this.when.textContent = `${spoken(window.first)} – ${spoken(window.last)}`;
    this.count.textContent = `${plural(placed, "report")} on the map${rows.length > placed ? `, ${(rows.length - placed).toLocaleString("en")} without a place` : ""}`;
  }

  clear(size) {
    const { canvas } = this;
    const ratio = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(size.x * ratio) || canvas.height !== Math.round(size.y * ratio)) {
      canvas.width = Math.round(size.x * ratio);
      canvas.height = Math.round(size.y * ratio);
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
      this.boxes = null;
    }
    const context = canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, size.x, size.y);
    return context;
  }

  showDensity(density, size) {
    const { rasterCanvas, raster } = this;
    rasterCanvas.style.opacity = density;
    rasterCanvas.hidden = density === 0;
    if (density === 0) {
      this.densityNote.hidden = true;
      return;
    }
    const most = raster.paint(rasterCanvas, this.host.pixels);
    const [wide, high] = [`${raster.width * CELL}px`, `${raster.height * CELL}px`];
    if (rasterCanvas.style.width !== wide || rasterCanvas.style.height !== high) Object.assign(rasterCanvas.style, { width: wide, height: high });
    const text = `Many reports: each square has the colour of its most frequent category and is the stronger the more it holds (up to ${most.toLocaleString("en")}). Zoom in for single marks.`;
    if (this.densityNote.textContent !== text) this.densityNote.textContent = text;
    this.densityNote.hidden = size.x < 500;
  }

  drawMarks(context, size, rows, areaRows, project, density) {
    const { table } = this;
    const { codes } = this.host;
    const { scheme: { entries }, selected } = this.host;
    const scale = (size.x < 500 ? 0.9 : 1) * this.host.magnification;
    const ratio = window.devicePixelRatio || 1;
    const metres = metresPerPixelAt(this.map.getZoom());
    const chosen = (list) => selected.size > 0 && list.some((row) => selected.has(row));
    const controls = this.controlBoxes();
    const taken = [...controls];
    const covering = [];
    this.items = [];

    const areas = table.areas.map((area, index) => ({ area, rows: areaRows[index] })).filter((one) => one.rows.length).map((one) => {
      const [x, y] = project(one.area.row);
      const reach = (one.area.radius * 100) / (metres * Math.cos((one.area.lat * Math.PI) / 180));
      return { x, y, reach, rows: one.rows, isArea: true, wide: one.area.radius > WIDE, parts: slices(table, one.rows, codes), chosen: chosen(one.rows), ...rim(x, y, reach, size) };
    }).sort((a, b) => b.reach - a.reach);
    // A country or a region as wide is no disc: its rim would cross its neighbours. It is named above the map instead.
    covering.push(...areas.filter((area) => area.wide || area.covers));
    const rims = areas.filter((area) => !area.wide && !area.covers && !area.outside);
    for (const area of rims) drawArea(context, area, area.chosen);

    const spots = stacks(table, rows, project);
    for (const spot of spots) {
      spot.parts = slices(table, spot.rows, codes);
      spot.radius = sizeOf(spot.rows.length, scale);
      spot.chosen = chosen(spot.rows);
      spot.box = { x: spot.x - spot.radius, y: spot.y - spot.radius, width: spot.radius * 2, height: spot.radius * 2 };
      taken.push(spot.box);
    }
    // A place is as wide as its radius: where the map is close enough, the disc shows beside the mark.
    for (const spot of spots) {
      const [row] = spot.rows;
      const reach = (table.radius[row] * 100) / (metres * Math.cos((table.lat[row] * Math.PI) / 180));
      if (spot.places === 1 && reach > spot.radius + 5) drawArea(context, { x: spot.x, y: spot.y, reach }, spot.chosen);
    }
    for (const spot of [...spots].reverse()) {
      context.globalAlpha = spot.chosen ? 1 : 1 - density; // what is selected never fades
      this.sprites.draw(context, spot.x, spot.y, spot.radius, spot.parts, entries, spot.chosen, ratio);
    }
    context.globalAlpha = 1;
    this.items.push(...spots);
    if (density < 0.5) for (const spot of spots.slice(0, LABELLED)) this.labelSpot(context, spot, size, taken);
    // A tag may lie over a name where there is no other room, and never over a mark or another tag.
    const solid = density < 0.5 ? [...controls, ...spots.map((spot) => spot.box)] : [...controls];
    for (const area of rims) if (!this.tagArea(context, area, size, taken, solid)) covering.push(area);
    this.orientation(context, size, taken);
    this.showCovering(covering.sort((a, b) => b.rows.length - a.rows.length));
  }

  // Draws the tag on the area's rim where it is in view and free; false where there is no room for it.
  tagArea(context, area, size, taken, solid) {
    context.font = `${area.chosen ? 700 : 500} ${this.letters(12)}px ${FONT}`;
    const text = `${this.placeOf(area.rows[0])} · ${area.rows.length}`;
    const width = context.measureText(text).width + 12;
    const angles = [0, 0.35, -0.35, 0.7, -0.7, 1.05, -1.05, 1.4, -1.4, 1.75, -1.75, 2.1, -2.1, 2.5, -2.5, Math.PI];
    const spots = angles.map((angle) => ({ x: area.x + area.reach * Math.sin(angle) - width / 2,
      y: area.y - area.reach * Math.cos(angle) - this.letters(11), width, height: this.letters(22) }));
    const inside = (box) => box.x > 2 && box.y > 2 && box.x + width < size.x - 2 && box.y + box.height + 2 < size.y;
    const free = (others) => (box) => inside(box) && !others.some((other) => boxesOverlap(box, other));
    const box = spots.find(free(taken)) ?? (size.x > 500 ? spots.find(free(solid)) : undefined);
    if (!box) return false;
    taken.push(box);
    solid.push(box);
    drawTag(context, box, text, area.parts, this.host.scheme.entries, area.chosen);
    this.items.push({ ...area, box, tag: true });
    return true;
  }

  labelSpot(context, spot, size, taken) {
    const name = this.placeOf(spot.rows[0]);
    if (!name) return;
    const text = spot.places > 1 ? `${name} + ${plural(spot.places - 1, "place")}` : name;
    context.font = `${spot.chosen ? 700 : 500} ${this.letters(12)}px ${FONT}`;
    const width = context.measureText(text).width;
    const { x, y, radius } = spot;
    const height = this.letters(16);
    const boxes = [{ x: x + radius + 4, y: y - height / 2 }, { x: x - radius - 4 - width, y: y - height / 2 }, { x: x - width / 2, y: y + radius + 3 },
      { x: x - width / 2, y: y - radius - 3 - height }].map((box) => ({ ...box, width, height }));
    const free = boxes.find((box) => box.x > 0 && box.x + width < size.x && !taken.some((other) => boxesOverlap(box, other)));
    if (!free) return;
    taken.push(free);
    halo(context, text, free.x, free.y + height / 2, "#1d2733", "left");
  }

  orientation(context, size, taken) {
    const world = 256 * 2 ** this.map.getZoom();
    const origin = this.map.getPixelBounds().min;
    for (const label of this.options.labels) {
      if (label.kind === "town" && this.map.getZoom() < 6) continue;
      const sin = Math.sin((label.lat * Math.PI) / 180);
      const x = (label.lon / 360 + 0.5) * world - origin.x;
      const y = (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * world - origin.y;
      context.font = label.kind === "town" ? `${this.letters(11)}px ${FONT}` : `600 ${this.letters(12)}px ${FONT}`;
      const text = this.host.nameOf(label.place);
      const width = this.widthOf(context, text, label.kind);
      const height = this.letters(16);
      const box = label.kind === "town" ? { x: x - 3, y: y - height / 2, width: width + 12, height } : { x: x - width / 2, y: y - height / 2, width, height };
      if (box.x < 2 || box.x + box.width > size.x - 2 || box.y < 2 || box.y > size.y - 18) continue;
      if (taken.some((other) => boxesOverlap(box, other))) continue;
      taken.push(box);
      if (label.kind === "town") {
        context.beginPath();
        context.arc(x, y, 2, 0, Math.PI * 2);
        context.fillStyle = "#6a6357";
        context.fill();
        halo(context, text, x + 5, y, "#5b554a", "left");
      } else halo(context, text, x, y, "#6d6759", "center");
    }
  }

  letters(size) {
    return Math.round(size * this.host.magnification);
  }

  widthOf(context, text, kind) {
    const key = `${kind}:${this.host.magnification}:${text}`;
    if (!this.widths.has(key)) this.widths.set(key, context.measureText(text).width);
    return this.widths.get(key);
  }

  // Boxes of what lies over the map, so that no label hides under it. Measured again when one of them changes.
  controlBoxes() {
    if (this.boxes) return this.boxes;
    const frame = this.canvasHost.getBoundingClientRect();
    const over = [this.tools, this.title, this.legend, this.count, this.when, this.covering, this.densityNote, ...this.canvasHost.querySelectorAll(".leaflet-control")];
    this.boxes = over.map((element) => {
      const box = element.getBoundingClientRect();
      return { x: box.x - frame.x - 3, y: box.y - frame.y - 3, width: box.width + 6, height: box.height + 6 };
    });
    return this.boxes;
  }

  showCovering(areas) {
    const text = areas.map((area) => `${this.placeOf(area.rows[0])} · ${area.rows.length}${area.chosen ? "*" : ""}`).join("|");
    if (text === this.coveringText) {
      this.coveringAreas = areas;
      return;
    }
    this.coveringText = text;
    this.coveringAreas = areas;
    this.boxes = null;
    this.covering.replaceChildren(...(areas.length ? [make("span", { text: "Somewhere in:" })] : []),
      ...areas.map((area, index) => make("button", { type: "button", class: area.chosen ? "tm-chosen" : "",
        text: `${this.placeOf(area.rows[0])} · ${area.rows.length}`, onclick: () => this.click(this.coveringAreas[index]) })));
  }

  // --- pointing ------------------------------------------------------------------------------------------------

  itemAt(point) {
    if (!point) return null;
    const hit = ({ x, y, radius, box, tag }) => (tag ? point.x >= box.x && point.x <= box.x + box.width && point.y >= box.y && point.y <= box.y + box.height
      : (point.x - x) ** 2 + (point.y - y) ** 2 <= (radius + 4) ** 2);
    const tag = this.items.filter((item) => item.tag && hit(item)).pop();
    if (tag) return tag;
    const mark = this.items.find((item) => !item.tag && hit(item) && (this.density < 0.5 || item.chosen));
    if (mark || this.density === 0) return mark ?? null;
    const rows = this.raster.near(this.table.rowsIn(this.host.bounds), point, this.project, REACH);
    return rows.length ? { x: point.x, y: point.y, radius: REACH, rows, places: 1, cell: true } : null;
  }

  hover(point) {
    const item = this.itemAt(point);
    this.canvasHost.style.cursor = item ? "pointer" : "";
    if (!item) {
      this.tip.hidden = true;
      return;
    }
    this.tip.replaceChildren(...this.brief(item.rows, item.places));
    this.tip.hidden = false;
    const right = point.x > this.element.clientWidth / 2;
    const low = point.y > this.element.clientHeight / 2;
    this.tip.style.transform = `translate(${point.x + (right ? -14 : 14)}px, ${point.y + (low ? -12 : 12)}px) translate(${right ? "-100%" : "0"}, ${low ? "-100%" : "0"})`;
  }

  // What a bar of the lanes is, beside the pointer.
  hoverBar(row, event) {
    this.tip.hidden = row === null;
    if (row === null) return;
    this.tip.replaceChildren(...this.brief([row]));
    const frame = this.element.getBoundingClientRect();
    const right = event.clientX - frame.x > frame.width / 2;
    this.tip.style.transform = `translate(${event.clientX - frame.x + (right ? -14 : 14)}px, ${frame.height - 8}px) translate(${right ? "-100%" : "0"}, -100%)`;
  }

  brief(rows, places = 1) {
    const first = this.detail(rows[0]);
    if (rows.length === 1) {
      return [make("strong", { text: first.title }), make("div", { text: [first.place, first.date].filter(Boolean).join(" · ") }),
        make("div", { text: withStanding(first, " (", ")") }), make("div", { class: "tm-faint", text: first.document })];
    }
    const tally = slices(this.table, rows, this.host.codes).reduce((sums, part) => sums.set(part.code, (sums.get(part.code) ?? 0) + part.count), new Map());
    const parts = [...tally].map(([code, count]) => `${this.host.scheme.entries[code].letter} ${this.host.scheme.entries[code].name} ${count}`);
    return [make("strong", { text: `${first.place || "Here"}${places > 1 ? ` and ${plural(places - 1, "place")} nearby` : ""}` }),
      make("div", { text: plural(rows.length, "report") }), make("div", { class: "tm-faint", text: parts.join(" · ") }),
      make("div", { class: "tm-faint", text: "Click to list them" })];
  }

  detail(row) {
    const known = this.options.details?.[row];
    if (known) return { ...known, place: this.host.nameOf(known.place) };
    const { first, last, source } = this.table;
    return { title: `Report ${row + 1}`, place: "", date: first[row] === last[row] ? spoken(first[row]) : `${spoken(first[row])} – ${spoken(last[row])}`,
      who: this.host.scheme.entries[this.host.codes[row]].name, standing: "", document: this.options.documents[source[row]] ?? "", paragraphs: "", incident: row };
  }

  placeOf(row) {
    return this.host.nameOf(this.options.details?.[row]?.place ?? "");
  }

  click(item) {
    if (!item) return;
    this.hover(null);
    this.host.stop();
    const at = item.isArea ? this.map.containerPointToLatLng(item.box ? [item.box.x + item.box.width / 2, item.box.y] : [this.map.getSize().x / 2, 90])
      : this.map.containerPointToLatLng([item.x, item.y]);
    const [only] = item.rows;
    if (item.rows.length >= CROWD || this.element.clientWidth < 640) {
      this.map.closePopup();
      this.openPanel(this.cards(item));
    } else {
      this.closePanel();
      this.popup.setLatLng(at).setContent(this.cards(item)).openOn(this.map);
      this.popup.getElement()?.querySelector("button.tm-report")?.focus({ preventScroll: true });
    }
    if (item.rows.length === 1) this.host.choose(only);
  }

  cards({ rows, places = 1, isArea: area, cell }) {
    const title = cell ? `${plural(rows.length, "report")} here, the nearest first` : area ? `Somewhere in ${this.placeOf(rows[0])}` : `${this.placeOf(rows[0])}${places > 1 ? ` and ${plural(places - 1, "place")} nearby` : ""}`;
    const buttons = (cell ? rows : [...rows].sort((a, b) => a - b)).slice(0, LISTED).map((row) => {
      const detail = this.detail(row);
      const entry = this.host.scheme.entries[this.host.codes[row]];
      const badge = make("span", { class: "tm-badge", text: entry.letter, style: `--colour:${entry.colour}`, title: entry.name });
      return make("button", { type: "button", class: "tm-report", "data-row": row, onclick: () => this.host.choose(row) }, badge,
        make("span", {}, make("strong", { text: detail.title }),
          make("span", { class: "tm-meta", text: [places > 1 ? detail.place : "", detail.date].filter(Boolean).join(" · ") }),
          make("span", { class: "tm-meta", text: withStanding(detail, " — ", "") }),
          make("span", { class: "tm-meta", text: `${detail.document}${detail.paragraphs ? `, ¶ ${detail.paragraphs}` : ""}` })));
    });
    const more = rows.length > LISTED ? ` The first ${LISTED} are listed: zoom in or filter for the others.` : "";
    return make("div", { class: "tm-cards" }, make("h2", { text: title }),
      rows.length > 1 ? make("p", { class: "tm-faint", text: `${plural(rows.length, "report")}; choose one for its incident's card.${more}` }) : null, ...buttons);
  }

  // --- keyboard and camera -------------------------------------------------------------------------------------

  // The panel at the side of the map, or at its foot on a phone: the list of marks, or the reports of a crowded one.
  openPanel(content) {
    this.opener = this.canvasHost.getRootNode().activeElement;
    const close = make("button", { type: "button", class: "tm-close", "aria-label": "Close list", text: "×", onclick: () => this.closePanel() });
    this.list.replaceChildren(close, content);
    this.list.hidden = false;
    this.list.scrollTop = 0;
    this.list.querySelector(".tm-report, .tm-jump")?.focus({ preventScroll: true });
  }

  closePanel() {
    if (this.list.hidden) return;
    const within = this.list.contains(this.canvasHost.getRootNode().activeElement);
    this.list.hidden = true;
    this.lister.setAttribute("aria-expanded", "false");
    if (within) (this.opener?.isConnected && !this.list.contains(this.opener) ? this.opener : this.canvasHost).focus({ preventScroll: true });
  }

  toggleList() {
    if (this.lister.getAttribute("aria-expanded") === "true") {
      this.closePanel();
      return;
    }
    const items = this.items.concat(this.coveringAreas ?? []);
    this.openPanel(make("div", {}, make("h2", { text: items.length ? "Marks in view" : "No mark in view" }),
      ...items.map((item) => make("button", { type: "button", class: "tm-jump", onclick: () => {
        this.lister.setAttribute("aria-expanded", "false");
        this.click(item);
      }, text: `${this.placeOf(item.rows[0]) || "Unnamed place"}${item.places > 1 ? ` and ${plural(item.places - 1, "place")} nearby` : ""}: ${plural(item.rows.length, "report")}` }))));
    this.lister.setAttribute("aria-expanded", "true");
  }

  zoomToAll() {
    const { table } = this;
    let [south, west, north, east] = [90, 180, -90, -180];
    for (const row of table.rowsIn(this.host.bounds)) {
      if (table.flags[row] & FLAG.UNMAPPED) continue;
      south = Math.min(south, table.lat[row]);
      north = Math.max(north, table.lat[row]);
      west = Math.min(west, table.lon[row]);
      east = Math.max(east, table.lon[row]);
    }
    if (north >= south) this.map.fitBounds([[south, west], [north, east]], { padding: [40, 40], maxZoom: 10 });
  }

  destroy() {
    this.observer.disconnect();
    document.fonts.removeEventListener("loadingdone", this.fontsCame);
    this.map.remove();
    this.element.remove();
  }
}

function withStanding({ who, standing }, before, after) {
  return standing ? `${who}${before}${standing}${after}` : who;
}
