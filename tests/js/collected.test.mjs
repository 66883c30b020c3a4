// @ts-check
// The collection as the page knows it.

import assert from "node:assert/strict";
import test from "node:test";
import { Collected, MOST_COLLECTED } from "../../geodata/timemap/collected.js";

/** @import { Row } from "../../geodata/timemap/types" */
/** @typedef {{ notes: [Row, string][], out: Row[] }} Message */

/** A collection over incidents of two rows each, 0 and 1, 2 and 3, and on; unless only the server knows them. */
function collection(knowsIncidents = true) {
  /** @type {Message[]} */
  const told = [];
  const live = { textContent: "" };
  const both = (/** @type {Row} */ row) => [row - (row % 2), row - (row % 2) + 1];
  const listed = { knowsIncidents, ofIncident: (/** @type {Row} */ row) => (knowsIncidents ? both(row) : [row]) };
  const options = {
    onCollect: (/** @type {[Row, string][]} */ notes, /** @type {Row[]} */ out) => told.push({ notes, out }),
  };
  const say = (/** @type {string} */ text) => (live.textContent = text);
  const collected = new Collected(/** @type {any} */ ({ options, listed, live, say }));
  collected.update({ notes: {}, incidents: 0 });
  return { collected, told, live };
}

const rowsOf = (/** @type {number} */ incidents) => Array.from({ length: incidents }, (_, at) => 2 * at);

test("the last message alone tells all that was ticked", () => {
  const { collected, told } = collection();
  collected.take([4], true);
  collected.take([1], true);
  collected.take([5], false);
  assert.deepEqual(told.at(-1), {
    notes: [
      [0, ""],
      [1, ""],
    ],
    out: [4, 5],
  });
});

test("what was taken out is forgotten when it is taken in again, and when the host tells what is in", () => {
  const { collected, told } = collection();
  collected.update({ notes: { 0: "why", 1: "why" }, incidents: 1 });
  collected.take([0], false);
  collected.take([0], true);
  assert.deepEqual(told.at(-1)?.out, []);
  collected.take([0], false);
  collected.update({ notes: {}, incidents: 0 });
  collected.take([2], true);
  assert.deepEqual(told.at(-1)?.out, []);
});

test("incidents that find no room beside those that are in are counted, and none is taken", () => {
  const { collected, told, live } = collection();
  assert.equal(collected.take(rowsOf(MOST_COLLECTED - 1), true), true);
  assert.equal(collected.take(rowsOf(MOST_COLLECTED + 2), true), false);
  assert.match(live.textContent, /: 2 of 502 incidents would find no room/);
  assert.equal(told.length, 1);
  assert.equal(collected.take([2 * MOST_COLLECTED], true), true);
  assert.equal(collected.take(rowsOf(1), true), true, "it is in already");
  assert.equal(collected.take([2 * MOST_COLLECTED + 2], true), false);
});

test("of a table whose incidents the server alone knows, reports are counted", () => {
  const { collected, told, live } = collection(false);
  assert.equal(collected.take([4, 5], true), true);
  assert.equal(live.textContent, "2 reports taken into the collection.");
  assert.deepEqual(told.at(-1)?.notes, [
    [4, ""],
    [5, ""],
  ]);
  assert.equal(
    collected.take(rowsOf(MOST_COLLECTED), true),
    false,
    "two reports are in it that may be of an incident each",
  );
  assert.match(live.textContent, /500 incidents: 1 of 500 reports would find no room/);
});

test("reports of one incident take the room of one, once the host has told how many incidents they are of", () => {
  const { collected, live } = collection(false);
  const notes = Object.fromEntries(Array.from({ length: 3 * 498 }, (_, row) => [row, ""]));
  collected.update({ notes, incidents: 498 });
  assert.equal(collected.take([5000], true), true);
  assert.equal(collected.take([5000, 6000, 7000], true), false);
  assert.match(live.textContent, /: 1 of 3 reports would find no room/);
  assert.equal(collected.take([5000], false), true);
  assert.equal(collected.take([6000, 7000], true), true);
});
