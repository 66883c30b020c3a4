// The map and its timeline, as one thing that any page can host: the dashboard and the saved file alike.
//
// createTimemap(root, options) fills the element `root` and returns { update, destroy }.
//   L         Leaflet
//   table     Table
//   details   what a reader sees of each row: [{title, place, date, who, standing, document, paragraphs, incident}]
//   schemes   {name: {title, column, codes, entries: [{name, letter, colour}]}}; codes maps a column's value to an entry
//   basemap   see basemap.js;  labels: [{lon, lat, text, kind}] of countries and towns for orientation
//   home      [[south, west], [north, east]] the core region;  notice: text
//   onWindow(window | null), onSelect(row), onCamera({lat, lon, zoom})

import { addBasemap } from "./basemap.js";
import { isoOf, spoken } from "./days.js";
import { make, plural } from "./dom.js";
import { boxesOverlap, drawArea, drawStack, drawTag, INK, metresPerPixelAt, sizeOf, slices, stacks } from "./marks.js";
import { FLAG } from "./table.js";
import { Timeline } from "./timeline.js";

export function createTimemap(root, options) {
  return new Timemap(root, options);
}

class Timemap {
  constructor(root, options) {
    this.options = options;
    this.table = options.table;
    this.window = null;
    this.surely = false;
    this.selected = new Set();
    this.scheme = null;
    this.items = [];
    this.buildMap(root, options);
    this.timeline = new Timeline(this.table, {
      changed: (window) => {
        this.window = window;
        this.schedule();
      },
      settled: (window) => {
        this.announce();
        options.onWindow?.(window);
      },
      playing: (running) => {
        if (running) this.popup.remove();
      },
    });
    root.append(this.mapBox, this.timeline.element, this.live);
    this.observer = new ResizeObserver(() => {
      this.map.invalidateSize({ pan: false });
      this.paint();
    });
    this.observer.observe(this.mapBox);
  }

  buildMap(root, { L, basemap, home, notice, camera, onCamera }) {
    this.canvasHost = make("div", { class: "tm-leaflet", "aria-label": "Map of reports. Arrow keys move it, plus and minus zoom, L lists the marks." });
    this.count = make("div", { class: "tm-count" });
    this.covering = make("div", { class: "tm-covering" });
    this.legend = make("details", { class: "tm-legend" });
    this.tip = make("div", { class: "tm-tip", role: "tooltip", hidden: true });
    this.list = make("div", { class: "tm-list", hidden: true });
    this.lister = make("button", { type: "button", text: "List marks", title: "List the marks in view (L)", "aria-expanded": "false",
      onclick: () => this.toggleList() });
    this.tools = make("div", { class: "tm-tools" },
      make("button", { type: "button", text: "All", title: "Zoom to all reports shown", onclick: () => this.zoomToAll() }),
      make("button", { type: "button", text: "Core region", title: "Zoom to the South Caucasus", onclick: () => this.map.fitBounds(home) }),
      this.lister);
    this.mapBox = make("div", { class: "tm-map" }, this.canvasHost, this.tools, this.covering, this.count, this.legend, this.list, this.tip);
    this.live = make("div", { class: "tm-live", role: "status", "aria-live": "polite" });
    root.append(this.mapBox);
    const map = L.map(this.canvasHost, { zoomControl: false, zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false,
      zoomSnap: 0.25, zoomDelta: 0.5, wheelPxPerZoomLevel: 120, minZoom: 1.5, maxZoom: 15, worldCopyJump: true, attributionControl: false });
    this.map = map;
    L.control.zoom({ position: "topleft" }).addTo(map);
    L.control.scale({ position: "bottomleft", maxWidth: 120 }).addTo(map);
    L.control.attribution({ position: "bottomright", prefix: false }).addAttribution(make("span", { text: notice }).outerHTML).addTo(map);
    if (camera) map.setView([camera.lat, camera.lon], camera.zoom);
    else map.fitBounds(home);
    addBasemap(L, map, basemap);
    this.canvas = make("canvas", { class: "tm-marks" });
    map.createPane("marks").style.zIndex = 450;
    map.getPane("marks").style.pointerEvents = "none";
    map.getPane("marks").append(this.canvas);
    this.popup = L.popup({ maxWidth: 340, minWidth: 240, autoPanPadding: [12, 12], className: "tm-popup" });
    map.on("move zoom viewreset", () => this.paint());
    map.on("moveend", () => {
      const { lat, lng } = map.getCenter();
      onCamera?.({ lat, lon: lng, zoom: map.getZoom() });
    });
    map.on("mousemove", (event) => this.hover(event.originalEvent.target.closest?.(".leaflet-popup") ? null : event.containerPoint));
    map.on("mouseout movestart", () => this.hover(null));
    map.on("click", (event) => this.click(this.itemAt(event.containerPoint)));
    this.mapBox.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        map.closePopup();
        this.toggleList(false);
      }
      if ((event.key === "l" || event.key === "L") && !event.ctrlKey && !event.metaKey) this.toggleList();
    });
  }

  // settings: {scheme, mask: Uint8Array | null, surely, selected: [row], window: {first, last} | null | undefined}
  update(settings) {
    if ("mask" in settings) {
      this.table.setMask(settings.mask);
      this.timeline.refresh();
    }
    if ("scheme" in settings && settings.scheme !== this.scheme?.key) this.setScheme(settings.scheme);
    if ("surely" in settings) this.surely = settings.surely;
    if ("selected" in settings) this.selected = new Set(settings.selected);
    if (settings.window !== undefined) this.timeline.set(settings.window);
    this.paint();
    this.announce();
  }

  setScheme(name) {
    const scheme = this.options.schemes[name];
    this.scheme = { ...scheme, key: name };
    const column = this.table[scheme.column];
    this.codes = scheme.codes ? Uint8Array.from(column, (value) => scheme.codes[value]) : column;
    this.drawLegend();
  }

  drawLegend() {
    const open = this.legend.open || (this.legend.children.length === 0 && this.mapBox.clientWidth > 700);
    this.legend.replaceChildren(make("summary", { text: "Legend" }));
    const seen = new Set();
    this.table.forEachIn(null, (row) => seen.add(this.codes[row]));
    const sample = (parts, size = 22) => {
      const canvas = make("canvas", { width: size * 2, height: size * 2, style: `width:${size}px;height:${size}px`, "aria-hidden": "true" });
      const context = canvas.getContext("2d");
      context.scale(2, 2);
      drawStack(context, size / 2, size / 2, 7, parts, [{ colour: "#4b6584", letter: "" }, ...this.scheme.entries], false);
      return canvas;
    };
    const line = (parts, text) => make("li", {}, sample(parts), make("span", { text }));
    const plain = { code: 0, count: 1 };
    this.legend.append(
      make("h4", { text: this.scheme.title }),
      make("ul", { class: "tm-colours" }, ...this.scheme.entries.map((entry, code) => ({ entry, code })).filter(({ code }) => seen.has(code))
        .map(({ entry, code }) => line([{ code: code + 1, count: 1 }], entry.name))),
      make("h4", { text: "Signs" }),
      make("ul", {}, line([plain], "said to have happened there"), line([{ ...plain, subject: true }], "a statement about the place"),
        line([{ ...plain, vague: true }], "paler: the day is not known"), line([{ ...plain, denied: true }], "bar: a denial"),
        line([{ ...plain, confirmed: true }], "ring: verified, or found by a court"),
        line([{ ...plain, count: 3 }], "a number: reports at one place"),
        make("li", {}, make("span", { class: "tm-disc", "aria-hidden": "true" }), make("span", { text: "dashed disc: somewhere in this area" }))),
    );
    this.legend.open = open;
  }

  get bounds() {
    return this.window === null ? null : { ...this.window, surely: this.surely };
  }

  schedule() {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = null;
      this.paint();
    });
  }

  // --- painting ------------------------------------------------------------------------------------------------

  paint() {
    if (!this.scheme) return;
    const { map, table, canvas } = this;
    const size = map.getSize();
    const ratio = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(size.x * ratio) || canvas.height !== Math.round(size.y * ratio)) {
      canvas.width = Math.round(size.x * ratio);
      canvas.height = Math.round(size.y * ratio);
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
    }
    const corner = map.containerPointToLayerPoint([0, 0]);
    canvas.style.transform = `translate3d(${corner.x}px, ${corner.y}px, 0)`;
    const context = canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, size.x, size.y);

    const world = 256 * 2 ** map.getZoom();
    const origin = map.getPixelBounds().min;
    const project = (row) => [table.x[row] * world - origin.x, table.y[row] * world - origin.y];
    const rows = [];
    let shown = 0;
    table.forEachIn(this.bounds, (row) => {
      shown += 1;
      if (!(table.flags[row] & FLAG.UNMAPPED)) rows.push(row);
    });
    const { points, areas } = stacks(table, rows, project, metresPerPixelAt(map.getZoom()));
    const scale = size.x < 500 ? 0.9 : 1;
    this.items = [];
    const covering = [];
    const controls = this.controlBoxes();
    const taken = [...controls];
    for (const area of areas) this.prepareArea(area, size, covering);
    for (const area of areas) if (!area.covers) drawArea(context, area, area.parts, this.scheme.entries, area.chosen);
    const inView = points.filter((spot) => spot.x > -30 && spot.y > -30 && spot.x < size.x + 30 && spot.y < size.y + 30);
    for (const spot of inView) {
      spot.parts = slices(table, spot.rows, this.codes);
      spot.radius = sizeOf(spot.rows.length, scale);
      spot.chosen = spot.rows.some((row) => this.selected.has(row));
      spot.box = { x: spot.x - spot.radius, y: spot.y - spot.radius, width: spot.radius * 2, height: spot.radius * 2 };
      taken.push(spot.box);
    }
    for (const spot of [...inView].reverse()) drawStack(context, spot.x, spot.y, spot.radius, spot.parts, this.scheme.entries, spot.chosen);
    this.items.push(...inView);
    for (const area of areas.filter((one) => !one.covers)) if (!this.tagArea(context, area, size, taken, controls)) covering.push(area);
    for (const spot of inView) this.labelSpot(context, spot, size, taken);
    this.orientation(context, size, taken, project);
    this.showCovering(covering);
    this.shown = shown;
    this.onMap = rows.length;
    this.count.textContent = `${plural(rows.length, "report")} on the map${shown > rows.length ? `, ${shown - rows.length} without a place` : ""}`;
    if (!this.list.hidden) this.fillList();
  }

  // Whether an area's rim crosses the view, covers it, or lies outside.
  prepareArea(area, size, covering) {
    area.parts = slices(this.table, area.rows, this.codes);
    area.chosen = area.rows.some((row) => this.selected.has(row));
    const far = Math.max(...[[0, 0], [size.x, 0], [0, size.y], [size.x, size.y]].map(([x, y]) => Math.hypot(x - area.x, y - area.y)));
    area.covers = area.reach > far;
    const near = Math.hypot(Math.max(0, -area.x, area.x - size.x), Math.max(0, -area.y, area.y - size.y));
    area.outside = near > area.reach;
    if (area.covers) covering.push(area);
  }

  // Draws the tag on the area's rim where it is in view and free; false where there is no room for it.
  tagArea(context, area, size, taken, controls) {
    if (area.outside) return true;
    context.font = `${area.chosen ? 700 : 500} 12px system-ui, sans-serif`;
    const text = `${this.placeOf(area.rows[0])} · ${area.rows.length}`;
    const width = context.measureText(text).width + 12;
    const angles = [0, 0.35, -0.35, 0.7, -0.7, 1.05, -1.05, 1.4, -1.4, 1.75, -1.75, 2.1, -2.1, 2.5, -2.5, Math.PI];
    const spots = angles.map((angle) => ({ x: area.x + area.reach * Math.sin(angle) - width / 2,
      y: area.y - area.reach * Math.cos(angle) - 11, width, height: 22 }));
    const inside = (box) => box.x > 2 && box.y > 2 && box.x + width < size.x - 2 && box.y + 24 < size.y;
    const free = (others) => (box) => inside(box) && !others.some((other) => boxesOverlap(box, other));
    const box = spots.find(free(taken)) ?? (size.x > 500 ? spots.find(free(controls)) : undefined);
    if (!box) return false;
    taken.push(box);
    drawTag(context, box, text, area.parts, this.scheme.entries, area.chosen);
    this.items.push({ ...area, box, tag: true });
    return true;
  }

  labelSpot(context, spot, size, taken) {
    const name = this.placeOf(spot.rows[0]);
    if (!name) return;
    const text = spot.places > 1 ? `${name} +${spot.places - 1}` : name;
    context.font = `${spot.chosen ? 700 : 500} 12px system-ui, sans-serif`;
    const width = context.measureText(text).width;
    const { x, y, radius } = spot;
    const boxes = [{ x: x + radius + 4, y: y - 8 }, { x: x - radius - 4 - width, y: y - 8 }, { x: x - width / 2, y: y + radius + 3 },
      { x: x - width / 2, y: y - radius - 19 }].map((box) => ({ ...box, width, height: 16 }));
    const free = boxes.find((box) => box.x > 0 && box.x + width < size.x && !taken.some((other) => boxesOverlap(box, other)));
    if (!free) return;
    taken.push(free);
    halo(context, text, free.x, free.y + 8, "#1d2733", "left");
  }

  orientation(context, size, taken, project) {
    const world = 256 * 2 ** this.map.getZoom();
    const origin = this.map.getPixelBounds().min;
    for (const label of this.options.labels) {
      if (label.kind === "town" && this.map.getZoom() < 6) continue;
      const sin = Math.sin((label.lat * Math.PI) / 180);
      const x = (label.lon / 360 + 0.5) * world - origin.x;
      const y = (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * world - origin.y;
      context.font = label.kind === "town" ? "11px system-ui, sans-serif" : "600 12px system-ui, sans-serif";
      const text = label.kind === "town" ? label.text : label.text.toUpperCase();
      const width = context.measureText(text).width;
      const box = label.kind === "town" ? { x: x - 3, y: y - 8, width: width + 12, height: 16 } : { x: x - width / 2, y: y - 8, width, height: 16 };
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

  // Boxes of what lies over the map, so that no label hides under it.
  controlBoxes() {
    const frame = this.canvasHost.getBoundingClientRect();
    return [this.tools, this.legend, this.count, this.covering, ...this.canvasHost.querySelectorAll(".leaflet-control")].map((element) => {
      const box = element.getBoundingClientRect();
      return { x: box.x - frame.x - 3, y: box.y - frame.y - 3, width: box.width + 6, height: box.height + 6 };
    });
  }

  showCovering(areas) {
    const text = areas.map((area) => `${this.placeOf(area.rows[0])} · ${area.rows.length}${area.chosen ? "*" : ""}`).join("|");
    if (text === this.coveringText) {
      this.coveringAreas = areas;
      return;
    }
    this.coveringText = text;
    this.coveringAreas = areas;
    this.covering.replaceChildren(...(areas.length ? [make("span", { text: "Somewhere in:" })] : []),
      ...areas.map((area, index) => make("button", { type: "button", class: area.chosen ? "tm-chosen" : "",
        text: `${this.placeOf(area.rows[0])} · ${area.rows.length}`, onclick: () => this.click(this.coveringAreas[index]) })));
  }

  // --- pointing ------------------------------------------------------------------------------------------------

  itemAt(point) {
    if (!point) return null;
    const hit = ({ x, y, radius, box, tag }) => (tag ? point.x >= box.x && point.x <= box.x + box.width && point.y >= box.y && point.y <= box.y + box.height
      : (point.x - x) ** 2 + (point.y - y) ** 2 <= (radius + 4) ** 2);
    return this.items.filter((item) => item.tag && hit(item)).pop() ?? this.items.find((item) => !item.tag && hit(item)) ?? null;
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
    const right = point.x > this.mapBox.clientWidth / 2;
    const low = point.y > this.mapBox.clientHeight / 2;
    this.tip.style.transform = `translate(${point.x + (right ? -14 : 14)}px, ${point.y + (low ? -12 : 12)}px) translate(${right ? "-100%" : "0"}, ${low ? "-100%" : "0"})`;
  }

  brief(rows, places = 1) {
    const first = this.detail(rows[0]);
    if (rows.length === 1) {
      return [make("strong", { text: first.title }), make("div", { text: [first.place, first.date].filter(Boolean).join(" · ") }),
        make("div", { text: `${first.who} (${first.standing})` }), make("div", { class: "tm-faint", text: first.document })];
    }
    const tally = slices(this.table, rows, this.codes).reduce((sums, part) => sums.set(part.code, (sums.get(part.code) ?? 0) + part.count), new Map());
    const parts = [...tally].map(([code, count]) => `${this.scheme.entries[code].letter} ${this.scheme.entries[code].name} ${count}`);
    return [make("strong", { text: `${first.place}${places > 1 ? ` and ${plural(places - 1, "place")} nearby` : ""}` }),
      make("div", { text: plural(rows.length, "report") }), make("div", { class: "tm-faint", text: parts.join(" · ") }),
      make("div", { class: "tm-faint", text: "Click to list them" })];
  }

  detail(row) {
    const known = this.options.details?.[row];
    if (known) return known;
    const { first, last } = this.table;
    return { title: "Report", place: "", date: first[row] === last[row] ? spoken(first[row]) : `${spoken(first[row])} – ${spoken(last[row])}`,
      who: "", standing: "", document: "", paragraphs: "", incident: row };
  }

  placeOf(row) {
    return this.options.details?.[row]?.place ?? "";
  }

  click(item) {
    if (!item) return;
    this.hover(null);
    this.timeline.stop(true);
    const at = item.tag || item.covers ? this.map.containerPointToLatLng(item.box ? [item.box.x + item.box.width / 2, item.box.y] : [this.map.getSize().x / 2, 90])
      : this.map.containerPointToLatLng([item.x, item.y]);
    this.popup.setLatLng(at).setContent(this.cards(item)).openOn(this.map);
    const [only] = item.rows;
    if (item.rows.length === 1) this.choose(only);
    else this.popup.getElement()?.querySelector("button.tm-report")?.focus({ preventScroll: true });
  }

  cards({ rows, places = 1, tag, covers }) {
    const area = tag || covers;
    const title = area ? `Somewhere in ${this.placeOf(rows[0])}` : `${this.placeOf(rows[0])}${places > 1 ? ` and ${plural(places - 1, "place")} nearby` : ""}`;
    const buttons = [...rows].sort((a, b) => a - b).map((row) => {
      const detail = this.detail(row);
      const entry = this.scheme.entries[this.codes[row]];
      const badge = make("span", { class: "tm-badge", text: entry.letter, style: `--colour:${entry.colour}`, title: entry.name });
      return make("button", { type: "button", class: "tm-report", "data-row": row, onclick: () => this.choose(row) }, badge,
        make("span", {}, make("strong", { text: detail.title }),
          make("span", { class: "tm-meta", text: [places > 1 ? detail.place : "", detail.date].filter(Boolean).join(" · ") }),
          make("span", { class: "tm-meta", text: `${detail.who} — ${detail.standing}` }),
          make("span", { class: "tm-meta", text: `${detail.document}${detail.paragraphs ? `, ¶ ${detail.paragraphs}` : ""}` })));
    });
    return make("div", { class: "tm-cards" }, make("h4", { text: title }),
      rows.length > 1 ? make("p", { class: "tm-faint", text: `${plural(rows.length, "report")}; choose one for its incident's card` }) : null, ...buttons);
  }

  choose(row) {
    const { incident } = this.detail(row);
    this.selected = new Set([row]);
    this.options.details?.forEach((detail, other) => detail.incident === incident && this.selected.add(other));
    this.paint();
    this.options.onSelect?.(row);
  }

  // --- keyboard and camera -------------------------------------------------------------------------------------

  toggleList(open = this.list.hidden) {
    this.list.hidden = !open;
    this.lister.setAttribute("aria-expanded", String(open));
    if (open) {
      this.fillList();
      this.list.querySelector("button")?.focus();
    }
  }

  fillList() {
    const items = this.items.concat(this.coveringAreas ?? []);
    const text = items.map((item) => `${this.placeOf(item.rows[0])}${item.rows.length}`).join("|");
    if (text === this.listText) return;
    this.listText = text;
    this.list.replaceChildren(make("h4", { text: items.length ? "Marks in view" : "No mark in view" }),
      ...items.map((item) => make("button", { type: "button", onclick: () => this.click(item),
        text: `${this.placeOf(item.rows[0]) || "Unnamed place"}: ${plural(item.rows.length, "report")}` })));
  }

  zoomToAll() {
    const { table } = this;
    let [south, west, north, east] = [90, 180, -90, -180];
    table.forEachIn(this.bounds, (row) => {
      if (table.flags[row] & FLAG.UNMAPPED) return;
      south = Math.min(south, table.lat[row]);
      north = Math.max(north, table.lat[row]);
      west = Math.min(west, table.lon[row]);
      east = Math.max(east, table.lon[row]);
    });
    if (north >= south) this.map.fitBounds([[south, west], [north, east]], { padding: [40, 40], maxZoom: 10 });
  }

  announce() {
    const when = this.window ? `${spoken(this.window.first)} to ${spoken(this.window.last)}` : "all dates";
    this.live.textContent = `${plural(this.shown ?? 0, "report")} shown, ${when}.`;
  }

  destroy() {
    this.observer.disconnect();
    this.timeline.destroy();
    this.map.remove();
  }
}

export function isoWindow(window) {
  return window === null ? null : [isoOf(window.first), isoOf(window.last)];
}

function halo(context, text, x, y, colour, align) {
  context.textAlign = align;
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = "rgba(255,255,255,0.92)";
  context.strokeText(text, x, y);
  context.fillStyle = colour ?? INK;
  context.fillText(text, x, y);
}
