// @ts-check
import assert from "node:assert/strict";
import test from "node:test";
import { lonOf, seamOf } from "../../geodata/timemap/mercator.js";
import { bytesOf, OPEN_END, OPEN_START } from "../../geodata/timemap/table.js";
import { day, tableOf } from "./rows.mjs";

/**
 * @param {string} first
 * @param {string} last
 * @param {boolean} surely
 */
function window(first, last, surely = false) {
  return { first: day(first), last: day(last), surely };
}

test("a window finds the spans that touch it, however long before they began", () => {
  const early = { first: "1990-01-01", last: "2020-06-01" };
  const many = Array.from({ length: 600 }, () => ({ first: "2000-01-01" })); // more than a block
  const table = tableOf([early, ...many, { first: "2020-05-01" }, { first: "2021-01-01" }]);
  assert.deepEqual([...table.rowsIn(window("2020-05-01", "2020-05-31"))], [0, 601]);
});

test("surely inside are the spans that end in the window and have no doubtful date", () => {
  const table = tableOf([
    { first: "2020-01-01", last: "2020-03-01" },
    { first: "2020-01-05", last: "2020-01-06" },
    { first: "2020-01-07", signs: ["qualified"] },
  ]);
  assert.deepEqual([...table.rowsIn(window("2020-01-01", "2020-01-31", true))], [1]);
  assert.deepEqual([...table.rowsIn(window("2020-01-01", "2020-01-31"))], [0, 1, 2]);
});

test("an undated report is in no window, and in all of time", () => {
  const table = tableOf([{ first: "2020-01-01" }, { first: "9999-12-31", signs: ["undated"] }]);
  assert.equal(table.dated, 1);
  assert.deepEqual([...table.rowsIn(window("0001-01-01", "9999-12-31"))], [0]);
  assert.deepEqual([...table.rowsIn(null)], [0, 1]);
});

test("a mask keeps the rows whose bit is set, in each of two views its own", () => {
  const table = tableOf(Array.from({ length: 10 }, () => ({})));
  table.setMask(bytesOf(btoa(String.fromCharCode(0b00000101, 0b00000010))));
  assert.deepEqual([...table.rowsIn(null)], [0, 2, 9]);
  const other = table.masked(Uint8Array.of(0b00001000, 0));
  assert.deepEqual([...other.rowsIn(null)], [3]);
  assert.deepEqual([...table.rowsIn(null)], [0, 2, 9]);
});

test("the extent leaves open ends apart", () => {
  const table = tableOf([
    { first: "0001-01-01", last: "2016-04-11" },
    { first: "2020-01-01", last: "9999-12-31" },
  ]);
  assert.deepEqual([table.first[0], table.last[1]], [OPEN_START, OPEN_END]);
  assert.deepEqual(table.extent(), { first: day("2016-04-11"), last: day("2020-01-01") });
  table.setMask(Uint8Array.of(0));
  assert.equal(table.extent(), null);
});

test("a place that is an area stands once for all its reports, and a report without a place is none", () => {
  const area = { lon: 46, lat: 39, radius: 300 };
  const table = tableOf([
    { ...area, signs: ["area"] },
    {},
    { ...area, signs: ["area"] },
    { signs: ["area", "unmapped"] },
  ]);
  assert.deepEqual([...table.areaOf], [0, -1, 0, -1]);
  assert.equal(table.areas.length, 1);
});

test("whether a report begins on some days", () => {
  const table = tableOf([{ first: "2020-01-01", last: "2020-12-31" }, { first: "2020-06-01" }]);
  assert.equal(table.beginsIn(day("2020-02-01"), day("2020-05-31")), false);
  assert.equal(table.beginsIn(day("2020-02-01"), day("2020-06-01")), true);
});

test("a table whose map reaches across the antimeridian has both its sides beside each other", () => {
  const given = [{ lon: 178 }, { lon: -172 }].map((place) => ({ first: "2020-01-01", ...place }));
  const seam = seamOf([178, -18, 188, -13]);
  const [apart, beside] = [tableOf(given), tableOf(given, seam)];
  assert.ok(Math.abs(apart.x[0] - apart.x[1]) > 0.9);
  assert.ok(Math.abs(beside.x[1] - beside.x[0] - 10 / 360) < 1e-9);
  assert.equal(Math.round(lonOf(beside.x[1])), 188);
  assert.equal(seamOf([-10, 40, 30, 50]), -180);
});

test("a report at a pole has no place on the map", () => {
  const table = tableOf([{ first: "2020-01-01", lat: 90 }, { first: "2020-01-02", lat: -89 }, { first: "2020-01-03" }]);
  assert.deepEqual(
    [0, 1, 2].map((row) => table.isPolar(row)),
    [true, true, false],
  );
});
