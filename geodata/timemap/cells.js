// @ts-check
// Squares of a large table: what cells.py packs. Each row is a spot: a square, a wide area or no place, with one
// category, which stands for many reports.

import { latOf, lonOf } from "./mercator.js";
import { ARRAYS } from "./table.js";

/** @import { ArrayName, FlagBits, GroupedEntries, Groups } from "./types" */

const FORM = { square: 0, area: 1, nowhere: 2 };
const WIDE_LEVEL = 24; // of the square in which an area's middle lies, see cube.py
const NO_CODES = new Uint8Array(0); // columns that no spot has
const NO_MONTHS = new Int32Array(0);

/**
 * The spots with the reports of all days, the level of their squares, and of how many categories they are.
 * @param {ArrayBuffer} buffer
 * @param {FlagBits} bit
 */
export function spotsOf(buffer, bit) {
  const { head, read } = unwrapped(buffer);
  const { level, spots, kinds } = head;
  const columns = {
    ...{ lon: new Float32Array(spots), lat: new Float32Array(spots), radius: new Uint16Array(spots) },
    ...{ x: new Float64Array(spots), y: new Float64Array(spots), flags: new Uint16Array(spots) },
    ...{ first: new Int32Array(spots), last: new Int32Array(spots), code: /** @type {Uint8Array} */ (read.code) },
    ...{ side: NO_CODES, kind: NO_CODES, source: new Uint16Array(0) },
    reports: leb128(read.totals, new Uint32Array(spots)),
  };
  const { reports, flags } = columns;
  const steps = leb128(read.places, new Float64Array(spots));
  let [place, wide] = [0, 0];
  for (let spot = 0; spot < spots; spot += 1) {
    if (spot) reports[spot] = reports[spot - 1] - reports[spot];
    place += steps[spot] % 2 ? -(steps[spot] + 1) / 2 : steps[spot] / 2;
    const form = read.form[spot];
    const across = 2 ** (form === FORM.area ? WIDE_LEVEL : level);
    const line = Math.floor(place / across);
    columns.x[spot] = (place - line * across + 0.5) / across;
    columns.y[spot] = (line + 0.5) / across;
    if (form === FORM.area) {
      columns.radius[spot] = read.radius[wide++];
      columns.lon[spot] = lonOf(columns.x[spot]);
      columns.lat[spot] = latOf(columns.y[spot]);
    }
    flags[spot] = form === FORM.square ? 0 : form === FORM.area ? bit.area : bit.unmapped;
  }
  return { columns, level: /** @type {number} */ (level), kinds: /** @type {number} */ (kinds) };
}

/**
 * The months in which reports begin and end: none where they come with the years, later.
 * @param {ArrayBuffer} buffer
 * @param {number} kinds
 * @returns {Groups}
 */
export function groupsOf(buffer, kinds) {
  const { begins = NO_MONTHS, ends = NO_MONTHS, size = NO_MONTHS, sums = [] } = unwrapped(buffer).read;
  return /** @type {Groups} */ ({ begins, ends, size, sums: leb128(sums, new Uint32Array(begins.length * kinds)) });
}

/**
 * The reports of each spot by the years in which they begin and end.
 * @param {ArrayBuffer} buffer
 * @returns {GroupedEntries}
 */
export function yearsOf(buffer) {
  const { first, last, number } = unwrapped(buffer).read;
  return /** @type {GroupedEntries} */ ({ begins: first, ends: last, size: number, ...entriesOf(buffer, number) });
}

/**
 * The entries of groups of these sizes: the spot of each and how many reports.
 * @param {ArrayBuffer} buffer
 * @param {Iterable<number>} sizes
 * @returns {Pick<GroupedEntries, "spot" | "reports">}
 */
export function entriesOf(buffer, sizes) {
  const { read } = unwrapped(buffer);
  const size = [...sizes];
  const length = size.reduce((sum, each) => sum + each, 0);
  const spot = leb128(read.steps, new Uint32Array(length));
  const reports = leb128(read.reports, new Uint32Array(length));
  let entry = 0;
  for (const each of size) {
    for (let [end, at] = [entry + each, 0]; entry < end; entry += 1) {
      at += spot[entry];
      spot[entry] = at;
      reports[entry] += 1;
    }
  }
  return { spot, reports };
}

/** @param {ArrayBuffer} buffer whether it is of cells.py, or rows of `packed` */
export function isSquares(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  return "level" in JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
}

/** @param {ArrayBuffer} buffer */
function unwrapped(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const layout = /** @type {[string, [ArrayName, number, number]][]} */ (Object.entries(head.arrays));
  const read = Object.fromEntries(
    layout.map(([name, [type, start, size]]) => [name, new ARRAYS[type](buffer, 4 + length + start, size)]),
  );
  return { head, read };
}

/**
 * Numbers in bytes of seven bits, the lowest first.
 * @template {Uint32Array | Float64Array} T
 * @param {ArrayLike<number>} bytes
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
