// @ts-check
// What was clicked on the map, kept as its places: whatever window, filters and camera become, it is the reports there.

/** @import { Bounds, Item, Row } from "./types" */
/** @import { Table } from "./table.js" */

const MOST_PLACES = 40; // that a link can name
const CLICKED = /** @type {const} */ (["mark", "area", "cell"]);

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
    this.across = new Set(anchors.map((row) => acrossOf(host.table, row)));
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
   * As a link has it; nothing where it names no row of the table. Older links do not say what was clicked.
   * @param {{ table: Table, readonly bounds: Bounds | null }} host
   * @param {string} text
   */
  static read(host, text) {
    const [named, ...others] = text.split(".");
    const said = CLICKED.find((kind) => kind === named);
    const rows = (said ? others : [named, ...others]).filter(Boolean).map(Number);
    const isKnown = rows.length > 0 && rows.every((row) => row in host.table.flags);
    if (!isKnown) return null;
    const isArea = rows.some((row) => host.table.areaOf[row] >= 0);
    return new Here(host, said ?? (isArea ? "area" : "mark"), rows);
  }

  /** Blank where there are more places than a link can name. */
  get text() {
    return this.anchors.length > MOST_PLACES ? "" : [this.kind, ...this.anchors].join(".");
  }

  /** The reports there that are shown, those of each place by first day, in the order of the places. */
  get item() {
    const { table, bounds } = this.host;
    const candidates = Array.from(table.rowsIn(bounds)).filter((row) => this.across.has(acrossOf(table, row)));
    const keys = [...this.places];
    const shown = candidates.map((row) => ({ row, at: keys.indexOf(placeKey(table, row)) }));
    const there = shown.filter(({ at }) => at >= 0).sort((a, b) => a.at - b.at || a.row - b.row);
    const places = new Set(there.map(({ at }) => at)).size;
    return /** @type {Item} */ ({ kind: this.kind, rows: there.map(({ row }) => row), places });
  }
}

/**
 * A number that the rows of a place share, and few others: of a million rows, most are told apart by it.
 * @param {Table} table
 * @param {Row} row
 */
function acrossOf(table, row) {
  return table.areaOf[row] >= 0 ? -1 - table.areaOf[row] : table.x[row];
}

/**
 * The same for the rows of a place: an area by its number, a point by where it lies.
 * @param {Table} table
 * @param {Row} row
 */
function placeKey(table, row) {
  return table.areaOf[row] >= 0 ? `${table.areaOf[row]}` : `${table.x[row]} ${table.y[row]}`;
}
