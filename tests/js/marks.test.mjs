// @ts-check
import assert from "node:assert/strict";
import test from "node:test";
import { itemUnder, sizeOf, slices, stacks } from "../../geodata/timemap/marks.js";
import { tableOf } from "./rows.mjs";

/** @import { Area, Mark } from "../../geodata/timemap/types" */

const NEAR = 15;

test("reports at one place stand in one stack", () => {
  const table = tableOf([{ lon: 44 }, { lon: 46 }, { lon: 44 }]);
  const found = stacks(table, [0, 1, 2], (row) => [table.lon[row] * 100, 0], NEAR);
  assert.deepEqual(
    found.map(({ rows, places }) => [rows, places]),
    [
      [[0, 2], 1],
      [[1], 1],
    ],
  );
});

test("a stack nearer than the limit joins the larger one, and stands where that stands", () => {
  const table = tableOf([{ lon: 44 }, { lon: 44.14 }, { lon: 44.14 }, { lon: 44.3 }]);
  const found = stacks(table, [0, 1, 2, 3], (row) => [table.lon[row] * 100, 0], NEAR);
  assert.deepEqual(
    found.map(({ rows, places }) => [rows, places]),
    [
      [[1, 2, 0], 2],
      [[3], 1],
    ],
  );
  assert.equal(Math.round(found[0].x), 4414);
});

test("stacks are the same whatever square of the grid they fall into", () => {
  const table = tableOf([{ lon: 44 }, { lon: 45 }]);
  for (let shift = 0; shift < 2 * NEAR; shift += 1) {
    const found = stacks(table, [0, 1], (row) => [shift + row * (NEAR - 1), 7], NEAR);
    assert.equal(found.length, 1, `shifted by ${shift}`);
  }
});

test("the order of rows does not change which stacks there are", () => {
  const table = tableOf([{ lon: 44 }, { lon: 44.1 }, { lon: 44.2 }, { lon: 44.3 }]);
  const places = (/** @type {number[]} */ rows) =>
    stacks(table, rows, (row) => [table.lon[row] * 100, 0], NEAR).map(({ key, rows: held }) => [key, held.length]);
  assert.deepEqual(places([0, 1, 2, 3]), places([3, 1, 0, 2]));
});

test("reports that are drawn alike make one slice, whatever bits their signs have", () => {
  const table = tableOf([
    { first: "2020-01-01" },
    { first: "2020-01-01", last: "2020-01-05" },
    { first: "2020-01-01", signs: ["qualified"] },
    { first: "2020-01-01", signs: ["denied", "graphic"] },
    { first: "2020-01-01", signs: ["subject", "confirmed"] },
    { first: "2020-01-01" },
  ]);
  const found = slices(table, [0, 1, 2, 3, 4, 5], Uint8Array.of(1, 0, 0, 0, 0, 1));
  const told = found.map(({ code, vague, denied, confirmed, subject, count }) => {
    const signs = Object.entries({ vague, denied, confirmed, subject }).filter(([, has]) => has);
    return [code, signs.map(([name]) => name).join(), count];
  });
  assert.deepEqual(told, [
    [0, "denied", 1],
    [0, "confirmed,subject", 1],
    [0, "vague", 2],
    [1, "", 2],
  ]);
});

test("slices of one stack do not count in the next", () => {
  const table = tableOf([{}, {}]);
  const codes = new Uint8Array(2);
  assert.equal(slices(table, [0, 1], codes)[0].count, 2);
  assert.equal(slices(table, [0], codes)[0].count, 1);
});

test("a mark grows with its reports and no further than the largest", () => {
  const sizes = { single: 10, growth: 2, largest: 20, near: NEAR };
  assert.deepEqual(
    [1, 4, 25, 10000].map((count) => sizeOf(count, sizes)),
    [10, 14, 20, 20],
  );
});

/** @type {Mark} */
const MARK = {
  ...{ kind: "mark", x: 50, y: 50, radius: 10, chosen: false, rows: [0], places: 1, key: 0, parts: [] },
  box: { x: 40, y: 40, width: 20, height: 20 },
};

/** @type {Area} */
const TAG = {
  ...{ kind: "area", x: 0, y: 0, reach: 60, wide: false, covers: false, outside: false, chosen: false },
  ...{ rows: [1], places: 1, parts: [], box: { x: 45, y: 45, width: 40, height: 20 } },
};

test("a tag lies over a mark, and the later tag over the earlier", () => {
  const later = { ...TAG, rows: [2] };
  assert.equal(itemUnder([MARK, TAG, later], { x: 50, y: 50 }, false), later);
  assert.equal(itemUnder([MARK, TAG], { x: 42, y: 50 }, false), MARK);
  assert.equal(itemUnder([MARK, TAG], { x: 50, y: 200 }, false), null);
});

test("an area that is named above the map is not under the pointer", () => {
  assert.equal(itemUnder([{ ...TAG, box: null }], { x: 50, y: 50 }, false), null);
});

test("under a density only a chosen mark can be pointed at", () => {
  const chosen = { ...MARK, chosen: true };
  assert.equal(itemUnder([MARK], { x: 50, y: 50 }, true), null);
  assert.equal(itemUnder([MARK, chosen], { x: 50, y: 50 }, true), chosen);
});

test("a report whose coordinates were added is a slice of its own", () => {
  const table = tableOf([{}, { signs: ["added"] }, { signs: ["added", "denied"] }]);
  const found = slices(table, [0, 1, 2], new Uint8Array([1, 1, 1]));
  assert.deepEqual(
    found.map(({ code, added, denied, count }) => [code, added, denied, count]),
    [
      [1, false, false, 1],
      [1, true, false, 1],
      [1, true, true, 1],
    ],
  );
});
