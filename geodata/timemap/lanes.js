// @ts-check
// Lanes: one for each category, each report a bar over the days it may be of. Certain days are solid, vague ones
// translucent, open ends fade. With many reports a lane is a strip of density.

import { FONT, INK, make, penOf, plural, sized } from "./dom.js";
import { pixelOf } from "./raster.js";
import { OPEN_END, OPEN_START } from "./table.js";

/** @import { Category, Colouring, Period, Row, Rows } from "./types" */
/** @import { Table } from "./table.js" */

/** @typedef {{ category: Category, rows: Row[] }} Lane */
/** @typedef {{ row: Row, x: number, y: number, wide: number, lane: Lane }} Bar */

const BAR = 6; // pixels of a bar
const GAP = 2;
const HEAD = 16; // pixels of a lane's name
const STRIP = 16; // pixels of a lane of density
const SPACE = 5; // pixels between two lanes
const MOST_BARS = 3000; // reports of which each still gets a bar

/**
 * The dated rows of each category that has any.
 * @param {Table} table
 * @param {Rows} rows
 * @param {Colouring} colouring
 * @returns {Lane[]}
 */
export function lanesOf(table, rows, { categories, codes }) {
  const lanes = categories.map((category) => ({ category, rows: /** @type {Row[]} */ ([]) }));
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at];
    if (!(table.flags[row] & table.bit.undated)) lanes[codes[row]].rows.push(row);
  }
  return lanes.filter((lane) => lane.rows.length);
}

/**
 * Packs bars: each takes the first line of its lane on which it touches no other.
 * @param {Table} table
 * @param {Lane[]} lanes
 * @param {Period} domain
 * @param {number} width pixels
 */
export function packed(table, lanes, domain, width) {
  const perDay = width / (domain.last - domain.first + 1);
  /** @type {Bar[]} */
  const bars = [];
  const tops = [];
  let top = 0;
  for (const lane of lanes) {
    /** @type {number[]} */
    const ends = []; // of each line
    for (const row of lane.rows) {
      const first = Math.max(table.first[row], domain.first);
      const last = Math.min(table.last[row], domain.last);
      if (first > domain.last || last < domain.first) continue;
      const x = (first - domain.first) * perDay;
      const wide = Math.max(4, (last - first + 1) * perDay - 1);
      let line = ends.findIndex((end) => end <= x);
      if (line < 0) line = ends.length;
      ends[line] = x + wide + 2;
      bars.push({ row, x, y: top + HEAD + line * (BAR + GAP), wide, lane });
    }
    tops.push(top);
    top += HEAD + Math.max(1, ends.length) * (BAR + GAP) + SPACE;
  }
  return { bars, tops, height: top };
}

/**
 * How many reports each pixel of a strip may hold, each report spread evenly over its own.
 * @param {Table} table
 * @param {Rows} rows
 * @param {Period} domain
 * @param {number} width pixels
 */
export function spread(table, rows, domain, width) {
  const perDay = width / (domain.last - domain.first + 1);
  const change = new Float64Array(width + 1);
  for (const row of rows) {
    if (table.first[row] > domain.last || table.last[row] < domain.first) continue;
    const from = Math.max(0, Math.min(width - 1, Math.floor((table.first[row] - domain.first) * perDay)));
    const to = Math.max(from, Math.min(width - 1, Math.floor((table.last[row] - domain.first) * perDay)));
    change[from] += 1 / (to - from + 1);
    change[to + 1] -= 1 / (to - from + 1);
  }
  const held = new Float64Array(width);
  for (let x = 0, running = 0; x < width; x += 1) {
    running += change[x];
    held[x] = Math.max(0, running);
  }
  return held;
}

export class Lanes {
  /**
   * @param {Table} table
   * @param {object} host
   * @param {() => { colouring: Colouring, domain: Period | null, width: number, selected: Set<Row> }} host.shown
   * @param {(row: Row, event: MouseEvent) => void} host.hover
   * @param {() => void} host.leave
   * @param {(row: Row) => void} host.choose
   */
  constructor(table, host) {
    this.table = table;
    this.host = host;
    /** @type {Bar[]} */
    this.bars = [];
    this.canvas = make("canvas", { "aria-hidden": "true" });
    this.note = make("p", { class: "tm-faint tm-lanes-note" });
    const role = { role: "img", "aria-label": "Lanes: each report as a bar over its possible days" };
    this.element = make("div", { class: "tm-lanes", hidden: true, ...role }, this.note, this.canvas);
    this.canvas.addEventListener("mousemove", (event) => this.point(event));
    this.canvas.addEventListener("mouseleave", () => host.leave());
    this.canvas.addEventListener("click", (event) => {
      const bar = this.barAt(event);
      if (bar) host.choose(bar.row);
    });
  }

  get open() {
    return !this.element.hidden;
  }

  toggle() {
    this.element.hidden = this.open;
    if (this.open) this.draw();
  }

  draw() {
    if (!this.open) return;
    const { colouring, domain, width, selected } = this.host.shown();
    if (!width || !domain) return;
    const rows = this.table.rowsIn(null);
    const lanes = lanesOf(this.table, rows, colouring);
    const isDense = lanes.reduce((sum, lane) => sum + lane.rows.length, 0) > MOST_BARS;
    this.bars = [];
    if (isDense) this.drawStrips(lanes, domain, width);
    else this.drawBars(lanes, domain, width, selected);
    this.note.textContent = isDense
      ? `Each strip: the more reports a time may hold, the stronger. ${plural(rows.length, "report")}.`
      : "Solid: the day is known. Translucent: some day within the bar. Fading: no first or last day is known.";
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Lane} lane
   * @param {number} top
   */
  name(context, { category, rows }, top) {
    context.font = `600 11px ${FONT}`;
    context.textBaseline = "top";
    context.fillStyle = category.colour;
    context.fillRect(0, top + 3, 9, 9);
    context.fillStyle = INK;
    context.fillText(`${category.letter} ${category.name} · ${rows.length.toLocaleString("en")}`, 13, top + 2);
  }

  /**
   * @param {Lane[]} lanes
   * @param {Period} domain
   * @param {number} width
   * @param {Set<Row>} selected
   */
  drawBars(lanes, domain, width, selected) {
    const { bars, tops, height } = packed(this.table, lanes, domain, width);
    const context = sized(this.canvas, width, height);
    lanes.forEach((lane, at) => this.name(context, lane, tops[at]));
    for (const bar of bars) this.bar(context, bar, selected.has(bar.row));
    this.bars = bars;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Bar} bar
   * @param {boolean} isChosen
   */
  bar(context, { row, x, y, wide, lane }, isChosen) {
    const { table } = this;
    const { colour } = lane.category;
    const [openStart, openEnd] = [table.first[row] === OPEN_START, table.last[row] === OPEN_END];
    if (openStart || openEnd) {
      const fade = context.createLinearGradient(x, 0, x + wide, 0);
      fade.addColorStop(0, openStart ? `${colour}00` : `${colour}99`);
      fade.addColorStop(1, openEnd ? `${colour}00` : `${colour}99`);
      context.fillStyle = fade;
    } else context.fillStyle = table.isVague(row) ? `${colour}66` : colour;
    context.fillRect(x, y, wide, BAR);
    if (table.isVague(row) && !openStart && !openEnd) {
      context.strokeStyle = colour;
      context.lineWidth = 1;
      context.strokeRect(x + 0.5, y + 0.5, wide - 1, BAR - 1);
    }
    if (isChosen) {
      context.strokeStyle = INK;
      context.lineWidth = 2;
      context.strokeRect(x - 1.5, y - 1.5, wide + 3, BAR + 3);
    }
  }

  /**
   * @param {Lane[]} lanes
   * @param {Period} domain
   * @param {number} width
   */
  drawStrips(lanes, domain, width) {
    const context = sized(this.canvas, width, lanes.length * (HEAD + STRIP + SPACE));
    lanes.forEach((lane, at) => {
      const held = spread(this.table, lane.rows, domain, width);
      const most = held.reduce((high, share) => Math.max(high, share), 1e-9);
      const image = context.createImageData(width, 1);
      const pixels = new Uint32Array(image.data.buffer);
      const colour = pixelOf(lane.category.colour);
      for (let x = 0; x < width; x += 1) {
        const share = Math.log1p(held[x] * 20) / Math.log1p(most * 20);
        pixels[x] = (Math.round(share * 255) << 24) | colour;
      }
      const line = new OffscreenCanvas(width, 1);
      penOf(line).putImageData(image, 0, 0);
      const top = at * (HEAD + STRIP + SPACE);
      this.name(context, lane, top);
      context.drawImage(line, 0, top + HEAD, width, STRIP);
    });
  }

  /** @param {MouseEvent} event */
  barAt({ offsetX: x, offsetY: y }) {
    const isUnder = (/** @type {Bar} */ bar) =>
      x >= bar.x - 2 && x <= bar.x + bar.wide + 2 && y >= bar.y - 1 && y <= bar.y + BAR + 1;
    return this.bars.findLast(isUnder) ?? null;
  }

  /** @param {MouseEvent} event */
  point(event) {
    const bar = this.barAt(event);
    this.canvas.style.cursor = bar ? "pointer" : "";
    if (bar) this.host.hover(bar.row, event);
    else this.host.leave();
  }
}
