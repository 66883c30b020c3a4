// @ts-check
// Without a page: the shapes of a layer, which of them a window touches, and which lies under a point.

import { mercatorX, mercatorY, MOST_LATITUDE } from "./mercator.js";

/** @import { Day, LayerFeature, LayerShape, Period, Point } from "./types" */

/**
 * A feature in parts of the world, as `mercator.js` has them.
 * @param {LayerFeature} feature
 * @param {number} number among the features of its layer
 * @returns {LayerShape}
 */
export function shapeOf({ name, first, last, points, lines, rings }, number = 0) {
  const shape = {
    number,
    name,
    first,
    last,
    points: worldly(points),
    lines: lines.map(worldly),
    rings: rings.map(worldly),
  };
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const flat of [shape.points, ...shape.lines, ...shape.rings]) {
    for (let at = 0; at < flat.length; at += 2) {
      box.left = Math.min(box.left, flat[at]);
      box.right = Math.max(box.right, flat[at]);
      box.top = Math.min(box.top, flat[at + 1]);
      box.bottom = Math.max(box.bottom, flat[at + 1]);
    }
  }
  return { ...shape, box };
}

/** @param {number[]} degrees longitude and latitude in turn */
function worldly(degrees) {
  const flat = new Float64Array(degrees.length);
  for (let at = 0; at < degrees.length; at += 2) {
    flat[at] = mercatorX(degrees[at]);
    flat[at + 1] = mercatorY(Math.max(-MOST_LATITUDE, Math.min(MOST_LATITUDE, degrees[at + 1])));
  }
  return flat;
}

/**
 * Whether a span touches a window; one without an end is open there, and without a window everything is drawn.
 * @param {{ first: Day | null, last: Day | null }} span
 * @param {Period | null} window
 */
export function spanTouches({ first, last }, window) {
  return window === null || ((first ?? -Infinity) <= window.last && (last ?? Infinity) >= window.first);
}

/**
 * The worlds, 0 for the first and 1 for the one east of it, in which a view shows something of what lies between two
 * places. A layer of 181 to 360 degrees is so seen from -179 to 0 too.
 * @param {{ left: number, right: number }} view parts of the world
 * @param {{ left: number, right: number }} [drawn] the same; left out: all that a layer may hold, -360 to 360 degrees
 */
export function worldsSeen(view, drawn = { left: mercatorX(-360), right: mercatorX(360) }) {
  const worlds = [];
  const last = Math.floor(view.right - drawn.left);
  for (let at = Math.ceil(view.left - drawn.right) + 0; at <= last; at += 1) worlds.push(at); // + 0: no -0
  return worlds;
}

/**
 * The shape under a point, what is painted last first: a point before a line, a line before an area.
 * @param {LayerShape[]} shapes
 * @param {Point} point in parts of the world
 * @param {number} reach the same, how near a point or a line must be
 * @returns {LayerShape | null}
 */
export function shapeAt(shapes, point, reach) {
  const near = shapes.filter(({ box }) => {
    const isBeside = point.x >= box.left - reach && point.x <= box.right + reach;
    return isBeside && point.y >= box.top - reach && point.y <= box.bottom + reach;
  });
  return (
    near.findLast(({ points }) => isNearPoint(points, point, reach)) ??
    near.findLast(({ lines }) => lines.some((line) => isNearLine(line, point, reach))) ??
    near.findLast(({ rings }) => isWithin(rings, point)) ??
    null
  );
}

/**
 * @param {Float64Array} flat
 * @param {Point} point
 * @param {number} reach
 */
function isNearPoint(flat, { x, y }, reach) {
  for (let at = 0; at < flat.length; at += 2) if (Math.hypot(flat[at] - x, flat[at + 1] - y) <= reach) return true;
  return false;
}

/**
 * @param {Float64Array} flat
 * @param {Point} point
 * @param {number} reach
 */
function isNearLine(flat, { x, y }, reach) {
  for (let at = 2; at < flat.length; at += 2) {
    const [x0, y0] = [flat[at - 2], flat[at - 1]];
    const [dx, dy] = [flat[at] - x0, flat[at + 1] - y0];
    const along = ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy || 1);
    const part = Math.max(0, Math.min(1, along));
    if (Math.hypot(x0 + part * dx - x, y0 + part * dy - y) <= reach) return true;
  }
  return false;
}

/**
 * Whether a point lies in an area: a ring within another is a hole.
 * @param {Float64Array[]} rings x and y in turn
 * @param {Point} point
 */
export function isWithin(rings, { x, y }) {
  let inside = false;
  for (const flat of rings) {
    for (let at = 0, before = flat.length - 2; at < flat.length; before = at, at += 2) {
      const [y0, y1] = [flat[before + 1], flat[at + 1]];
      if (y0 > y === y1 > y) continue;
      if (x < flat[before] + ((y - y0) / (y1 - y0)) * (flat[at] - flat[before])) inside = !inside;
    }
  }
  return inside;
}
