// @ts-check
// What was clicked on the map, kept as its places: whatever window, filters and camera become, it is the reports there.

/** @import { Bounds, Item, Row } from "./types" */
/** @import { Table } from "./table.js" */

const MOST_PLACES = 40; // that a link can name

export class Here {
  /**
   * @param {{ table: Table, readonly bounds: Bounds | null }} host
   * @param {Item["kind"]} kind
   * @param {Row[]} anchors a row of each place
   */
  constructor(host, kind, anchors) {
    this.host = host;
    this.kind = kind;
    this.anchors = anchors;
    this.places = new Set(anchors.map((row) => placeKey(host.table, row)));
  }

  /**
   * @param {{ table: Table, readonly bounds: Bounds | null }} host
   * @param {Item} item
   */
  static of(host, { kind, rows }) {
    /** @type {Map<string, Row>} */
    const known = new Map();
    for (const row of rows) {
      const key = placeKey(host.table, row);
      if (!known.has(key)) known.set(key, row);
    }
    return new Here(host, kind, [...known.values()]);
  }

  /**
   * As a link has it; nothing where it names no row of the table.
   * @param {{ table: Table, readonly bounds: Bounds | null }} host
   * @param {string} text
   */
  static read(host, text) {
    const rows = text.split(".").filter(Boolean).map(Number);
    const isKnown = rows.length > 0 && rows.every((row) => row in host.table.flags);
    if (!isKnown) return null;
    const isArea = rows.some((row) => host.table.areaOf[row] >= 0);
    return new Here(host, isArea ? "area" : "mark", rows);
  }

  /** Blank where there are more places than a link can name. */
  get text() {
    return this.anchors.length > MOST_PLACES ? "" : this.anchors.join(".");
  }

  /** The reports there that are shown, by first day. */
  get item() {
    const { table, bounds } = this.host;
    const rows = Array.from(table.rowsIn(bounds)).filter((row) => this.places.has(placeKey(table, row)));
    return /** @type {Item} */ ({ kind: this.kind, rows: rows.sort((a, b) => a - b) });
  }
}

/**
 * The same for the rows of a place: an area by its number, a point by where it lies.
 * @param {Table} table
 * @param {Row} row
 */
function placeKey(table, row) {
  return table.areaOf[row] >= 0 ? `${table.areaOf[row]}` : `${table.x[row]} ${table.y[row]}`;
}
