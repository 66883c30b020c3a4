// @ts-nocheck: the helper below builds what the type checker would have to be told twice
import assert from "node:assert/strict";
import { test } from "node:test";

import { entriesOf, groupsOf, spotsOf, yearsOf } from "../../geodata/timemap/cells.js";
import { dayOf } from "../../geodata/timemap/days.js";
import { stripsOf } from "../../geodata/timemap/lanes.js";
import { Months } from "../../geodata/timemap/months.js";
import { partOf } from "../../geodata/timemap/part.js";
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
 * As cells.py joins: a length, JSON of that many bytes, arrays.
 * @param {object} about
 * @param {Record<string, Int32Array | Uint8Array | Uint16Array>} arrays
 */
function joined(about, arrays) {
  const layout = {};
  let end = 0;
  for (const [name, array] of Object.entries(arrays)) {
    layout[name] = [array.constructor.name, end, array.length];
    end += Math.ceil(array.byteLength / 8) * 8;
  }
  let head = JSON.stringify({ ...about, arrays: layout });
  head = head.padEnd(Math.ceil((head.length + 4) / 8) * 8 - 4);
  const buffer = new ArrayBuffer(4 + head.length + end);
  new DataView(buffer).setUint32(0, head.length, true);
  new Uint8Array(buffer, 4).set(new TextEncoder().encode(head));
  for (const [name, array] of Object.entries(arrays)) {
    new KINDS[array.constructor.name](buffer, 4 + head.length + layout[name][1], array.length).set(array);
  }
  return buffer;
}

/**
 * As cells.py packs: spots of [code, form, reports, place, radius], groups of [begins, ends], and the entries of each
 * group, [spot, reports].
 * @param {number} level
 * @param {number[][]} spots
 * @param {number[][]} groups
 * @param {number[][][]} entries
 */
function packed(level, spots, groups, entries) {
  const kinds = Math.max(...spots.map(([code]) => code)) + 1;
  const falls = spots.map(([, , reports], at) => (at ? spots[at - 1][2] - reports : reports));
  const steps = spots.map(([, , , place], at) => place - (at ? spots[at - 1][3] : 0));
  const sums = entries.flatMap((group) => {
    const found = Array(kinds).fill(0);
    for (const [spot, reports] of group) found[spots[spot][0]] += reports;
    return found;
  });
  const head = {
    code: Uint8Array.from(spots, ([code]) => code),
    form: Uint8Array.from(spots, ([, form]) => form),
    totals: Uint8Array.from(falls.flatMap(leb128)),
    places: Uint8Array.from(steps.flatMap((step) => leb128(step < 0 ? -2 * step - 1 : 2 * step))),
    radius: Uint16Array.from(spots.filter(([, form]) => form === 1).map(([, , , , radius]) => radius)),
    begins: Int32Array.from(groups, ([begins]) => begins),
    ends: Int32Array.from(groups, ([, ends]) => ends),
    size: Int32Array.from(entries, (group) => group.length),
    sums: Uint8Array.from(sums.flatMap(leb128)),
  };
  const years = new Map();
  groups.forEach(([begins, ends], at) => {
    if (!begins) return;
    const key = [begins, ends].map((month) => Math.floor(month / 12)).join(" ");
    const ofPair = years.get(key) ?? new Map();
    for (const [spot, reports] of entries[at]) ofPair.set(spot, (ofPair.get(spot) ?? 0) + reports);
    years.set(key, ofPair);
  });
  const pairs = [...years.keys()].map((key) => key.split(" ").map(Number)).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const summed = pairs.map((pair) => [...years.get(pair.join(" "))].sort((a, b) => a[0] - b[0]));
  const ofYears = {
    first: Int32Array.from(pairs, ([first]) => first),
    last: Int32Array.from(pairs, ([, last]) => last),
    number: Int32Array.from(summed, (group) => group.length),
    ...packedEntries(summed),
  };
  const months = (/** @type {number} */ year) => {
    const touches = ([begins, ends]) => begins && [begins, ends].some((month) => Math.floor(month / 12) === year);
    return joined({}, packedEntries(entries.filter((_, at) => touches(groups[at]))));
  };
  return { head: joined({ level, spots: spots.length, kinds }, head), years: joined({}, ofYears), months };
}

/** @param {number[][][]} entries */
function packedEntries(entries) {
  const gaps = entries.flatMap((group) => group.map(([spot], at) => spot - (at ? group[at - 1][0] : 0)));
  return {
    steps: Uint8Array.from(gaps.flatMap(leb128)),
    reports: Uint8Array.from(entries.flat().flatMap(([, reports]) => leb128(reports - 1))),
  };
}

/** @param {number} number */
function leb128(number) {
  const bytes = [];
  for (let left = number; ; left = Math.floor(left / 128)) {
    if (left < 128) return [...bytes, left];
    bytes.push((left % 128) + 128);
  }
}

/** @param {ReturnType<typeof packed>} packed */
function opened({ head, years, months }) {
  const { columns, level, kinds } = spotsOf(head, BIT);
  const found = new Months(groupsOf(head, kinds), columns.reports);
  found.take(yearsOf(years));
  for (const year of found.groupsIn.keys()) found.takeMonths(year, (sizes) => entriesOf(months(year), sizes));
  const table = new Table(columns, BIT);
  table.replace(columns, { level, months: found });
  return table;
}

const JANUARY = 2020 * 12;
const MIDDLE = 2 ** 21 * 2 ** 22 + 2 ** 21; // the middle of the world at level 22
const AREA = 2 ** 22 * 2 ** 24 + 2 ** 23 + 2 ** 21; // 45 degrees east and 66.5 north, at level 24

const small = packed(
  22,
  [
    [1, 0, 70300, MIDDLE + 1],
    [3, 0, 301, MIDDLE],
    [0, 2, 9, 0],
    [2, 1, 5, AREA, 123],
  ],
  [
    [12, JANUARY],
    [JANUARY, JANUARY + 1],
    [JANUARY, 119999],
    [0, 0],
  ],
  [
    [[1, 1]],
    [
      [0, 70300],
      [1, 300],
    ],
    [[3, 5]],
    [[2, 9]],
  ],
);

test("spots are squares at their middle, areas at their own place, or nowhere", () => {
  const table = opened(small);
  assert.equal(table.level, 22);
  const middle = 0.5 + 0.5 / 2 ** 22;
  assert.deepEqual([...table.x.slice(0, 2)], [middle + 1 / 2 ** 22, middle]);
  assert.equal(table.y[0], middle);
  assert.equal(table.x[3], 0.625 + 0.5 / 2 ** 24);
  assert.equal(table.areas.length, 1);
  assert.equal(table.areas[0].radius, 123);
  assert.ok(Math.abs(table.areas[0].lon - 45) < 1e-4);
  assert.ok(Math.abs(table.areas[0].lat - 66.51) < 0.01);
  assert.deepEqual([...table.flags], [0, 0, BIT.unmapped, BIT.area]);
  assert.deepEqual([...table.columns.code], [1, 3, 0, 2]);
});

test("a window of whole months counts the reports that touch it, and without one all are there", () => {
  const table = opened(small);
  assert.equal(table.number(table.rowsIn(null)), 70615);
  const february = { first: dayOf(2020, 1, 1), last: dayOf(2020, 1, 29), surely: false };
  assert.equal(table.number(table.rowsIn(february)), 70605);
  assert.deepEqual([...table.rowsIn(february)], [0, 1, 3]);
  assert.equal(table.weight(1), 300, "of the window that was asked for last");
  const both = { first: dayOf(2020, 0, 1), last: dayOf(2020, 1, 29), surely: true };
  assert.equal(table.number(table.rowsIn(both)), 70600, "an open end is in no window for sure");
});

test("the timeline has the days of the months, open ends as they are", () => {
  const table = opened(small);
  const spans = table.spans({ codes: new Uint8Array(0) });
  const seen = [...spans.reports].flatMap((number, at) =>
    number ? [[spans.first[at], spans.last[at], spans.code[at], number]] : [],
  );
  const [january, february] = [dayOf(2020, 1, 1) - 1, dayOf(2020, 2, 1) - 1];
  assert.deepEqual(seen, [
    [OPEN_START, january, 3, 1],
    [dayOf(2020, 0, 1), february, 1, 70300],
    [dayOf(2020, 0, 1), february, 3, 300],
    [dayOf(2020, 0, 1), OPEN_END, 2, 5],
  ]);
  assert.deepEqual(table.extent(), { first: dayOf(2020, 0, 1), last: february });
  assert.ok(table.beginsIn(dayOf(2020, 0, 5), dayOf(2020, 0, 6)));
  assert.ok(!table.beginsIn(dayOf(2020, 1, 5), dayOf(2020, 1, 6)));
});

test("the lanes have the reports of each category, spread over the days of their months", () => {
  const categories = ["a", "b", "c", "d"].map((letter) => ({ letter, name: letter, colour: "#000000" }));
  const spring = { first: dayOf(2020, 0, 1), last: dayOf(2020, 3, 30) };
  const colouring = { ...{ key: "", title: "", pixels: new Uint32Array(0) }, categories, codes: new Uint8Array(0) };
  const strips = stripsOf(opened(small), spring, 121, colouring);
  assert.deepEqual(
    strips.map(({ category, reports }) => [category.letter, reports]),
    [
      ["b", 70300],
      ["c", 5],
      ["d", 301],
    ],
  );
  const sums = strips.map(({ held }) => held.subarray(0, 60).reduce((all, number) => all + number, 0));
  assert.ok(Math.abs(sums[0] - 70300) < 1e-6);
  assert.ok(sums[1] < 5, "an open end goes on");
});

test("while the years are on their way no window holds any report", () => {
  const { columns, level, kinds } = spotsOf(small.head, BIT);
  const groups = groupsOf(small.head, kinds);
  const table = new Table(columns, BIT);
  table.replace(columns, { level, months: new Months(groups, columns.reports) });
  assert.equal(table.number(table.rowsIn(null)), 70615);
  assert.equal(table.rowsIn({ first: 0, last: 20000, surely: false }).length, 0);
});

test("a window of whole years needs no months, and one that begins or ends within a year those of this year", () => {
  const { columns, level, kinds } = spotsOf(small.head, BIT);
  const months = new Months(groupsOf(small.head, kinds), columns.reports);
  months.take(yearsOf(small.years));
  const table = new Table(columns, BIT);
  table.replace(columns, { level, months });
  const year = { first: dayOf(2020, 0, 1), last: dayOf(2020, 11, 31), surely: false };
  assert.ok(!table.isCounting(year));
  assert.equal(table.number(table.rowsIn(year)), 70606);
  assert.equal(table.number(table.rowsIn({ ...year, surely: true })), 70600);
  const february = { first: dayOf(2020, 1, 1), last: dayOf(2020, 1, 29), surely: false };
  assert.ok(table.isCounting(february));
  assert.deepEqual(months.yearsOf(february), [2020]);
  assert.equal(table.number(table.rowsIn(february)), 70600, "of the window before, until its months are here");
  months.takeMonths(2020, (sizes) => entriesOf(small.months(2020), sizes));
  assert.ok(!table.isCounting(february));
  assert.equal(table.number(table.rowsIn(february)), 70605);
  const elsewhere = { ...february, first: dayOf(1990, 4, 1) };
  assert.deepEqual(months.yearsOf(elsewhere), [2020], "no report begins or ends in 1990");
});

test("the squares of some categories count what their reports count", () => {
  const { columns, level, kinds } = spotsOf(small.head, BIT);
  const groups = groupsOf(small.head, kinds);
  const months = new Months(groups, columns.reports);
  const part = partOf({ columns, level, months }, [2, 3]);
  const table = new Table(part.columns, BIT);
  table.replace(part.columns, part);
  assert.deepEqual([...table.columns.code], [3, 2]);
  assert.deepEqual([...table.flags], [0, BIT.area]);
  assert.equal(table.areas[0].radius, 123);
  assert.equal(table.number(table.rowsIn(null)), 306);
  const february = { first: dayOf(2020, 1, 1), last: dayOf(2020, 1, 29), surely: false };
  assert.equal(table.rowsIn(february).length, 0, "its months are on their way");
  months.take(yearsOf(small.years));
  assert.ok(!months.isHere(february));
  assert.equal(table.rowsIn(february).length, 0, "those of its year are");
  months.takeMonths(2020, (sizes) => entriesOf(small.months(2020), sizes));
  assert.equal(table.number(table.rowsIn(february)), 305);
  assert.equal(table.number(table.rowsIn({ ...february, first: dayOf(2020, 0, 1), surely: true })), 300);
  assert.equal(table.weight(0), 300);
  const { dated, code, reports } = table.spans({ codes: new Uint8Array(0) });
  const seen = Array.from({ length: dated }, (_, at) => (reports[at] ? [code[at], reports[at]] : [])).flat();
  assert.deepEqual(seen, [3, 1, 3, 300, 2, 5]);
  assert.deepEqual(table.extent(), { first: dayOf(2020, 0, 1), last: dayOf(2020, 2, 1) - 1 });
  assert.ok(table.beginsIn(dayOf(2020, 0, 5), dayOf(2020, 0, 6)));
  const nothing = partOf({ columns, level, months }, [0]);
  const undated = new Table(nothing.columns, BIT);
  undated.replace(nothing.columns, nothing);
  assert.ok(!undated.beginsIn(dayOf(2020, 0, 5), dayOf(2020, 0, 6)));
  assert.equal(undated.extent(), null);
});

test("sums between months are what the entries add up to, for every window", () => {
  let seed = 7;
  const dice = (/** @type {number} */ sides) => {
    seed = (seed * 48271) % 2147483647;
    return seed % sides;
  };
  const months = 60;
  const spots = Array.from({ length: 12 }, (_, at) => [dice(4), 0, 0, at]);
  const keys = new Map();
  for (let entry = 0; entry < 2000; entry += 1) {
    const begins = JANUARY + dice(months);
    const key = `${begins} ${Math.min(JANUARY + months - 1, begins + (dice(3) ? 0 : dice(9)))}`;
    const group = keys.get(key) ?? new Map();
    const spot = dice(12);
    group.set(spot, (group.get(spot) ?? 0) + 1 + dice(3));
    keys.set(key, group);
  }
  const groups = [...keys.keys()].map((key) => key.split(" ").map(Number)).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const entries = groups.map(([begins, ends]) => [...keys.get(`${begins} ${ends}`)].sort((a, b) => a[0] - b[0]));
  for (const group of entries) for (const [spot, reports] of group) spots[spot][2] += reports;
  const order = [...spots.keys()].sort((one, other) => spots[other][2] - spots[one][2]);
  const ranked = entries.map((group) =>
    group.map(([spot, reports]) => [order.indexOf(spot), reports]).sort((a, b) => a[0] - b[0]),
  );
  const table = opened(
    packed(
      8,
      order.map((spot) => spots[spot]),
      groups,
      ranked,
    ),
  );
  assert.ok(table.months.years.begun.kept.length > 3, "sums of several years are kept");
  for (let from = 0; from < months; from += 1) {
    for (let to = from; to < months; to += 1) {
      for (const surely of [false, true]) {
        const expected = new Uint32Array(spots.length);
        groups.forEach(([begins, ends], at) => {
          const [first, last] = [begins - JANUARY, ends - JANUARY];
          if (surely ? first < from || last > to : first > to || last < from) return;
          for (const [spot, reports] of ranked[at]) expected[spot] += reports;
        });
        table.rowsIn({ first: dayOf(2020, from, 1), last: dayOf(2020, to + 1, 1) - 1, surely });
        assert.deepEqual([...table.reports], [...expected], `${from} to ${to}, surely ${surely}`);
      }
    }
  }
});

test("a cell of the density is as many whole squares as fill three pixels", () => {
  assert.equal(cellSize(null, 1024), 3);
  assert.equal(cellSize(9, 1024), 4);
  assert.equal(cellSize(9, 4096), 8);
  assert.equal(cellSize(9, 512), 3);
});
