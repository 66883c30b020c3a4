// @ts-check
// The squares of the whole world of a large table, for each map: of all that is shown, and of each of two sets that are
// compared.

import { groupsOf, spotsOf } from "./cells.js";
import { Months } from "./months.js";
import { partOf } from "./part.js";
import { Windows } from "./windows.js";

/** @import { Bounds, Columns, FlagBits, Part } from "./types" */
/** @import { Far } from "./far.js" */
/** @import { MapView } from "./mapview.js" */
/** @import { Table } from "./table.js" */

/** @typedef {"spotsIn" | "beginIn" | "isHere" | "reports" | "spans"} OfWindows what is asked of months */
/** @typedef {Pick<Months, OfWindows>} Counted */
/** @typedef {{ columns: Columns, level: number, months: Counted }} Squares */
/** @typedef {{ columns: Columns, level: number, kinds: number, months: Months }} Came from the server, whole */
/** @typedef {{ view: string, part: Part | null }} Asked a query, and where its squares are some of those of another */
/** @typedef {{ query: string, squares: Squares | null, table: Table }} World `table` has the squares for who counts */

/** @type {MapView["part"][]} */
const WORLD_PARTS = ["", "first", "second"];

/**
 * @param {ArrayBuffer} buffer
 * @param {FlagBits} bit
 * @returns {Came}
 */
export function squaresOf(buffer, bit) {
  const { columns, level, kinds } = spotsOf(buffer, bit);
  return { columns, level, kinds, months: new Months(groupsOf(buffer, kinds), columns.reports) };
}

export class Worlds {
  /** @param {Far} far */
  constructor(far) {
    this.far = far;
    const { table } = far.host;
    const none = (/** @type {Table} */ of) => /** @type {World} */ ({ query: "", squares: null, table: of });
    this.of = { "": none(table), first: none(table.twin()), second: none(table.twin()) };
    /** @type {Map<string, Promise<Came | null>>} what came, or is on its way */
    this.known = new Map();
    /** @type {Map<string, Windows>} what windows need of them, by query */
    this.windows = new Map();
    this.wanted = ""; // what the maps are to show
    this.taken = ""; // and what they do
  }

  /**
   * Whether others than before are here, of what is wanted still.
   * @param {Asked[]} asked of all that is shown, then of each of two maps
   * @param {Bounds | null} window which is then shown
   */
  async take(asked, window) {
    const wanted = JSON.stringify(asked);
    this.wanted = wanted;
    this.forget(asked.map(({ view, part }) => part?.whole ?? view));
    if (wanted === this.taken) return false;
    const came = await Promise.all(asked.map((one) => this.squaresFor(one, window)));
    if (this.wanted !== wanted || came.includes(null)) return false;
    this.taken = wanted;
    asked.forEach(({ view }, at) => {
      const squares = /** @type {Squares} */ (came[at]);
      Object.assign(this.of[WORLD_PARTS[at]], { query: view, squares });
      this.of[WORLD_PARTS[at]].table.replace(squares.columns, squares);
    });
    return true;
  }

  /**
   * A table of its own for a map.
   * @param {MapView["part"]} part
   */
  tableFor(part) {
    const { table, squares } = this.of[part];
    const found = table.twin();
    if (squares) found.replace(squares.columns, squares);
    return found;
  }

  /**
   * @param {Asked} asked
   * @param {Bounds | null} window
   * @returns {Promise<Squares | null>}
   */
  async squaresFor({ view, part }, window) {
    const query = part?.whole ?? view;
    const came = await this.whole(query);
    if (!came) return null;
    if (window && !(await this.windows.get(query)?.take(window))) return null;
    return part ? partOf(came, part.codes) : came;
  }

  /**
   * The squares that the server has for a query.
   * @param {string} query
   */
  whole(query) {
    const known = this.known.get(query);
    if (known) return known;
    const coming = this.fetched(query);
    this.known.set(query, coming);
    coming.then((came) => {
      if (!came && this.known.get(query) === coming) this.known.delete(query); // so that it is asked for again
    });
    return coming;
  }

  /** @param {string} query */
  async fetched(query) {
    const buffer = await this.far.asked(query, "cells", query, this.far.tell);
    if (!buffer) return null;
    const squares = squaresOf(buffer, this.far.host.table.bit);
    const windows = new Windows(this.far, query);
    this.windows.set(query, windows);
    windows.ask(() => squares.months);
    return squares;
  }

  /**
   * All squares but those of these queries; what is on its way of them is given up.
   * @param {string[]} queries
   */
  forget(queries) {
    for (const query of this.known.keys()) {
      if (queries.includes(query)) continue;
      this.known.delete(query);
      this.far.giveUp(query);
      this.windows.get(query)?.giveUp();
      this.windows.delete(query);
    }
  }
}
