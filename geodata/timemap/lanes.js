// @ts-check
// Lanes: one for each category, each report a bar over the days it may be of. Certain days are solid, vague ones
// translucent, open ends fade. With many reports a lane is a strip of density.

import { FONT, INK, make, penOf, plural, sized } from "./dom.js";
import { pixelOf } from "./raster.js";
import { OPEN_END, OPEN_START } from "./table.js";

/** @import { Category, Colouring, Day, Period, Row, Rows } from "./types" */
/** @import { Table } from "./table.js" */

/** @typedef {{ category: Category, rows: Row[] }} Lane */
/** @typedef {{ row: Row, x: number, y: number, wide: number, lane: Lane }} Bar */
/** @typedef {{ category: Category, reports: number, held: Float64Array }} Strip `held`: how many, of each pixel */

const HEAD = 13; // pixels of a lane's name
const SPACE = 3; // pixels between two lanes
const PITCHES = [8, 7, 6, 5, 4, 3, 2]; // pixels from one line of bars to the next: the largest at which all lanes fit
const MOST_BARS = 3000; // reports of which each still gets a bar
const [LEAST_STRIP, MOST_STRIP] = [4, 16]; // pixels of a lane of density
const SIGNS_SAID =
  "Solid: the day is known. Translucent: some day within the bar. Fading: no first or last day is known.";
const NAME_FONT = `600 11px ${FONT}`;
const SHARE = 0.28; // of the window's height, for all lanes together

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
 * Packs bars: each takes the first line of its lane on which it touches no other, nor the lane's name, upper left.
 * All lanes together take `height` pixels where the thinnest bars allow it. Where they do not, each lane is cut at the
 * same number of lines, and `hidden` counts what is left out; what is selected stays, on the last line.
 * @param {Table} table
 * @param {Lane[]} lanes
 * @param {Period} domain
 * @param {object} room
 * @param {number} room.width pixels
 * @param {number} room.height
 * @param {(lane: Lane) => number} room.nameWidth
 * @param {Set<Row>} room.selected
 */
export function packed(table, lanes, domain, { width, height, nameWidth, selected }) {
  const linesAt = (/** @type {number} */ pitch) => {
    const named = Math.ceil(HEAD / pitch);
    return lanes.map((lane) => linesOf(table, lane, domain, { width, named, nameWidth: nameWidth(lane) }));
  };
  const highAt = (/** @type {number} */ pitch, /** @type {ReturnType<typeof linesAt>} */ packs) =>
    packs.reduce((sum, { count }) => sum + count * pitch + SPACE, 0);
  let [pitch] = PITCHES;
  let packs = linesAt(pitch);
  for (const thinner of PITCHES.slice(1)) {
    if (highAt(pitch, packs) <= height) break;
    [pitch, packs] = [thinner, linesAt(thinner)];
  }
  const most = mostLines(
    packs.map(({ count }) => count),
    Math.floor((height - SPACE * lanes.length) / pitch),
    Math.ceil(HEAD / pitch),
  );
  /** @type {Bar[]} */
  const bars = [];
  const hidden = lanes.map(() => 0);
  const tops = [];
  let top = 0;
  for (const [number, { placed, count }] of packs.entries()) {
    const shown = Math.min(count, most);
    for (const { row, x, wide, line } of placed) {
      if (line < shown || selected.has(row)) {
        bars.push({ row, x, wide, y: top + Math.min(line, shown - 1) * pitch, lane: lanes[number] });
      } else hidden[number] += 1;
    }
    tops.push(top);
    top += shown * pitch + SPACE;
  }
  return { bars, tops, hidden, height: top, thick: pitch - (pitch > 6 ? 2 : 1) };
}

/**
 * The line of each bar of one lane, and how many lines it takes.
 * @param {Table} table
 * @param {Lane} lane
 * @param {Period} domain
 * @param {{ width: number, named: number, nameWidth: number }} room `named`: the lines beside the name
 */
function linesOf(table, lane, domain, { width, named, nameWidth }) {
  const perDay = width / (domain.last - domain.first + 1);
  const ends = Array.from({ length: named }, () => nameWidth); // of each line
  const placed = [];
  for (const row of lane.rows) {
    const first = Math.max(table.first[row], domain.first);
    const last = Math.min(table.last[row], domain.last);
    if (first > domain.last || last < domain.first) continue;
    const x = (first - domain.first) * perDay;
    const wide = Math.max(4, (last - first + 1) * perDay - 1);
    let line = ends.findIndex((end) => end <= x);
    if (line < 0) line = ends.length;
    ends[line] = x + wide + 2;
    placed.push({ row, x, wide, line });
  }
  return { placed, count: ends.length };
}

/**
 * The largest number at which lanes may be cut so that all together have no more lines than there is room for.
 * @param {number[]} counts lines of each lane
 * @param {number} room
 * @param {number} least
 */
export function mostLines(counts, room, least) {
  let most = Math.max(...counts, least);
  while (most > least && counts.reduce((sum, count) => sum + Math.min(count, most), 0) > room) most -= 1;
  return most;
}

/**
 * The strip of each category that has dated reports: how many each pixel may hold, each spread evenly over its own.
 * @param {Table} table
 * @param {Period} domain
 * @param {number} width pixels
 * @param {Pick<Colouring, "categories" | "codes">} colouring
 * @returns {Strip[]}
 */
export function stripsOf(table, domain, width, colouring) {
  const perDay = width / (domain.last - domain.first + 1);
  const spans = table.spans(colouring);
  const pixel = (/** @type {Day} */ day) => Math.max(0, Math.min(width - 1, Math.floor((day - domain.first) * perDay)));
  const strips = colouring.categories.map((category) => ({ category, reports: 0, held: new Float64Array(width + 1) }));
  for (let at = 0; at < spans.dated; at += 1) {
    const number = spans.reports ? spans.reports[at] : 1;
    if (!number || !table.keeps(at)) continue;
    const strip = strips[spans.code[at]];
    strip.reports += number;
    if (spans.first[at] > domain.last || spans.last[at] < domain.first) continue;
    const [from, to] = [pixel(spans.first[at]), pixel(spans.last[at])];
    strip.held[from] += number / (to - from + 1); // what begins here, and what has ended before the next
    strip.held[to + 1] -= number / (to - from + 1);
  }
  for (const { held } of strips) for (let x = 1; x < width; x += 1) held[x] += held[x - 1];
  return strips.filter((strip) => strip.reports);
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
    this.thick = 0; // pixels of a bar
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
    const isCounted = this.table.months !== null; // of a large table no report is here by itself
    const lanes = isCounted ? [] : lanesOf(this.table, this.table.rowsIn(null), colouring);
    const isDense = isCounted || lanes.reduce((sum, lane) => sum + lane.rows.length, 0) > MOST_BARS;
    this.bars = [];
    if (isDense) {
      const strips = stripsOf(this.table, domain, width, colouring);
      const number = strips.reduce((sum, { reports }) => sum + reports, 0);
      this.drawStrips(strips, width);
      const said = "Each strip: the more reports a time may hold, the stronger.";
      this.note.textContent = `${said} ${plural(number, "report")}.`;
    } else {
      const isCut = this.drawBars(lanes, domain, width, selected);
      this.note.textContent = `${SIGNS_SAID}${isCut ? " Not drawn: what has no room; zoom in." : ""}`;
    }
  }

  /** Pixels for all lanes together. */
  get height() {
    return Math.max(160, Math.min(360, Math.round(window.innerHeight * SHARE)));
  }

  /**
   * @param {Category} category
   * @param {number} reports
   * @param {number} [hidden] reports that found no line
   */
  titleOf(category, reports, hidden = 0) {
    const more = hidden ? `, ${hidden.toLocaleString("en")} not drawn` : "";
    return `${category.letter} ${category.name} · ${reports.toLocaleString("en")}${more}`;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Category} category
   * @param {number} top
   * @param {string} title
   */
  name(context, category, top, title) {
    context.textBaseline = "middle";
    context.fillStyle = category.colour;
    context.fillRect(0, top + 2, 9, 9);
    context.lineWidth = 4;
    context.strokeStyle = "#fff";
    context.strokeText(title, 13, top + HEAD / 2);
    context.fillStyle = INK;
    context.fillText(title, 13, top + HEAD / 2);
  }

  /**
   * Whether some bar found no room.
   * @param {Lane[]} lanes
   * @param {Period} domain
   * @param {number} width
   * @param {Set<Row>} selected
   */
  drawBars(lanes, domain, width, selected) {
    const measured = sized(this.canvas, width, 1);
    measured.font = NAME_FONT;
    const nameWidth = (/** @type {Lane} */ { category, rows }) =>
      measured.measureText(this.titleOf(category, rows.length, rows.length)).width + 20;
    const room = { width, height: this.height, nameWidth, selected };
    const { bars, tops, hidden, height, thick } = packed(this.table, lanes, domain, room);
    const context = sized(this.canvas, width, Math.max(1, height));
    for (const bar of bars) this.bar(context, bar, thick, selected.has(bar.row));
    context.font = NAME_FONT;
    lanes.forEach(({ category, rows }, at) => {
      this.name(context, category, tops[at], this.titleOf(category, rows.length, hidden[at]));
    });
    this.bars = bars;
    this.thick = thick;
    return hidden.some(Boolean);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Bar} bar
   * @param {number} thick pixels
   * @param {boolean} isChosen
   */
  bar(context, { row, x, y, wide, lane }, thick, isChosen) {
    const { table } = this;
    const { colour } = lane.category;
    const [openStart, openEnd] = [table.first[row] === OPEN_START, table.last[row] === OPEN_END];
    if (openStart || openEnd) {
      const fade = context.createLinearGradient(x, 0, x + wide, 0);
      fade.addColorStop(0, openStart ? `${colour}00` : `${colour}99`);
      fade.addColorStop(1, openEnd ? `${colour}00` : `${colour}99`);
      context.fillStyle = fade;
    } else context.fillStyle = table.isVague(row) ? `${colour}66` : colour;
    context.fillRect(x, y, wide, thick);
    if (thick > 3 && table.isVague(row) && !openStart && !openEnd) {
      context.strokeStyle = colour;
      context.lineWidth = 1;
      context.strokeRect(x + 0.5, y + 0.5, wide - 1, thick - 1);
    }
    if (isChosen) {
      context.strokeStyle = INK;
      context.lineWidth = 2;
      context.strokeRect(x - 1.5, y - 1.5, wide + 3, thick + 3);
    }
  }

  /**
   * @param {Strip[]} strips
   * @param {number} width
   */
  drawStrips(strips, width) {
    const free = Math.floor(this.height / strips.length) - HEAD - SPACE;
    const thick = Math.max(LEAST_STRIP, Math.min(MOST_STRIP, free));
    const context = sized(this.canvas, width, strips.length * (HEAD + thick + SPACE));
    context.font = NAME_FONT;
    strips.forEach(({ category, reports, held }, at) => {
      const most = held.reduce((high, share) => Math.max(high, share), 1e-9);
      const image = context.createImageData(width, 1);
      const pixels = new Uint32Array(image.data.buffer);
      const colour = pixelOf(category.colour);
      for (let x = 0; x < width; x += 1) {
        const share = Math.log1p(Math.max(0, held[x]) * 20) / Math.log1p(most * 20); // sums of parts end near nought
        pixels[x] = (Math.round(share * 255) << 24) | colour;
      }
      const line = new OffscreenCanvas(width, 1);
      penOf(line).putImageData(image, 0, 0);
      const top = at * (HEAD + thick + SPACE);
      this.name(context, category, top, this.titleOf(category, reports));
      context.drawImage(line, 0, top + HEAD, width, thick);
    });
  }

  /** @param {MouseEvent} event */
  barAt({ offsetX: x, offsetY: y }) {
    const isUnder = (/** @type {Bar} */ bar) =>
      x >= bar.x - 2 && x <= bar.x + bar.wide + 2 && y >= bar.y - 1 && y <= bar.y + this.thick + 1;
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
