// @ts-check
// How many reports of each spot of a large table a window of whole months holds, at once however many there are: from
// sums up to some of the months, and the few entries between. (Falcon, CHI 2019, brushes by such prefix sums.)

import { MONTH_OPEN_END, MONTH_OPEN_START, monthDays, monthOf } from "./days.js";
import { OPEN_END, OPEN_START } from "./table.js";

/** @import { Bounds, Day, Entries, Groups, Spans } from "./types" */

/** @typedef {{ groups: number, entries: number, reports: Uint32Array }} Sum up to a number of groups */

const UNDATED = 0; // as cells.py writes the month of a report without a date
const SUMS_APART = 2; // times as many entries as there are spots lie between two kept sums: four bytes an entry in all

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
    const order = Uint32Array.from({ length: this.dated }, (_, group) => group);
    this.byEnd = order.slice().sort((one, other) => groups.ends[one] - groups.ends[other]);
    this.byBegin = order;
    /** @type {Entries | null} */
    this.entries = null;
    this.starts = new Uint32Array(groups.size.length); // the first entry of each group
    for (let group = 1; group < this.starts.length; group += 1) {
      this.starts[group] = this.starts[group - 1] + groups.size[group - 1];
    }
    /** @type {Sums | null} */
    this.begun = null;
    /** @type {Sums | null} */
    this.ended = null;
  }

  /**
   * From now on windows can be counted.
   * @param {Entries} entries
   */
  take(entries) {
    this.entries = entries;
    this.asked = "";
    this.begun = new Sums(this, this.byBegin, this.groups.begins);
    this.ended = new Sums(this, this.byEnd, this.groups.ends);
  }

  /** Whether windows can be counted already. */
  get areHere() {
    return this.entries !== null;
  }

  /**
   * The spots with reports that touch the months of a window, or begin and end within them; `reports` then has their
   * numbers. Without a window all, the undated ones too; none while the entries are on their way.
   * @param {Bounds | null} window
   */
  spotsIn(window) {
    const { reports, shown } = this;
    const asked = window ? `${monthOf(window.first)} ${monthOf(window.last)} ${window.surely}` : "all";
    if (asked !== this.asked) {
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
    const { reports } = this;
    if (window === null) reports.set(this.totals);
    else if (!this.begun || !this.ended) reports.fill(0);
    else if (window.surely) this.fillSurely(window);
    else {
      this.begun.set(monthOf(window.last), reports);
      this.ended.takeAway(monthOf(window.first) - 1, reports);
    }
  }

  /**
   * As `fill`, of what begins and ends within the window.
   * @param {Bounds} window
   */
  fillSurely({ first, last }) {
    const { begins, ends } = this.groups;
    const [from, to] = [monthOf(first), monthOf(last)];
    this.reports.fill(0);
    for (let group = 0; group < this.dated; group += 1) {
      if (begins[group] >= from && ends[group] <= to) this.add(group, this.reports, 1);
    }
  }

  /**
   * Adds the entries of a group to the reports of their spots, or takes them away.
   * @param {number} group
   * @param {Uint32Array} reports
   * @param {1 | -1} sign
   */
  add(group, reports, sign) {
    const { spot, reports: held } = /** @type {Entries} */ (this.entries);
    const start = this.starts[group];
    const end = start + this.groups.size[group];
    for (let entry = start; entry < end; entry += 1) reports[spot[entry]] += sign * held[entry];
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

/** How many reports of each spot stand in the groups up to any month, groups in an order of their months. */
class Sums {
  /**
   * @param {Months} months with entries
   * @param {Uint32Array} order of the groups
   * @param {ArrayLike<number>} monthOfGroup
   */
  constructor(months, order, monthOfGroup) {
    this.months = months;
    this.order = order;
    this.monthOfGroup = monthOfGroup;
    const spots = months.totals.length;
    /** @type {Sum[]} */
    this.kept = [{ groups: 0, entries: 0, reports: new Uint32Array(spots) }];
    /** How many entries stand before each group of the order. */
    this.before = new Uint32Array(order.length + 1);
    const running = new Uint32Array(spots);
    order.forEach((group, at) => {
      this.before[at + 1] = this.before[at] + months.groups.size[group];
      months.add(group, running, 1);
      const [known, now] = [/** @type {Sum} */ (this.kept.at(-1)).entries, this.before[at + 1]];
      if (now - known > SUMS_APART * spots) this.kept.push({ groups: at + 1, entries: now, reports: running.slice() });
    });
  }

  /**
   * How many groups, in this order, lie in months up to this one.
   * @param {number} month
   */
  groupsUntil(month) {
    let [low, high] = [0, this.order.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.monthOfGroup[this.order[middle]] <= month) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * The kept sums that are fewest entries away, and to how many groups.
   * @param {number} month
   */
  nearest(month) {
    const groups = this.groupsUntil(month);
    const entries = this.before[groups];
    const away = (/** @type {Sum} */ one) => Math.abs(one.entries - entries);
    return { groups, near: this.kept.reduce((best, one) => (away(one) < away(best) ? one : best)) };
  }

  /**
   * Writes the sum up to a month.
   * @param {number} month
   * @param {Uint32Array} reports
   */
  set(month, reports) {
    const { groups, near } = this.nearest(month);
    reports.set(near.reports);
    this.between(near.groups, groups, reports, 1);
  }

  /**
   * Takes the sum up to a month away.
   * @param {number} month
   * @param {Uint32Array} reports
   */
  takeAway(month, reports) {
    const { groups, near } = this.nearest(month);
    for (let spot = 0; spot < reports.length; spot += 1) reports[spot] -= near.reports[spot];
    this.between(near.groups, groups, reports, -1);
  }

  /**
   * Adds the groups from one place of the order to another, or takes them away where that is before.
   * @param {number} from
   * @param {number} to
   * @param {Uint32Array} reports
   * @param {1 | -1} sign
   */
  between(from, to, reports, sign) {
    for (let at = from; at < to; at += 1) this.months.add(this.order[at], reports, sign);
    for (let at = to; at < from; at += 1) this.months.add(this.order[at], reports, sign === 1 ? -1 : 1);
  }
}
