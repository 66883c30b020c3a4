// A peer's page: Mosaic's map as a raster and its timeline as a histogram with a brush. DuckDB answers on a server, or
// here. Bundled with vgplot by esbuild. The address says the server (`?server=`), or the file of points (`?points=`).

import * as duckdb from "@duckdb/duckdb-wasm";
import * as vg from "@uwdata/vgplot";

const [WIDTH, HEIGHT] = [1120, 520];
const CELL = 3; // pixels, as the cells of Attest

const asked = new URLSearchParams(location.search);
const [west, south, east, north] = asked.get("box").split(",").map(Number); // shares of the world in Web Mercator

/** DuckDB in the page, with the points in it. */
async function here(points) {
  const worker = new Worker("duckdb-browser-eh.worker.js");
  const database = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker);
  await database.instantiate(new URL("duckdb-eh.wasm", location.href).href);
  const connection = await database.connect();
  // In one piece: of a stream in parts, some numbers come out wrong.
  const stream = new Uint8Array(await (await fetch(points)).arrayBuffer());
  await connection.insertArrowFromIPCStream(stream, { name: "points", create: true });
  return vg.wasmConnector({ duckdb: database, connection });
}

const server = asked.get("server");
vg.coordinator().databaseConnector(server ? vg.restConnector({ uri: server }) : await here(asked.get("points")));

const brush = vg.Selection.crossfilter();
const map = vg.plot(
  vg.raster(vg.from("points", { filterBy: brush }), {
    x: "x", y: "y", fill: "density", bandwidth: 0, pixelSize: CELL, interpolate: "none",
  }),
  vg.xDomain([west, east]), vg.yDomain([south, north]), vg.xAxis(null), vg.yAxis(null), vg.margin(0),
  vg.colorScheme("ylgnbu"), vg.colorScale("symlog"), vg.colorDomain(vg.Fixed),
  vg.width(WIDTH), vg.height(HEIGHT),
); // prettier-ignore
const time = vg.plot(
  vg.rectY(vg.from("points"), { x: vg.bin("day", { steps: 440 }), y: vg.count(), inset: 0 }),
  vg.intervalX({ as: brush }),
  vg.margin(0), vg.width(WIDTH), vg.height(90),
); // prettier-ignore
document.body.append(map, time);

const [hand] = time.value.interactors;
globalThis.peer = {
  isReady: () => Boolean(map.querySelector("image") && hand.scale),
  painted: () =>
    new Promise((done) => {
      const seen = new MutationObserver(() => {
        seen.disconnect();
        globalThis.bench.frame().then(done);
      });
      seen.observe(map, { childList: true, subtree: true });
    }),
  // What the pointer does as it comes over the timeline: Mosaic counts squares by pixel of the timeline beforehand.
  prepare: async () => {
    const start = performance.now();
    hand.activate();
    await Promise.all([...vg.coordinator().preaggregator.entries.values()].map((one) => one?.result));
    return performance.now() - start;
  },
  // What a drag of the brush does.
  move: ({ first, last }) => hand.publish([first, last].map(hand.scale.apply)),
  answer: () => map.querySelector("image")?.getAttribute("href")?.length,
};
