// @ts-check
import assert from "node:assert/strict";
import test from "node:test";
import { besideMark, boxesOverlap, onLand, onRim, seenOf } from "../../geodata/timemap/labels.js";

const SIZE = { x: 600, y: 400 };
const MARK = { x: 300, y: 200, radius: 10 };
const TEXT = { width: 80, height: 16 };

test("boxes that only touch do not overlap", () => {
  const box = { x: 0, y: 0, width: 10, height: 10 };
  assert.equal(boxesOverlap(box, { ...box, x: 10 }), false);
  assert.equal(boxesOverlap(box, { ...box, x: 9 }), true);
});

test("a name stands right of its mark, else left, below, above, else nowhere", () => {
  /** @type {import("../../geodata/timemap/types").Box[]} */
  const taken = [];
  const sides = [];
  for (;;) {
    const box = besideMark(MARK, TEXT, SIZE, taken);
    if (!box) break;
    assert.ok(!taken.some((other) => boxesOverlap(box, other)));
    sides.push([Math.sign(box.x + box.width / 2 - MARK.x), Math.sign(box.y + box.height / 2 - MARK.y)]);
    taken.push(box);
  }
  assert.deepEqual(sides, [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ]);
});

test("a name does not leave the map at its sides", () => {
  const box = besideMark({ ...MARK, x: 590 }, TEXT, SIZE, []);
  assert.ok(box && box.x + box.width < 590);
});

test("a tag stands at the top of its area's rim, else further down", () => {
  const area = { x: 300, y: 200, reach: 120 };
  const tag = { width: 100, height: 22 };
  const top = onRim(area, tag, SIZE, [], []);
  assert.deepEqual(top, { x: 250, y: 69, ...tag });
  const next = onRim(area, tag, SIZE, top ? [top] : [], []);
  assert.ok(top && next && next.y > top.y && !boxesOverlap(top, next));
});

test("a tag may cover a name where there is no other room, and never what is solid; on a small map neither", () => {
  const area = { x: 300, y: 200, reach: 120 };
  const tag = { width: 100, height: 22 };
  const everywhere = [{ x: 0, y: 0, width: SIZE.x, height: SIZE.y }];
  assert.ok(onRim(area, tag, SIZE, everywhere, []));
  assert.equal(onRim(area, tag, SIZE, everywhere, everywhere), undefined);
  assert.equal(onRim({ ...area, x: 200 }, tag, { x: 400, y: 400 }, everywhere, []), undefined);
});

test("an area's tag is drawn where its rim is in view, and nowhere else", () => {
  const tag = { width: 100, height: 22 };
  const below = onRim({ x: 300, y: 30, reach: 120 }, tag, SIZE, [], []);
  assert.ok(below && below.y > 0);
  assert.equal(onRim({ x: 300, y: 200, reach: 2000 }, tag, SIZE, [], []), undefined);
});

test("a town's name starts at its dot, a country's stands about its middle", () => {
  const town = onLand(MARK, "town", TEXT, SIZE, []);
  const country = onLand(MARK, "country", TEXT, SIZE, []);
  assert.deepEqual([town?.x, country?.x], [297, 260]);
  assert.equal(onLand({ x: 10, y: 200 }, "country", TEXT, SIZE, []), undefined);
  assert.equal(onLand(MARK, "town", TEXT, SIZE, [{ x: 310, y: 200, width: 1, height: 1 }]), undefined);
});

test("a disc covers the map, lies outside it, or shows its rim", () => {
  assert.deepEqual(seenOf({ x: 300, y: 200, reach: 361 }, SIZE), { covers: true, outside: false });
  assert.deepEqual(seenOf({ x: 300, y: 200, reach: 360 }, SIZE), { covers: false, outside: false });
  assert.deepEqual(seenOf({ x: -50, y: 200, reach: 49 }, SIZE), { covers: false, outside: true });
});
