// @ts-check
// Spans of days that a reader takes as the window in one choice: the latest that the table has, and those of the case.

import { dayOf, partsOf, shifted, spoken } from "./days.js";

/** @import { NamedPeriod, Period } from "./types" */

/**
 * The last year that the table has, and the twelve months up to its last day.
 * @param {Period | null} extent of all rows of the table
 * @returns {NamedPeriod[]}
 */
export function latestPeriods(extent) {
  if (!extent) return [];
  const { last } = extent;
  const [year] = partsOf(last);
  const months = { first: shifted(last + 1, "month", -12), last };
  return [
    { name: `${year}`, first: dayOf(year, 0, 1), last: dayOf(year + 1, 0, 1) - 1 },
    { name: `12 months to ${spoken(last)}`, ...months },
  ];
}
