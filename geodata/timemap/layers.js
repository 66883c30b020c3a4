// @ts-check
// The layers of a case: which of them are on, what has been fetched of them, and how pictures among them stand.

import { spanTouches, shapeOf } from "./layershapes.js";

/** @import { LayerFeature, LayerInfo, LayerShape, Period } from "./types" */

const SEE_THROUGH = 0.75; // of a picture, until the reader moves the slider

/**
 * @typedef {object} LoadedLayer
 * @property {LayerInfo} info
 * @property {boolean} isOn
 * @property {number} opacity of a picture, 0 to 1
 * @property {LayerShape[]} shapes
 * @property {ImageBitmap[]} pictures the whole picture, and each half as wide as the one before
 * @property {string} fault why it is not drawn; blank where it is
 */

export class Layers {
  /**
   * @param {LayerInfo[]} infos
   * @param {{ address?: (number: number) => string, changed: () => void, switched: (off: number[]) => void }} host
   * @param {number[]} off numbers of the layers that are off at first
   */
  constructor(infos, host, off) {
    this.host = host;
    /** @type {LoadedLayer[]} */
    this.all = infos.map((info) => {
      const isOn = !off.includes(info.number);
      return { info, isOn, opacity: SEE_THROUGH, shapes: [], pictures: [], fault: "" };
    });
    /** Whether a divider cuts the pictures against the land. */
    this.isSwiping = false;
    this.isGone = false;
    this.version = 0; // another whenever a layer is another than it was, apart from the window
  }

  changed() {
    this.version += 1;
    this.host.changed();
  }

  get hasPictures() {
    return this.all.some(({ info }) => info.kind === "image");
  }

  /** Fetches what is drawn, each layer by itself: one that fails says so in the legend, and the map stays. */
  async load() {
    for (const layer of this.all) {
      try {
        await this.fill(layer);
      } catch (error) {
        layer.fault = `It cannot be loaded: ${reasonOf(error)}`;
      }
      if (this.isGone) return;
      this.changed();
    }
  }

  /** @param {LoadedLayer} layer */
  async fill(layer) {
    const { content, kind, number } = layer.info;
    if (kind !== "image") {
      const features = content ?? (await (await this.answer(number)).json());
      layer.shapes = /** @type {LayerFeature[]} */ (features).map((feature, at) => shapeOf(feature, at));
      return;
    }
    const blob = await (content ? await fetch(String(content)) : await this.answer(number)).blob();
    let picture = await createImageBitmap(blob);
    layer.pictures = [picture];
    while (Math.max(picture.width, picture.height) > 1000) {
      const size = { resizeWidth: Math.ceil(picture.width / 2), resizeHeight: Math.ceil(picture.height / 2) };
      picture = await createImageBitmap(picture, { ...size, resizeQuality: "high" });
      layer.pictures.push(picture);
    }
  }

  /** @param {number} number */
  async answer(number) {
    const answer = await fetch(this.host.address?.(number) ?? "");
    if (!answer.ok) throw new Error(await answer.text());
    return answer;
  }

  /**
   * The shapes of a layer that are drawn in a window.
   * @param {LoadedLayer} layer
   * @param {Period | null} window
   */
  shapesIn({ isOn, shapes }, window) {
    return isOn ? shapes.filter((shape) => spanTouches(shape, window)) : [];
  }

  /**
   * Whether something of a layer is drawn in a window.
   * @param {LoadedLayer} layer
   * @param {Period | null} window
   */
  isDrawn(layer, window) {
    if (layer.info.kind === "image") return layer.isOn && spanTouches(layer.info, window);
    return this.shapesIn(layer, window).length > 0;
  }

  /**
   * The layers that a window touches and that are on.
   * @param {Period | null} window
   */
  drawnIn(window) {
    return this.all.filter((layer) => this.isDrawn(layer, window));
  }

  /**
   * @param {LoadedLayer} layer
   * @param {boolean} isOn
   */
  toggle(layer, isOn) {
    layer.isOn = isOn;
    this.changed();
    this.host.switched(this.all.filter((one) => !one.isOn).map((one) => one.info.number));
  }

  /**
   * As a link has it, of which the host knows.
   * @param {number[]} off numbers of the layers that are off
   */
  showAllBut(off) {
    for (const layer of this.all) layer.isOn = !off.includes(layer.info.number);
    this.changed();
  }

  /**
   * @param {LoadedLayer} layer
   * @param {number} opacity 0 to 1
   */
  fade(layer, opacity) {
    layer.opacity = opacity;
    this.changed();
  }

  /** @param {boolean} isSwiping */
  swipe(isSwiping) {
    this.isSwiping = isSwiping;
    this.changed();
  }

  destroy() {
    this.isGone = true;
    for (const { pictures } of this.all) for (const picture of pictures) picture.close();
  }
}

/**
 * Why a layer did not come, in words for its reader: not those of a parser.
 * @param {unknown} error
 */
function reasonOf(error) {
  if (error instanceof SyntaxError) return "what came is broken. Load the page again.";
  return error instanceof Error ? error.message : String(error);
}
