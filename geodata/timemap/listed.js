// @ts-check
// Which reports and incidents are shown, and which are not, in the order of the table: for the panel.

/** @import { Bounds, Options, Row } from "./types" */
/** @import { Table } from "./table.js" */

export class Listed {
  /** @param {{ options: Options, table: Table, readonly bounds: Bounds | null }} host */
  constructor(host) {
    this.host = host;
    /** @type {Map<string | number, Row[]> | undefined} once it is asked for */
    this.incidents = undefined;
  }

  /** Whether it is known here which reports tell of the same incident. */
  get knowsIncidents() {
    return Boolean(this.host.options.details);
  }

  /**
   * All rows of a row's incident; of a table whose details stay on the server the row alone.
   * @param {Row} row
   */
  ofIncident(row) {
    const { details } = this.host.options;
    if (!details) return [row];
    this.incidents ??= groupedByIncident(details);
    return this.incidents.get(details[row].incident) ?? [row];
  }

  /** @param {ArrayLike<Row>} rows */
  areOneIncident(rows) {
    const own = new Set(this.ofIncident(rows[0]));
    return Array.from(rows).every((row) => own.has(row));
  }

  /** @returns {Row[]} by first day; a typed array sorts a million rows at once, a comparison takes a second */
  shown() {
    return Array.from(Uint32Array.from(this.host.table.rowsIn(this.host.bounds)).sort());
  }

  /** The first row of each incident shown, by first day. */
  incidentsShown() {
    const { details } = this.host.options;
    if (!details) return this.shown();
    const seen = new Set();
    return this.shown().filter((row) => {
      const { incident } = details[row];
      return !seen.has(incident) && seen.add(incident);
    });
  }

  /** How many pass the filters unseen. */
  get unseen() {
    const { unplaced, polar, undated } = this.unshown();
    return unplaced.length + polar.length + undated.length;
  }

  /**
   * What passes the filters unseen: without a place, too near a pole for the map, or without a date while there is a
   * window.
   */
  unshown() {
    const { table, bounds } = this.host;
    const { flags, bit } = table;
    const shown = this.shown();
    const unplaced = shown.filter((row) => flags[row] & bit.unmapped);
    const polar = shown.filter((row) => !(flags[row] & bit.unmapped) && table.isPolar(row));
    const undated = bounds === null ? [] : Array.from(table.rowsIn(null)).filter((row) => flags[row] & bit.undated);
    return { unplaced, polar, undated };
  }
}

/**
 * @param {import("./types").Detail[]} details
 * @returns {Map<string | number, Row[]>}
 */
function groupedByIncident(details) {
  const groups = new Map();
  details.forEach(({ incident }, row) => {
    const known = groups.get(incident);
    if (known) known.push(row);
    else groups.set(incident, [row]);
  });
  return groups;
}

/**
 * @param {Set<Row>} selected
 * @param {Row[]} rows
 */
export function isSame(selected, rows) {
  return selected.size === rows.length && rows.every((row) => selected.has(row));
}
