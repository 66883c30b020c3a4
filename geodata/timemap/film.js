// @ts-check
// The playback as a film: each of its windows as the picture that the map gives, with a title over it, for as long as
// playback shows it. Nothing leaves the machine.

import { spoken } from "./days.js";
import { FONT, INK, make, penOf, save } from "./dom.js";
import { nameOfFile, pictureOf, saidWith, shownCategories } from "./picture.js";
import { nextWindow, openingWindow } from "./playback.js";
import { Recorder } from "./recorder.js";

/** @import { Category, Period } from "./types" */
/** @import { Timemap } from "./timemap.js" */

const USUAL_TEXT = "Save film";
const TITLE_BAR = 46; // pixels of the title
const LAST_STAYS = 1500; // milliseconds for which the last window stays

export class Film {
  /** @param {Timemap} timemap */
  constructor(timemap) {
    this.timemap = timemap;
    this.isRunning = false;
    /** @type {Category[]} */
    this.categories = []; // those of all its windows, so that the legend stands still
    this.isGone = false; // the map is, so that nobody waits for the film
    this.stop = () => {};
    /** @type {Promise<void>} */
    this.stopped = Promise.resolve();
    const title = "Record the playback from the window on, as it is set below, into a WebM file";
    this.button = make("button", { type: "button", class: "tm-rare tm-film", text: USUAL_TEXT, title });
    this.button.addEventListener("click", () => {
      if (this.isRunning) this.stop();
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
    const windows = this.windows();
    if (!windows.length) throw new Error("no report that is shown has a date");
    timemap.stop();
    const before = timeline.window;
    this.isRunning = true;
    this.stopped = new Promise((resolve) => {
      this.stop = () => {
        this.isRunning = false;
        resolve();
      };
    });
    /** @type {Recorder | null} */
    let recorder = null;
    try {
      recorder = await this.begun();
      for (const [at, window] of windows.entries()) {
        button.textContent = `Stop: ${at + 1} of ${windows.length}`;
        await this.show(window);
        if (!this.isRunning) break;
        this.draw(recorder.canvas, window);
        await recorder.add(1000 / timeline.bar.perSecond);
        if (!this.isRunning) break;
      }
      if (this.isGone) return;
      await recorder.add(LAST_STAYS);
      save(await recorder.finished(), nameOfFile(timemap, "webm", windows[0]));
      this.tell("The film is saved.");
    } finally {
      recorder?.close();
      this.isRunning = false;
      button.textContent = USUAL_TEXT;
      if (!this.isGone) timeline.set(before);
    }
  }

  /** The map goes: a recording ends and is thrown away. */
  destroy() {
    this.isGone = true;
    this.stop();
  }

  /** What records a canvas as large as any of the pictures will be. */
  begun() {
    this.show(null);
    this.categories = shownCategories(this.timemap);
    const all = this.picture();
    const canvas = make("canvas");
    canvas.width = even(all.width);
    canvas.height = even(all.height) + 2 * TITLE_BAR;
    return Recorder.of(canvas, this.timemap.options.title);
  }

  /**
   * Resolves once the maps show a window, or the film is stopped before.
   * @param {Period | null} window
   */
  show(window) {
    this.timemap.timeline.set(window); // its own `show` would forget how it is stretched
    this.timemap.paint();
    return Promise.race([this.timemap.untilCounted(), this.stopped]);
  }

  picture() {
    return pictureOf(this.timemap, saidWith(this.timemap), this.categories);
  }

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Period} window
   */
  draw(canvas, window) {
    const picture = this.picture();
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
  }
}

/** @param {number} pixels */
function even(pixels) {
  return pixels - (pixels % 2);
}
