// @ts-check
// Web Mercator in parts of the whole world: x to the east and y to the south, 0 to 1.

const EARTH = 40075016.686; // metres round the equator, WGS 84
const TILE = 256; // pixels of the whole world at zoom 0

/** @param {number} lon degrees */
export function mercatorX(lon) {
  return lon / 360 + 0.5;
}

/** @param {number} lat degrees */
export function mercatorY(lat) {
  const sin = Math.sin((lat * Math.PI) / 180);
  return 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI);
}

/**
 * The whole world in pixels.
 * @param {number} zoom
 */
export function worldSize(zoom) {
  return TILE * 2 ** zoom;
}

/**
 * @param {number} zoom
 * @param {number} lat degrees
 */
export function metresPerPixel(zoom, lat) {
  return (EARTH / worldSize(zoom)) * Math.cos((lat * Math.PI) / 180);
}

/**
 * The corners that Leaflet takes, south-west and north-east as latitude and longitude, of our edges.
 * @param {import("./types").Edges} edges
 * @returns {import("./types").Corners}
 */
export function cornersOf([west, south, east, north]) {
  return [
    [south, west],
    [north, east],
  ];
}
