// What is said under a picture of the map.

import assert from "node:assert/strict";
import test from "node:test";

import { saidWith } from "../../geodata/timemap/picture.js";
import { tableOf } from "./rows.mjs";

/** @param {object} about what differs of the maps */
function saidOf(about) {
  const options = { documents: ["First report", "Second report"], caveats: [], notice: "Who says so is no proof." };
  const table = tableOf([{}, {}]);
  table.columns.source.set([0, 1]);
  const usual = { options, table, bounds: null, window: null, colouring: { title: "Side" }, views: [], shown: 2 };
  return saidWith(/** @type {any} */ ({ ...usual, ...about }));
}

test("who tells the reports of a picture stands under it", () => {
  assert.deepEqual(saidOf({}), [
    "All dates: 2 reports. Side is the colour. Told by: First report; Second report.",
    "Who says so is no proof.",
  ]);
});

test("squares of a large table name no document, and no sentence is left open", () => {
  const squares = { level: 10, rowsIn: () => [0, 1], columns: { source: new Uint16Array(0) } };
  const [said] = saidOf({ table: squares, shown: 3000 });
  assert.equal(
    said,
    "All dates: 3,000 reports. Side is the colour. Squares count what several tell: the list of each names them.",
  );
  const [nothing] = saidOf({ table: { ...squares, rowsIn: () => [] }, shown: 0 });
  assert.equal(nothing, "All dates: 0 reports. Side is the colour.");
});
