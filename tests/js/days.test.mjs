// @ts-check
import assert from "node:assert/strict";
import test from "node:test";
import {
  calendar,
  dayOfIso,
  isoOf,
  shifted,
  shiftedWindow,
  spoken,
  spokenPeriod,
  startOf,
  tickLabel,
} from "../../geodata/timemap/days.js";
import { day } from "./rows.mjs";

test("a day and its ISO text are the same for any year of four digits", () => {
  for (const iso of ["0001-01-01", "0099-12-31", "1915-04-24", "1970-01-01", "2020-02-29", "9999-12-31"]) {
    assert.equal(isoOf(day(iso)), iso);
  }
  assert.equal(day("1970-01-01"), 0);
});

test("a period is told without repeating a part", () => {
  for (const [first, last, words] of [
    ["2020-01-01", "2020-12-31", "2020"],
    ["1991-01-01", "1994-12-31", "1991 – 1994"],
    ["2020-11-01", "2020-11-30", "Nov 2020"],
    ["2020-10-01", "2020-12-31", "Oct – Dec 2020"],
    ["2019-10-01", "2020-02-29", "Oct 2019 – Feb 2020"],
    ["2020-09-27", "2020-11-10", "27 Sep – 10 Nov 2020"],
    ["2020-09-27", "2021-11-10", "27 Sep 2020 – 10 Nov 2021"],
    ["2020-09-27", "2020-09-30", "27 – 30 Sep 2020"],
    ["2020-09-27", "2020-09-27", "27 Sep 2020"],
  ]) {
    assert.equal(spokenPeriod({ first: day(first), last: day(last) }), words);
  }
});

test("a text that is no day of the calendar is none", () => {
  for (const text of ["", "2020", "2020-13-01", "2021-02-29", "2020-1-1", "maybe"]) assert.equal(dayOfIso(text), null);
});

test("a step of a month or a year keeps the day of the month where the month has it", () => {
  assert.equal(isoOf(shifted(day("2020-01-31"), "month", 1)), "2020-02-29");
  assert.equal(isoOf(shifted(day("2020-02-29"), "year", 1)), "2021-02-28");
  assert.equal(isoOf(shifted(day("2020-03-15"), "month", -15)), "2018-12-15");
  assert.equal(isoOf(shifted(day("2020-12-28"), "week", 1)), "2021-01-04");
});

test("a window of whole months stays one of whole months", () => {
  const moved = shiftedWindow({ first: day("2020-01-01"), last: day("2020-01-31") }, "month", 1);
  assert.deepEqual([isoOf(moved.first), isoOf(moved.last)], ["2020-02-01", "2020-02-29"]);
});

test("weeks begin on Monday, before 1970 too", () => {
  assert.equal(isoOf(startOf(day("2020-10-04"), "week")), "2020-09-28");
  assert.equal(isoOf(startOf(day("1969-12-31"), "week")), "1969-12-29");
  assert.equal(isoOf(startOf(day("2020-10-04"), "month")), "2020-10-01");
  assert.equal(isoOf(startOf(day("2020-10-04"), "year")), "2020-01-01");
});

test("a calendar takes the finest unit that has room, and covers every day asked for", () => {
  const [first, last] = [day("2020-01-10"), day("2020-12-20")];
  const wide = calendar(first, last, 3000, 5);
  assert.deepEqual([wide.unit, wide.count], ["day", 1]);
  const narrow = calendar(first, last, 100, 5);
  assert.deepEqual([narrow.unit, narrow.count], ["month", 1]);
  assert.equal(isoOf(narrow.edges[0]), "2020-01-01");
  assert.ok(narrow.edges[0] <= first && narrow.edges[narrow.edges.length - 1] > last);
  const quarters = calendar(day("2020-02-10"), last, 30, 5);
  assert.deepEqual([quarters.unit, quarters.count, isoOf(quarters.edges[0])], ["month", 3, "2020-01-01"]);
});

test("a day is spoken as in the rest of the program, and a tick says what begins there", () => {
  assert.equal(spoken(day("2020-10-04")), "4 Oct 2020");
  assert.equal(tickLabel(day("2020-01-01"), "month"), "2020");
  assert.equal(tickLabel(day("2020-02-01"), "month"), "Feb");
  assert.equal(tickLabel(day("2020-02-03"), "week"), "3 Feb");
});

test("labels of three thousand years have room beside each other", () => {
  const [first, last, width, pixels] = [day("0001-01-01"), day("3015-01-01"), 700, 46];
  const { unit, count, edges } = calendar(first, last, width, pixels);
  assert.equal(unit, "year");
  assert.equal(count, 500);
  const perDay = width / (last - first + 1);
  for (let at = 1; at < edges.length; at += 1) assert.ok((edges[at] - edges[at - 1]) * perDay >= pixels);
});
