// @ts-check
// Cells of a large table: what cells.py packs, as columns of entries that each stand for many reports.

import { MONTH_OPEN_END, MONTH_OPEN_START, monthDays } from "./days.js";
import { ARRAYS, OPEN_END, OPEN_START } from "./table.js";

/** @import { ArrayName, FlagBits } from "./types" */

const FORM = { point: 0, wide: 1 };
const NO_CODES = new Uint8Array(0); // columns that no entry has

/**
 * The entries, and the level of their squares.
 * @param {ArrayBuffer} buffer
 * @param {FlagBits} bit
 */
export function cellsOf(buffer, bit) {
  const length = new DataView(buffer).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const { level, entries, arrays } = head;
  const layout = /** @type {[string, [ArrayName, number, number]][]} */ (Object.entries(arrays));
  const read = Object.fromEntries(
    layout.map(([name, [type, start, size]]) => [name, new ARRAYS[type](buffer, 4 + length + start, size)]),
  );
  const columns = {
    ...{ lon: new Float32Array(entries), lat: new Float32Array(entries), radius: new Uint16Array(entries) },
    ...{ x: new Float64Array(entries), y: new Float64Array(entries), flags: new Uint16Array(entries) },
    ...{ first: new Int32Array(entries), last: new Int32Array(entries), code: new Uint8Array(entries) },
    ...{ side: NO_CODES, kind: NO_CODES, source: new Uint16Array(0) },
    reports: leb128(/** @type {Uint8Array} */ (read.reports), new Uint32Array(entries)),
  };
  const squares = leb128(/** @type {Uint8Array} */ (read.squares), new Float64Array(entries));
  const across = 2 ** level;
  let [entry, square, wide] = [0, 0, 0];
  for (let group = 0; group < read.size.length; group += 1) {
    const { first, last, flag } = daysOfMonths(read.begins[group], read.ends[group], bit);
    const form = read.form[group];
    const flags = flag | (form === FORM.point ? 0 : form === FORM.wide ? bit.area : bit.unmapped);
    const end = entry + read.size[group];
    columns.first.fill(first, entry, end);
    columns.last.fill(last, entry, end);
    columns.code.fill(read.code[group], entry, end);
    columns.flags.fill(flags, entry, end);
    if (form === FORM.point) {
      for (let place = 0; entry < end; entry += 1, square += 1) {
        place += squares[square];
        const line = Math.floor(place / across);
        columns.x[entry] = (place - line * across + 0.5) / across;
        columns.y[entry] = (line + 0.5) / across;
      }
    } else if (form === FORM.wide) {
      for (; entry < end; entry += 1, wide += 1) {
        columns.lon[entry] = read.lon[wide];
        columns.lat[entry] = read.lat[wide];
        columns.radius[entry] = read.radius[wide];
      }
    }
    entry = end;
  }
  return { columns, level: /** @type {number} */ (level) };
}

/**
 * @param {number} begins month
 * @param {number} ends
 * @param {FlagBits} bit
 */
function daysOfMonths(begins, ends, bit) {
  if (begins === 0) return { first: OPEN_END, last: OPEN_END, flag: bit.undated };
  return {
    first: begins === MONTH_OPEN_START ? OPEN_START : monthDays(begins).first,
    last: ends === MONTH_OPEN_END ? OPEN_END : monthDays(ends).last,
    flag: 0,
  };
}

/**
 * Numbers in bytes of seven bits, the lowest first.
 * @template {Uint32Array | Float64Array} T
 * @param {Uint8Array} bytes
 * @param {T} numbers
 * @returns {T}
 */
function leb128(bytes, numbers) {
  for (let at = 0, number = 0; at < bytes.length; number += 1) {
    let factor = 1;
    let value = 0;
    for (; bytes[at] > 127; at += 1, factor *= 128) value += (bytes[at] - 128) * factor;
    value += bytes[at] * factor;
    at += 1;
    numbers[number] = value;
  }
  return numbers;
}
