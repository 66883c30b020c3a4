// @ts-check
// Playback: the window moves on by a step, several times a second, until the end of the timeline.

import { shifted, shiftedWindow, spoken, spokenPeriod, startOf } from "./days.js";
import { plural } from "./dom.js";

/** @import { Day, Period, Unit } from "./types" */
/** @import { Timeline } from "./timeline.js" */

/**
 * The first window of a playback over all of time: one step at the start of the timeline.
 * @param {Day} first
 * @param {Unit} step
 * @returns {Period}
 */
export function openingWindow(first, step) {
  const start = startOf(first, step);
  return { first: start, last: shifted(start, step, 1) - 1 };
}

/**
 * The window one step on. Stretches of time in which no report begins are passed over: nothing new would be seen.
 * @param {Period} window
 * @param {Unit} step
 * @param {boolean} isGrowing the first day stays
 * @param {Day} end of the timeline
 * @param {(first: Day, last: Day) => boolean} beginsIn whether a report begins on one of these days
 */
export function nextWindow(window, step, isGrowing, end, beginsIn) {
  const onward = (/** @type {Period} */ { first, last }) =>
    isGrowing ? { first, last: shifted(last + 1, step, 1) - 1 } : shiftedWindow({ first, last }, step, 1);
  let next = onward(window);
  while (next.last < end && !beginsIn(window.last + 1, next.last)) next = onward(next);
  return next;
}

/**
 * What was passed over from a window to the next, in words; blank where nothing was.
 * @param {Period} window
 * @param {Period} next
 * @param {Unit} step
 * @param {(first: Day, last: Day) => boolean} beginsIn
 */
export function passedOver(window, next, step, beginsIn) {
  if (!beginsIn(window.last + 1, next.last)) return `No report begins after ${spoken(window.last)}.`;
  const lastStep = (/** @type {Day} */ last) => ({ first: shifted(last + 1, step, -1), last });
  let passed = -1;
  for (let day = window.last + 1; day <= next.last; day = shifted(day, step, 1)) passed += 1;
  if (passed < 1) return "";
  const [from, to] = [lastStep(window.last), lastStep(next.last)].map(spokenPeriod);
  return `${from} → ${to}: ${plural(passed, step)} without a report that begins`;
}

export class Playback {
  /**
   * @param {Timeline} timeline
   * @param {(running: boolean) => void} changed
   */
  constructor(timeline, changed) {
    this.timeline = timeline;
    this.changed = changed;
    /** @type {ReturnType<typeof setInterval> | null} */
    this.timer = null;
  }

  get isRunning() {
    return this.timer !== null;
  }

  toggle() {
    if (this.isRunning) this.stop(true);
    else this.start();
  }

  start() {
    const { bar, domain } = this.timeline;
    if (!domain) return;
    const { window } = this.timeline;
    bar.say("");
    if (window === null || window.last >= domain.last) {
      const keepsLength = window && window.first > domain.first && !bar.isGrowing;
      const first = keepsLength ? { first: domain.first, last: domain.first + window.last - window.first } : null;
      this.timeline.set(first ?? openingWindow(domain.first, bar.unit));
    }
    if (this.timeline.window === null) return; // one step holds all there is: nothing moves
    this.cease();
    this.timer = setInterval(() => this.tick(), 1000 / bar.perSecond);
    bar.showPlaying(true);
    this.changed(true);
  }

  tick() {
    const { window, domain, bar, table } = this.timeline;
    if (!domain || !window) {
      this.stop(true);
      return;
    }
    const begins = table.beginsIn.bind(table);
    const next = nextWindow(window, bar.unit, bar.isGrowing, domain.last, begins);
    const leap = passedOver(window, next, bar.unit, begins);
    if (leap) bar.say(leap); // it stays until the next one, for it takes longer to read than a step
    this.timeline.set(next);
    if (this.timeline.window === null || this.timeline.window.last >= domain.last) this.stop(true);
  }

  /** @param {boolean} settle whether the host hears of the window reached */
  stop(settle) {
    if (!this.isRunning) return;
    this.cease();
    this.timeline.bar.showPlaying(false);
    this.changed(false);
    if (settle) this.timeline.settled(this.timeline.window);
  }

  cease() {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }
}
