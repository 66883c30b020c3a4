// @ts-check
// Host: the part of the dashboard's map that is fetched once, as a module: the script, its style, and the tables it
// opens.

import { dayOfIso, isoWindow } from "./days.js";
import { seamOf } from "./mercator.js";
import { bytesOf, Table, unpack } from "./table.js";
import { Tiles } from "./tiles.js";
import { Timemap } from "./timemap.js";

/** @import { Columns, Fixed, Hooks } from "./types" */
/** @typedef {{ columns: Columns, fixed: Fixed }} Opened */

/** @type {Map<string, Promise<Opened>>} */
const opened = new Map();

/** @param {string} address */
async function fetched(address) {
  return unpack(await bytesAt(address));
}

/**
 * @param {string | URL} address
 * @param {AbortSignal} [signal]
 */
async function bytesAt(address, signal) {
  const answer = await fetch(address, { signal });
  if (!answer.ok) throw new Error(await answer.text(), { cause: answer.status });
  return answer.arrayBuffer();
}

/**
 * The table at an address, fetched once however often it is asked for.
 * @param {string} address
 */
export function open(address) {
  const known = opened.get(address);
  if (known) return known;
  opened.clear(); // one table at a time: the one before is no longer on screen
  const table = fetched(address);
  opened.set(address, table);
  return table;
}

/**
 * @param {HTMLElement} root
 * @param {Opened} table
 * @param {string} address of the table, as `open` was given it
 * @param {Hooks} hooks
 */
export function create(root, { columns, fixed }, address, hooks) {
  const { version } = fixed.land;
  return new Timemap(root, {
    cell: (name) => {
      // The land's lines are one for all tables, unless a case treats boundaries itself; its names are the table's own.
      const isShared = version && !name.startsWith("names/");
      return bytesAt(new URL(`land/${name}`, isShared ? new URL(`../${version}/`, address) : address));
    },
    loadCard: async (row, naming) => {
      const asked = new URL(`incident/${row}?names=${encodeURIComponent(naming)}`, address);
      return JSON.parse(new TextDecoder().decode(await bytesAt(asked)));
    },
    ask: (what, query, signal) => bytesAt(new URL(`${what}?${query}`, address), signal),
    L: globalThis.L,
    table: new Table(columns, fixed.flags, seamOf(fixed.home.box)),
    Tiles,
    ...fixed,
    ...hooks,
  });
}

/** @param {Document | ShadowRoot} scope */
export function addStyle(scope) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  scope.adoptedStyleSheets = [...scope.adoptedStyleSheets, sheet];
}

export { bytesOf, dayOfIso, isoWindow };
