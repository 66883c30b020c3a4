// @ts-check
// The table in the browser: typed columns sorted by first day, and which rows a window touches.
// Days are whole days since 1970-01-01 (UTC). Coordinates are WGS 84 degrees.

import { MOST_LATITUDE, mercatorX, mercatorY } from "./mercator.js";

/** @import { ArrayName, Bounds, Columns, Day, Detail, Fixed, FlagBits, Period, Row, Rows, Spans } from "./types" */
/** @import { Counted } from "./worlds.js" */

export const OPEN_START = -719162; // 0001-01-01: no first day is known
export const OPEN_END = 2932896; // 9999-12-31: no last day is known
const BLOCK = 256;

export const ARRAYS = { Float32Array, Uint16Array, Int32Array, Uint8Array };

/**
 * Bytes that travel as base64, as a mask does.
 * @param {string} text
 */
export function bytesOf(text) {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}

/**
 * What `packed` in __init__.py wrote, read in place.
 * @param {ArrayBuffer} buffer
 * @returns {{ columns: Columns, fixed: Fixed }}
 */
export function unpack(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const layout = /** @type {[string, [ArrayName, number]][]} */ (Object.entries(head.columns));
  const columns = layout.map(([name, [type, start]]) => [
    name,
    new ARRAYS[type](buffer, 4 + length + start, head.rows),
  ]);
  return { columns: Object.fromEntries(columns), fixed: head.fixed };
}

export class Table {
  /**
   * @param {Columns} columns
   * @param {FlagBits} bit
   * @param {number} seam see `seamOf`
   */
  constructor(columns, bit, seam = -180) {
    this.seam = seam;
    this.lon = columns.lon;
    this.lat = columns.lat;
    this.radius = columns.radius;
    this.first = columns.first;
    this.last = columns.last;
    this.columns = columns;
    this.flags = columns.flags;
    this.bit = bit;
    this.length = this.first.length;
    this.dated = this.length;
    while (this.dated && this.flags[this.dated - 1] & bit.undated) this.dated -= 1;
    /** @type {Uint32Array | null} how many reports each row stands for in the window that was asked for last; null
     * where it is one each */
    this.reports = columns.reports ?? null;
    /** @type {number | null} of the squares that the rows stand for, see cube.py; null where rows are reports */
    this.level = null;
    /** @type {Counted | null} of such rows: what a window holds of each */
    this.months = null;
    /** @type {Detail[] | null} of each row, of a part of a large table */
    this.details = null;
    this.x = new Float64Array(this.length);
    this.y = new Float64Array(this.length);
    this.place();
    // The latest last day of each block of rows: spans that began long before a window are found without reading all.
    this.blockLast = new Int32Array(Math.ceil(this.dated / BLOCK)).fill(OPEN_START);
    for (let i = 0; i < this.dated; i += 1) {
      const block = (i / BLOCK) | 0;
      if (this.last[i] > this.blockLast[block]) this.blockLast[block] = this.last[i];
    }
    /** @type {Uint8Array | null} */
    this.mask = null;
    this.found = new Int32Array(this.length);
    /** @type {{ mask: Uint8Array | null, extent: Period | null } | null} */
    this.measured = null;
    this.areaOf = new Int32Array(this.length).fill(-1);
    this.areas = this.distinctAreas();
    /** @type {number[] | null} see `apart` */
    this.noPoints = null;
  }

  /** Finds where each row lies in the world: of a large table the server tells it. */
  place() {
    const { columns, x, y, lon, lat, length } = this;
    if (columns.x && columns.y) {
      const behind = mercatorX(this.seam);
      for (let i = 0; i < length; i += 1) x[i] = columns.x[i] + (columns.x[i] < behind ? 1 : 0);
      y.set(columns.y);
    }
    for (let i = 0; i < length && !columns.x; i += 1) {
      x[i] = this.worldX(lon[i]);
      y[i] = mercatorY(lat[i]);
    }
  }

  /**
   * Other rows in place of these, for all who have this table.
   * @param {Columns} columns
   * @param {{ level?: number | null, months?: Counted | null, details?: Detail[] | null }} about
   */
  replace(columns, { level = null, months = null, details = null } = {}) {
    const reports = months?.reports ?? columns.reports ?? null;
    Object.assign(this, new Table(columns, this.bit, this.seam), { level, months, reports, details });
  }

  /**
   * How many reports rows stand for.
   * @param {Rows} rows
   */
  number(rows) {
    if (this.reports === null) return rows.length;
    let sum = 0;
    for (let at = 0; at < rows.length; at += 1) sum += this.reports[rows[at]];
    return sum;
  }

  /** @param {Row} row */
  weight(row) {
    return this.reports === null ? 1 : this.reports[row];
  }

  /**
   * The category of each row: of parts of a large table the server tells it.
   * @param {{ codes: Uint8Array }} colouring
   */
  codes({ codes }) {
    return this.columns.code ?? codes;
  }

  /**
   * Whether a row is among those chosen, which are named by their numbers in the whole table.
   * @param {Row} row
   * @param {Set<Row>} chosen
   */
  isAmong(row, chosen) {
    if (this.reports) return false;
    return chosen.has(this.columns.number ? this.columns.number[row] : row);
  }

  /**
   * Parts of the world to the east: as `mercatorX`, and beyond 1 behind the antimeridian of a map that reaches across.
   * @param {number} lon degrees
   */
  worldX(lon) {
    return mercatorX(lon) + (lon < this.seam ? 1 : 0);
  }

  /**
   * Whether a row lies too near a pole to be drawn.
   * @param {Row} row
   */
  isPolar(row) {
    return Math.abs(this.lat[row]) > MOST_LATITUDE;
  }

  /**
   * Whether a row can be on the map.
   * @param {Row} row
   */
  isDrawn(row) {
    return !(this.flags[row] & this.bit.unmapped) && !this.isPolar(row);
  }

  /** The rows that are no points, which are few. */
  get apart() {
    const { flags, bit } = this;
    this.noPoints ??= [...flags.keys()].filter((row) => flags[row] & (bit.area | bit.unmapped));
    return this.noPoints;
  }

  /** Places that are areas, each once, with one of its rows; `areaOf` has each row's area, -1 where it is a point. */
  distinctAreas() {
    const known = new Map();
    const areas = [];
    for (let row = 0; row < this.length; row += 1) {
      if ((this.flags[row] & (this.bit.area | this.bit.unmapped)) !== this.bit.area) continue;
      const key = `${this.lon[row]},${this.lat[row]},${this.radius[row]}`;
      if (!known.has(key)) {
        known.set(key, areas.length);
        areas.push({ lon: this.lon[row], lat: this.lat[row], radius: this.radius[row], row });
      }
      this.areaOf[row] = known.get(key);
    }
    return areas;
  }

  /**
   * The same rows with a mask of its own: a second view of one table.
   * @param {Uint8Array} bits
   * @returns {Table}
   */
  masked(bits) {
    const own = { mask: bits, found: new Int32Array(this.length) };
    return Object.assign(Object.create(Object.getPrototypeOf(this)), this, own);
  }

  /** The same rows in a table of its own: what replaces the rows of one leaves the other. */
  twin() {
    return new Table(this.columns, this.bit, this.seam);
  }

  /**
   * The lowest bit of the first byte is row 0; null keeps every row.
   * @param {Uint8Array | null} bits
   */
  setMask(bits) {
    this.mask = bits;
  }

  /** @param {Row} row */
  keeps(row) {
    return this.mask === null || ((this.mask[row >> 3] >> (row & 7)) & 1) === 1;
  }

  /**
   * The number of dated rows whose first day is at most `day`.
   * @param {Day} day
   */
  until(day) {
    let low = 0;
    let high = this.dated;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.first[middle] <= day) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * Whether a window cannot be counted yet, of a large table whose months are on their way.
   * @param {Bounds | null} window
   */
  isCounting(window) {
    return window !== null && this.months !== null && !this.months.isHere(window);
  }

  /**
   * The kept rows whose span touches the window, or lies surely inside it, in order. With no window every kept row,
   * the undated ones too. The answer is a view that the next call overwrites.
   * @param {Bounds | null} window
   */
  rowsIn(window) {
    const { mask, found, last: lasts } = this;
    let count = 0;
    if (this.months) return this.months.spotsIn(window);
    if (window === null) {
      for (let row = 0; row < this.length; row += 1) {
        if (mask === null || (mask[row >> 3] >> (row & 7)) & 1) found[count++] = row;
      }
      return found.subarray(0, count);
    }
    if (window.surely) return this.rowsSurelyIn(window);
    const { first, last } = window;
    const end = this.until(last);
    const start = this.until(first - 1);
    for (let block = 0; block * BLOCK < start; block += 1) {
      if (this.blockLast[block] < first) continue;
      const stop = Math.min(start, (block + 1) * BLOCK);
      for (let row = block * BLOCK; row < stop; row += 1) {
        if (lasts[row] >= first && this.keeps(row)) found[count++] = row;
      }
    }
    for (let row = start; row < end; row += 1) {
      if (mask === null || (mask[row >> 3] >> (row & 7)) & 1) found[count++] = row;
    }
    return found.subarray(0, count);
  }

  /**
   * The kept reports as spans of days with a category each, for all that counts by days alone.
   * @param {{ codes: Uint8Array }} colouring
   * @returns {Spans}
   */
  spans(colouring) {
    return this.months?.spans ?? { dated: this.dated, first: this.first, last: this.last, code: this.codes(colouring) };
  }

  /** @param {Period} window */
  rowsSurelyIn({ first, last }) {
    const { found, last: lasts, flags, bit } = this;
    const end = this.until(last);
    let count = 0;
    for (let row = this.until(first - 1); row < end; row += 1) {
      if (lasts[row] <= last && !(flags[row] & bit.qualified) && this.keeps(row)) found[count++] = row;
    }
    return found.subarray(0, count);
  }

  /**
   * Whether any kept row begins on a day from `first` to `last`.
   * @param {Day} first
   * @param {Day} last
   */
  beginsIn(first, last) {
    if (this.months) return this.months.beginIn(first, last);
    const end = this.until(last);
    for (let row = this.until(first - 1); row < end; row += 1) if (this.keeps(row)) return true;
    return false;
  }

  /**
   * Which codes the kept rows have: a byte for each code, 1 where a row has it.
   * @param {Uint8Array} codes of each row
   */
  present(codes) {
    const seen = new Uint8Array(256);
    for (let row = 0; row < this.length; row += 1) if (this.keeps(row)) seen[codes[row]] = 1;
    return seen;
  }

  /** The first and last day of the kept rows, open ends apart; null where none is dated. */
  extent() {
    if (this.measured?.mask !== this.mask) this.measured = { mask: this.mask, extent: this.findExtent() };
    return this.measured.extent;
  }

  /** @returns {Period | null} */
  findExtent() {
    const spans = this.months?.spans ?? this;
    let first = Infinity;
    let last = -Infinity;
    for (let row = 0; row < spans.dated; row += 1) {
      if (!this.keeps(row) || spans.reports?.[row] === 0) continue;
      const [a, b] = [spans.first[row], spans.last[row]];
      if (a !== OPEN_START) {
        if (a < first) first = a;
        if (a > last) last = a;
      }
      if (b !== OPEN_END) {
        if (b < first) first = b;
        if (b > last) last = b;
      }
    }
    return first === Infinity ? null : { first, last };
  }

  /** @param {Row} row */
  isVague(row) {
    const { bit } = this;
    return this.first[row] !== this.last[row] || (this.flags[row] & (bit.qualified | bit.undated)) !== 0;
  }
}
