// @ts-check
// The hand on the timeline: what a drag, a click, a double click and the wheel do.

import { binAt, heldBy, PLOT, saidOfBin, spanOfBin, unitAt } from "./histogram.js";

/** @import { Day, Period } from "./types" */
/** @import { Grip, Timeline } from "./timeline.js" */

const STILL = 3; // pixels within which a press is a click

export class TimeHand {
  /** @param {Timeline} timeline */
  constructor(timeline) {
    this.timeline = timeline;
    this.strip = timeline.strip;
    /** @type {[Period | null, Period | null]} before each of the last two presses; the browser says which are a pair */
    this.windows = [null, null];
    this.strip.addEventListener("pointerdown", (event) => this.grab(event));
    this.strip.addEventListener("pointermove", (event) => this.hover(event));
    this.strip.addEventListener("pointerleave", () => timeline.caption());
    this.strip.addEventListener("dblclick", (event) => this.twice(event));
    this.strip.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
  }

  /** @param {MouseEvent} event */
  placeOf({ clientX, clientY }) {
    const { left, top } = this.strip.getBoundingClientRect();
    return { x: Math.max(0, Math.min(this.timeline.width, clientX - left)), y: clientY - top };
  }

  /**
   * @param {Period} domain
   * @param {number} x pixels from the left edge
   * @returns {Day}
   */
  dayAt({ first, last }, x) {
    return Math.round(first + (x / this.timeline.width) * (last - first + 1));
  }

  /**
   * The day under a point, not the nearest day's edge.
   * @param {Period} domain
   * @param {number} x
   */
  dayUnder({ first, last }, x) {
    return Math.min(last, Math.floor(first + (x / this.timeline.width) * (last - first + 1)));
  }

  /** @param {PointerEvent} event */
  grab(event) {
    const { timeline, strip } = this;
    const { domain, period } = timeline;
    if (!domain || !period || event.button) return;
    event.preventDefault();
    timeline.stop(false);
    timeline.bar.forget();
    this.windows = [this.windows[1], timeline.window];
    const { target } = event;
    const grip = /** @type {Grip | undefined} */ (/** @type {HTMLElement} */ (target).dataset?.grip);
    const start = this.placeOf(event);
    const before = timeline.window;
    let isMoved = false;
    if (grip) /** @type {HTMLElement} */ (target).focus({ preventScroll: true });
    strip.setPointerCapture(event.pointerId);
    const move = (/** @type {PointerEvent} */ moved) => {
      const { x } = this.placeOf(moved);
      isMoved ||= Math.abs(x - start.x) > STILL;
      if (isMoved) this.drag(grip, before, period, [this.dayAt(domain, start.x), this.dayAt(domain, x)]);
    };
    const released = new AbortController();
    const release = (/** @type {PointerEvent} */ { type }) => {
      released.abort();
      if (isMoved) timeline.settled(timeline.window);
      else if (type === "pointerup" && grip !== "left" && grip !== "right") this.click(start);
    };
    const { signal } = released;
    strip.addEventListener("pointermove", move, { signal });
    strip.addEventListener("pointerup", release, { signal });
    strip.addEventListener("pointercancel", release, { signal });
  }

  /**
   * @param {Grip | undefined} grip
   * @param {Period | null} window as it was when the hand came
   * @param {Period} period the window, else all of time
   * @param {[Day, Day]} days from and to which the hand moved
   */
  drag(grip, window, { first, last }, [from, to]) {
    const { timeline } = this;
    const shift = to - from;
    if (grip === "left") timeline.set({ first: Math.min(first + shift, last), last });
    else if (grip === "right") timeline.set({ first, last: Math.max(last + shift, first) });
    else if (grip === "body" && window) timeline.set({ first: first + shift, last: last + shift });
    else timeline.set({ first: Math.min(from, to), last: Math.max(from, to) - 1 });
  }

  /**
   * Takes the bar or the unit of the axis under a point. Where no bar stands, nothing is taken.
   * @param {{ x: number, y: number }} point
   */
  click({ x, y }) {
    const span = this.spanAt(x, y);
    if (span) this.timeline.take(span);
  }

  /**
   * @param {number} x
   * @param {number} y
   * @returns {Period | null}
   */
  spanAt(x, y) {
    const { domain, width, magnification, ticks } = this.timeline;
    if (!domain) return null;
    const day = this.dayUnder(domain, x);
    if (y > PLOT) {
      const tick = ticks.find((one) => x >= one.x && x <= one.x + one.wide);
      return tick?.span ?? unitAt(day, domain, width, magnification);
    }
    const bin = this.barAt(day);
    const [bins] = this.timeline.bins() ?? [];
    return bins && bin >= 0 ? spanOfBin(bins, bin) : null;
  }

  /**
   * The bin that holds a day and some report; -1 for none.
   * @param {Day} day
   */
  barAt(day) {
    const sets = this.timeline.bins();
    if (!sets) return -1;
    const bin = binAt(sets[0], day);
    return sets.some((set) => bin >= 0 && (heldBy(set, bin).sure || heldBy(set, bin).maybe)) ? bin : -1;
  }

  /**
   * Stretches the window that was under the hand over the timeline, or shows all of time again.
   * @param {MouseEvent} event
   */
  twice(event) {
    const { timeline } = this;
    const [before] = this.windows;
    const { domain, zoomed } = timeline;
    if (!domain) return;
    const day = this.dayUnder(domain, this.placeOf(event).x);
    const isWithin = before && before.first <= day && day <= before.last;
    const window = zoomed || isWithin ? before : timeline.window;
    if (!zoomed && !window) return;
    timeline.zoomTo(zoomed ? null : window);
    timeline.take(window);
  }

  /** @param {PointerEvent} event */
  hover(event) {
    const { domain, host } = this.timeline;
    const sets = this.timeline.bins();
    if (!domain || !sets || event.buttons) return;
    const { x, y } = this.placeOf(event);
    const bin = y > PLOT ? -1 : this.barAt(this.dayUnder(domain, x));
    this.timeline.caption(bin < 0 ? undefined : saidOfBin(sets, bin, host.colouring().categories));
  }

  /** @param {WheelEvent} event */
  wheel(event) {
    const { timeline } = this;
    const { domain, extent } = timeline;
    if (!domain || !extent || (!event.ctrlKey && !event.shiftKey)) return; // a plain wheel scrolls the page
    event.preventDefault();
    const at = this.dayAt(domain, this.placeOf(event).x);
    const factor = (event.deltaY || event.deltaX) > 0 ? 1.25 : 0.8;
    const first = Math.round(at - (at - domain.first) * factor);
    const last = Math.round(at + (domain.last - at) * factor);
    if (last - first < 7) return;
    const isWhole = first <= extent.first && last >= extent.last;
    timeline.zoomTo(isWhole ? null : { first: Math.max(first, extent.first), last: Math.min(last, extent.last) });
  }
}
