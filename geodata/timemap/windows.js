// @ts-check
// What windows need of the squares of a large table, asked of the server: the years once, and the months of a year when
// a window begins or ends within it.

import { entriesOf, yearsOf } from "./cells.js";

/** @import { Bounds } from "./types" */
/** @import { Far } from "./far.js" */
/** @import { Months } from "./months.js" */

export class Windows {
  /**
   * @param {Far} far
   * @param {string} query of the squares
   */
  constructor(far, query) {
    this.far = far;
    this.query = query;
    /** @type {Months | null} */
    this.months = null;
    /** @type {Promise<boolean>} whether the years came */
    this.years = Promise.resolve(false);
    /** @type {Map<number, Promise<boolean>>} whether the months of a year came, by year; also while on their way */
    this.coming = new Map();
    /** @type {Set<object>} who waits for an answer */
    this.askers = new Set();
  }

  /**
   * Asks for the years.
   * @param {(buffer: ArrayBuffer) => Months} months they are taken into
   */
  ask(months) {
    this.years = this.takeYears(months);
  }

  /** @param {(buffer: ArrayBuffer) => Months} months */
  async takeYears(months) {
    const buffer = await this.asked(this.query);
    if (!buffer) return false;
    this.months = months(buffer);
    this.months.take(yearsOf(buffer));
    this.far.came();
    return true;
  }

  /**
   * Whether a window can be counted, once what it needs came.
   * @param {Bounds} window
   */
  async take(window) {
    if (!(await this.years) || !this.months) return false;
    const { months } = this;
    const came = await Promise.all(months.yearsOf(window).map((year) => this.takeMonths(year)));
    return !came.includes(false);
  }

  /**
   * Asks for what a window needs. A window that begins or ends within a year is moved on, most likely: the years beside
   * that one are asked for as well.
   * @param {Bounds} window
   */
  seek(window) {
    const { months } = this;
    if (!months) return;
    const years = months.yearsOf(window);
    const beside = years.flatMap((year) => [year - 1, year + 1]).filter((year) => months.groupsIn.has(year));
    for (const year of [...years, ...beside]) void this.takeMonths(year);
  }

  /** @param {number} year */
  takeMonths(year) {
    const coming = this.coming.get(year) ?? this.fetched(year);
    this.coming.set(year, coming);
    return coming;
  }

  /** @param {number} year */
  async fetched(year) {
    const buffer = await this.asked(`${this.query}&year=${year}`);
    if (!buffer) return false;
    this.months?.takeMonths(year, (sizes) => entriesOf(buffer, sizes));
    this.far.came();
    return true;
  }

  /** @param {string} query */
  async asked(query) {
    const asker = {};
    this.askers.add(asker);
    const buffer = await this.far.asked(asker, "months", query, this.far.tell);
    this.askers.delete(asker);
    this.far.giveUp(asker); // which has its answer, or none will come
    return buffer;
  }

  /** What is on its way is not wanted any more. */
  giveUp() {
    for (const asker of this.askers) this.far.giveUp(asker);
  }
}

/**
 * Of all squares on the maps.
 * @param {Far} far
 */
function windowsOn({ worlds, looks }) {
  return [...worlds.windows.values(), ...[...looks.values()].flatMap(({ windows }) => windows ?? [])];
}

/**
 * Asks for what the window that is shown needs, and is not here.
 * @param {Far} far
 */
export function seek(far) {
  const { bounds } = far.host;
  if (bounds) for (const windows of windowsOn(far)) windows.seek(bounds);
}

/**
 * Resolves once the window that is shown can be counted, or is known not to be.
 * @param {Far} far
 */
export async function here(far) {
  const { bounds } = far.host;
  if (bounds) await Promise.all(windowsOn(far).map((windows) => windows.take(bounds)));
}
