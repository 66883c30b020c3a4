// @ts-check
import assert from "node:assert/strict";
import test from "node:test";
import { CELL_UNITS, levelAt, touched, unpackCell, unpackNames } from "../../geodata/timemap/landcells.js";
import { kmBetween, nearestTown, spokenKm, windFrom } from "../../geodata/timemap/landnames.js";
import { mercatorX, mercatorY } from "../../geodata/timemap/mercator.js";

/** @param {number[]} held cells by their numbers */
function levelOf(held) {
  const cells = new Uint8Array(225);
  for (const number of held) cells[number >> 3] |= 1 << (number & 7);
  return { name: "10m", zoom: 6.5, size: 6, cells };
}

/**
 * @param {object} head
 * @param {number[]} numbers
 */
function packed(head, numbers) {
  let text = JSON.stringify(head);
  if (text.length % 2) text += " ";
  const bytes = new Uint8Array(4 + text.length + 2 * numbers.length);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(new TextEncoder().encode(text), 4);
  bytes.set(new Uint8Array(Int16Array.from(numbers).buffer), 4 + text.length);
  return bytes.buffer;
}

test("the finest level that a zoom allows is drawn", () => {
  const levels = [{ zoom: 0 }, { zoom: 4 }, { zoom: 6.5 }];
  assert.deepEqual(
    [1.5, 4, 6.25, 6.5, 15].map((zoom) => levelAt(levels, zoom)),
    [0, 1, 1, 2, 2],
  );
});

test("a view across the antimeridian touches cells of two worlds", () => {
  const row = 12; // 18 to 12 degrees south
  const level = levelOf([row * 60 + 59, row * 60]);
  const found = touched(level, [175, -17, 185, -13]);
  assert.deepEqual(Object.fromEntries([...found].map(([key, { worlds }]) => [key, worlds])), {
    "59_12": [0],
    "0_12": [1],
  });
});

test("a view of more than the world has a cell once, in each world", () => {
  const level = levelOf([12 * 60]);
  assert.deepEqual(touched(level, [-540, -17, 360, -13]).get("0_12")?.worlds, [-1, 0, 1]);
});

test("cells that hold nothing are not asked for", () => {
  assert.equal(touched(levelOf([]), [0, 0, 50, 50]).size, 0);
});

test("a cell's points lie where their degrees are", () => {
  const parts = [{ kind: "river", of: "", paths: [2] }];
  const head = { west: 42, south: 36, step: 0.001, edges: [-24, -24, 6024, 6024], parts };
  const { x, y, kinds } = unpackCell(packed(head, [3000, 3500, 500, -500]));
  const [path] = kinds.get("river") ?? [];
  assert.ok(Math.abs(x + path[0] / CELL_UNITS - mercatorX(45)) < 1e-7);
  assert.ok(Math.abs(y + path[1] / CELL_UNITS - mercatorY(39.5)) < 1e-7);
  assert.ok(Math.abs(x + path[2] / CELL_UNITS - mercatorX(45.5)) < 1e-7);
});

test("a shore is the rim of the land but for the edge where it was cut", () => {
  const parts = [{ kind: "land", of: "", paths: [5] }];
  const head = { west: 0, south: 0, step: 0.001, edges: [-24, -24, 6024, 6024], parts };
  // A rectangle whose west lies on the cell's edge.
  const { kinds } = unpackCell(packed(head, [-24, 1000, 1024, 0, 0, 1000, -1024, 0, 0, -1000]));
  const shores = kinds.get("shore") ?? [];
  assert.equal(kinds.get("land")?.[0].length, 10);
  assert.deepEqual(
    shores.map((path) => path.length / 2),
    [4],
  );
});

test("a name that is not known in a language is the first one", () => {
  const columns = {
    lon: [46500],
    lat: [39100],
    kind: "t",
    zoom: [65],
    country: ["AM"],
    names: [["Goris"], [""], ["Գորիս"]],
  };
  const [name] = unpackNames(new TextEncoder().encode(JSON.stringify(columns)).buffer);
  assert.deepEqual([name.names, name.kind, name.zoom, name.lon], [["Goris", "Goris", "Գորիս"], "town", 6.5, 46.5]);
});

test("distances and directions are those on the globe", () => {
  const [yerevan, baku] = [
    { lon: 44.51, lat: 40.18 },
    { lon: 49.87, lat: 40.41 },
  ];
  assert.ok(Math.abs(kmBetween(yerevan, baku) - 455) < 3);
  assert.equal(windFrom(yerevan, baku), "east");
  assert.equal(windFrom({ lon: 179, lat: -17 }, { lon: -179, lat: -17 }), "east");
  assert.deepEqual([3.14, 9.96, 1234.4].map(spokenKm), ["3.1 km", "10 km", "1,234 km"]);
});

test("the nearest town is a town, and across the antimeridian too", () => {
  const names = [
    { lon: 178, lat: -17, kind: "country", text: "Fiji" },
    { lon: -179.5, lat: -17, kind: "town", text: "near" },
    { lon: 175, lat: -17, kind: "town", text: "far" },
  ];
  assert.equal(nearestTown(names, { lon: 179.5, lat: -17 })?.town.text, "near");
});
