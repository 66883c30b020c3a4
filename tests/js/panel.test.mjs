// @ts-check
// What the panel lists.

import assert from "node:assert/strict";
import test from "node:test";
import { Here } from "../../geodata/timemap/here.js";
import { Listed } from "../../geodata/timemap/listed.js";
import { grouped } from "../../geodata/timemap/reportlist.js";
import { tableOf } from "./rows.mjs";

/** @import { Item } from "../../geodata/timemap/types" */

test("what was clicked is the same after it was written to a link and read from it", () => {
  const host = { table: tableOf([{ lon: 44 }, { lon: 45 }, { lon: 46, radius: 500, signs: ["area"] }]), bounds: null };
  for (const kind of /** @type {const} */ (["mark", "cell", "area"])) {
    const here = Here.of(host, /** @type {Item} */ ({ kind, rows: kind === "area" ? [2] : [0, 1] }));
    const again = Here.read(host, here.text);
    assert.equal(again?.kind, kind);
    assert.deepEqual(again?.item, here.item);
  }
});

test("a link of before, which does not say what was clicked, is read; one that names no row is not", () => {
  const host = { table: tableOf([{ lon: 44 }, { lon: 45 }]), bounds: null };
  assert.deepEqual(Here.read(host, "0.1")?.anchors, [0, 1]);
  for (const text of ["", "mark", "mark.", "mark.7", "mark.x"]) assert.equal(Here.read(host, text), null, text);
});

test("more places than a link can name make no text of a link", () => {
  const host = { table: tableOf(Array.from({ length: 41 }, (_, at) => ({ lon: at }))), bounds: null };
  const rows = Array.from({ length: 41 }, (_, at) => at);
  assert.equal(Here.of(host, /** @type {Item} */ ({ kind: "cell", rows })).text, "");
  assert.notEqual(Here.of(host, /** @type {Item} */ ({ kind: "cell", rows: rows.slice(1) })).text, "");
});

test("every report that the map does not draw is in a list of those it cannot show, and in one alone", () => {
  const table = tableOf([{ lat: 40 }, { lat: 89 }, { lat: -88 }, { signs: ["unmapped"] }]);
  const listed = new Listed(/** @type {any} */ ({ table, bounds: null, options: {} }));
  assert.deepEqual(listed.unshown(), { unplaced: [3], polar: [1, 2], undated: [] });
});

test("reports are grouped by who claims them, whatever the colours of the map", () => {
  const who = ["Azerbaijan", "Armenia", "Azerbaijan", ""];
  const reports = /** @type {any} */ ({
    detail: (/** @type {number} */ row) => ({ who: who[row] }),
    placeOf: () => "",
    categoryOf: () => ({ name: "shelling" }),
  });
  assert.deepEqual(grouped([0, 1, 2, 3], "who", reports), [
    ["Armenia", [1]],
    ["Azerbaijan", [0, 2]],
    ["No claimant known", [3]],
  ]);
  assert.deepEqual(grouped([0, 1], "place", reports), [["No place named", [0, 1]]]);
});
