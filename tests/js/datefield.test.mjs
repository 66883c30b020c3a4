// @ts-check
import assert from "node:assert/strict";
import test from "node:test";
import { daysTyped } from "../../geodata/timemap/datefield.js";
import { isoOf } from "../../geodata/timemap/days.js";

/** @param {string} text */
function days(text) {
  const found = daysTyped(text);
  return typeof found === "string" ? found : [isoOf(found.first), isoOf(found.last)];
}

test("a day is read as the page writes it, and as ISO 8601 does", () => {
  for (const text of ["29 Feb 2024", " 29 february  2024 ", "29. Feb. 2024", "2024-02-29"]) {
    assert.deepEqual(days(text), ["2024-02-29", "2024-02-29"], text);
  }
});

test("a month and a year are all their days", () => {
  for (const text of ["Feb 2024", "2024-02", "february 2024"]) {
    assert.deepEqual(days(text), ["2024-02-01", "2024-02-29"]);
  }
  assert.deepEqual(days("Sept 2020"), ["2020-09-01", "2020-09-30"]);
  assert.deepEqual(days("2024"), ["2024-01-01", "2024-12-31"]);
  assert.deepEqual(days("0476"), ["0476-01-01", "0476-12-31"]);
});

test("a day that no calendar has is told as that", () => {
  assert.equal(days("30 Feb 2024"), "“30 Feb 2024”: there is no such day.");
  assert.equal(days("2023-02-29"), "“2023-02-29”: there is no such day.");
  assert.equal(days("0 May 2024"), "“0 May 2024”: there is no such day.");
});

test("what can mean two days or none is refused, with what to write", () => {
  for (const text of [
    "02/03/2024",
    "24",
    "Fe 2024",
    "Foo 2024",
    "2024-13",
    "2024-13-01",
    "5 Mai 2024",
    "0000",
    "yesterday",
  ]) {
    assert.match(String(days(text)), /is no date here: write 29 Feb 2024, Feb 2024, 2024 or 2024-02-29/, text);
  }
});
