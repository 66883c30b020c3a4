// Host: the part of the dashboard's map that is fetched once, as a module: the script, its style, and the tables it opens.

import { Table, unpack } from "./table.js";
import { createTimemap, isoWindow } from "./timemap.js";

const opened = new Map();

// The table at an address, fetched once however often it is asked for.
export function open(address) {
  if (!opened.has(address)) {
    opened.clear(); // one table at a time: the one before is no longer on screen
    opened.set(address, fetch(address).then(async (answer) => {
      if (!answer.ok) throw new Error(await answer.text());
      return unpack(await answer.arrayBuffer());
    }));
  }
  return opened.get(address);
}

export function create(root, { columns, fixed }, hooks) {
  return createTimemap(root, { L: globalThis.L, table: new Table(columns), ...fixed, ...hooks });
}

export function addStyle(scope) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  scope.adoptedStyleSheets = [...scope.adoptedStyleSheets, sheet];
}

export { isoWindow };
