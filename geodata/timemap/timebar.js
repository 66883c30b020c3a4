// @ts-check
// The bar over the timeline: playback, exact dates, and how much of time is on screen.

import { dayOfIso, isoOf } from "./days.js";
import { focusedBeside, make } from "./dom.js";
import { OPEN_END, OPEN_START } from "./table.js";

/** @import { Period, Unit } from "./types" */

/** @param {string} label */
function dateField(label) {
  return make("input", { type: "date", "aria-label": label, max: "9999-12-31" });
}

/**
 * @param {string} text
 * @param {HTMLElement} control
 * @param {boolean} isRare left out on a small screen
 */
function labelled(text, control, isRare) {
  return make("label", { class: isRare ? "tm-rare" : null }, make("span", { text }), control);
}

export class TimeBar {
  /**
   * `typed(done)` is called while dates are typed, and with true when the field is left.
   * @param {{ toggle(): void, sped(): void, typed(done: boolean): void, all(): void, zoom(): void }} host
   */
  constructor({ toggle, sped, typed, all, zoom }) {
    this.play = make("button", { class: "tm-play", type: "button", title: "Play (space)", onclick: toggle });
    const units = ["day", "week", "month", "year"].map((unit) => make("option", { value: unit, text: unit }));
    this.step = make("select", { "aria-label": "Step", title: "Step" }, ...units);
    this.step.value = "month";
    const speeds = ["1", "2", "4", "8", "16"].map((count) =>
      make("option", { value: count, text: `${count} a second` }),
    );
    this.speed = make("select", { "aria-label": "Speed", title: "Steps a second", onchange: sped }, ...speeds);
    this.speed.value = "4";
    const modes = [
      make("option", { value: "window", text: "window" }),
      make("option", { value: "sofar", text: "all so far" }),
    ];
    this.mode = make("select", { "aria-label": "What playback shows", title: "What playback shows" }, ...modes);
    this.from = dateField("First day of the window");
    this.to = dateField("Last day of the window");
    // While a date is typed, half a year is no date and an end before the start is not yet a mistake.
    for (const input of [this.from, this.to]) {
      input.addEventListener("change", () => typed(false));
      input.addEventListener("blur", () => typed(true));
      input.addEventListener("keydown", (event) => event.key === "Enter" && typed(true));
    }
    this.all = make("button", { type: "button", text: "All dates", title: "Show every date", onclick: all });
    this.zoomer = make("button", { type: "button", text: "Zoom timeline", disabled: true, onclick: zoom });
    this.element = this.arranged();
    this.showPlaying(false);
  }

  arranged() {
    const { play, step, speed, mode, from, to, all, zoomer } = this;
    const playing = [labelled("Step", step, true), labelled("Speed", speed, true), labelled("Show", mode, true)];
    return make(
      "div",
      { class: "tm-bar", role: "group", "aria-label": "Time window and playback" },
      make("span", { class: "tm-group" }, play, ...playing),
      make("span", { class: "tm-group" }, labelled("From", from, false), labelled("to", to, false)),
      make("span", { class: "tm-group tm-rare" }, all, zoomer),
    );
  }

  get unit() {
    return /** @type {Unit} */ (this.step.value);
  }

  get perSecond() {
    return Number(this.speed.value);
  }

  /** Whether playback keeps the first day. */
  get isGrowing() {
    return this.mode.value === "sofar";
  }

  /** @param {boolean} running */
  showPlaying(running) {
    this.play.textContent = running ? "❚❚" : "▶";
    this.play.setAttribute("aria-label", running ? "Pause" : "Play");
  }

  /**
   * The dates as they stand in the fields, a field that holds no date as `period` has it. Null where the last day is
   * before the first, which is said when the typing is `done`.
   * @param {Period} period
   * @param {boolean} done
   * @returns {Period | null}
   */
  read(period, done) {
    const day = (/** @type {string} */ text) => (text >= "1000" ? dayOfIso(text) : null);
    const first = day(this.from.value) ?? period.first;
    const last = day(this.to.value) ?? period.last;
    const isWrong = first > last;
    this.to.setCustomValidity(isWrong ? "The last day is before the first." : "");
    if (isWrong && done) this.to.reportValidity();
    return isWrong ? null : { first, last };
  }

  /**
   * @param {Period} period
   * @param {boolean} isWhole no window is set
   * @param {boolean} isZoomed
   */
  showPeriod(period, isWhole, isZoomed) {
    if (period.first > OPEN_START && period.last < OPEN_END) {
      const typing = focusedBeside(this.element);
      if (typing !== this.from) this.from.value = isoOf(period.first);
      if (typing !== this.to) this.to.value = isoOf(period.last);
    }
    this.all.disabled = isWhole && !isZoomed;
    this.zoomer.textContent = isZoomed ? "Whole timeline" : "Zoom timeline";
    this.zoomer.title = isZoomed
      ? "Show all of time on the timeline"
      : "Stretch the window over the timeline (Shift and wheel zooms too)";
    this.zoomer.disabled = !isZoomed && isWhole;
  }
}
