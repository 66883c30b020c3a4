// @ts-check
// The bar over the timeline: playback, exact dates, periods, and how much of time is on screen.

import { DateField } from "./datefield.js";
import { make } from "./dom.js";
import { OPEN_END, OPEN_START } from "./table.js";

/** @import { NamedPeriod, Period, Unit } from "./types" */

const ALL = "all"; // of the menu of periods

const STEP_NAMES = { day: "by day", week: "by week", month: "by month", year: "by year" };
const SPEEDS = { 1: "1 a second", 2: "2 a second", 4: "4 a second", 8: "8 a second", 16: "16 a second" };

/**
 * @param {string} label
 * @param {Record<string, string>} choices the words of each value
 * @param {string} value
 * @param {(() => void) | null} changed
 */
function menuOf(label, choices, value, changed = null) {
  const options = Object.entries(choices).map(([one, text]) => make("option", { value: one, text }));
  const menu = make("select", { "aria-label": label, title: label, ...(changed && { onchange: changed }) }, ...options);
  menu.value = value;
  return menu;
}

/**
 * @typedef {object} BarHost
 * @property {() => void} toggle
 * @property {() => void} sped
 * @property {() => void} typed a date was typed
 * @property {() => void} all
 * @property {() => void} zoom
 * @property {(period: Period) => void} take a period was chosen
 */

export class TimeBar {
  /**
   * @param {NamedPeriod[]} latest
   * @param {NamedPeriod[]} named those of the case
   * @param {BarHost} host
   */
  constructor(latest, named, host) {
    this.host = host;
    this.offered = [...latest, ...named];
    const leaps = "Stretches in which no report begins are passed over, and told under this bar";
    this.play = make("button", {
      ...{ class: "tm-play", type: "button", title: `Play (space). ${leaps}.`, onclick: host.toggle },
    });
    this.step = menuOf("Step", STEP_NAMES, "month");
    this.speed = menuOf("Speed", SPEEDS, "4", host.sped);
    this.mode = menuOf("What playback shows", { window: "window", sofar: "all so far" }, "window");
    const typing = { typed: host.typed, dropped: () => this.say("") };
    this.from = new DateField("First day of the window", "first", typing);
    this.to = new DateField("Last day of the window", "last", typing);
    this.periods = this.menuOfPeriods(latest, named);
    this.all = make("button", { class: "tm-all", type: "button", text: "All dates", title: "Show every date" });
    this.all.addEventListener("click", host.all);
    this.zoomer = make("button", { type: "button", class: "tm-zoomer", disabled: true, onclick: host.zoom });
    this.note = make("span", { class: "tm-said", role: "status" });
    this.element = this.arranged();
    this.showPlaying(false);
  }

  /**
   * @param {NamedPeriod[]} latest
   * @param {NamedPeriod[]} named
   */
  menuOfPeriods(latest, named) {
    const optionOf = (/** @type {NamedPeriod} */ period) =>
      make("option", { value: this.offered.indexOf(period), text: period.name });
    const groups = [
      make("option", { value: "", text: "Periods", hidden: true }),
      make("option", { value: ALL, text: "All dates" }),
      ...(latest.length ? [make("optgroup", { label: "Latest in the table" }, ...latest.map(optionOf))] : []),
      ...(named.length ? [make("optgroup", { label: "Named by the case" }, ...named.map(optionOf))] : []),
    ];
    const menu = make("select", { class: "tm-periods", "aria-label": "Periods", title: "Take a period" }, ...groups);
    menu.addEventListener("change", () => {
      if (menu.value === ALL) this.host.all();
      else if (menu.value) this.host.take(this.offered[Number(menu.value)]);
    });
    return menu;
  }

  arranged() {
    const { play, step, speed, mode, from, to, periods, all, zoomer } = this;
    const label = (/** @type {string} */ text, /** @type {DateField} */ field) =>
      make("label", {}, make("span", { text }), field.element);
    return make(
      "div",
      { class: "tm-bar", role: "group", "aria-label": "Time window and playback" },
      make("span", { class: "tm-group" }, play),
      make("span", { class: "tm-group tm-how tm-rare" }, step, speed, mode),
      make("span", { class: "tm-group" }, label("From", from), label("to", to), periods),
      make("span", { class: "tm-group" }, all, make("span", { class: "tm-group tm-rare" }, zoomer)),
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
   * What playback passes over, or what is wrong with a date.
   * @param {string} text
   * @param {boolean} [isFault]
   */
  say(text, isFault = false) {
    this.note.textContent = text;
    this.note.title = text;
    this.note.classList.toggle("tm-fault", isFault);
  }

  /**
   * The dates as they stand in the fields. Null where one cannot be read or the last is before the first: that is said.
   * @param {Period} period the window as it is
   * @returns {Period | null}
   */
  read(period) {
    const { from, to } = this;
    const [first, last] = [from.read() ?? period.first, to.read() ?? period.last];
    from.mark(typeof first === "string");
    to.mark(typeof last === "string");
    if (typeof first === "string" || typeof last === "string") {
      this.say(typeof first === "string" ? first : String(last), true);
      return null;
    }
    if (first > last) {
      to.mark(true);
      this.say("The last day is before the first.", true);
      return null;
    }
    this.forget();
    return { first, last };
  }

  /** What was typed and not taken is dropped. */
  forget() {
    this.from.restore();
    this.to.restore();
    this.say("");
  }

  /** No report is left that has a date. */
  showNone() {
    this.from.show(null);
    this.to.show(null);
  }

  /**
   * @param {Period} period
   * @param {boolean} isWhole no window is set
   * @param {boolean} isZoomed
   */
  showPeriod(period, isWhole, isZoomed) {
    if (period.first > OPEN_START && period.last < OPEN_END) {
      this.from.show(period.first);
      this.to.show(period.last);
    }
    const isShown = (/** @type {Period} */ { first, last }) =>
      !isWhole && first === period.first && last === period.last;
    this.periods.value = this.offered.some(isShown) ? String(this.offered.findIndex(isShown)) : "";
    this.all.disabled = isWhole && !isZoomed;
    this.zoomer.textContent = isZoomed ? "Whole" : "Zoom";
    this.zoomer.setAttribute("aria-label", isZoomed ? "Whole timeline" : "Zoom timeline");
    this.zoomer.title = isZoomed
      ? "Show all of time on the timeline (or double-click it)"
      : "Stretch the window over the timeline (or double-click it; Shift and wheel zooms too)";
    this.zoomer.disabled = !isZoomed && isWhole;
  }
}
