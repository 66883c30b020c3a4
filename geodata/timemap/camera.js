// @ts-check
// Where the maps look: all at the same, and the host hears of it when the reader has moved one.

/** @import { Map as LeafletMap } from "leaflet" */
/** @import { Camera } from "./types" */

export class Cameras {
  /**
   * @param {Camera | null} camera null: home, whatever the size of the map
   * @param {(camera: Camera | null) => void} moved
   */
  constructor(camera, moved) {
    this.camera = camera;
    this.moved = moved;
    /** @type {LeafletMap[]} */
    this.maps = [];
    this.isLeading = false;
    this.isHoming = false;
    this.isFitting = false;
  }

  /**
   * A map joins, the first of which speaks for all.
   * @param {LeafletMap} map
   */
  join(map) {
    this.maps.push(map);
    map.on("move", () => this.lead(map));
    map.on("moveend", () => this.settle(map));
  }

  /** @param {LeafletMap} map */
  leave(map) {
    this.maps = this.maps.filter((other) => other !== map);
  }

  /**
   * The other maps follow, and do not lead in turn.
   * @param {LeafletMap} map
   */
  lead(map) {
    if (this.isLeading) return;
    this.isLeading = true;
    for (const other of this.maps) if (other !== map) follow(other, map);
    this.isLeading = false;
  }

  /** @param {LeafletMap} map */
  settle(map) {
    if (map !== this.maps[0] || this.isFitting) return;
    const { lat, lng } = map.getCenter();
    const lon = lng - 360 * Math.floor((lng + 180) / 360); // as lessons and links have it
    this.camera = this.isHoming ? null : { lat, lon, zoom: map.getZoom() };
    this.moved(this.camera);
  }

  /**
   * Runs `move`, which shows home: so it is kept, whatever size the map will have.
   * @param {() => void} move
   */
  home(move) {
    this.isHoming = true;
    move();
    this.isHoming = false;
  }

  /**
   * Runs `move`, which keeps what the reader looks at in a box of another size: nobody need hear of it.
   * @param {() => void} move
   */
  fit(move) {
    this.isFitting = true;
    move();
    this.isFitting = false;
  }
}

/**
 * Makes a map look where another does. Leaflet's `setView` cuts off parts of a pixel where the zoom stays, so that a
 * way of almost a whole pixel would be none; `panBy` rounds them.
 * @param {LeafletMap} map
 * @param {LeafletMap} other
 */
function follow(map, other) {
  const [center, zoom] = [other.getCenter(), other.getZoom()];
  if (map.getZoom() !== zoom) map.setView(center, zoom, { animate: false });
  else map.panBy(map.project(center).subtract(map.project(map.getCenter())), { animate: false });
}
