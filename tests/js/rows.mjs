// @ts-check
// A small table to test with.

import { dayOfIso } from "../../geodata/timemap/days.js";
import { Table } from "../../geodata/timemap/table.js";

/** @import { FlagBits } from "../../geodata/timemap/types" */

/** @type {FlagBits} */
export const BITS = {
  subject: 128,
  denied: 64,
  confirmed: 32,
  qualified: 16,
  area: 8,
  graphic: 4,
  undated: 2,
  unmapped: 1,
  added: 256,
}; // not those of Python: the script takes what it is given

/**
 * @param {string} iso
 */
export function day(iso) {
  const found = dayOfIso(iso);
  if (found === null) throw new Error(`${iso} is no day`);
  return found;
}

/**
 * @typedef {object} Given
 * @property {string} [first] ISO 8601
 * @property {string} [last] the first where it is not given
 * @property {number} [lon]
 * @property {number} [lat]
 * @property {number} [radius] tenths of a kilometre
 * @property {(keyof FlagBits)[]} [signs]
 */

/**
 * @param {Given[]} rows sorted by first day
 * @param {number} [seam]
 */
export function tableOf(rows, seam) {
  const zeros = new Uint8Array(rows.length);
  const columns = {
    lon: Float32Array.from(rows, ({ lon = 45 }) => lon),
    lat: Float32Array.from(rows, ({ lat = 40 }) => lat),
    radius: Uint16Array.from(rows, ({ radius = 0 }) => radius),
    first: Int32Array.from(rows, ({ first = "2020-01-01" }) => day(first)),
    last: Int32Array.from(rows, ({ first = "2020-01-01", last = first }) => day(last)),
    side: zeros,
    kind: zeros,
    table: zeros,
    source: new Uint16Array(rows.length),
    flags: Uint16Array.from(rows, ({ signs = [] }) => signs.reduce((bits, sign) => bits | BITS[sign], 0)),
  };
  return new Table(columns, BITS, seam);
}
