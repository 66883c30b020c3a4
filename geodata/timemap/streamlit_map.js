// Host: the map in the dashboard. Small, for it is sent again whenever a filter changes; the engine is not.

const mounted = new WeakMap();
const latest = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".tm");
  root.style.setProperty("--tm-height", `${data.height}px`);
  const under = (address) => new URL(address, document.baseURI).href;
  latest.set(parentElement, data);
  import(under(data.engine)).then(async (engine) => {
    const opened = await engine.open(under(data.table));
    // What came while the table was on its way counts, and not what asked for it.
    if (latest.get(parentElement) === data) show(engine, opened, data, root, parentElement, setTriggerValue);
  }).catch((error) => {
    if (!mounted.has(parentElement)) root.textContent = `The map cannot be shown: ${error.message}`;
    throw error;
  });
  return () => setTimeout(() => {
    const host = mounted.get(parentElement);
    if (!host || parentElement.isConnected) return; // only drawn again, or moved
    host.map.destroy();
    mounted.delete(parentElement);
  }, 1000);
}

function show(engine, opened, data, root, parentElement, setTriggerValue) {
  let host = mounted.get(parentElement);
  if (!host || host.table !== data.table) {
    host?.map.destroy();
    root.replaceChildren();
    if (!host) engine.addStyle(root.getRootNode());
    host = { table: data.table, windowKey: null, incident: data.incident, hooks: {} };
    mounted.set(parentElement, host);
    const asked = new URL(location.href).searchParams;
    const [lat, lon, zoom] = (asked.get("camera") ?? "").split(",").map(Number);
    const sane = Math.abs(lat) <= 90 && Math.abs(lon) <= 360 && zoom >= 0 && zoom <= 20;
    host.map = root.attest = engine.create(root, opened, {
      camera: sane ? { lat, lon, zoom } : null,
      layout: { axis: axisOf(asked.get("axis")), lanes: asked.get("lanes") === "1" },
      // A trigger and not a state: the same window may be asked for twice, with a link followed in between.
      onWindow: (window) => host.hooks.setTriggerValue("window", engine.isoWindow(window) ?? []),
      onArea: (area) => host.hooks.setTriggerValue("area", area ? [area.west, area.south, area.east, area.north] : []),
      onSelect: (row) => host.hooks.setTriggerValue("select", row),
      onStep: (count) => host.hooks.setTriggerValue("step", count),
      onPlay: (running) => {
        // The sentence above is of the last window the server saw; while it plays it is told to be old.
        const overview = document.querySelector(".st-key-overview");
        if (overview) overview.style.opacity = running ? 0.35 : "";
      },
      // How the map and the timeline stand belongs to the link and not to the data: it is kept without asking the server.
      onCamera: (camera) => keep({ camera: camera && `${camera.lat.toFixed(3)},${camera.lon.toFixed(3)},${camera.zoom}` }),
      onLayout: ({ axis, lanes }) => keep({ axis: axis && engine.isoWindow(axis).join(), lanes: lanes && "1" }),
    });
  }
  host.hooks = { setTriggerValue };
  const settings = { scheme: data.scheme, naming: data.naming, large: data.large, surely: data.surely, selected: data.selected };
  if (data.mask !== host.mask) settings.mask = bits(data.mask);
  const compared = JSON.stringify(data.compared);
  if (compared !== (host.compared ?? "null")) settings.compared = data.compared && { ...data.compared, masks: data.compared.masks.map(bits) };
  host.compared = compared;
  const camera = JSON.stringify(data.camera);
  if (camera !== (host.camera ?? "null")) settings.camera = data.camera;
  host.camera = camera;
  if (data.windowKey !== host.windowKey) settings.window = data.window && { first: day(data.window[0]), last: day(data.window[1]) };
  if (data.incident && data.incident !== host.incident) reveal();
  host.incident = data.incident;
  host.mask = data.mask;
  settings.area = data.area && Object.fromEntries(["west", "south", "east", "north"].map((edge, at) => [edge, data.area[at]]));
  host.windowKey = data.windowKey;
  host.map.update(settings);
}

function day(text) {
  return Math.round(Date.parse(`${text}T00:00:00Z`) / 86400000);
}

// "2020-09-01,2020-12-31" as days; nothing where a link edited by hand cannot be read.
function axisOf(text) {
  const [first, last] = (text ?? "").split(",").map(day);
  return first <= last ? { first, last } : null;
}

// Writes parameters to the address; what is blank is taken out of it.
function keep(parameters) {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(parameters)) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  if (url.href !== location.href) history.replaceState(history.state, "", url);
}

function bits(text) {
  return text === null ? null : Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}

// Brings a card that has just opened into view, once the page has drawn it.
function reveal() {
  let tries = 40;
  const look = () => {
    const card = document.querySelector(".st-key-card");
    if (card && card.getBoundingClientRect().height > 60) {
      if (card.getBoundingClientRect().top > globalThis.innerHeight * 0.72) card.scrollIntoView({ behavior: "smooth", block: "center" });
      return;
    }
    tries -= 1;
    if (tries) setTimeout(look, 50);
  };
  setTimeout(look, 150);
}
