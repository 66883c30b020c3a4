// What is said of reports that stand together.

import assert from "node:assert/strict";
import test from "node:test";

import { Reports } from "../../geodata/timemap/reports.js";
import { tableOf } from "./rows.mjs";

test("an area without a name is told by its width where the table gives one", () => {
  const area = /** @type {const} */ (["area"]);
  const table = tableOf([
    { radius: 1200, signs: [...area] },
    { lon: 9, radius: 0, signs: [...area] },
  ]);
  const host = /** @type {any} */ ({ nameOf: (/** @type {string} */ name) => name });
  const unnamed = new Reports(host, /** @type {any} */ ({ documents: [] }), table);
  assert.deepEqual(
    [0, 1].map((row) => unnamed.nameOfArea(row)),
    ["an area 240 km across", "an area"],
  );
  const named = new Reports(host, /** @type {any} */ ({ documents: [], areas: ["Syunik", "Talish"] }), table);
  assert.deepEqual(
    [0, 1].map((row) => named.nameOfArea(row)),
    ["Syunik", "Talish"],
  );
});
