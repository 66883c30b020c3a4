// @ts-check
// Where names find room: each goes where it covers nothing that is already there. Boxes are in pixels of the map.

/** @import { Box, Disc, Label, Point } from "./types" */

const AROUND = [0, 0.35, -0.35, 0.7, -0.7, 1.05, -1.05, 1.4, -1.4, 1.75, -1.75, 2.1, -2.1, 2.5, -2.5, Math.PI];
const ROOMY = 500; // pixels of a map's width from which a tag may lie over a name

/**
 * @param {Box} a
 * @param {Box} b
 */
export function boxesOverlap(a, b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/**
 * @param {Box} box
 * @param {Box[]} others
 */
function isFree(box, others) {
  return !others.some((other) => boxesOverlap(box, other));
}

/**
 * The place of a mark's name: to its right, else to its left, below it or above it; nothing where none is free.
 * @param {Disc} mark
 * @param {{ width: number, height: number }} text
 * @param {Point} size of the map
 * @param {Box[]} taken
 * @returns {Box | undefined}
 */
export function besideMark({ x, y, radius }, { width, height }, size, taken) {
  const corners = [
    [x + radius + 4, y - height / 2],
    [x - radius - 4 - width, y - height / 2],
    [x - width / 2, y + radius + 3],
    [x - width / 2, y - radius - 3 - height],
  ];
  return corners
    .map(([left, top]) => ({ x: left, y: top, width, height }))
    .find((box) => box.x > 0 && box.x + width < size.x && isFree(box, taken));
}

/**
 * The place of an area's tag on its rim, from the top down both sides. It may lie over a name where there is no other
 * room, and never over what is `solid`.
 * @param {Point & { reach: number }} area
 * @param {{ width: number, height: number }} tag
 * @param {Point} size of the map
 * @param {Box[]} taken
 * @param {Box[]} solid
 * @returns {Box | undefined}
 */
export function onRim({ x, y, reach }, { width, height }, size, taken, solid) {
  const boxes = AROUND.map((angle) => ({
    x: x + reach * Math.sin(angle) - width / 2,
    y: y - reach * Math.cos(angle) - Math.round(height / 2),
    width,
    height,
  })).filter((box) => box.x > 2 && box.y > 2 && box.x + width < size.x - 2 && box.y + height + 2 < size.y);
  return (
    boxes.find((box) => isFree(box, taken)) ?? (size.x > ROOMY ? boxes.find((box) => isFree(box, solid)) : undefined)
  );
}

/**
 * The place of a name that the land bears: a town's beside its dot, a country's about its middle.
 * @param {Point} point
 * @param {Label["kind"] | "province"} kind
 * @param {{ width: number, height: number }} text
 * @param {Point} size of the map
 * @param {Box[]} taken
 * @returns {Box | undefined}
 */
export function onLand({ x, y }, kind, { width, height }, size, taken) {
  const top = y - height / 2;
  const box =
    kind === "town" ? { x: x - 3, y: top, width: width + 12, height } : { x: x - width / 2, y: top, width, height };
  const isInside = box.x >= 2 && box.x + box.width <= size.x - 2 && box.y >= 2 && box.y <= size.y - 18;
  return isInside && isFree(box, taken) ? box : undefined;
}

/**
 * Whether a disc covers the whole map, or lies outside it.
 * @param {Point & { reach: number }} disc
 * @param {Point} size of the map
 */
export function seenOf({ x, y, reach }, size) {
  const corners = [
    [0, 0],
    [size.x, 0],
    [0, size.y],
    [size.x, size.y],
  ];
  const far = Math.max(...corners.map(([left, top]) => Math.hypot(left - x, top - y)));
  const near = Math.hypot(Math.max(0, -x, x - size.x), Math.max(0, -y, y - size.y));
  return { covers: reach > far, outside: near > reach };
}
