// @ts-check
// Web Mercator in parts of the whole world: x to the east and y to the south, 0 to 1.

const EARTH = 40075016.686; // metres round the equator, WGS 84
const TILE = 256; // pixels of the whole world at zoom 0

export const MOST_LATITUDE = 85.0511; // degrees: what lies nearer to a pole has no place on the map

/** @param {number} lon degrees */
export function mercatorX(lon) {
  return lon / 360 + 0.5;
}

/**
 * The longitude in degrees, beyond 180 for what lies beyond the world's eastern edge.
 * @param {number} x parts of the world
 */
export function lonOf(x) {
  return (x - 0.5) * 360;
}

/**
 * The latitude in degrees.
 * @param {number} y parts of the world
 */
export function latOf(y) {
  return (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI;
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
 * The longitude in degrees west of which everything is drawn one world further east, so that a map whose edges reach
 * across the antimeridian shows both sides of it.
 * @param {import("./types").Edges} edges `east` is beyond 180 where they reach across
 */
export function seamOf([west, , east]) {
  return east > 180 ? (east - 360 + west) / 2 : -180;
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

/**
 * Edges in degrees of a box in parts of the world, beyond its poles none.
 * @param {number} left
 * @param {number} top
 * @param {number} right
 * @param {number} bottom
 * @returns {import("./types").Edges}
 */
export function edgesOf(left, top, right, bottom) {
  return [lonOf(left), latOf(Math.min(bottom, 1)), lonOf(right), latOf(Math.max(top, 0))];
}
