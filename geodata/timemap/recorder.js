// @ts-check
// Pictures of a canvas as one WebM file, encoded in the browser as fast as it can, whatever time each is shown for.

import { webmOf } from "./webm.js";

/** @import { Encoded } from "./webm.js" */

const CODEC = "vp09.00.51.08"; // VP9 of 8 bits, up to 4,096 by 2,176 pixels
const QUANTIZER = 16; // of VP9's 63: the type of a slide and the land's pale colours stay as they are
const BITS_A_SECOND = 12_000_000; // where a browser takes no quantizer
const AGAIN = 1000; // milliseconds after which a picture that stays is encoded again: players know no long pictures
const KEY_AFTER = 2000; // milliseconds after which a new picture is one that a player can go to
const LAST = 40; // milliseconds of the last picture's last copy, for a player ends with the last that it has

/** Why this browser makes no films, or an empty text. */
export function whyNoFilm() {
  if (globalThis.VideoEncoder) return "";
  return isSecureContext
    ? "this browser encodes no video"
    : "a browser encodes video only from an address with https, or of its own machine";
}

export class Recorder {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {string} title of the file
   * @param {VideoEncoderConfig} config
   */
  constructor(canvas, title, config) {
    this.canvas = canvas;
    this.title = title;
    this.time = 0; // milliseconds that are recorded
    this.keyed = -KEY_AFTER; // when the last key was
    /** @type {Encoded[]} */
    this.pictures = [];
    /** @type {(error: DOMException) => void} */
    let fail = () => undefined;
    this.failure = new Promise((_, failed) => (fail = failed));
    this.failure.catch(() => undefined); // whoever waits is told, and nobody may wait yet
    this.encoder = new VideoEncoder({ output: (chunk) => this.keep(chunk), error: (error) => fail(error) });
    this.encoder.configure(config);
  }

  /**
   * What records a canvas, which keeps its size: even numbers of pixels.
   * @param {HTMLCanvasElement} canvas
   * @param {string} title of the file
   */
  static async of(canvas, title) {
    const why = whyNoFilm();
    if (why) throw new Error(why);
    const { width, height } = canvas;
    const usual = { codec: CODEC, width, height, latencyMode: /** @type {const} */ ("quality") };
    for (const rate of [{ bitrateMode: /** @type {const} */ ("quantizer") }, { bitrate: BITS_A_SECOND }]) {
      const { supported, config } = await VideoEncoder.isConfigSupported({ ...usual, ...rate });
      if (supported && config) return new Recorder(canvas, title, config);
    }
    throw new Error("this browser encodes no VP9");
  }

  /** @param {EncodedVideoChunk} chunk */
  keep(chunk) {
    const data = new Uint8Array(chunk.byteLength);
    chunk.copyTo(data);
    this.pictures.push({ data, time: chunk.timestamp / 1000, isKey: chunk.type === "key" });
  }

  /**
   * Records what is on the canvas.
   * @param {number} milliseconds for which it is shown, more than `LAST`
   */
  async add(milliseconds) {
    const isKey = this.time - this.keyed >= KEY_AFTER;
    if (isKey) this.keyed = this.time;
    for (let after = 0; after + LAST < milliseconds; after += AGAIN) {
      await this.encode(this.time + after, isKey && after === 0);
    }
    this.time += milliseconds;
  }

  /**
   * @param {number} time in milliseconds
   * @param {boolean} keyFrame
   */
  async encode(time, keyFrame) {
    const frame = new VideoFrame(this.canvas, { timestamp: Math.round(time) * 1000 });
    const taken = new Promise((done) => this.encoder.addEventListener("dequeue", done, { once: true }));
    const asked = { keyFrame, vp9: { quantizer: QUANTIZER } }; // which TypeScript's declarations do not know yet
    this.encoder.encode(frame, asked);
    frame.close();
    await Promise.race([taken, this.failure]);
  }

  /** @returns {Promise<Blob>} all of it */
  async finished() {
    await this.encode(this.time - LAST, false);
    await this.encoder.flush();
    const { width, height } = this.canvas;
    const about = { width, height, duration: this.time, title: this.title };
    return new Blob([webmOf(about, this.pictures)], { type: "video/webm" });
  }

  /** Ends it; what is not finished is thrown away. */
  close() {
    if (this.encoder.state !== "closed") this.encoder.close();
  }
}
