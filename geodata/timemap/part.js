// @ts-check
// A part of the squares of a large table: those of some categories. They are here already, so that a filter by the
// column of the colours asks the server for nothing.

import { anyBegins } from "./months.js";

/** @import { Bounds, Columns, Day, Spans } from "./types" */
/** @import { Squares } from "./worlds.js" */

/**
 * The spots of some categories.
 * @param {Squares} whole
 * @param {readonly number[]} codes
 * @returns {Squares}
 */
export function partOf({ columns, level, months }, codes) {
  const isKept = new Uint8Array(256);
  for (const code of codes) isKept[code] = 1;
  const { code = new Uint8Array(0) } = columns;
  const spots = Uint32Array.from(code, (_, spot) => spot).filter((spot) => isKept[code[spot]]);
  const cells = Object.entries(columns).map(([name, column]) => [name, column.length ? taken(column, spots) : column]);
  return {
    columns: /** @type {Columns} */ (Object.fromEntries(cells)),
    level,
    months: new PartOfMonths(months, spots, isKept),
  };
}

/**
 * @template {Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array | Float64Array} T
 * @param {T} column
 * @param {Uint32Array} rows
 * @returns {T}
 */
function taken(column, rows) {
  const found = /** @type {T} */ (new /** @type {any} */ (column.constructor)(rows.length));
  for (let at = 0; at < rows.length; at += 1) found[at] = column[rows[at]];
  return found;
}

/** As `Months`, of some of the spots. */
class PartOfMonths {
  /**
   * @param {Squares["months"]} whole
   * @param {Uint32Array} spots
   * @param {Uint8Array} isKept by category
   */
  constructor(whole, spots, isKept) {
    this.whole = whole;
    this.spots = spots;
    this.reports = new Uint32Array(spots.length); // of each spot, in the window that was asked for last
    this.shown = new Uint32Array(spots.length); // the spots that have some
    /** @type {Spans} */
    this.spans = {
      ...whole.spans,
      reports: whole.spans.reports?.map((each, at) => (isKept[whole.spans.code[at]] ? each : 0)),
    };
  }

  /** @param {Bounds} window as in `Months` */
  isHere(window) {
    return this.whole.isHere(window);
  }

  /**
   * As in `Months`.
   * @param {Day} first
   * @param {Day} last
   */
  beginIn(first, last) {
    return anyBegins(this.spans, first, last);
  }

  /** @param {Bounds | null} window as in `Months` */
  spotsIn(window) {
    const { reports, shown, spots } = this;
    this.whole.spotsIn(window); // which does nothing where it counted this window last
    let number = 0;
    for (let at = 0; at < spots.length; at += 1) {
      reports[at] = this.whole.reports[spots[at]];
      if (reports[at]) shown[number++] = at;
    }
    return shown.subarray(0, number);
  }
}
