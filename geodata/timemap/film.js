// @ts-check
// The playback as a film: each of its windows as the picture that the map gives, with a title over it, recorded in the
// browser. Nothing leaves the machine.

import { spoken } from "./days.js";
import { FONT, INK, make, penOf } from "./dom.js";
import { nameOfFile, pictureOf, saidWith, save } from "./picture.js";
import { nextWindow, openingWindow } from "./playback.js";

/** @import { Period } from "./types" */
/** @import { Timemap } from "./timemap.js" */

/**
 * @typedef {object} Recording
 * @property {HTMLCanvasElement} canvas
 * @property {CanvasCaptureMediaStreamTrack} track
 * @property {MediaRecorder} recorder
 * @property {Blob[]} parts
 */

const USUAL_TEXT = "Save film";
const TITLE_BAR = 46; // pixels of the title
const LAST_STAYS = 1500; // milliseconds for which the last window stays
const BITS_A_SECOND = 6_000_000; // bits a second: names on the map stay sharp

export class Film {
  /** @param {Timemap} timemap */
  constructor(timemap) {
    this.timemap = timemap;
    this.isRunning = false;
    this.isGone = false; // the map is, so that nobody waits for the film
    const title = "Record the playback from the window on, as it is set below, into a WebM file";
    this.button = make("button", { type: "button", class: "tm-rare tm-film", text: USUAL_TEXT, title });
    this.button.addEventListener("click", () => {
      if (this.isRunning) this.isRunning = false;
      else this.record().catch((/** @type {Error} */ error) => this.tell(`The film cannot be made: ${error.message}`));
    });
  }

  /** @param {string} text */
  tell(text) {
    this.timemap.live.textContent = text;
    this.timemap.timeline.bar.say(text);
  }

  /** The windows that playback would show, from the one that is set. */
  windows() {
    const { timeline, table } = this.timemap;
    const { bar, domain, window } = timeline;
    if (!domain) return [];
    const windows = [window && window.last < domain.last ? window : openingWindow(domain.first, bar.unit)];
    const begins = table.beginsIn.bind(table);
    for (let last = windows[0]; last.last < domain.last; windows.push(last)) {
      last = nextWindow(last, bar.unit, bar.isGrowing, domain.last, begins);
    }
    return windows;
  }

  async record() {
    const { timemap, button } = this;
    const { timeline } = timemap;
    if (!globalThis.MediaRecorder?.isTypeSupported("video/webm")) throw new Error("this browser records no WebM");
    const windows = this.windows();
    if (!windows.length) throw new Error("no report that is shown has a date");
    timemap.stop();
    const before = timeline.window;
    this.isRunning = true;
    /** @type {Recording | null} */
    let film = null;
    try {
      film = this.begun();
      this.draw(film, windows[0]);
      film.recorder.start();
      for (const [at, window] of windows.entries()) {
        if (!this.isRunning) break;
        button.textContent = `Stop: ${at + 1} of ${windows.length}`;
        this.draw(film, window);
        await pause(1000 / timeline.bar.perSecond);
      }
      if (!this.isGone) await pause(LAST_STAYS);
      if (this.isGone) return;
      save(await ended(film), nameOfFile(timemap, "webm", windows[0]));
      this.tell("The film is saved.");
    } finally {
      if (film && film.recorder.state !== "inactive") film.recorder.stop();
      film?.track.stop();
      this.isRunning = false;
      button.textContent = USUAL_TEXT;
      if (!this.isGone) timeline.set(before);
    }
  }

  /** The map goes: a recording ends and is thrown away. */
  destroy() {
    this.isRunning = false;
    this.isGone = true;
  }

  /**
   * A canvas as large as any of the pictures will be, and what records it.
   * @returns {Recording}
   */
  begun() {
    const all = this.picture(null);
    const canvas = make("canvas");
    canvas.width = all.width;
    canvas.height = all.height + 2 * TITLE_BAR;
    const stream = canvas.captureStream(0);
    const [track] = /** @type {CanvasCaptureMediaStreamTrack[]} */ (stream.getVideoTracks());
    const recorder = new MediaRecorder(stream, { mimeType: "video/webm", videoBitsPerSecond: BITS_A_SECOND });
    /** @type {Blob[]} */
    const parts = [];
    recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
    return { canvas, track, recorder, parts };
  }

  /** @param {Period | null} window */
  picture(window) {
    const { timemap } = this;
    timemap.timeline.set(window); // `show` would forget how the timeline is stretched
    timemap.paint();
    return pictureOf(timemap, saidWith(timemap));
  }

  /**
   * @param {Recording} film
   * @param {Period} window
   */
  draw({ canvas, track }, window) {
    const picture = this.picture(window);
    const context = penOf(canvas);
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(picture, 0, 2 * TITLE_BAR);
    context.fillStyle = INK;
    context.textBaseline = "middle";
    context.font = `600 36px ${FONT}`;
    const when = `${spoken(window.first)} – ${spoken(window.last)}`;
    const wide = context.measureText(when).width;
    context.fillText(this.timemap.options.title, 24, TITLE_BAR, canvas.width - wide - 96);
    context.fillText(when, canvas.width - wide - 24, TITLE_BAR);
    track.requestFrame();
  }
}

/**
 * @param {Recording} film
 * @returns {Promise<Blob>} all of it
 */
async function ended({ recorder, parts }) {
  const stopped = new Promise((done) => recorder.addEventListener("stop", done, { once: true }));
  recorder.stop();
  await stopped;
  return new Blob(parts, { type: "video/webm" });
}

/** @param {number} milliseconds */
function pause(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}
