// @ts-check
// The form of the land's cells, without a page: which a view touches, and what is in one. As `basemap/cells.py` has it.

import { mercatorX, mercatorY, MOST_LATITUDE } from "./mercator.js";

/** @import { Edges, LandLevel, LandName } from "./types" */

export const CELL_UNITS = 65536; // of a cell's points, round the world: pixels at zoom 8

/** Kinds whose paths are filled, and whose rims are shores but where they were cut. */
export const FILLED = new Set(["land", "lake"]);

/**
 * The finest level that is drawn at a zoom.
 * @template {{ zoom: number }} Level
 * @param {Level[]} levels the coarsest first
 * @param {number} zoom
 */
export function levelAt(levels, zoom) {
  return levels.findLastIndex((level) => level.zoom <= zoom);
}

/**
 * The cells that hold something and that a box touches, each once with the worlds (0 for the first, 1 for the one east
 * of it) in which it is seen.
 * @param {LandLevel} level
 * @param {Edges} box degrees; its east may be beyond 180, its west below -180
 */
export function touched({ size, cells }, [west, south, east, north]) {
  const [columns, rows] = [360 / size, 180 / size];
  /** @type {Map<string, { column: number, row: number, worlds: number[] }>} */
  const found = new Map();
  const [low, high] = [Math.floor((south + 90) / size), Math.floor((north + 90) / size)];
  for (let row = Math.max(low, 0); row <= Math.min(high, rows - 1); row += 1) {
    for (let at = Math.floor((west + 180) / size); at <= Math.floor((east + 180) / size); at += 1) {
      const world = Math.floor(at / columns);
      const column = at - world * columns;
      const number = row * columns + column;
      if (!((cells[number >> 3] >> (number & 7)) & 1)) continue;
      const key = `${column}_${row}`;
      const known = found.get(key) ?? { column, row, worlds: [] };
      known.worlds.push(world);
      found.set(key, known);
    }
  }
  return found;
}

/**
 * What is in a cell of lines: for each kind its paths, whose points are in `CELL_UNITS` from `x` and `y` (parts of the
 * world).
 * @param {ArrayBuffer} buffer
 */
export function unpackCell(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const numbers = new Int16Array(buffer, 4 + length);
  const { west, south, step, edges } = head;
  /** @param {number} degrees */
  const stepsTo = (degrees) => Math.round((degrees - west) / step);
  // The sources cut areas at the antimeridian and the pole too.
  const cutsLon = new Set([edges[0], edges[2], stepsTo(-180), stepsTo(180)]);
  const cutsLat = new Set([edges[1], edges[3], Math.round((-90 - south) / step)]);
  const [x, y] = [mercatorX(west), mercatorY(Math.max(south, -MOST_LATITUDE))];
  /** @type {Map<string, Float32Array[]>} */
  const kinds = new Map();
  let at = 0;
  for (const { kind, paths } of head.parts) {
    const known = listIn(kinds, kind);
    for (const count of paths) {
      const path = new Float32Array(count * 2);
      let [lon, lat] = [0, 0];
      let start = 0; // of the stretch of the shore that is not cut yet
      for (let point = 0; point < count; point += 1) {
        const [across, up] = [numbers[at], numbers[at + 1]];
        lon += across;
        lat += up;
        at += 2;
        const degrees = Math.min(Math.max(south + lat * step, -MOST_LATITUDE), MOST_LATITUDE);
        path[2 * point] = ((lon * step) / 360) * CELL_UNITS;
        path[2 * point + 1] = (mercatorY(degrees) - y) * CELL_UNITS;
        const isAlong = point > 0 && ((across === 0 && cutsLon.has(lon)) || (up === 0 && cutsLat.has(lat)));
        if (isAlong && FILLED.has(kind)) {
          if (point - start > 1) listIn(kinds, "shore").push(path.slice(2 * start, 2 * point));
          start = point;
        }
      }
      known.push(path);
      if (FILLED.has(kind) && count - start > 1) listIn(kinds, "shore").push(path.slice(2 * start));
    }
  }
  return { x, y, kinds };
}

/**
 * @param {Map<string, Float32Array[]>} lists
 * @param {string} key
 */
function listIn(lists, key) {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

const KINDS = { c: "country", p: "province", t: "town" };

/**
 * The names of a cell, the most important first. A name that is that of the first way of naming is not repeated.
 * @param {ArrayBuffer} buffer
 * @returns {LandName[]}
 */
export function unpackNames(buffer) {
  /** @type {{ lon: number[], lat: number[], kind: string, zoom: number[], country: string[], names: string[][] }} */
  const columns = JSON.parse(new TextDecoder().decode(buffer));
  const [first] = columns.names;
  return first.map((label, at) => {
    const [lon, lat] = [columns.lon[at] / 1000, columns.lat[at] / 1000];
    const kind = /** @type {LandName["kind"]} */ (KINDS[/** @type {keyof typeof KINDS} */ (columns.kind[at])]);
    const [zoom, country] = [columns.zoom[at] / 10, columns.country[at]];
    const names = columns.names.map((way) => way[at] || label);
    return { lon, lat, x: mercatorX(lon), y: mercatorY(lat), kind, zoom, country, names };
  });
}
