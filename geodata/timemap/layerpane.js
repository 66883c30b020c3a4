// @ts-check
// The layers on one map: painted over the land and under the marks, listed in the legend, named under the pointer.

import { spoken } from "./days.js";
import { Divider } from "./divider.js";
import { make, penOf, sized } from "./dom.js";
import { drawLayer, drawLayerSign } from "./layersigns.js";
import { spanTouches, shapeAt, worldsSeen } from "./layershapes.js";
import { lonOf, mercatorX, mercatorY, worldSize } from "./mercator.js";

/** @import { LayerInfo, LayerShape, Point } from "./types" */
/** @import { LoadedLayer } from "./layers.js" */
/** @import { MapView } from "./mapview.js" */

const UNDER_POINTER = 7; // pixels round the pointer
const SLOW = 12; // milliseconds from which layers are not painted while the map is dragged
const LAYER_KINDS = { points: "points", lines: "lines", areas: "areas", shapes: "lines and areas", image: "picture" };

export class LayerPane {
  /** @param {MapView} view */
  constructor(view) {
    this.view = view;
    this.layers = view.host.layers;
    this.pictures = make("canvas", { class: "tm-pictures" });
    this.canvas = make("canvas", { class: "tm-shapes" });
    this.size = { x: 0, y: 0 };
    this.state = ""; // what is painted, and how; with `origin`, where
    this.origin = { x: 0, y: 0 };
    this.cost = 0; // milliseconds that the last painting took
    this.isMoving = false;
    view.map.on("movestart", () => (this.isMoving = true));
    view.map.on("moveend", () => {
      this.isMoving = false;
      this.paint(view.map.getSize());
    });
    this.pane = view.map.createPane("layers");
    Object.assign(this.pane.style, { zIndex: 350, pointerEvents: "none" });
    this.pane.append(this.pictures, this.canvas);
    /** @type {Divider | null} */
    this.divider = null;
    /** @type {{ layer: LoadedLayer, line: HTMLElement, note: HTMLElement, box: HTMLInputElement }[]} */
    this.lines = [];
    this.list = this.listed();
  }

  // --- painting ------------------------------------------------------------------------------------------------------

  /**
   * Paints what is another than it was. Layers that take long stay where they are while the map is dragged, and are
   * painted anew when it rests.
   * @param {Point} size of the map
   */
  paint(size) {
    const { map, host } = this.view;
    this.tell();
    this.swipe();
    const drawn = this.layers.all.map((layer) => this.layers.shapesIn(layer, host.window));
    this.pane.hidden = this.layers.drawnIn(host.window).length === 0;
    if (this.pane.hidden) return;
    const choices = this.layers.all.map((layer, at) =>
      layer.info.kind === "image" ? this.layers.isDrawn(layer, host.window) : signOf(drawn[at]),
    );
    const state = [map.getZoom(), size.x, size.y, host.magnification, this.layers.version, ...choices].join();
    const origin = map.getPixelBounds().min ?? { x: 0, y: 0 };
    const isSame = state === this.state;
    if (isSame && origin.x === this.origin.x && origin.y === this.origin.y) return;
    if (isSame && this.isMoving && this.cost > SLOW) return;
    const began = performance.now();
    const corner = map.containerPointToLayerPoint([0, 0]);
    this.pane.style.transform = `translate3d(${corner.x}px, ${corner.y}px, 0)`;
    this.paintAll(drawn, size, origin);
    Object.assign(this, { state, origin, cost: performance.now() - began });
  }

  /**
   * @param {LayerShape[][]} drawn of each layer
   * @param {Point} size
   * @param {Point} origin of the view, in pixels of the world
   */
  paintAll(drawn, size, origin) {
    const { map, host } = this.view;
    const [pictures, shapes] = [this.pictures, this.canvas].map((canvas) => this.cleared(canvas, size));
    this.size = { x: size.x, y: size.y };
    const world = worldSize(map.getZoom());
    const worlds = worldsSeen({ left: origin.x / world, right: (origin.x + size.x) / world });
    this.layers.all.forEach((layer, at) => {
      const isPicture = layer.pictures.length > 0 && this.layers.isDrawn(layer, host.window);
      for (const shift of worlds) {
        const moved = { x: origin.x - shift * world, y: origin.y };
        const view = { world, origin: moved, size, scale: host.magnification };
        if (isPicture) this.paintPicture(pictures, layer, view);
        else drawLayer(shapes, layer.info, drawn[at], view);
      }
    });
  }

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Point} size
   */
  cleared(canvas, size) {
    if (this.size.x !== size.x || this.size.y !== size.y) return sized(canvas, size.x, size.y);
    const context = penOf(canvas);
    context.clearRect(0, 0, size.x, size.y);
    return context;
  }

  /**
   * The part of a picture that is in view, from the smallest of its copies that is sharp enough.
   * @param {CanvasRenderingContext2D} context
   * @param {LoadedLayer} layer
   * @param {{ world: number, origin: Point, size: Point }} view
   */
  paintPicture(context, { info, pictures, opacity }, { world, origin, size }) {
    const [west, south, east, north] = info.edges ?? [0, 0, 0, 0];
    const left = mercatorX(west) * world - origin.x;
    const top = mercatorY(north) * world - origin.y;
    const width = (mercatorX(east) - mercatorX(west)) * world;
    const height = (mercatorY(south) - mercatorY(north)) * world;
    const [x0, y0] = [Math.max(left, 0), Math.max(top, 0)];
    const [x1, y1] = [Math.min(left + width, size.x), Math.min(top + height, size.y)];
    if (x1 <= x0 || y1 <= y0) return;
    const wanted = width * (globalThis.devicePixelRatio || 1);
    const picture = pictures.findLast((one) => one.width >= wanted) ?? pictures[0];
    const [across, down] = [picture.width / width, picture.height / height];
    const from = /** @type {const} */ ([(x0 - left) * across, (y0 - top) * down, (x1 - x0) * across, (y1 - y0) * down]);
    context.globalAlpha = opacity;
    context.drawImage(picture, ...from, x0, y0, x1 - x0, y1 - y0);
    context.globalAlpha = 1;
  }

  /** The divider stands while it is asked for and there is a picture to cut. */
  swipe() {
    const { isSwiping, all } = this.layers;
    const { window } = this.view.host;
    const isAlone = this.view.part === ""; // two maps have a divider of their own
    const isShown =
      isAlone && isSwiping && all.some((one) => one.pictures.length > 0 && this.layers.isDrawn(one, window));
    if (isShown && !this.divider) {
      this.divider = new Divider(this.view.element, this.pictures, {
        label: "Divider between the land and the pictures over it",
        side: "the land alone",
      });
    } else if (!isShown && this.divider) {
      this.divider.destroy();
      this.divider = null;
    }
  }

  /** The part of the width, from the left, on which the pictures are cut off. */
  get share() {
    return this.divider ? this.divider.share / 100 : 0;
  }

  // --- the list in the legend ----------------------------------------------------------------------------------------

  listed() {
    const { all, hasPictures } = this.layers;
    if (all.length === 0) return null;
    this.lines = all.map((layer) => this.lineOf(layer));
    const swipe = make("input", { type: "checkbox", class: "tm-swipe" });
    swipe.addEventListener("change", () => this.layers.swipe(swipe.checked));
    const cutter = make("label", {}, swipe, make("span", { text: "Divider: cut pictures against the land" }));
    return make(
      "section",
      { class: "tm-layers", "aria-label": "Layers" },
      make("h2", { text: "Layers: as their sources say; not reports" }),
      make("ul", {}, ...this.lines.map(({ line }) => line)),
      hasPictures && this.view.part === "" ? cutter : null,
    );
  }

  /** @param {LoadedLayer} layer */
  lineOf(layer) {
    const { info } = layer;
    const box = make("input", { type: "checkbox" });
    box.addEventListener("change", () => this.layers.toggle(layer, box.checked));
    const said = [`source: ${info.source}`, info.span, info.terms].filter(Boolean).join(" · ");
    const note = make("span", { class: "tm-meta tm-unseen", hidden: true });
    const line = make(
      "li",
      { class: "tm-layer" },
      make("label", {}, box, layerSample(info), make("bdi", { text: info.title })),
      make("bdi", { class: "tm-meta", text: said }),
      ...info.notes.map((text) => make("span", { class: "tm-meta", text })),
      info.kind === "image" ? this.faderOf(layer) : null,
      note,
    );
    return { layer, line, note, box };
  }

  /** @param {LoadedLayer} layer */
  faderOf(layer) {
    const value = Math.round(layer.opacity * 100);
    const said = { "aria-label": `Opacity of ${layer.info.title}`, min: 0, max: 100, step: 5, value };
    const slider = make("input", { type: "range", ...said });
    slider.addEventListener("input", () => this.layers.fade(layer, Number(slider.value) / 100));
    return make("label", { class: "tm-fader" }, make("span", { text: "Opacity" }), slider);
  }

  /** What the list says of each layer now: whether it is on, and why nothing of it is drawn. */
  tell() {
    const { window } = this.view.host;
    for (const { layer, note, box } of this.lines) {
      box.checked = layer.isOn;
      const isOut = layer.isOn && (layer.info.kind === "image" || layer.shapes.length > 0);
      const outside = isOut && !this.layers.isDrawn(layer, window) ? "Not in this window of time." : "";
      const text = layer.fault || outside;
      if (note.textContent !== text) note.textContent = text;
      note.hidden = !text;
    }
    const swipe = /** @type {HTMLInputElement | null | undefined} */ (this.list?.querySelector(".tm-swipe"));
    if (swipe) swipe.checked = this.layers.isSwiping;
  }

  // --- under the pointer ---------------------------------------------------------------------------------------------

  /**
   * The layer and the feature at a point of the map; what is painted last first.
   * @param {Point} point pixels
   */
  at(point) {
    const { map, host } = this.view;
    const { lat, lng } = map.containerPointToLatLng([point.x, point.y]);
    const reach = UNDER_POINTER / worldSize(map.getZoom());
    const layers = this.layers.drawnIn(host.window).reverse();
    const x = mercatorX(lng);
    for (const shift of worldsSeen({ left: x - reach, right: x + reach })) {
      const place = { x: x - shift, y: mercatorY(lat) };
      for (const { info, shapes } of layers) {
        const shape = shapeAt(
          shapes.filter((one) => spanTouches(one, host.window)),
          place,
          reach,
        );
        if (shape) return { info, shape };
      }
      const picture = layers.find(({ info, pictures }) => pictures.length > 0 && isOver(info, place));
      if (picture && point.x >= this.share * this.size.x) return { info: picture.info, shape: null };
    }
    return null;
  }

  /**
   * Whether what was found at a point is drawn still.
   * @param {{ info: LayerInfo, shape: LayerShape | null }} found
   */
  isDrawn({ info, shape }) {
    const { window } = this.view.host;
    return this.layers.drawnIn(window).some((one) => one.info === info) && (!shape || spanTouches(shape, window));
  }

  /**
   * What is said of a feature: its name, and whose layer it is. Text alone, for no layer is trusted.
   * @param {{ info: LayerInfo, shape: LayerShape | null }} found
   * @returns {Node[]}
   */
  words({ info, shape }) {
    const isAsWhole = !shape || (shape.first === info.first && shape.last === info.last);
    const when = isAsWhole ? info.span : spanOf(shape);
    const name = shape?.name && shape.name !== info.title ? shape.name : "";
    return [
      ...(name ? [make("b", { dir: "auto", text: name, class: "tm-layer-name" })] : []),
      make("div", { dir: "auto", text: info.title }),
      ...(when ? [make("div", { text: when })] : []),
      make("div", { class: "tm-meta", dir: "auto", text: `source: ${info.source}` }),
      make("div", { class: "tm-meta", text: `Layer of ${LAYER_KINDS[info.kind]}, not a report` }),
    ];
  }

  destroy() {
    this.divider?.destroy();
  }
}

/**
 * A number that is another for another choice among the same shapes.
 * @param {LayerShape[]} shapes
 */
function signOf(shapes) {
  let sign = shapes.length;
  for (const { number } of shapes) sign = (sign * 31 + number) | 0;
  return sign;
}

/** @param {LayerShape} shape */
function spanOf({ first, last }) {
  if (first !== null && last !== null) return `${spoken(first)} – ${spoken(last)}`;
  if (first !== null) return `from ${spoken(first)}`;
  return last === null ? "" : `until ${spoken(last)}`;
}

/**
 * @param {LayerInfo} info
 * @param {Point} place in parts of the world
 */
function isOver({ edges }, { x, y }) {
  if (!edges) return false;
  const [west, south, east, north] = edges;
  const lon = lonOf(x);
  return lon >= west && lon <= east && y <= mercatorY(south) && y >= mercatorY(north);
}

/** @param {LayerInfo} info */
function layerSample(info) {
  const canvas = make("canvas", { width: 48, height: 36, style: "width:24px;height:18px", "aria-hidden": "true" });
  const context = penOf(canvas);
  context.scale(2, 2);
  drawLayerSign(context, 12, 9, info);
  return canvas;
}
