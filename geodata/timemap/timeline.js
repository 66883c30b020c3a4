// @ts-check
// The timeline: a histogram of reports, and a window with two handles and a body.

import { shifted, shiftedWindow, spoken } from "./days.js";
import { make, sized } from "./dom.js";
import { AXIS, captionOf, countBins, drawAxis, drawBins, PLOT, xOfDay } from "./histogram.js";
import { latestPeriods } from "./periods.js";
import { openingWindow, Playback } from "./playback.js";
import { TimeBar } from "./timebar.js";
import { TimeHand } from "./timehand.js";

/** @import { Colouring, Day, NamedPeriod, Period } from "./types" */
/** @import { Table } from "./table.js" */
/** @import { Bins, Tick } from "./histogram.js" */

/** @typedef {"body" | "left" | "right"} Grip the whole window, its first day, its last day */

/** @type {Record<string, number>} */
const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -6, PageUp: 6 };

/**
 * @param {Grip} name
 * @param {string} label
 */
function gripOf(name, label) {
  const role = { role: "slider", tabindex: "0", "aria-label": label };
  return make("div", { class: `tm-${name}`, ...role, "data-grip": name });
}

/**
 * @param {Event} event
 * @returns {Grip | undefined}
 */
function gripUnder({ target }) {
  return /** @type {Grip | undefined} */ (/** @type {HTMLElement} */ (target).dataset?.grip);
}

export class Timeline {
  /**
   * A window is null for all of time, undated reports included.
   * @param {Table} table
   * @param {object} host
   * @param {NamedPeriod[]} host.periods those that the case names
   * @param {() => Colouring} host.colouring of the map; the bars are drawn when it has categories
   * @param {(window: Period | null, isAsked: boolean) => void} host.changed at every move
   * @param {(window: Period | null) => void} host.settled when the hand lets go or playback stops
   * @param {(running: boolean) => void} host.playing
   * @param {() => void} host.stretched the days on screen, or their width, are others
   */
  constructor(table, host) {
    this.table = table;
    this.host = host;
    /** @type {Table[]} the rows that bars count: two sets of them in a comparison */
    this.sets = [table];
    /** @type {Period | null} */
    this.window = null;
    this.extent = table.extent();
    this.domain = this.extent && { ...this.extent }; // the days on screen
    this.zoomed = false;
    this.width = 0;
    this.magnification = 1;
    /** @type {{ asked: unknown[], sets: Bins[] } | null} */
    this.counted = null;
    /** @type {Tick[]} */
    this.ticks = [];
    this.playback = new Playback(this, host.playing);
    this.bar = new TimeBar(latestPeriods(this.extent), host.periods, {
      toggle: () => this.toggle(),
      sped: () => this.playback.isRunning && this.playback.start(),
      typed: () => this.typed(),
      all: () => this.clear(),
      zoom: () => this.zoomTo(this.zoomed ? null : this.window),
      take: (period) => this.take(period),
    });
    this.canvas = make("canvas", { "aria-hidden": "true" });
    this.body = gripOf("body", "Window: arrow keys move it by a step");
    this.left = gripOf("left", "First day: arrow keys move it by a step");
    this.right = gripOf("right", "Last day: arrow keys move it by a step");
    this.axis = make("div", { class: "tm-axis", title: "Click a year, a month or a day to take it" });
    this.strip = make("div", { class: "tm-strip" }, this.canvas, this.axis, this.body, this.left, this.right);
    this.most = make("span", { class: "tm-most" });
    this.shade = make("div", { class: "tm-shade", hidden: true, "aria-hidden": "true" }); // the window, over the lanes
    const captions = make("div", { class: "tm-caption" }, this.most, this.bar.note);
    this.element = make("div", { class: "tm-time" }, this.bar.element, captions, this.strip);
    this.hand = new TimeHand(this);
    this.element.addEventListener("keydown", (event) => this.key(event));
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.strip);
  }

  /** @param {Period | null} window */
  settled(window) {
    this.host.settled(window);
  }

  /**
   * Larger letters for a class room.
   * @param {number} times their usual size
   */
  setMagnification(times) {
    if (this.magnification === times) return;
    this.magnification = times;
    this.strip.style.height = `${PLOT + AXIS * times}px`;
    this.draw();
  }

  /**
   * Bars of two sets, the one over the other, or of all rows.
   * @param {Table[] | null} sets
   */
  compare(sets) {
    this.sets = sets ?? [this.table];
    this.draw();
  }

  /** After a new mask: the domain follows what is kept, and the histogram is counted again. */
  refresh() {
    this.extent = this.table.extent();
    if (!this.zoomed) this.domain = this.extent && { ...this.extent };
    this.draw();
  }

  /** The window, else all of time that reports are of. */
  get period() {
    return this.window ?? this.extent;
  }

  /**
   * @param {Period | null} window
   * @param {{ settle?: boolean, isAsked?: boolean }} [options] `settle`: the hand has let go; `isAsked`: the host asks
   *   for it, among other things that it changes
   */
  set(window, { settle = false, isAsked = false } = {}) {
    if (window !== null) {
      const { first, last } = window;
      window = first <= last ? { first, last } : { first: last, last: first };
      if (this.extent && window.first <= this.extent.first && window.last >= this.extent.last) window = null;
    }
    this.window = window;
    this.place();
    this.host.changed(window, isAsked);
    if (!settle) return;
    this.bar.say(""); // what playback passed over is of a window that is gone
    this.settled(window);
  }

  clear() {
    this.show(null);
    this.settled(null);
  }

  /**
   * What the host asks for: a window, or all of time on the whole timeline.
   * @param {Period | null} window
   */
  show(window) {
    this.stop(false);
    this.bar.forget();
    if (window === null) this.zoomed = false;
    this.refresh();
    this.set(window, { isAsked: true });
    if (window !== null && this.window === null) this.settled(null); // it held all of time: the host must know
  }

  /** @param {Period | null} window */
  zoomTo(window) {
    this.zoomed = window !== null;
    this.domain = window === null ? this.extent && { ...this.extent } : { ...window };
    this.draw();
  }

  /**
   * A window that was chosen and not dragged: where the part of time on screen does not hold it, all of time is shown.
   * @param {Period | null} window
   */
  take(window) {
    const { domain, zoomed } = this;
    this.stop(false);
    if (window?.first === this.window?.first && window?.last === this.window?.last) return;
    const isBeyond = domain && window && (window.first < domain.first || window.last > domain.last);
    if (zoomed && isBeyond) this.zoomTo(null);
    this.bar.forget();
    this.set(window, { settle: true });
  }

  typed() {
    const read = this.period && this.bar.read(this.period);
    if (read && this.period && (read.first !== this.period.first || read.last !== this.period.last)) this.take(read);
  }

  toggle() {
    this.playback.toggle();
  }

  /** @param {boolean} settle whether the host hears of the window that playback reached */
  stop(settle) {
    this.playback.stop(settle);
  }

  // --- keyboard ------------------------------------------------------------------------------------------------------

  /** @param {KeyboardEvent} event */
  key(event) {
    const { tagName } = /** @type {HTMLElement} */ (event.target);
    if (event.key === " " && tagName !== "BUTTON" && tagName !== "SELECT" && tagName !== "INPUT") {
      event.preventDefault();
      this.toggle();
      return;
    }
    const grip = gripUnder(event);
    if (!grip || !this.domain) return;
    if (event.key === "Home" || event.key === "End") this.toEnd(grip, event.key === "Home");
    else if (event.key in STEPS) this.nudge(grip, STEPS[event.key]);
    else return;
    event.preventDefault();
  }

  /**
   * Moves the window, or one end of it, to the first or the last day there is.
   * @param {Grip} grip
   * @param {boolean} isStart
   */
  toEnd(grip, isStart) {
    const { extent, period } = this;
    if (!extent || !period) return;
    const { first, last } = period;
    const [other, length] = [{ left: last, right: first }, last - first];
    const moved = isStart
      ? { first: extent.first, last: grip === "body" ? extent.first + length : other[grip] }
      : { first: grip === "body" ? extent.last - length : other[grip], last: extent.last };
    this.set(moved, { settle: true });
  }

  /**
   * @param {Grip} grip
   * @param {number} count steps, to the past where negative
   */
  nudge(grip, count) {
    const { domain, period, window } = this;
    if (!domain || !period) return;
    const { first, last } = period;
    const step = this.bar.unit;
    const settle = { settle: true };
    if (grip === "left") this.set({ first: Math.min(shifted(first, step, count), last), last }, settle);
    else if (grip === "right") this.set({ first, last: Math.max(shifted(last + 1, step, count) - 1, first) }, settle);
    else if (window) this.set(shiftedWindow(window, step, count), settle);
    else this.set(openingWindow(domain.first, step), settle);
  }

  // --- drawing -------------------------------------------------------------------------------------------------------

  /**
   * What the bars hold, one for each set; null where there is none. Counted again for other days on screen, another
   * width, other rows or other colours, and so never while a window moves.
   */
  bins() {
    const { domain, width, sets } = this;
    const colouring = this.host.colouring();
    if (!domain || !width || !colouring.key) return null;
    const asked = [domain.first, domain.last, width, colouring.key, ...sets.map(({ mask }) => mask)];
    if (
      !this.counted ||
      asked.length !== this.counted.asked.length ||
      asked.some((one, at) => one !== this.counted?.asked[at])
    ) {
      this.counted = { asked, sets: sets.map((table) => countBins(table, domain, width, colouring)) };
    }
    return this.counted.sets;
  }

  /** @param {string} [text] else what the highest bar stands for */
  caption(text) {
    const sets = this.bins();
    this.most.textContent = text ?? (sets ? captionOf(sets) : "");
    this.most.title = this.most.textContent; // a narrow screen cuts it
  }

  draw() {
    this.width = this.strip.clientWidth;
    if (!this.width) return;
    const { domain, width, magnification } = this;
    const context = sized(this.canvas, width, PLOT + AXIS * magnification);
    const sets = this.bins();
    if (domain) {
      const plot = { context, domain, width, magnification };
      if (sets) drawBins(plot, sets, this.host.colouring().categories);
      this.ticks = drawAxis(plot);
    }
    this.caption();
    this.place();
    this.host.stretched();
  }

  /** Puts the handles where the window is, and says it. */
  place() {
    const { period, domain, width } = this;
    const usable = period && domain && width;
    for (const grip of [this.body, this.left, this.right]) grip.style.display = usable ? "" : "none";
    if (!period) this.bar.showNone();
    if (!usable) return;
    const clamp = (/** @type {number} */ x) => Math.max(0, Math.min(width, x));
    const from = clamp(xOfDay(period.first, domain, width));
    const to = clamp(xOfDay(period.last + 1, domain, width));
    const wide = Math.max(8, to - from); // can be grasped; each handle stays where its own day is
    const isWhole = this.window === null;
    this.body.style.left = `${(from + to - wide) / 2}px`;
    this.body.style.width = `${wide}px`;
    this.shade.style.left = `${from}px`;
    this.shade.style.width = `${Math.max(1, to - from)}px`;
    this.shade.classList.toggle("tm-whole", isWhole);
    this.left.style.left = `${from}px`;
    this.right.style.left = `${to}px`;
    this.strip.classList.toggle("tm-whole", isWhole);
    this.say(this.body, period.first, `${spoken(period.first)} to ${spoken(period.last)}`);
    this.say(this.left, period.first, spoken(period.first));
    this.say(this.right, period.last, spoken(period.last));
    this.bar.showPeriod(period, isWhole, this.zoomed);
  }

  /**
   * @param {HTMLElement} grip
   * @param {Day} day
   * @param {string} text
   */
  say(grip, day, text) {
    grip.setAttribute("aria-valuemin", String(this.extent?.first ?? day));
    grip.setAttribute("aria-valuemax", String(this.extent?.last ?? day));
    grip.setAttribute("aria-valuenow", String(day));
    grip.setAttribute("aria-valuetext", text);
  }

  destroy() {
    this.playback.cease();
    this.observer.disconnect();
  }
}
