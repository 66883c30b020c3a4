// @ts-check
// Host: the part of the dashboard's map that is fetched once, as a module: the script, its style, and the tables it
// opens.

import { dayOfIso } from "./days.js";
import { seamOf } from "./mercator.js";
import { bytesOf, Table, unpack } from "./table.js";
import { Tiles } from "./tiles.js";
import { isoWindow, Timemap } from "./timemap.js";

/** @import { Columns, Fixed, Hooks } from "./types" */
/** @typedef {{ columns: Columns, fixed: Fixed }} Opened */

/** @type {Map<string, Promise<Opened>>} */
const opened = new Map();

/** @param {string} address */
async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(await answer.text());
  return unpack(await answer.arrayBuffer());
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
 * @param {Hooks} hooks
 */
export function create(root, { columns, fixed }, hooks) {
  return new Timemap(root, {
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
