// @ts-check
// How many reports of each spot of a large table a window of whole months holds. The years are here whole; of the years
// within which a window begins or ends the months are needed too, which come when a window first does.

import { MONTH_OPEN_END, MONTH_OPEN_START, monthDays, monthOf } from "./days.js";
import { Entries, Sums } from "./sums.js";
import { OPEN_END, OPEN_START } from "./table.js";

/** @import { Bounds, Day, GroupedEntries, Groups, Spans } from "./types" */

const UNDATED = 0; // as cells.py writes the month of a report without a date

export class Months {
  /**
   * @param {Groups} groups of entries, in the order of their first months, undated ones last
   * @param {Uint32Array} totals the reports of each spot
   */
  constructor(groups, totals) {
    this.groups = groups;
    this.totals = totals;
    this.reports = totals.slice(); // of each spot, in the window that was asked for last
    this.shown = new Uint32Array(totals.length); // the spots that have some
    this.number = 0; // of these
    this.asked = ""; // that window
    this.dated = groups.begins.length;
    while (this.dated && groups.begins[this.dated - 1] === UNDATED) this.dated -= 1;
    this.spans = this.spansOf();
    /** The groups that begin or end in a year. */
    this.groupsIn = this.groupsByYear();
    /** @type {{ entries: Entries, begun: Sums, ended: Sums } | null} */
    this.years = null;
    /** @type {Map<number, Entries>} the months of years, by year */
    this.monthsIn = new Map();
  }

  /** From now on windows of whole years can be counted: the reports by year. */
  take(/** @type {GroupedEntries} */ years) {
    const entries = new Entries(years);
    const spots = this.totals.length;
    this.years = { entries, begun: new Sums(entries, "begins", spots), ended: new Sums(entries, "ends", spots) };
    this.asked = "";
  }

  /**
   * From now on windows that begin or end within a year can be counted.
   * @param {number} year
   * @param {(sizes: Int32Array) => Pick<GroupedEntries, "spot" | "reports">} read the entries of groups of these sizes
   */
  takeMonths(year, read) {
    const groups = this.groupsIn.get(year) ?? [];
    const { begins, ends, size } = this.groups;
    const of = (/** @type {Int32Array} */ column) => Int32Array.from(groups, (group) => column[group]);
    const sizes = of(size);
    this.monthsIn.set(year, new Entries({ begins: of(begins), ends: of(ends), size: sizes, ...read(sizes) }));
    this.asked = "";
  }

  /**
   * Whether a window can be counted already.
   * @param {Bounds} window
   */
  isHere(window) {
    return this.years !== null && this.yearsOf(window).every((year) => this.monthsIn.has(year));
  }

  /**
   * The years with reports within which a window begins or ends, so that it is not told by whole years.
   * @param {Bounds} window
   */
  yearsOf({ first, last }) {
    const edges = [monthOf(first) - 1, monthOf(last)].filter((month) => !endsYear(month)).map(yearOf);
    return [...new Set(edges)].filter((year) => this.groupsIn.has(year));
  }

  /**
   * The spots with reports that touch the months of a window, or begin and end within them; `reports` then has their
   * numbers. Without a window all, the undated ones too. While the years are on their way none, and while months are,
   * those of the window before.
   * @param {Bounds | null} window
   */
  spotsIn(window) {
    const { reports, shown } = this;
    const asked = window ? `${monthOf(window.first)} ${monthOf(window.last)} ${window.surely}` : "all";
    if (asked !== this.asked && (window === null || this.years === null || this.isHere(window))) {
      this.asked = asked;
      this.fill(window);
      this.number = 0;
      for (let spot = 0; spot < reports.length; spot += 1) if (reports[spot]) shown[this.number++] = spot;
    }
    return shown.subarray(0, this.number);
  }

  /**
   * Has `reports` count a window.
   * @param {Bounds | null} window
   */
  fill(window) {
    const { reports, years } = this;
    if (window === null) reports.set(this.totals);
    else if (years === null) reports.fill(0);
    else if (window.surely) this.fillSurely(window, years.entries);
    else {
      const [before, last] = [monthOf(window.first) - 1, monthOf(window.last)];
      years.begun.set(wholeYearsUntil(last), reports);
      years.ended.takeAway(wholeYearsUntil(before), reports);
      this.addOfYear("begins", last, 1);
      this.addOfYear("ends", before, -1);
    }
  }

  /**
   * Adds the reports that begin or end in a year until one of its months, or takes them away.
   * @param {"begins" | "ends"} edge
   * @param {number} month
   * @param {1 | -1} sign
   */
  addOfYear(edge, month, sign) {
    const entries = endsYear(month) ? undefined : this.monthsIn.get(yearOf(month));
    entries?.[edge].forEach((each, group) => {
      if (yearOf(each) === yearOf(month) && each <= month) entries.add(group, this.reports, sign);
    });
  }

  /**
   * As `fill`, of what begins and ends within the window.
   * @param {Bounds} window
   * @param {Entries} years
   */
  fillSurely(window, years) {
    const [from, to] = [monthOf(window.first), monthOf(window.last)];
    const [fromYear, toYear] = [yearOf(from + 11), wholeYearsUntil(to)]; // the years that are whole in it
    const isWhole = (/** @type {number} */ begins, /** @type {number} */ ends) => begins >= fromYear && ends <= toYear;
    const { reports } = this;
    reports.fill(0);
    years.begins.forEach((begins, group) => {
      if (isWhole(begins, years.ends[group])) years.add(group, reports, 1);
    });
    const counted = new Set();
    for (const year of this.yearsOf(window)) {
      const months = /** @type {Entries} */ (this.monthsIn.get(year));
      months.begins.forEach((begins, group) => {
        const ends = months.ends[group];
        const isOther = !isWhole(yearOf(begins), yearOf(ends)) && !counted.has(`${begins} ${ends}`);
        if (isOther && begins >= from && ends <= to) months.add(group, reports, 1);
        counted.add(`${begins} ${ends}`);
      });
    }
  }

  groupsByYear() {
    /** @type {Map<number, number[]>} */
    const found = new Map();
    for (let group = 0; group < this.dated; group += 1) {
      const years = [yearOf(this.groups.begins[group]), yearOf(this.groups.ends[group])];
      for (const year of new Set(years)) {
        const groups = found.get(year) ?? [];
        groups.push(group);
        found.set(year, groups);
      }
    }
    return found;
  }

  /**
   * Whether any report begins on a day from `first` to `last`, as far as months tell.
   * @param {Day} first
   * @param {Day} last
   */
  beginIn(first, last) {
    return anyBegins(this.spans, first, last);
  }

  /**
   * The reports of each group and category as spans of days.
   * @returns {Spans}
   */
  spansOf() {
    const { begins, ends, sums } = this.groups;
    const kinds = begins.length ? sums.length / begins.length : 0;
    const length = this.dated * kinds;
    const spans = {
      ...{ dated: length, first: new Int32Array(length), last: new Int32Array(length) },
      ...{ code: new Uint8Array(length), reports: sums.subarray(0, length) },
    };
    for (let at = 0; at < length; at += 1) {
      const group = Math.floor(at / kinds);
      spans.first[at] = begins[group] === MONTH_OPEN_START ? OPEN_START : monthDays(begins[group]).first;
      spans.last[at] = ends[group] === MONTH_OPEN_END ? OPEN_END : monthDays(ends[group]).last;
      spans.code[at] = at % kinds;
    }
    return spans;
  }
}

/**
 * Whether a report of spans of whole months begins in a month from that of `first` to that of `last`.
 * @param {Spans} spans
 * @param {Day} first
 * @param {Day} last
 */
export function anyBegins({ dated, first: begins, reports }, first, last) {
  const [from, to] = [monthDays(monthOf(first)).first, monthDays(monthOf(last)).last];
  for (let at = 0; at < dated; at += 1) if (reports?.[at] && begins[at] >= from && begins[at] <= to) return true;
  return false;
}

/** @param {number} month */
function yearOf(month) {
  return Math.floor(month / 12);
}

/** @param {number} month */
function endsYear(month) {
  return month % 12 === 11;
}

/**
 * The last year that is over with a month.
 * @param {number} month
 */
function wholeYearsUntil(month) {
  return yearOf(month + 1) - 1;
}
