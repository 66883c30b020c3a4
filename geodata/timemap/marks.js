// @ts-check
// Which reports stand together in one mark, of which parts it is made, and how large it is.

/** @import { Box, Disc, Item, Point, Project, Rows, Sizes, Slice, Stack } from "./types" */
/** @import { Table } from "./table.js" */

/**
 * Rows at one place make a stack; stacks nearer than `near` pixels join the larger one.
 * @param {Table} table
 * @param {Rows} rows
 * @param {Project} project
 * @param {number} near
 */
export function stacks(table, rows, project, near) {
  /** @type {Stack[]} */
  const points = [];
  /** @type {Map<number, Stack[]>} hosts by square of `near` pixels, so that only neighbours are compared */
  const grid = new Map();
  const spots = placesOf(table, rows, project);
  for (const spot of spots.sort((a, b) => b.rows.length - a.rows.length || a.key - b.key)) {
    const square = Math.floor(spot.x / near) * 1e5 + Math.floor(spot.y / near);
    const host = neighbour(grid, square, spot, near);
    if (host) {
      for (const row of spot.rows) host.rows.push(row);
      host.places += 1;
      continue;
    }
    points.push(spot);
    const others = grid.get(square);
    if (others) others.push(spot);
    else grid.set(square, [spot]);
  }
  return points;
}

/**
 * @param {Table} table
 * @param {Rows} rows
 * @param {Project} project
 */
function placesOf(table, rows, project) {
  /** @type {Map<number, Stack>} */
  const spots = new Map();
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at];
    // A place as one number: degrees to five decimals, about a metre. Text keys take ten times as long.
    const key = Math.round((table.lon[row] + 180) * 1e5) * 2e7 + Math.round((table.lat[row] + 90) * 1e5);
    const spot = spots.get(key);
    if (spot) spot.rows.push(row);
    else {
      const [x, y] = project(row);
      spots.set(key, { x, y, rows: [row], places: 1, key });
    }
  }
  return [...spots.values()];
}

/**
 * @param {Map<number, Stack[]>} grid
 * @param {number} square
 * @param {Point} spot
 * @param {number} near
 */
function neighbour(grid, square, spot, near) {
  for (let across = -1e5; across <= 1e5; across += 1e5) {
    for (let down = -1; down <= 1; down += 1) {
      const others = grid.get(square + across + down);
      if (!others) continue;
      for (const other of others) if ((other.x - spot.x) ** 2 + (other.y - spot.y) ** 2 < near ** 2) return other;
    }
  }
  return null;
}

const tally = new Int32Array(256 * 32); // of each kind of slice; all 0 between two calls

/**
 * Slices of a stack: reports that are drawn alike, counted, in a fixed order.
 * @param {Table} table
 * @param {Rows} rows
 * @param {Uint8Array} codes
 * @returns {Slice[]}
 */
export function slices(table, rows, codes) {
  const { flags, bit } = table;
  const keys = [];
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at];
    const [vague, confirmed] = [table.isVague(row), flags[row] & bit.confirmed];
    const [denied, subject] = [flags[row] & bit.denied, flags[row] & bit.subject];
    const added = flags[row] & bit.added;
    const drawn = (vague ? 16 : 0) + (confirmed ? 8 : 0) + (denied ? 4 : 0) + (subject ? 2 : 0) + (added ? 1 : 0);
    const key = codes[row] * 32 + drawn;
    if (tally[key] === 0) keys.push(key);
    tally[key] += table.weight(row);
  }
  if (keys.length > 1) keys.sort((a, b) => a - b);
  return keys.map((key) => {
    const count = tally[key];
    tally[key] = 0;
    const [vague, confirmed, denied, subject, added] = [16, 8, 4, 2, 1].map((part) => (key & part) !== 0);
    return { key, code: key >> 5, subject, vague, denied, confirmed, added, count };
  });
}

/**
 * The radius in pixels of the mark of so many reports.
 * @param {number} count
 * @param {Sizes} sizes
 */
export function sizeOf(count, { single, growth, largest }) {
  return count === 1 ? single : Math.min(largest, single + growth * Math.sqrt(count));
}

/**
 * What lies under a point: a tag before a mark, of the tags that which is drawn last, of the marks the largest.
 * @param {Item[]} items as they are painted, the largest mark first
 * @param {Point} point
 * @param {boolean} onlyChosen marks that are not chosen are too pale to be meant
 */
export function itemUnder(items, point, onlyChosen) {
  const inBox = (/** @type {Box} */ { x, y, width, height }) =>
    point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height;
  const inDisc = (/** @type {Disc} */ { x, y, radius }) => (x - point.x) ** 2 + (y - point.y) ** 2 <= (radius + 4) ** 2;
  const tag = items.findLast((item) => item.kind === "area" && item.box && inBox(item.box));
  const mark = items.find((item) => item.kind === "mark" && inDisc(item) && (item.chosen || !onlyChosen));
  return tag ?? mark ?? null;
}
