// A peer's page: deck.gl alone, every point in the memory of the graphics card once, and a filter there by day.

const { Deck, MapView, ScatterplotLayer, DataFilterExtension } = globalThis.deck;

const asked = new URLSearchParams(location.search);
const [longitude, latitude, zoom] = asked.get("camera").split(",").map(Number);
const bytes = await (await fetch("points")).arrayBuffer();
const length = bytes.byteLength / 12;
const places = new Float32Array(bytes, 0, 2 * length); // longitude and latitude of each point
const days = new Float32Array(bytes, 8 * length, length);
const attributes = { getPosition: { value: places, size: 2 }, getFilterValue: { value: days, size: 1 } };
const data = { length, attributes };
const extensions = [new DataFilterExtension({ filterSize: 1 })];

const layer = ({ first, last }) =>
  new ScatterplotLayer({
    id: "points", data, extensions, filterRange: [first, last], getRadius: 4, radiusUnits: "pixels",
    getFillColor: [53, 80, 110, 160],
  }); // prettier-ignore

let drawn = () => {};
const view = { longitude, latitude, zoom: zoom - 1 }; // of deck.gl the world is 512 pixels wide at zoom 0
const map = new Deck({
  parent: document.querySelector("div"),
  width: 1120,
  height: 520,
  views: new MapView({ repeat: false }),
  initialViewState: view,
  layers: [layer({ first: 0, last: 0 })],
  onAfterRender: ({ gl }) => {
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4)); // the software renderer's work is done
    drawn(performance.now());
  },
});
globalThis.peer = {
  isReady: () => Boolean(map.isInitialized),
  move: (window) =>
    new Promise((done) => {
      drawn = done;
      map.setProps({ layers: [layer(window)] });
    }),
};
