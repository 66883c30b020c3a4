// @ts-check
// What is painted over one map: the density, the discs of areas, the marks and the names.

import { FONT, INK, make, penOf, plural } from "./dom.js";
import { besideMark, onLand, onRim, seenOf } from "./labels.js";
import { itemUnder, sizeOf, slices, stacks } from "./marks.js";
import { edgesOf, mercatorY, metresPerPixel, worldSize } from "./mercator.js";
import { FEW, MANY, Raster } from "./raster.js";
import { drawArea, drawTag, halo, Sprites } from "./signs.js";

/** @import { Area, Box, Item, Label, Mark, Point, Project, Row, Rows } from "./types" */
/** @import { MapView } from "./mapview.js" */

const REACH = 5; // pixels round the pointer in which reports of the density are picked
const LABELLED = 80; // stacks that may bear a name: more names than that are noise
const SMALL = 500; // pixels of a map's width below which marks are smaller
const TOWNS_FROM = 6; // zoom
const ROOM = 16_000; // square pixels of the map for each name of the base map: more of them would hide the marks

export class Overlay {
  /** @param {MapView} view */
  constructor(view) {
    this.view = view;
    const { host, options, table, map } = view;
    this.host = host;
    this.options = options;
    this.table = table;
    this.map = map;
    this.raster = new Raster(table);
    this.sprites = new Sprites();
    /** @type {Map<string, number>} widths of the land's names, which stay */
    this.widths = new Map();
    this.rasterCanvas = make("canvas", { class: "tm-raster" });
    this.canvas = make("canvas", { class: "tm-marks" });
    this.context = penOf(this.canvas);
    this.pane = map.createPane("marks");
    Object.assign(this.pane.style, { zIndex: 450, pointerEvents: "none" });
    this.pane.append(this.rasterCanvas, this.canvas);
    /** @type {Item[]} what can be pointed at: marks, the largest first, then tags */
    this.items = [];
    this.density = 0; // 0: marks alone; 1: density alone
    this.size = /** @type {Point} */ ({ x: 0, y: 0 });
    /** @type {Box[]} what no name may cover */
    this.taken = [];
    /** @type {Project} */
    this.project = () => [0, 0];
  }

  /**
   * Paints rows. Returns how many of them have no place or lie at a pole, the areas that are to be named above the map,
   * and the largest number of reports in a square of the density, 0 where there is none.
   * @param {Point} size of the map
   * @param {Rows} rows
   */
  paint(size, rows) {
    const { map, table, raster } = this;
    const { colouring, selected } = this.host;
    const origin = map.getPixelBounds().min ?? { x: 0, y: 0 };
    const world = worldSize(map.getZoom());
    this.size = size;
    this.project = (row) => [table.x[row] * world - origin.x, table.y[row] * world - origin.y];
    raster.look(world, origin, size);
    const inView = raster.count(rows, table.codes(colouring), colouring.categories.length);
    // Squares of a large table are always a density: they are no points that a mark could stand at.
    this.density = table.reports ? Math.min(1, inView) : Math.max(0, Math.min(1, (inView - FEW) / (MANY - FEW)));
    const corner = map.containerPointToLayerPoint([0, 0]);
    this.pane.style.transform = `translate3d(${corner.x}px, ${corner.y}px, 0)`;
    const most = this.paintDensity();
    this.clear();
    this.view.area.paint(this.context, size);
    this.view.collector.paint(this.context);
    // Squares are a density alone, so of them only areas and what has no place is left.
    const left = table.months ? table.apart.filter((row) => table.weight(row)) : rows;
    const { points, areas, unplaced, polar } = this.sorted(left, selected);
    return { unplaced, polar, most, covering: this.paintMarks(points, areas, world, origin) };
  }

  /**
   * Rows that are drawn as marks, and the rows of each area.
   * @param {Rows} rows
   * @param {Set<Row>} selected
   */
  sorted(rows, selected) {
    const { table, raster, density } = this;
    const unmapped = table.bit.unmapped;
    /** @type {Row[]} */
    const points = [];
    /** @type {Row[][]} */
    const areas = table.areas.map(() => []);
    let [unplaced, polar] = [0, 0];
    for (let at = 0; at < rows.length; at += 1) {
      const row = rows[at];
      const area = table.areaOf[row];
      if (area >= 0) areas[area].push(row);
      else if (raster.cellOf[row] >= 0 && (density < 1 || table.isAmong(row, selected))) points.push(row);
      if (table.flags[row] & unmapped) unplaced += table.weight(row);
      else if (table.isPolar(row)) polar += table.weight(row);
    }
    return { points, areas, unplaced, polar };
  }

  clear() {
    const { canvas, context, size } = this;
    const ratio = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(size.x * ratio) || canvas.height !== Math.round(size.y * ratio)) {
      canvas.width = Math.round(size.x * ratio);
      canvas.height = Math.round(size.y * ratio);
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
      this.view.forgetBoxes();
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, size.x, size.y);
  }

  paintDensity() {
    const { rasterCanvas: canvas, raster, density } = this;
    canvas.style.opacity = String(density);
    canvas.hidden = density === 0;
    if (density === 0) return 0;
    const most = raster.paint(canvas, this.host.colouring.pixels);
    const [width, height] = [`${raster.width * raster.cell}px`, `${raster.height * raster.cell}px`];
    const { style } = canvas;
    if (style.width !== width || style.height !== height) Object.assign(style, { width, height });
    return most;
  }

  /**
   * @param {Row[]} points
   * @param {Row[][]} areaRows
   * @param {number} world
   * @param {Point} origin
   */
  paintMarks(points, areaRows, world, origin) {
    const { context, density } = this;
    const controls = this.view.controlBoxes();
    const areas = this.areasOf(areaRows);
    // A country or a region as wide is no disc: its rim would cross its neighbours. It is named above the map instead.
    const covering = areas.filter((area) => area.wide || area.covers);
    const rims = areas.filter((area) => !area.wide && !area.covers && !area.outside);
    for (const area of rims) drawArea(context, area, area.chosen);
    const marks = this.marksOf(points);
    this.drawMarks(marks);
    this.items = [...marks];
    const boxes = marks.map((mark) => mark.box);
    this.taken = [...controls, ...boxes];
    if (density < 0.5) for (const mark of marks.slice(0, LABELLED)) this.labelMark(mark);
    // A tag may lie over a name where there is no other room, and never over a mark or another tag.
    const solid = density < 0.5 ? [...controls, ...boxes] : [...controls];
    for (const area of rims) if (!this.tagArea(area, solid)) covering.push(area);
    this.labelAll(world, origin);
    return covering.sort((a, b) => this.table.number(b.rows) - this.table.number(a.rows));
  }

  /**
   * Areas that hold reports, the widest first.
   * @param {Row[][]} areaRows
   * @returns {Area[]}
   */
  areasOf(areaRows) {
    const { table, size } = this;
    const zoom = this.map.getZoom();
    const widest = this.options.widest * 10;
    const areas = table.areas.flatMap(({ row, lat, radius }, at) => {
      const rows = areaRows[at];
      if (!rows.length) return [];
      const [x, y] = this.project(row);
      const reach = (radius * 100) / metresPerPixel(zoom, lat);
      const shape = { x, y, reach, wide: radius > widest, ...seenOf({ x, y, reach }, size) };
      return { kind: /** @type {const} */ ("area"), rows, places: 1, box: null, ...shape, ...this.look(rows) };
    });
    return areas.sort((a, b) => b.reach - a.reach);
  }

  /**
   * @param {Row[]} rows
   * @returns {Mark[]}
   */
  marksOf(rows) {
    const { sizes } = this.options;
    const scale = (this.size.x < SMALL ? 0.9 : 1) * this.host.magnification;
    return stacks(this.table, rows, this.project, sizes.near).map((stack) => {
      const radius = scale * sizeOf(stack.rows.length, sizes);
      const box = { x: stack.x - radius, y: stack.y - radius, width: radius * 2, height: radius * 2 };
      return { kind: "mark", ...stack, radius, box, ...this.look(stack.rows) };
    });
  }

  /** @param {Row[]} rows */
  look(rows) {
    const { selected, colouring } = this.host;
    const chosen = selected.size > 0 && rows.some((row) => this.table.isAmong(row, selected));
    return { parts: slices(this.table, rows, this.table.codes(colouring)), chosen };
  }

  /** @param {Mark[]} marks */
  drawMarks(marks) {
    const { context, table } = this;
    const zoom = this.map.getZoom();
    // A place is as wide as its radius: where the map is close enough, the disc shows beside the mark.
    for (const { x, y, rows, places, radius, chosen } of marks) {
      const [row] = rows;
      const reach = (table.radius[row] * 100) / metresPerPixel(zoom, table.lat[row]);
      if (places === 1 && reach > radius + 5) drawArea(context, { x, y, reach }, chosen);
    }
    const { categories } = this.host.colouring;
    for (const mark of [...marks].reverse()) {
      context.globalAlpha = mark.chosen ? 1 : 1 - this.density; // what is selected never fades
      this.sprites.draw(context, mark, mark.parts, categories, mark.chosen);
    }
    context.globalAlpha = 1;
  }

  /**
   * Draws the tag on the area's rim where it is in view and free; false where there is no room for it.
   * @param {Area} area
   * @param {Box[]} solid
   */
  tagArea(area, solid) {
    const { context } = this;
    context.font = `${area.chosen ? 700 : 500} ${this.letters(12)}px ${FONT}`;
    const text = this.tagOf(area);
    const tag = { width: context.measureText(text).width + 12, height: this.letters(22) };
    const box = onRim(area, tag, this.size, this.taken, solid);
    if (!box) return false;
    this.taken.push(box);
    solid.push(box);
    drawTag(context, box, text, area.parts, this.host.colouring.categories, area.chosen);
    this.items.push({ ...area, box });
    return true;
  }

  /** @param {Area} area */
  tagOf({ rows }) {
    return `${this.view.reports.nameOfArea(rows[0])} · ${this.table.number(rows)}`;
  }

  /** @param {Mark} mark */
  labelMark(mark) {
    const { context } = this;
    const name = this.view.placeOf(mark.rows[0]);
    if (!name) return;
    const text = mark.places > 1 ? `${name} + ${plural(mark.places - 1, "place")}` : name;
    context.font = `${mark.chosen ? 700 : 500} ${this.letters(12)}px ${FONT}`;
    const height = this.letters(16);
    const box = besideMark(mark, { width: context.measureText(text).width, height }, this.size, this.taken);
    if (!box) return;
    this.taken.push(box);
    halo(context, text, box.x, box.y + height / 2, INK, "left");
  }

  /**
   * Names for finding one's way, where they have room: those of the case first, then those of the base map, the most
   * important first.
   * @param {number} world
   * @param {Point} origin
   */
  labelAll(world, origin) {
    const { host, options, size, table } = this;
    const zoom = this.map.getZoom();
    for (const { lon, lat, place, kind } of options.labels) {
      if (kind === "town" && zoom < TOWNS_FROM) continue;
      const point = { x: table.worldX(lon) * world - origin.x, y: mercatorY(lat) * world - origin.y };
      this.labelLand(host.nameOf(place), kind, point);
    }
    const box = edgesOf(origin.x / world, origin.y / world, (origin.x + size.x) / world, (origin.y + size.y) / world);
    const way = host.namingNumber;
    let left = Math.round((size.x * size.y) / ROOM);
    for (const { names, worlds } of host.land.namesIn(zoom, box).found) {
      for (const name of names) {
        if (name.zoom > zoom || left === 0) break;
        for (const shift of worlds) {
          const point = { x: (name.x + shift) * world - origin.x, y: name.y * world - origin.y };
          const isSeen = point.x > 0 && point.x < size.x && point.y > 0 && point.y < size.y;
          if (isSeen && this.labelLand(name.names[way], name.kind, point)) left -= 1;
        }
      }
    }
  }

  /**
   * Whether a name found room.
   * @param {string} text
   * @param {Label["kind"] | "province"} kind
   * @param {Point} point
   */
  labelLand(text, kind, point) {
    const { context, size } = this;
    const isTown = kind === "town";
    const style = { town: "", province: "italic ", country: "600 " }[kind];
    context.font = `${style}${this.letters(isTown ? 11 : 12)}px ${FONT}`;
    const box = onLand(point, kind, { width: this.widthOf(text, kind), height: this.letters(16) }, size, this.taken);
    if (!box) return false;
    this.taken.push(box);
    if (!isTown) {
      halo(context, text, point.x, point.y, "#6d6759", "center");
      return true;
    }
    context.beginPath();
    context.arc(point.x, point.y, 2, 0, Math.PI * 2);
    context.fillStyle = "#6a6357";
    context.fill();
    halo(context, text, point.x + 5, point.y, "#5b554a", "left");
    return true;
  }

  /** @param {number} size pixels, before they are made larger for a class room */
  letters(size) {
    return Math.round(size * this.host.magnification);
  }

  /**
   * @param {string} text
   * @param {Label["kind"] | "province"} kind
   */
  widthOf(text, kind) {
    const key = `${kind}:${this.host.magnification}:${text}`;
    const known = this.widths.get(key) ?? this.context.measureText(text).width;
    this.widths.set(key, known);
    return known;
  }

  /**
   * @param {Point} point
   * @returns {Item | null}
   */
  itemAt(point) {
    const item = itemUnder(this.items, point, this.density >= 0.5);
    if (item || this.density === 0) return item;
    const reach = Math.max(REACH, 0.75 * this.raster.cell);
    const rows = this.raster.near(this.table.rowsIn(this.host.bounds), point, this.project, reach);
    return rows.length ? { kind: "cell", x: point.x, y: point.y, rows, places: 1 } : null;
  }
}
