// @ts-check
// How many reports each spot of a large table has in groups up to any month or year, at once however many there are:
// from sums up to some of the groups, and the few entries between. (Falcon, CHI 2019, brushes by such prefix sums.)

/** @import { GroupedEntries } from "./types" */

/** @typedef {{ groups: number, entries: number, reports: Uint32Array }} Sum up to a number of groups */

const SUMS_APART = 2; // times as many entries as there are spots lie between two kept sums: four bytes an entry in all

export class Entries {
  /** @param {GroupedEntries} grouped */
  constructor(grouped) {
    const { begins, ends, size, spot, reports } = grouped;
    this.begins = begins;
    this.ends = ends;
    this.size = size;
    this.spot = spot;
    this.reports = reports;
    this.starts = new Uint32Array(size.length); // the first entry of each group
    for (let group = 1; group < size.length; group += 1) {
      this.starts[group] = this.starts[group - 1] + size[group - 1];
    }
  }

  /**
   * Adds the entries of a group to the reports of their spots, or takes them away.
   * @param {number} group
   * @param {Uint32Array} reports
   * @param {1 | -1} sign
   */
  add(group, reports, sign) {
    const { spot, reports: held } = this;
    const start = this.starts[group];
    const end = start + this.size[group];
    for (let entry = start; entry < end; entry += 1) reports[spot[entry]] += sign * held[entry];
  }
}

/** The sums of groups in the order of when they begin, or end. */
export class Sums {
  /**
   * @param {Entries} entries
   * @param {"begins" | "ends"} edge
   * @param {number} spots
   */
  constructor(entries, edge, spots) {
    this.entries = entries;
    this.times = entries[edge];
    const order = Uint32Array.from(this.times, (_, group) => group);
    this.order = order.sort((one, other) => this.times[one] - this.times[other]);
    /** @type {Sum[]} */
    this.kept = [{ groups: 0, entries: 0, reports: new Uint32Array(spots) }];
    /** How many entries stand before each group of the order. */
    this.before = new Uint32Array(order.length + 1);
    const running = new Uint32Array(spots);
    order.forEach((group, at) => {
      this.before[at + 1] = this.before[at] + entries.size[group];
      entries.add(group, running, 1);
      const [known, now] = [/** @type {Sum} */ (this.kept.at(-1)).entries, this.before[at + 1]];
      if (now - known > SUMS_APART * spots) this.kept.push({ groups: at + 1, entries: now, reports: running.slice() });
    });
  }

  /**
   * How many groups, in this order, lie in times up to this one.
   * @param {number} time
   */
  groupsUntil(time) {
    let [low, high] = [0, this.order.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.times[this.order[middle]] <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * The kept sums that are fewest entries away, and to how many groups.
   * @param {number} time
   */
  nearest(time) {
    const groups = this.groupsUntil(time);
    const entries = this.before[groups];
    const away = (/** @type {Sum} */ one) => Math.abs(one.entries - entries);
    return { groups, near: this.kept.reduce((best, one) => (away(one) < away(best) ? one : best)) };
  }

  /**
   * Writes the sum up to a time.
   * @param {number} time
   * @param {Uint32Array} reports
   */
  set(time, reports) {
    const { groups, near } = this.nearest(time);
    reports.set(near.reports);
    this.between(near.groups, groups, reports, 1);
  }

  /**
   * Takes the sum up to a time away.
   * @param {number} time
   * @param {Uint32Array} reports
   */
  takeAway(time, reports) {
    const { groups, near } = this.nearest(time);
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
    for (let at = from; at < to; at += 1) this.entries.add(this.order[at], reports, sign);
    for (let at = to; at < from; at += 1) this.entries.add(this.order[at], reports, sign === 1 ? -1 : 1);
  }
}
