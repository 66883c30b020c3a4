// @ts-nocheck: the helper below builds what the type checker would have to be told twice
import assert from "node:assert/strict";
import { test } from "node:test";

import { cellsOf } from "../../geodata/timemap/cells.js";
import { dayOf } from "../../geodata/timemap/days.js";
import { cellSize } from "../../geodata/timemap/raster.js";
import { OPEN_END, OPEN_START, Table } from "../../geodata/timemap/table.js";

const BIT = {
  subject: 1,
  denied: 2,
  confirmed: 4,
  qualified: 8,
  area: 16,
  graphic: 32,
  undated: 64,
  unmapped: 128,
  added: 256,
};
const KINDS = { Int32Array, Uint8Array, Float32Array, Uint16Array };

/**
 * As cells.py packs: groups of [begins, ends, form, code, size], squares by steps, numbers of reports.
 * @param {number} level
 * @param {number[][]} groups
 * @param {number[]} squares
 * @param {number[]} reports
 * @param {number[][]} wide
 */
function packed(level, groups, squares, reports, wide = []) {
  const column = (at) => Int32Array.from(groups, (group) => group[at]);
  const arrays = {
    begins: column(0),
    ends: column(1),
    form: column(2),
    code: column(3),
    size: column(4),
    lon: Float32Array.from(wide, ([lon]) => lon),
    lat: Float32Array.from(wide, ([, lat]) => lat),
    radius: Uint16Array.from(wide, ([, , radius]) => radius),
    squares: Uint8Array.from(squares.flatMap(leb128)),
    reports: Uint8Array.from(reports.flatMap(leb128)),
  };
  const layout = {};
  let end = 0;
  for (const [name, array] of Object.entries(arrays)) {
    layout[name] = [array.constructor.name, end, array.length];
    end += Math.ceil(array.byteLength / 8) * 8;
  }
  let head = JSON.stringify({ level, entries: reports.length, arrays: layout });
  head = head.padEnd(Math.ceil((head.length + 4) / 8) * 8 - 4);
  const buffer = new ArrayBuffer(4 + head.length + end);
  new DataView(buffer).setUint32(0, head.length, true);
  new Uint8Array(buffer, 4).set(new TextEncoder().encode(head));
  for (const [name, array] of Object.entries(arrays)) {
    new KINDS[array.constructor.name](buffer, 4 + head.length + layout[name][1], array.length).set(array);
  }
  return buffer;
}

/** @param {number} number */
function leb128(number) {
  const bytes = [];
  for (let left = number; ; left = Math.floor(left / 128)) {
    if (left < 128) return [...bytes, left];
    bytes.push((left % 128) + 128);
  }
}

const JANUARY = 2020 * 12;
const MIDDLE = 2 ** 21 * 2 ** 22 + 2 ** 21; // the middle of the world at level 22

const buffer = packed(
  22,
  [
    [12, JANUARY, 0, 3, 1],
    [JANUARY, JANUARY + 1, 0, 1, 2],
    [JANUARY, 119999, 1, 2, 1],
    [0, 0, 2, 0, 1],
  ],
  [MIDDLE, MIDDLE, 1],
  [1, 300, 70000, 5, 9],
  [[45, 40, 123]],
);

test("entries have the days of their months, open ends and none at all", () => {
  const { columns } = cellsOf(buffer, BIT);
  const last = dayOf(2020, 1, 1) - 1;
  assert.deepEqual([...columns.first], [OPEN_START, ...Array(3).fill(dayOf(2020, 0, 1)), OPEN_END]);
  assert.deepEqual([...columns.last], [last, dayOf(2020, 2, 1) - 1, dayOf(2020, 2, 1) - 1, OPEN_END, OPEN_END]);
  assert.deepEqual([...columns.flags], [0, 0, 0, BIT.area, BIT.undated | BIT.unmapped]);
  assert.deepEqual([...columns.reports], [1, 300, 70000, 5, 9]);
  assert.deepEqual([...columns.code], [3, 1, 1, 2, 0]);
});

test("a square lies at its middle, an area at its own place", () => {
  const { columns, level } = cellsOf(buffer, BIT);
  const table = new Table(columns, BIT);
  assert.equal(level, 22);
  const middle = 0.5 + 0.5 / 2 ** 22;
  assert.deepEqual([...table.x.slice(0, 3)], [middle, middle, middle + 1 / 2 ** 22]);
  assert.equal(table.y[0], middle);
  assert.equal(table.x[3], 45 / 360 + 0.5);
  assert.equal(table.areas.length, 1);
});

test("a window counts what the entries stand for", () => {
  const { columns, level } = cellsOf(buffer, BIT);
  const table = new Table(columns, BIT);
  table.replace(columns, { level });
  assert.equal(table.number(table.rowsIn(null)), 70315);
  const february = { first: dayOf(2020, 1, 1), last: dayOf(2020, 1, 29), surely: false };
  assert.equal(table.number(table.rowsIn(february)), 70305);
});

test("a cell of the density is as many whole squares as fill three pixels", () => {
  assert.equal(cellSize(null, 1024), 3);
  assert.equal(cellSize(9, 1024), 4);
  assert.equal(cellSize(9, 4096), 8);
  assert.equal(cellSize(9, 512), 3);
});
