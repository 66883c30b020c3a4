// @ts-check
// The land that the maps of a page have in common: its cells, each asked for once when a map looks at it, and kept.

import { FILLED, levelAt, touched, unpackCell, unpackNames } from "./landcells.js";

/** @import { Edges, LandData, LandLevel, LandName } from "./types" */

/**
 * A cell of lines, ready to be painted: a path for each kind, from `x` and `y` in parts of the world.
 * @typedef {{ x: number, y: number, paths: Map<string, Path2D> }} Drawn
 */

const RETRY = 10_000; // milliseconds after which a cell that did not come may be asked for again
const MOST_KEPT = 400; // cells: more than any way through the world looks at in a minute

export class Land {
  /**
   * @param {LandData} data
   * @param {(address: string) => Promise<ArrayBuffer>} fetched what stands at an address such as 10m/37_21
   */
  constructor(data, fetched) {
    this.levels = data.levels.map(levelOf);
    this.names = data.names.map(levelOf);
    this.colours = data.colours;
    this.fetched = fetched;
    this.carried = data.embedded ?? null;
    /** @type {Map<string, Drawn | LandName[] | null>} null while it is on its way */
    this.kept = new Map();
    /** @type {Set<() => void>} maps that paint again when a cell has come */
    this.listeners = new Set();
    this.isBroken = false; // whether a cell has not come that should have
  }

  /**
   * The cells of a level in a box, and whether all of them are here.
   * @param {number} at number of the level
   * @param {Edges} box degrees
   */
  cellsIn(at, box) {
    const level = this.levels[at];
    /** @type {{ cell: Drawn, worlds: number[] }[]} */
    const cells = [];
    let isWhole = true;
    for (const [key, { worlds }] of touched(level, box)) {
      const cell = this.asked(`${level.name}/${key}`, drawn);
      if (cell) cells.push({ cell, worlds });
      else isWhole = false;
    }
    return { cells, isWhole };
  }

  /**
   * The names in a box that may be written at a zoom, those of coarse levels first.
   * @param {number} zoom
   * @param {Edges} box degrees
   */
  namesIn(zoom, box) {
    /** @type {{ names: LandName[], worlds: number[] }[]} */
    const found = [];
    let isWhole = true;
    for (const level of this.names.slice(0, levelAt(this.names, zoom) + 1)) {
      for (const [key, { worlds }] of touched(level, box)) {
        const names = this.asked(`names/${level.name}/${key}`, unpackNames);
        if (names) found.push({ names, worlds });
        else isWhole = false;
      }
    }
    return { found, isWhole };
  }

  /**
   * What stands at an address; nothing while it is on its way. A saved file has not every cell.
   * @template {Drawn | LandName[]} Kind
   * @param {string} address
   * @param {(buffer: ArrayBuffer) => Kind} read
   * @returns {Kind | null}
   */
  asked(address, read) {
    const known = this.kept.get(address);
    if (known !== undefined) return /** @type {Kind | null} */ (known);
    if (this.carried && !(address in this.carried)) return null; // a saved file has the land round its marks alone
    this.kept.set(address, null);
    this.fetched(address)
      .then((buffer) => {
        this.kept.set(address, read(buffer));
        this.isBroken = false;
        if (this.kept.size > MOST_KEPT) this.forget();
        for (const listen of this.listeners) listen();
      })
      .catch((/** @type {Error} */ error) => {
        if (!this.isBroken) console.warn(`A part of the base map does not come: ${error.message}`);
        this.isBroken = true;
        for (const listen of this.listeners) listen();
        setTimeout(() => this.kept.delete(address), RETRY);
      });
    return null;
  }

  /**
   * The name of a country among those that are known at every zoom.
   * @param {string} country ISO 3166-1 alpha-2
   */
  countryNamed(country) {
    for (const { names } of this.namesIn(0, [-180, -90, 179.9, 90]).found) {
      const found = names.find((name) => name.kind === "country" && name.country === country);
      if (found) return found;
    }
    return null;
  }

  /** Lets go of the cells that were asked for first. */
  forget() {
    for (const address of [...this.kept.keys()].slice(0, MOST_KEPT / 4)) this.kept.delete(address);
  }
}

/** @param {LandData["levels"][number]} level */
function levelOf({ name, zoom, size, cells }) {
  /** @type {LandLevel} */
  const level = { name, zoom, size, cells: Uint8Array.from(atob(cells), (letter) => letter.charCodeAt(0)) };
  return level;
}

/** @param {ArrayBuffer} buffer */
function drawn(buffer) {
  const { x, y, kinds } = unpackCell(buffer);
  /** @type {Map<string, Path2D>} */
  const paths = new Map();
  for (const [kind, listed] of kinds) {
    const whole = new Path2D();
    for (const path of listed) {
      whole.moveTo(path[0], path[1]);
      for (let at = 2; at < path.length; at += 2) whole.lineTo(path[at], path[at + 1]);
      if (FILLED.has(kind)) whole.closePath();
    }
    paths.set(kind, whole);
  }
  return { x, y, paths };
}
