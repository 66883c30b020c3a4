// @ts-check
import assert from "node:assert/strict";
import test from "node:test";
import { mercatorX, mercatorY, metresPerPixel, worldSize } from "../../geodata/timemap/mercator.js";
import { CELL, MARGIN, pixelOf, Raster } from "../../geodata/timemap/raster.js";
import { tableOf } from "./rows.mjs";

/** @import { Table } from "../../geodata/timemap/table.js" */

const SIZE = { x: 301, y: 201 };
const WORLD = worldSize(6);

/**
 * A raster that looks at the middle of a place.
 * @param {Table} table
 * @param {number} lon
 * @param {number} lat
 */
function looking(table, lon, lat) {
  const origin = { x: mercatorX(lon) * WORLD - SIZE.x / 2, y: mercatorY(lat) * WORLD - SIZE.y / 2 };
  const raster = new Raster(table);
  raster.look(WORLD, origin, SIZE);
  const project = (/** @type {number} */ row) =>
    /** @type {[number, number]} */ ([table.x[row] * WORLD - origin.x, table.y[row] * WORLD - origin.y]);
  return { raster, project };
}

test("Web Mercator is the square world of its definition", () => {
  assert.deepEqual([mercatorX(-180), mercatorX(180), mercatorY(0)], [0, 1, 0.5]);
  assert.ok(Math.abs(mercatorY(85.0511287798066)) < 1e-12); // where the square ends
  assert.equal(worldSize(0), 256);
  assert.ok(Math.abs(metresPerPixel(0, 60) - 156543.034 / 2) < 0.01);
});

test("each report in view has the cell it lies in; areas and reports without a place have none", () => {
  const table = tableOf([{}, { lon: 120 }, { signs: ["area"] }, { signs: ["unmapped"] }]);
  const { raster } = looking(table, 45, 40);
  const [column, line] = [(SIZE.x / 2 + MARGIN) / CELL, (SIZE.y / 2 + MARGIN) / CELL].map(Math.floor);
  assert.deepEqual([...raster.cellOf], [line * raster.width + column, -1, -1, -1]);
});

test("a cell takes the most frequent category, and the fullest cell is told", () => {
  const table = tableOf([{}, {}, {}, { lon: 46 }]);
  const { raster } = looking(table, 45, 40);
  assert.equal(raster.count([0, 1, 2, 3], Uint8Array.of(1, 2, 2, 0), 3), 4);
  assert.equal(raster.sum(), 3);
  assert.equal(raster.leading[raster.cellOf[0]], 2);
  assert.equal(raster.totals[raster.cellOf[3]], 1);
  assert.equal(raster.count([3], Uint8Array.of(1, 2, 2, 0), 3), 1, "nothing of the count before stays");
  assert.equal(raster.sum(), 1);
});

test("reports near a point are found exactly, the nearest first", () => {
  const degrees = 360 / WORLD; // of longitude in a pixel
  const table = tableOf([{ lon: 45 + 4 * degrees }, { lon: 45 }, { lon: 45 + 6 * degrees }]);
  const { raster, project } = looking(table, 45, 40);
  assert.deepEqual(raster.near([0, 1, 2], { x: SIZE.x / 2, y: SIZE.y / 2 }, project, 5), [1, 0]);
});

test("a colour is a pixel with red lowest", () => {
  assert.equal(pixelOf("#010203"), 0x030201);
});
