// @ts-check
import assert from "node:assert/strict";
import test from "node:test";
import { isoOf } from "../../geodata/timemap/days.js";
import {
  binAt,
  byFrequency,
  countBins,
  heldBy,
  saidOfBin,
  spanOfBin,
  spanOfTick,
  unitAt,
  xOfDay,
} from "../../geodata/timemap/histogram.js";
import { lanesOf, mostLines, packed, stripsOf } from "../../geodata/timemap/lanes.js";
import { latestPeriods } from "../../geodata/timemap/periods.js";
import { nextWindow, openingWindow, passedOver } from "../../geodata/timemap/playback.js";
import { day, tableOf } from "./rows.mjs";

const YEAR = { first: day("2020-01-01"), last: day("2020-12-31") };
const MONTHS = 100; // pixels in which a year is counted by month

const CATEGORIES = ["A", "B", "C"].map((letter) => ({ letter, name: `side ${letter}`, colour: "#000000" }));
const ONE = { categories: CATEGORIES.slice(0, 1), codes: new Uint8Array(1000) };

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
  const { unit, solid, possible } = countBins(table, YEAR, MONTHS, ONE);
  assert.equal(unit, "month");
  assert.deepEqual([...solid], [1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  assert.deepEqual(rounded(possible), [0, 0, 0.25, 0.25, 0.25, 0.25, 0, 0, 0, 0, 0, 0]);
});

test("a report that may lie outside the days on screen is never solid", () => {
  const table = tableOf([
    { first: "2019-12-01", last: "2020-01-05" },
    { first: "2020-12-30", last: "2021-02-01" },
  ]);
  const { solid, possible } = countBins(table, YEAR, MONTHS, ONE);
  assert.equal(Math.max(...solid), 0);
  assert.deepEqual([rounded(possible)[0], rounded(possible)[11]], [1, 1]);
});

test("no report is lost: solid and possible add up to the kept reports on screen", () => {
  const rows = Array.from({ length: 200 }, (_, at) => {
    const first = YEAR.first + at;
    return { first: isoOf(first), last: isoOf(first + ((at * 37) % 90)) };
  });
  const table = tableOf(rows);
  const { solid, possible } = countBins(table, YEAR, MONTHS, ONE);
  const sum = [...solid, ...possible].reduce((all, number) => all + number, 0);
  assert.ok(Math.abs(sum - 200) < 1e-9);
  table.setMask(new Uint8Array(25));
  const none = countBins(table, YEAR, MONTHS, ONE);
  assert.equal(Math.max(...none.solid, ...none.possible), 0);
});

test("each category is counted by itself, and together they are the reports of the bin", () => {
  const table = tableOf([
    { first: "2020-01-10" },
    { first: "2020-01-11" },
    { first: "2020-01-12" },
    { first: "2020-01-20", last: "2020-02-10" },
  ]);
  const colouring = { categories: CATEGORIES, codes: Uint8Array.of(2, 0, 2, 0) };
  const bins = countBins(table, YEAR, MONTHS, colouring);
  const of = (/** @type {number} */ code) => bins.solid[code * bins.size];
  assert.deepEqual([of(0), of(1), of(2)], [1, 0, 2]);
  assert.deepEqual(heldBy(bins, 0), { sure: 3, maybe: 0.5 });
  assert.deepEqual(
    byFrequency([bins]),
    [0, 2],
    "equal numbers keep the order of the legend; what none has is left out",
  );
  table.setMask(Uint8Array.of(0b0101));
  const masked = countBins(table, YEAR, MONTHS, colouring);
  assert.deepEqual(byFrequency([masked]), [2]);
  assert.deepEqual(byFrequency([masked, bins]), [2, 0], "two sets are stacked in one order");
});

test("a bar is taken as the days of its bin, and says who tells what it holds", () => {
  const table = tableOf([{ first: "2020-02-10" }, { first: "2020-02-20", last: "2020-03-10" }]);
  const colouring = { categories: CATEGORIES, codes: Uint8Array.of(1, 0) };
  const bins = countBins(table, YEAR, MONTHS, colouring);
  const bin = binAt(bins, day("2020-02-29"));
  const { first, last } = spanOfBin(bins, bin);
  assert.deepEqual([isoOf(first), isoOf(last)], ["2020-02-01", "2020-02-29"]);
  assert.equal(binAt(bins, YEAR.first - 1), -1);
  assert.equal(
    saidOfBin([bins], bin, CATEGORIES),
    "Feb 2020: about 2 reports, under 1 by vague dates · A side A under 1 · B side B 1",
  );
  const told = "about 1 report, all by vague dates · A side A under 1";
  const both = saidOfBin([bins, bins], bin + 1, CATEGORIES);
  assert.equal(both, `Mar 2020: A: ${told} | B: ${told}`);
});

test("a label of the axis takes what it names, and the axis beside it the unit under the hand", () => {
  const iso = (/** @type {{ first: number, last: number }} */ { first, last }) => [isoOf(first), isoOf(last)];
  assert.deepEqual(iso(spanOfTick(day("2020-01-01"), "month")), ["2020-01-01", "2020-12-31"]);
  assert.deepEqual(iso(spanOfTick(day("2020-04-01"), "month")), ["2020-04-01", "2020-04-30"]);
  assert.deepEqual(iso(spanOfTick(day("2020-01-01"), "year")), ["2020-01-01", "2020-12-31"]);
  const century = { first: day("1920-01-01"), last: day("2020-12-31") };
  assert.deepEqual(iso(unitAt(day("1988-02-29"), century, 1000, 1)), ["1988-01-01", "1988-12-31"]);
});

test("the latest periods are the last year of the table and the twelve months to its last day", () => {
  const [year, months] = latestPeriods({ first: day("1990-01-01"), last: day("2024-02-29") });
  assert.deepEqual([year.name, isoOf(year.first), isoOf(year.last)], ["2024", "2024-01-01", "2024-12-31"]);
  assert.deepEqual(
    [months.name, isoOf(months.first), isoOf(months.last)],
    ["12 months to 29 Feb 2024", "2023-03-01", "2024-02-29"],
  );
  assert.deepEqual(latestPeriods(null), []);
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

test("playback says what it passes over, and nothing where it passes over nothing", () => {
  const table = tableOf([{ first: "2020-11-10" }, { first: "2020-12-05" }, { first: "2021-04-20" }]);
  const begins = table.beginsIn.bind(table);
  const end = day("2021-12-31");
  const said = (/** @type {string} */ first, /** @type {string} */ last, isGrowing = false) => {
    const window = { first: day(first), last: day(last) };
    return passedOver(window, nextWindow(window, "month", isGrowing, end, begins), "month", begins);
  };
  assert.equal(said("2020-11-01", "2020-11-30"), "");
  assert.equal(said("2020-12-01", "2020-12-31"), "Dec 2020 → Apr 2021: 3 months without a report that begins");
  assert.equal(said("2020-01-01", "2020-12-31", true), "Dec 2020 → Apr 2021: 3 months without a report that begins");
  assert.equal(said("2021-04-01", "2021-04-30"), "No report begins after 30 Apr 2021.");
});

const COLOURING = { ...{ key: "side", title: "", pixels: new Uint32Array(0) }, categories: CATEGORIES };

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

const ROOM = { width: 366, height: 200, nameWidth: () => 0, selected: new Set() };

test("no two bars of a lane touch, and a bar takes the first line that is free", () => {
  const table = tableOf([
    { first: "2020-01-01", last: "2020-06-30" },
    { first: "2020-03-01", last: "2020-03-31" },
    { first: "2020-05-01", last: "2020-05-31" },
    { first: "2020-08-01", last: "2021-05-31" },
  ]);
  const [lane] = lanesOf(table, [0, 1, 2, 3], { ...COLOURING, codes: new Uint8Array(4) });
  const { bars, height } = packed(table, [lane], YEAR, ROOM);
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
  const { bars } = packed(table, [lane], YEAR, ROOM);
  assert.deepEqual(
    bars.map(({ row, wide }) => [row, wide]),
    [[1, 4]],
  );
});

test("lanes share the height: bars get thinner, then lines are left out and counted; what is selected stays", () => {
  const many = Array.from({ length: 40 }, () => ({ first: "2020-03-01", last: "2020-03-20" }));
  const table = tableOf(many);
  const lanes = lanesOf(table, [...many.keys()], { ...COLOURING, codes: new Uint8Array(40).fill(1, 30) });
  const packedIn = (/** @type {number} */ height, selected = new Set()) =>
    packed(table, lanes, YEAR, { ...ROOM, height, selected });
  assert.equal(packedIn(400).thick, 6);
  const thin = packedIn(140);
  assert.deepEqual([thin.thick, thin.bars.length, thin.hidden], [2, 40, [0, 0]]);
  assert.ok(thin.height <= 140);
  const cut = packedIn(60, new Set([29]));
  assert.ok(cut.height <= 60);
  assert.equal(cut.bars.length + cut.hidden[0] + cut.hidden[1], 40);
  assert.ok(cut.hidden[0] > 0 && cut.hidden[1] === 0, "the larger lane is cut");
  assert.ok(cut.bars.some(({ row }) => row === 29));
});

test("lanes are cut at one number of lines, and never below the name", () => {
  assert.equal(mostLines([3, 20, 9], 30, 2), 18);
  assert.equal(mostLines([3, 20, 9], 100, 2), 20);
  assert.equal(mostLines([3, 20, 9], 1, 4), 4);
});

test("no bar lies on the name of its lane", () => {
  const table = tableOf([{ first: "2020-01-01" }, { first: "2020-12-01" }]);
  const lanes = lanesOf(table, [0, 1], { ...COLOURING, codes: new Uint8Array(2) });
  const { bars } = packed(table, lanes, YEAR, { ...ROOM, nameWidth: () => 100 });
  assert.deepEqual(
    bars.map(({ x, y }) => x >= 100 || y >= 13),
    [true, true],
  );
  assert.ok(bars[0].y > bars[1].y);
});

test("a strip holds each report once, spread over its days", () => {
  const table = tableOf([
    { first: "2020-01-01", last: "2020-12-31" },
    { first: "2020-03-01" },
    { first: "2021-03-01" },
  ]);
  const colouring = { ...COLOURING, codes: Uint8Array.of(1, 1, 1) };
  const [{ category, reports, held }, ...others] = stripsOf(table, YEAR, 366, colouring);
  assert.deepEqual([category, reports, others], [COLOURING.categories[1], 3, []]);
  assert.ok(Math.abs(held.subarray(0, 366).reduce((all, number) => all + number, 0) - 2) < 1e-9);
  assert.deepEqual([Math.round(held[60] * 366), Math.round(held[61] * 366)], [367, 1]);
});
