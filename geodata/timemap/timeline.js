// @ts-check
// The timeline: a histogram of reports, and a window with two handles and a body that drags.

import { shifted, shiftedWindow, spoken } from "./days.js";
import { make, sized } from "./dom.js";
import { AXIS, countBins, drawAxis, drawBins, PLOT, xOfDay } from "./histogram.js";
import { openingWindow, Playback } from "./playback.js";
import { TimeBar } from "./timebar.js";

/** @import { Day, Period } from "./types" */
/** @import { Table } from "./table.js" */
/** @import { Bins } from "./histogram.js" */

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
   * @param {(window: Period | null) => void} host.changed at every move
   * @param {(window: Period | null) => void} host.settled when the hand lets go or playback stops
   * @param {(running: boolean) => void} host.playing
   * @param {() => void} host.stretched the days on screen, or their width, are others
   */
  constructor(table, { changed, settled, playing, stretched }) {
    this.table = table;
    this.changed = changed;
    this.settled = settled;
    this.stretched = stretched;
    /** @type {Period | null} */
    this.window = null;
    this.extent = table.extent();
    this.domain = this.extent && { ...this.extent }; // the days on screen
    this.zoomed = false;
    this.width = 0;
    this.magnification = 1;
    /** @type {{ asked: string, mask: Uint8Array | null, bins: Bins } | null} */
    this.counted = null;
    this.playback = new Playback(this, playing);
    this.bar = new TimeBar({
      toggle: () => this.toggle(),
      sped: () => this.playback.isRunning && this.playback.start(),
      typed: (done) => this.typed(done),
      all: () => this.clear(),
      zoom: () => this.zoomTo(this.zoomed ? null : this.window),
    });
    this.canvas = make("canvas", { "aria-hidden": "true" });
    this.body = gripOf("body", "Window: arrow keys move it by a step");
    this.left = gripOf("left", "First day: arrow keys move it by a step");
    this.right = gripOf("right", "Last day: arrow keys move it by a step");
    this.strip = make("div", { class: "tm-strip" }, this.canvas, this.body, this.left, this.right);
    this.shade = make("div", { class: "tm-shade", hidden: true, "aria-hidden": "true" }); // the window, over the lanes
    this.element = make("div", { class: "tm-time" }, this.bar.element, this.strip);
    this.strip.addEventListener("pointerdown", (event) => this.grab(event));
    this.strip.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    this.element.addEventListener("keydown", (event) => this.key(event));
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.strip);
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
   * @param {{ settle?: boolean }} [options] `settle`: the hand has let go
   */
  set(window, { settle = false } = {}) {
    if (window !== null) {
      const { first, last } = window;
      window = first <= last ? { first, last } : { first: last, last: first };
      if (this.extent && window.first <= this.extent.first && window.last >= this.extent.last) window = null;
    }
    this.window = window;
    this.place();
    this.changed(window);
    if (settle) this.settled(window);
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
    if (window === null) this.zoomed = false;
    this.refresh();
    this.set(window);
    if (window !== null && this.window === null) this.settled(null); // it held all of time: the host must know
  }

  /** @param {Period | null} window */
  zoomTo(window) {
    this.zoomed = window !== null;
    this.domain = window === null ? this.extent && { ...this.extent } : { ...window };
    this.draw();
  }

  /** @param {boolean} done */
  typed(done) {
    const { period } = this;
    const read = period && this.bar.read(period, done);
    if (read && (read.first !== period.first || read.last !== period.last)) this.set(read, { settle: true });
  }

  toggle() {
    this.playback.toggle();
  }

  /** @param {boolean} settle whether the host hears of the window that playback reached */
  stop(settle) {
    this.playback.stop(settle);
  }

  // --- pointer -------------------------------------------------------------------------------------------------------

  /**
   * @param {Period} domain
   * @param {number} x pixels from the left edge
   * @returns {Day}
   */
  dayAt({ first, last }, x) {
    return Math.round(first + (x / this.width) * (last - first + 1));
  }

  /** @param {PointerEvent} event */
  grab(event) {
    const { domain, period } = this;
    if (!domain || !period || event.button) return;
    event.preventDefault();
    this.stop(false);
    const grip = gripUnder(event);
    const box = this.strip.getBoundingClientRect();
    const start = event.clientX - box.left;
    const { first, last } = period;
    const isWhole = this.window === null;
    if (grip) /** @type {HTMLElement} */ (event.target).focus();
    this.strip.setPointerCapture(event.pointerId);
    const move = (/** @type {PointerEvent} */ moved) => {
      const x = Math.max(0, Math.min(this.width, moved.clientX - box.left));
      const [from, to] = [this.dayAt(domain, start), this.dayAt(domain, x)];
      const shift = to - from;
      if (grip === "left") this.set({ first: Math.min(first + shift, last), last });
      else if (grip === "right") this.set({ first, last: Math.max(last + shift, first) });
      else if (grip === "body" && !isWhole) this.set({ first: first + shift, last: last + shift });
      else if (Math.abs(x - start) > 3) this.set({ first: Math.min(from, to), last: Math.max(from, to) - 1 });
    };
    const released = new AbortController();
    const release = () => {
      released.abort();
      this.settled(this.window);
    };
    const { signal } = released;
    this.strip.addEventListener("pointermove", move, { signal });
    this.strip.addEventListener("pointerup", release, { signal });
    this.strip.addEventListener("pointercancel", release, { signal });
  }

  /** @param {WheelEvent} event */
  wheel(event) {
    const { domain, extent } = this;
    if (!domain || !extent || (!event.ctrlKey && !event.shiftKey)) return; // a plain wheel scrolls the page
    event.preventDefault();
    const at = this.dayAt(domain, event.clientX - this.strip.getBoundingClientRect().left);
    const factor = (event.deltaY || event.deltaX) > 0 ? 1.25 : 0.8;
    const first = Math.round(at - (at - domain.first) * factor);
    const last = Math.round(at + (domain.last - at) * factor);
    if (last - first < 7) return;
    const isWhole = first <= extent.first && last >= extent.last;
    this.zoomTo(isWhole ? null : { first: Math.max(first, extent.first), last: Math.min(last, extent.last) });
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

  /** @param {Period} domain */
  bins(domain) {
    const asked = [domain.first, domain.last, this.width].join();
    const { mask } = this.table;
    if (this.counted?.asked !== asked || this.counted.mask !== mask) {
      this.counted = { asked, mask, bins: countBins(this.table, domain, this.width) };
    }
    return this.counted.bins;
  }

  draw() {
    this.width = this.strip.clientWidth;
    if (!this.width) return;
    const { domain, width, magnification } = this;
    const context = sized(this.canvas, width, PLOT + AXIS * magnification);
    if (domain) {
      drawBins({ context, domain, width, magnification }, this.bins(domain));
      drawAxis({ context, domain, width, magnification });
    }
    this.place();
    this.stretched();
  }

  /** Puts the handles where the window is, and says it. */
  place() {
    const { period, domain, width } = this;
    const usable = period && domain && width;
    for (const grip of [this.body, this.left, this.right]) grip.style.display = usable ? "" : "none";
    if (!usable) return;
    const clamp = (/** @type {number} */ x) => Math.max(0, Math.min(width, x));
    const from = clamp(xOfDay(period.first, domain, width));
    const to = clamp(xOfDay(period.last + 1, domain, width));
    const wide = Math.max(8, to - from);
    const isWhole = this.window === null;
    this.body.style.left = `${(from + to - wide) / 2}px`;
    this.body.style.width = `${wide}px`;
    this.shade.style.left = `${from}px`;
    this.shade.style.width = `${Math.max(1, to - from)}px`;
    this.shade.classList.toggle("tm-whole", isWhole);
    this.left.style.left = `${(from + to - wide) / 2}px`;
    this.right.style.left = `${(from + to + wide) / 2}px`;
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
