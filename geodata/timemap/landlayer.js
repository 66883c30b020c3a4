// @ts-check
// The land under one map: a canvas somewhat larger than the map, painted again when the map looks beyond it.

import { make, penOf } from "./dom.js";
import { levelAt, CELL_UNITS } from "./landcells.js";
import { edgesOf, worldSize } from "./mercator.js";

/** @import { Map as LeafletMap } from "leaflet" */
/** @import { Land } from "./land.js" */

const BEYOND = 0.1; // of the map's width and height, painted on each side of it
const FAR_TO = 4; // zoom below which countries are small, and lines
const THINNER = 0.7; // times as wide
const PROVINCES_FROM = 5; // zoom

/**
 * Kinds in the order they are painted: what is filled, and lines with their width in pixels and their dashes. No line
 * is wider than a pixel: of a wider one the browser works out an outline, which takes as long as all the rest.
 * @type {{ kind: string, colour: import("./types").LandColour, width?: number, dashes?: number[], zoom?: number }[]}
 */
const STROKES = [
  { kind: "land", colour: "land" },
  { kind: "lake", colour: "sea" },
  { kind: "shore", colour: "shore", width: 0.7 },
  { kind: "river", colour: "shore", width: 0.7 },
  { kind: "province", colour: "province", width: 0.7, zoom: PROVINCES_FROM },
  { kind: "border", colour: "border", width: 1 },
  { kind: "disputed", colour: "border", width: 1, dashes: [5, 4] },
];

export class LandLayer {
  /**
   * @param {LeafletMap} map
   * @param {Land} land
   */
  constructor(map, land) {
    this.map = map;
    this.land = land;
    this.canvas = make("canvas", { class: "tm-land" });
    this.context = penOf(this.canvas);
    map.getContainer().style.background = land.colours.sea;
    map.getPane("tilePane")?.append(this.canvas);
    this.painted = { zoom: NaN, left: 0, top: 0, width: 0, height: 0 }; // pixels of the world at that zoom
    /** @type {number | null} */
    this.awaited = null;
    this.came = () => {
      this.awaited ??= requestAnimationFrame(() => {
        this.awaited = null;
        this.paint();
      });
    };
    land.listeners.add(this.came);
  }

  /** Paints where the map looks beyond what is painted. */
  follow() {
    const { zoom, left, top, width, height } = this.painted;
    const { min, max } = this.map.getPixelBounds();
    if (!min || !max) return;
    const isInside = min.x >= left && min.y >= top && max.x <= left + width && max.y <= top + height;
    if (zoom !== this.map.getZoom() || !isInside) this.paint();
  }

  paint() {
    const size = this.map.getSize();
    const { min } = this.map.getPixelBounds();
    if (!size.x || !size.y || !min) return;
    const zoom = this.map.getZoom();
    const world = worldSize(zoom);
    const [aside, above] = [Math.round(size.x * BEYOND), Math.round(size.y * BEYOND)];
    const [left, top] = [min.x - aside, min.y - above];
    const [width, height] = [size.x + 2 * aside, size.y + 2 * above];
    this.painted = { zoom, left, top, width, height };
    this.place(left, top, width, height);
    const box = edgesOf(left / world, top / world, (left + width) / world, (top + height) / world);
    const finest = levelAt(this.land.levels, zoom);
    // What is coarser stands in until the finest is here, for a map never waits.
    let at = finest;
    const layers = [this.land.cellsIn(at, box)];
    while (at > 0 && !layers[0].isWhole) layers.unshift(this.land.cellsIn((at -= 1), box));
    for (const { cells } of layers) this.stroke(cells, zoom, left, top);
  }

  /**
   * @param {number} left pixels of the world
   * @param {number} top
   * @param {number} width
   * @param {number} height
   */
  place(left, top, width, height) {
    const { canvas, context } = this;
    const ratio = window.devicePixelRatio || 1;
    const origin = this.map.getPixelOrigin();
    const style = {
      width: `${width}px`,
      height: `${height}px`,
      left: `${left - origin.x}px`,
      top: `${top - origin.y}px`,
    };
    Object.assign(canvas.style, style);
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
  }

  /**
   * @param {ReturnType<Land["cellsIn"]>["cells"]} cells
   * @param {number} zoom
   * @param {number} left pixels of the world
   * @param {number} top
   */
  stroke(cells, zoom, left, top) {
    const { context } = this;
    const ratio = window.devicePixelRatio || 1;
    const world = worldSize(zoom);
    const scale = world / CELL_UNITS;
    context.lineJoin = "round";
    for (const { kind, colour, width, dashes = [], zoom: from = 0 } of STROKES) {
      if (zoom < from) continue;
      context.fillStyle = context.strokeStyle = this.land.colours[colour];
      context.lineWidth = ((width ?? 0) * (zoom < FAR_TO ? THINNER : 1)) / scale;
      context.setLineDash(dashes.map((dash) => dash / scale));
      for (const { cell, worlds } of cells) {
        const path = cell.paths.get(kind);
        if (!path) continue;
        for (const shift of worlds) {
          const [x, y] = [(cell.x + shift) * world - left, cell.y * world - top];
          context.setTransform(scale * ratio, 0, 0, scale * ratio, x * ratio, y * ratio);
          if (width) context.stroke(path);
          else context.fill(path);
        }
      }
    }
  }

  remove() {
    this.land.listeners.delete(this.came);
    if (this.awaited !== null) cancelAnimationFrame(this.awaited);
    this.canvas.remove();
  }
}
