// Host: what travels to the dashboard once. Leaves an engine (Leaflet, the table, the base map) where the map finds it.

import { Table } from "./table.js";
import { createTimemap, isoWindow } from "./timemap.js";

const COLUMNS = ["lon", "lat", "radius", "first", "last", "side", "kind", "source", "flags"];

export default function ({ data, setStateValue }) {
  const engines = (globalThis.attestEngines ??= new Map());
  if (engines.has(data.token) || !data.table) return;
  const columns = Object.fromEntries(COLUMNS.map((name) => [name, data.table.getChild(name).toArray()]));
  engines.clear(); // one table at a time: the one before is no longer on screen
  engines.set(data.token, {
    create(root, hooks) {
      const table = new Table(columns);
      return createTimemap(root, { L: globalThis.L, table, ...data.fixed, ...hooks });
    },
    isoWindow,
    css: data.css,
  });
  globalThis.dispatchEvent(new Event("attest-engine"));
  setStateValue("has", data.token);
}
