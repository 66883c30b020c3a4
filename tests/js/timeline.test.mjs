// @ts-check
import assert from "node:assert/strict";
import test from "node:test";
import { isoOf } from "../../geodata/timemap/days.js";
import { countBins, xOfDay } from "../../geodata/timemap/histogram.js";
import { lanesOf, packed, spread } from "../../geodata/timemap/lanes.js";
import { nextWindow, openingWindow } from "../../geodata/timemap/playback.js";
import { day, tableOf } from "./rows.mjs";

const YEAR = { first: day("2020-01-01"), last: day("2020-12-31") };
const MONTHS = 100; // pixels in which a year is counted by month

/** @param {ArrayLike<number>} numbers */
function rounded(numbers) {
  return Array.from(numbers, (number) => Math.round(number * 1000) / 1000);
}

test("a report of one bin is solid, and one that may be in several is spread over them", () => {
  const table = tableOf([
    { first: "2020-01-10", last: "2020-01-20" },
    { first: "2020-03-01", last: "2020-06-30" },
    { first: "2020-03-05" },
  ]);
  const { unit, solid, possible } = countBins(table, YEAR, MONTHS);
  assert.equal(unit, "month");
  assert.deepEqual([...solid], [1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  assert.deepEqual(rounded(possible), [0, 0, 0.25, 0.25, 0.25, 0.25, 0, 0, 0, 0, 0, 0]);
});

test("a report that may lie outside the days on screen is never solid", () => {
  const table = tableOf([
    { first: "2019-12-01", last: "2020-01-05" },
    { first: "2020-12-30", last: "2021-02-01" },
  ]);
  const { solid, possible } = countBins(table, YEAR, MONTHS);
  assert.equal(Math.max(...solid), 0);
  assert.deepEqual([rounded(possible)[0], rounded(possible)[11]], [1, 1]);
});

test("no report is lost: solid and possible add up to the kept reports on screen", () => {
  const rows = Array.from({ length: 200 }, (_, at) => {
    const first = YEAR.first + at;
    return { first: isoOf(first), last: isoOf(first + ((at * 37) % 90)) };
  });
  const table = tableOf(rows);
  const { solid, possible } = countBins(table, YEAR, MONTHS);
  const sum = [...solid, ...possible].reduce((all, number) => all + number, 0);
  assert.ok(Math.abs(sum - 200) < 1e-9);
  table.setMask(new Uint8Array(25));
  const none = countBins(table, YEAR, MONTHS);
  assert.equal(Math.max(...none.solid, ...none.possible), 0);
});

test("days stretch evenly over the width", () => {
  assert.equal(xOfDay(YEAR.first, YEAR, 366), 0);
  assert.equal(xOfDay(YEAR.last + 1, YEAR, 366), 366);
});

test("playback opens with one step at the start of the timeline", () => {
  const { first, last } = openingWindow(day("2020-03-15"), "month");
  assert.deepEqual([isoOf(first), isoOf(last)], ["2020-03-01", "2020-03-31"]);
});

test("playback passes over time in which nothing begins, and ends at the end", () => {
  const table = tableOf([{ first: "2020-01-10" }, { first: "2020-09-27" }]);
  const january = { first: day("2020-01-01"), last: day("2020-01-31") };
  const begins = table.beginsIn.bind(table);
  const next = nextWindow(january, "month", false, YEAR.last, begins);
  assert.deepEqual([isoOf(next.first), isoOf(next.last)], ["2020-09-01", "2020-09-30"]);
  const growing = nextWindow(january, "month", true, YEAR.last, begins);
  assert.deepEqual([isoOf(growing.first), isoOf(growing.last)], ["2020-01-01", "2020-09-30"]);
  assert.equal(isoOf(nextWindow(next, "month", false, YEAR.last, begins).last), "2020-12-31");
});

const COLOURING = {
  ...{ key: "side", title: "", pixels: new Uint32Array(0) },
  categories: ["A", "B", "C"].map((letter) => ({ letter, name: letter, colour: "#000000" })),
};

test("a lane holds the dated reports of one category, and a category without any has no lane", () => {
  const table = tableOf([{}, {}, { signs: ["undated"] }]);
  const lanes = lanesOf(table, [0, 1, 2], { ...COLOURING, codes: Uint8Array.of(2, 0, 0) });
  assert.deepEqual(
    lanes.map(({ category, rows }) => [category.letter, rows]),
    [
      ["A", [1]],
      ["C", [0]],
    ],
  );
});

test("no two bars of a lane touch, and a bar takes the first line that is free", () => {
  const table = tableOf([
    { first: "2020-01-01", last: "2020-06-30" },
    { first: "2020-03-01", last: "2020-03-31" },
    { first: "2020-05-01", last: "2020-05-31" },
    { first: "2020-08-01", last: "2021-05-31" },
  ]);
  const [lane] = lanesOf(table, [0, 1, 2, 3], { ...COLOURING, codes: new Uint8Array(4) });
  const { bars, height } = packed(table, [lane], YEAR, 366);
  const lines = [...new Set(bars.map(({ y }) => y))].sort((a, b) => a - b);
  assert.deepEqual(
    bars.map(({ y }) => lines.indexOf(y)),
    [0, 1, 1, 0],
  );
  for (const bar of bars) {
    assert.ok(bar.x >= 0 && bar.x + bar.wide <= 366 && bar.y < height);
    for (const other of bars) {
      const isApart = bar === other || bar.y !== other.y || bar.x + bar.wide < other.x || other.x + other.wide < bar.x;
      assert.ok(isApart);
    }
  }
});

test("a bar outside the days on screen is left out, and the shortest can still be seen", () => {
  const table = tableOf([{ first: "2019-01-01" }, { first: "2020-02-01" }]);
  const [lane] = lanesOf(table, [0, 1], { ...COLOURING, codes: new Uint8Array(2) });
  const { bars } = packed(table, [lane], YEAR, 366);
  assert.deepEqual(
    bars.map(({ row, wide }) => [row, wide]),
    [[1, 4]],
  );
});

test("a strip holds each report once, spread over its days", () => {
  const table = tableOf([
    { first: "2020-01-01", last: "2020-12-31" },
    { first: "2020-03-01" },
    { first: "2021-03-01" },
  ]);
  const held = spread(table, [0, 1, 2], YEAR, 366);
  assert.ok(Math.abs(held.reduce((all, number) => all + number, 0) - 2) < 1e-9);
  assert.deepEqual([Math.round(held[60] * 366), Math.round(held[61] * 366)], [367, 1]);
});
