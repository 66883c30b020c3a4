// @ts-check
// Host: the map in the dashboard. Small, for it is sent again whenever a filter changes; the engine is not.

import { Unheard } from "./unheard.js";

/** @import { Camera, Component, Hooks, Period, Row, Settings, Stood, TileSet } from "./types" */
/** @import { Opened } from "./streamlit_engine.js" */
/** @typedef {import("./worlds.js").Asked} Asked */
/** @typedef {{ titles: [string, string], masks: string[], sets: Asked[], split: boolean }} Sets of a large table what
 *   each map asks for, of others masks */
/** @typedef {typeof import("./streamlit_engine.js")} Engine */
/** @typedef {ReturnType<Engine["create"]>} Timemap */
/** @typedef {Component<MapData>["setTriggerValue"]} Trigger */
/** @typedef {(name: string, value: unknown) => void} Tell */

/**
 * What Python sends; masks are base64, dates ISO 8601.
 * @typedef {object} MapData
 * @property {string} engine address of the script
 * @property {string} table address of the table
 * @property {string} base address of the page that others can open, without a view; blank where none is known
 * @property {string} height of map and timeline, as CSS has it
 * @property {boolean} large
 * @property {boolean} stepping a lesson is open
 * @property {boolean} telling Python is told where the map looks, each time the reader has moved it
 * @property {Camera | null} camera
 * @property {[string, string]} name of a picture's file: what stands before and behind the days
 * @property {string} scheme
 * @property {string} naming
 * @property {boolean} surely
 * @property {string | null} mask
 * @property {string} view of a large table: what the map asks for, as a query; blank for others
 * @property {import("./types").Part | null} part of a large table: where that is a part of what another query has
 * @property {[number, number, number, number] | null} area west, south, east, north
 * @property {Sets | null} compared
 * @property {[string, string] | null} window
 * @property {number} windowKey another when Python has set the window
 * @property {Row[]} selected
 * @property {number} selectedKey another when Python has chosen; what the reader chose since is newer than `selected`
 * @property {TileSet | null} tiles
 * @property {import("./types").Collection | null} collected
 * @property {number} collectedKey another when Python has changed it
 * @property {import("./unheard.js").Heard | null} heard
 * @property {string | null} shown address to tell once the first marks are on screen: Python sends the rest then
 */

/**
 * A map in the page, and what was last sent to it.
 * @typedef {object} Mounted
 * @property {Timemap} map
 * @property {string} table
 * @property {Trigger} trigger of the last run
 * @property {Unheard} unheard
 * @property {Partial<MapData>} sent
 * @property {() => void} back the reader has gone to another entry of the history
 */

/** @type {WeakMap<HTMLElement, Mounted>} */
const mounted = new WeakMap();
/** @type {WeakMap<HTMLElement, MapData>} */
const latest = new WeakMap();

/** @param {Component<MapData>} component */
export default function ({ data, parentElement, setTriggerValue }) {
  const root = /** @type {HTMLElement} */ (parentElement.querySelector(".tm"));
  root.style.setProperty("--tm-height", data.height);
  const under = (/** @type {string} */ address) => new URL(address, document.baseURI).href;
  latest.set(parentElement, data);
  import(under(data.engine))
    .then(async (/** @type {Engine} */ engine) => {
      const opened = await engine.open(under(data.table));
      if (latest.get(parentElement) !== data) return; // what came while the table was on its way counts
      const host = hostOf(engine, opened, data, root, parentElement, setTriggerValue);
      const asked = [{ view: data.view, part: data.part }, ...(data.compared?.sets ?? [])];
      const settings = settingsOf(engine, data, host.sent);
      const { window = host.map.window } = settings;
      await host.map.far?.take(asked, window && { ...window, surely: data.surely });
      if (latest.get(parentElement) !== data) return;
      host.trigger = setTriggerValue;
      host.unheard.forget(data.heard);
      host.map.keys.stepping = data.stepping;
      host.map.fileName = data.name;
      host.map.update(settings);
      host.sent = data;
      const { shown } = data;
      if (shown) requestAnimationFrame(() => navigator.sendBeacon(under(shown)));
    })
    .catch((/** @type {Error} */ error) => {
      if (!mounted.has(parentElement)) root.textContent = `The map cannot be shown: ${error.message}`;
      throw error;
    });
  return () =>
    setTimeout(() => {
      const host = mounted.get(parentElement);
      if (!host || parentElement.isConnected) return; // only drawn again, or moved
      remove(host);
      mounted.delete(parentElement);
    }, 1000);
}

/**
 * The map that stands in the page; a new one where there is none, or it has another table.
 * @param {Engine} engine
 * @param {Opened} opened
 * @param {MapData} data
 * @param {HTMLElement} root
 * @param {HTMLElement} parent
 * @param {Trigger} trigger
 */
function hostOf(engine, opened, data, root, parent, trigger) {
  const known = mounted.get(parent);
  if (known?.table === data.table) return known;
  if (known) remove(known);
  root.replaceChildren();
  if (!known) engine.addStyle(/** @type {Document | ShadowRoot} */ (root.getRootNode()));
  /** @type {Mounted} */
  const host = {
    map: engine.create(root, opened, new URL(data.table, document.baseURI).href, {
      ...stoodAs(engine),
      ...hooksOf(
        engine,
        (name, value) => host.trigger("told", host.unheard.and(name, value)),
        () => host.sent,
      ),
      layerAddress: (number) => new URL(`${data.table.replace(/table$/, "layer")}/${number}`, document.baseURI).href,
    }),
    table: data.table,
    trigger,
    unheard: new Unheard(),
    sent: { compared: null, camera: null },
    back: () => host.map.standing.goBack(stoodAs(engine)),
  };
  globalThis.addEventListener("popstate", host.back);
  root.attest = host.map;
  new ResizeObserver(() => keepSize(host.map)).observe(host.map.frame);
  mounted.set(parent, host);
  return host;
}

/** @param {Mounted} host */
function remove({ map, back }) {
  globalThis.removeEventListener("popstate", back);
  map.destroy();
}

/**
 * How all of it stood when the link was made, or when the entry of the history was left.
 * @param {Engine} engine
 * @returns {Stood}
 */
function stoodAs(engine) {
  const asked = new URL(location.href).searchParams;
  const [lat, lon, zoom] = (asked.get("camera") ?? "").split(",").map(Number);
  const isSane = Math.abs(lat) <= 90 && Math.abs(lon) <= 360 && zoom >= 0 && zoom <= 20;
  const [first, last] = (asked.get("axis") ?? "").split(",");
  const layout = { axis: periodOf(engine, first, last), lanes: asked.get("lanes") === "1" };
  const layersOff = (asked.get("layers_off") ?? "").split(",").map(Number).filter(Boolean);
  return { camera: isSane ? { lat, lon, zoom } : null, layout, layersOff, panel: asked.get("panel") ?? "" };
}

/**
 * @param {Engine} engine
 * @param {Tell} tell
 * @param {() => Partial<MapData>} sent
 * @returns {Hooks}
 */
function hooksOf(engine, tell, sent) {
  return {
    // By a trigger and not a state: the same window may be asked for twice, with a link followed in between.
    onWindow: (window) => tell("window", engine.isoWindow(window) ?? []),
    addresses: () => ({ own: viewAt(location.href), others: viewAt(sent().base) }),
    onSelect: (row) => tell("select", row ?? -1),
    onPanel: (panel) => keep({ panel }),
    onCollect: (notes, out) => tell("collect", { notes, out }),
    onArea: (area) => tell("area", area ? [area.west, area.south, area.east, area.north] : []),
    onStep: (count) => tell("step", count),
    onPlay: (running) => {
      // The sentence above is of the last window that the server saw; while it plays it is marked as old.
      const overview = /** @type {HTMLElement | null} */ (document.querySelector(".st-key-overview"));
      if (overview) overview.style.opacity = running ? "0.35" : "";
    },
    // How the map and the timeline stand belongs to the link and not to the data: it is kept without asking the server.
    onCamera: (looks) => {
      const camera = looks && `${looks.lat.toFixed(3)},${looks.lon.toFixed(3)},${looks.zoom}`;
      keep({ camera });
      if (sent().telling) tell("camera", camera ?? "");
    },
    onLayers: (off) => keep({ layers_off: off.join(",") || null }),
    onLayout: ({ axis, lanes }) => keep({ axis: axis && String(engine.isoWindow(axis)), lanes: lanes ? "1" : null }),
  };
}

/**
 * What is another than what was sent before.
 * @param {Engine} engine
 * @param {MapData} data
 * @param {Partial<MapData>} before
 * @returns {Settings}
 */
function settingsOf(engine, data, before) {
  const { scheme, naming, large, surely, mask, area, compared, camera, window } = data;
  const isOther = (/** @type {"compared" | "camera" | "tiles"} */ name) =>
    JSON.stringify(data[name]) !== JSON.stringify(before[name]);
  /** @type {Settings} */
  const settings = { scheme, naming, large, surely, area: rectangleOf(area) };
  if (mask !== before.mask || data.view !== before.view) settings.mask = mask === null ? null : engine.bytesOf(mask);
  if (isOther("compared")) {
    settings.compared = compared && { ...compared, masks: compared.masks.map((one) => engine.bytesOf(one)) };
  }
  if (isOther("camera")) settings.camera = camera;
  if (isOther("tiles")) settings.tiles = data.tiles;
  if (data.selectedKey !== before.selectedKey) settings.selected = data.selected;
  if (data.collectedKey !== before.collectedKey) settings.collected = data.collected;
  if (data.windowKey !== before.windowKey) settings.window = window && periodOf(engine, ...window);
  return settings;
}

/**
 * Nothing where a link edited by hand cannot be read.
 * @param {Engine} engine
 * @param {string} from
 * @param {string} [to]
 * @returns {Period | null}
 */
function periodOf(engine, from, to = "") {
  const [first, last] = [engine.dayOfIso(from), engine.dayOfIso(to)];
  return first === null || last === null ? null : { first, last };
}

/**
 * Writes parameters to the address; what is blank is taken out of it.
 * @param {Record<string, string | null>} parameters
 */
function keep(parameters) {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(parameters)) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  if (url.href !== location.href) history.replaceState(history.state, "", url);
}

/**
 * This view under the address of a page; in a frame, too, the whole page.
 * @param {string} [base] blank where there is none
 */
function viewAt(base) {
  if (!base) return "";
  const url = new URL(base);
  url.search = location.search;
  url.searchParams.delete("embed");
  return url.href;
}

/**
 * How large the map is, for a print of what the screen shows: `history.js` tells Python. It is no part of a link.
 * @param {Timemap} map
 */
function keepSize({ views, frame }) {
  const { clientWidth, clientHeight } = views[0].map.getContainer();
  const isShown = frame.isConnected && clientWidth > 0 && clientHeight > 0; // a page that is left is hidden first
  if (isShown) document.documentElement.dataset.attestMap = `${clientWidth},${clientHeight}`;
}

/**
 * @param {MapData["area"]} edges
 * @returns {import("./types").Rectangle | null}
 */
function rectangleOf(edges) {
  if (!edges) return null;
  const [west, south, east, north] = edges;
  return { west, south, east, north };
}
