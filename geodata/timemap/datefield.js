// @ts-check
// A date as a reader types it: a text field in the one form of all dates, and what it understands.

import { dayOfIso, MONTHS, shifted, spoken } from "./days.js";
import { focusedBeside, make } from "./dom.js";

/** @import { Day, Period } from "./types" */

const ISO_DATE = /^((?!0000)\d{4})(?:-(\d\d))?(?:-(\d\d))?$/;
const SPELT_DATE = /^(?:(\d{1,2}) )?(\p{L}{3,}) ((?!0000)\d{4})$/u;

/**
 * The days that a typed date allows: "29 Feb 2024", "Feb 2024", "2024", or the same as ISO 8601 has it.
 * @param {string} text
 * @returns {Period | string} else what is wrong with it
 */
export function daysTyped(text) {
  const words = text.trim().replaceAll(/[.,\s]+/g, " ");
  const spelt = SPELT_DATE.exec(words);
  const [, year, month, date] = spelt
    ? [words, spelt[3], monthTyped(spelt[2]), spelt[1]?.padStart(2, "0")]
    : (ISO_DATE.exec(words) ?? []);
  const first = year && dayOfIso(`${year}-${month ?? "01"}-${date ?? "01"}`);
  if (typeof first === "number") {
    if (date) return { first, last: first };
    return { first, last: shifted(first, month ? "month" : "year", 1) - 1 };
  }
  if (date && dayOfIso(`${year}-${month}-01`) !== null) return `“${text.trim()}”: there is no such day.`;
  return `“${text.trim()}” is no date here: write 29 Feb 2024, Feb 2024, 2024 or 2024-02-29.`;
}

/**
 * Two digits for the English name of a month or its first three letters and more; "00" for no month.
 * @param {string} word
 */
function monthTyped(word) {
  const number = MONTHS.findIndex((name) => name.toLowerCase().startsWith(word.toLowerCase())) + 1;
  return String(number).padStart(2, "0");
}

export class DateField {
  /**
   * @param {string} label
   * @param {"first" | "last"} end which day of "Feb 2024" is meant
   * @param {object} host
   * @param {() => void} host.typed what was typed is to be read
   * @param {() => void} host.dropped what was typed counts no longer
   */
  constructor(label, end, { typed, dropped }) {
    this.end = end;
    this.typed = typed;
    this.dropped = dropped;
    /** @type {Day | null} the day that the window has */
    this.day = null;
    const help = "29 Feb 2024, Feb 2024, 2024 or 2024-02-29. Arrow keys: a day later or earlier";
    const hints = { autocomplete: "off", spellcheck: "false", placeholder: "29 Feb 2024", title: help };
    this.element = make("input", { type: "text", class: "tm-date", "aria-label": label, ...hints });
    this.element.addEventListener("blur", () => this.isChanged && typed());
    this.element.addEventListener("keydown", (event) => this.key(event));
  }

  get isChanged() {
    return this.day !== null && this.element.value.trim() !== spoken(this.day);
  }

  /** The day that the field tells, null for that of the window, or what is wrong with it. */
  read() {
    if (!this.isChanged || this.element.value.trim() === "") return null;
    const days = daysTyped(this.element.value);
    return typeof days === "string" ? days : days[this.end];
  }

  /**
   * What a reader is typing stays.
   * @param {Day | null} day null where no report has one
   */
  show(day) {
    const isTyping = this.isChanged && focusedBeside(this.element) === this.element;
    this.day = day;
    if (!isTyping) this.restore();
  }

  restore() {
    this.element.value = this.day === null ? "" : spoken(this.day);
    this.mark(false);
  }

  /** @param {boolean} isWrong what stands in the field is not taken */
  mark(isWrong) {
    this.element.setAttribute("aria-invalid", String(isWrong));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (event.key === "Enter") this.typed();
    else if (event.key === "Escape" && this.isChanged) {
      event.stopPropagation(); // it closes nothing else
      this.restore();
      this.dropped();
    } else if (step) {
      const day = this.read() ?? this.day;
      if (typeof day === "number") this.element.value = spoken(day + step);
      this.typed();
      event.preventDefault();
    }
  }
}
