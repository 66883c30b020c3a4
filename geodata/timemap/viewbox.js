// @ts-check
// Boxes of degrees, as the server is asked for them: of what a map shows, and of what was clicked on it.

import { latOf, lonOf } from "./mercator.js";

/** @import { Item } from "./types" */
/** @import { MapView } from "./mapview.js" */

/**
 * West, south, east, north of a view in degrees, with a margin.
 * @param {MapView} view
 * @param {number} margin
 */
export function boxInView({ map }, margin) {
  const bounds = map.getBounds().pad(margin);
  const round = (/** @type {number} */ degrees) => Math.round(degrees * 1000) / 1000;
  const wide = bounds.getEast() - bounds.getWest() >= 360;
  const [west, east] = wide ? [-180, 180] : [turned(bounds.getWest()), turned(bounds.getEast())];
  return [west, Math.max(-90, bounds.getSouth()), east, Math.min(90, bounds.getNorth())].map(round);
}

/** @param {number} lon degrees, of any turn of the earth */
function turned(lon) {
  return ((((lon + 180) % 360) + 360) % 360) - 180;
}

/**
 * @param {number[]} inner
 * @param {string} [outer]
 */
export function isInBox([west, south, east, north], outer = "") {
  const [w, s, e, n] = outer.split(",").map(Number);
  return west >= w && south >= s && east <= e && north <= n;
}

/**
 * The box of an item's rows: of squares with their edges, of an area its middle alone.
 * @param {MapView} view
 * @param {Item} item
 */
export function boxOfRows({ table }, { rows }) {
  const half = table.level === null ? 0 : 0.5 / 2 ** table.level;
  const slack = half ? -1e-9 : 1e-7; // of squares their own rows alone, of points what rounding has moved
  const [xs, ys] = [table.x, table.y].map((places) => rows.map((row) => places[row]));
  const isArea = rows.some((row) => table.areaOf[row] >= 0);
  const edge = isArea ? 1e-6 : half + slack;
  const [west, east] = [Math.min(...xs) - edge, Math.max(...xs) + edge].map((x) => turned(lonOf(x)));
  const [south, north] = [Math.max(...ys) + edge, Math.min(...ys) - edge].map(latOf);
  return [west, south, east, north];
}
