// @ts-check
import assert from "node:assert/strict";
import test from "node:test";
import { Layers } from "../../geodata/timemap/layers.js";
import { shapeAt, shapeOf, spanTouches, worldsSeen } from "../../geodata/timemap/layershapes.js";
import { mercatorX, mercatorY } from "../../geodata/timemap/mercator.js";

/** @import { LayerFeature, LayerInfo } from "../../geodata/timemap/types" */

/**
 * @param {Partial<LayerFeature>} given
 * @returns {LayerFeature}
 */
function feature(given) {
  return { name: "", first: null, last: null, points: [], lines: [], rings: [], ...given };
}

/**
 * @param {Partial<LayerInfo>} given
 * @returns {LayerInfo}
 */
function info(given) {
  const told = {
    number: 1,
    title: "Line",
    source: "A journal",
    terms: "",
    credit: "",
    span: "",
    first: null,
    last: null,
  };
  return { ...told, kind: "lines", colour: "#111111", dash: [3, 4], edges: null, notes: [], ...given };
}

/**
 * @param {number} lon
 * @param {number} lat
 */
const at = (lon, lat) => ({ x: mercatorX(lon), y: mercatorY(lat) });

test("a span touches a window up to its last day, and an open end always", () => {
  const window = { first: 100, last: 200 };
  assert.ok(spanTouches({ first: 200, last: null }, window));
  assert.ok(!spanTouches({ first: 201, last: null }, window));
  assert.ok(spanTouches({ first: null, last: 100 }, window));
  assert.ok(!spanTouches({ first: null, last: 99 }, window));
  assert.ok(spanTouches({ first: null, last: null }, window));
  assert.ok(spanTouches({ first: 900, last: 901 }, null));
});

test("an area is under a point within its rim and not in its hole", () => {
  const outer = [44, 39, 48, 39, 48, 42, 44, 42, 44, 39];
  const hole = [45, 40, 46, 40, 46, 41, 45, 41, 45, 40];
  const shapes = [shapeOf(feature({ rings: [outer, hole] }))];
  assert.equal(shapeAt(shapes, at(47, 40), 0), shapes[0]);
  assert.equal(shapeAt(shapes, at(45.5, 40.5), 0), null);
  assert.equal(shapeAt(shapes, at(49, 40), 0), null);
});

test("a point lies over a line, and a line over an area, within reach of the pointer", () => {
  const area = shapeOf(feature({ rings: [[44, 39, 48, 39, 48, 42, 44, 42]] }));
  const line = shapeOf(feature({ lines: [[44, 40, 48, 40]] }));
  const spot = shapeOf(feature({ points: [46, 40] }));
  const reach = mercatorX(0.1) - mercatorX(0);
  assert.equal(shapeAt([spot, line, area], at(46.05, 40), reach), spot);
  assert.equal(shapeAt([spot, line, area], at(47, 40.05), reach), line);
  assert.equal(shapeAt([spot, line, area], at(47, 41), reach), area);
});

test("what lies at a pole stays on the map", () => {
  const { box } = shapeOf(feature({ points: [0, 90, 0, -90] }));
  assert.ok(box.top > -0.001 && box.bottom < 1.001);
});

test("a layer that is switched off is not drawn, and its number is kept for the address", () => {
  /** @type {number[][]} */
  const told = [];
  const host = { changed: () => {}, switched: (/** @type {number[]} */ off) => told.push(off) };
  const layers = new Layers([info({ number: 2 }), info({ number: 5 })], host, [5]);
  for (const layer of layers.all) layer.shapes = [shapeOf(feature({ points: [46, 40] }))];
  assert.deepEqual(
    layers.drawnIn(null).map((layer) => layer.info.number),
    [2],
  );
  layers.toggle(layers.all[0], false);
  assert.deepEqual(told, [[2, 5]]);
  assert.deepEqual(layers.drawnIn(null), []);
});

test("a layer that cannot be fetched says so, and the others are drawn", async () => {
  const content = [feature({ points: [46, 40] })];
  const host = { changed: () => {}, switched: () => {}, address: () => "data:nothing" };
  const layers = new Layers([info({}), info({ content })], host, []);
  await layers.load();
  assert.match(layers.all[0].fault, /^It cannot be loaded: /);
  assert.equal(layers.all[1].fault, "");
  assert.equal(layers.drawnIn(null).length, 1);
});

test("a layer on the 180th meridian is seen from either side of it, and one of 181 to 360 from the west", () => {
  const seen = { left: mercatorX(-181), right: mercatorX(-177) };
  const across = { left: mercatorX(178), right: mercatorX(182) };
  assert.deepEqual(worldsSeen(seen, across), [-1]);
  assert.deepEqual(worldsSeen({ left: mercatorX(177), right: mercatorX(183) }, across), [0]);
  assert.deepEqual(worldsSeen(seen, { left: mercatorX(181), right: mercatorX(360) }), [-1]);
  assert.deepEqual(worldsSeen({ left: mercatorX(40), right: mercatorX(50) }, across), []);
  assert.ok(worldsSeen({ left: mercatorX(540), right: mercatorX(545) }).includes(1));
  const shape = shapeOf(feature({ points: [181, 10] }));
  const found = worldsSeen({ left: mercatorX(-179), right: mercatorX(-179) }).map((world) =>
    shapeAt([shape], { x: mercatorX(-179) - world, y: mercatorY(10) }, 1e-6),
  );
  assert.ok(found.includes(shape));
});

test("a layer that comes broken is told in words and not in those of a parser", async () => {
  const host = { address: () => "data:application/json,[NaN]", changed: () => {}, switched: () => {} };
  const layers = new Layers([info({})], host, []);
  await layers.load();
  assert.equal(layers.all[0].fault, "It cannot be loaded: what came is broken. Load the page again.");
});
