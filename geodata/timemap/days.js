// @ts-check
// Calendar arithmetic on whole days since 1970-01-01 (UTC).

/** @import { Day, Period, Unit } from "./types" */

export const MONTHS = [
  ...["January", "February", "March", "April", "May", "June", "July"],
  ...["August", "September", "October", "November", "December"],
];

/** @param {number} month from 0 */
function shortMonth(month) {
  return MONTHS[month].slice(0, 3);
}

/**
 * `month` counts from 0.
 * @param {number} year
 * @param {number} month
 * @param {number} date
 * @returns {Day}
 */
export function dayOf(year, month, date) {
  const moment = new Date(0);
  moment.setUTCFullYear(year, month, date);
  return Math.round(moment.getTime() / 86400000);
}

/**
 * Year, month counted from 0, and day of the month.
 * @param {Day} day
 */
export function partsOf(day) {
  const moment = new Date(day * 86400000);
  return [moment.getUTCFullYear(), moment.getUTCMonth(), moment.getUTCDate()];
}

/** @param {Day} day */
export function isoOf(day) {
  return new Date(day * 86400000).toISOString().slice(0, 10);
}

/**
 * @param {Period | null} window
 * @returns {[string, string] | null}
 */
export function isoWindow(window) {
  return window === null ? null : [isoOf(window.first), isoOf(window.last)];
}

/**
 * Null where the text is no day of the calendar as ISO 8601 writes it.
 * @param {string} text
 * @returns {Day | null}
 */
export function dayOfIso(text) {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const day = match && dayOf(+match[1], +match[2] - 1, +match[3]);
  return day !== null && isoOf(day) === text ? day : null;
}

/** @param {Day} day */
export function spoken(day) {
  const [year, month, date] = partsOf(day);
  return `${date} ${shortMonth(month)} ${year}`;
}

/**
 * A period in words, with no part repeated: "2020", "Nov 2020", "27 Sep – 10 Nov 2020".
 * @param {Period} period
 */
export function spokenPeriod({ first, last }) {
  const [year, month] = partsOf(first);
  const [toYear, toMonth] = partsOf(last);
  const isWhole = first === startOf(first, "month") && last + 1 === startOf(last + 1, "month");
  const isYears = isWhole && month === 0 && toMonth === 11;
  const name = (/** @type {Day} */ day) => (isWhole ? spoken(day).replace(/^\d+ /, "") : spoken(day));
  if (isYears) return year === toYear ? `${year}` : `${year} – ${toYear}`;
  if (name(first) === name(last)) return name(last);
  if (year !== toYear) return `${name(first)} – ${name(last)}`;
  if (month !== toMonth || isWhole) return `${name(first).replace(/ \d+$/, "")} – ${name(last)}`;
  return `${partsOf(first)[2]} – ${name(last)}`;
}

/**
 * The day `count` steps later. A step of a month or a year keeps the day of the month where the month has it.
 * @param {Day} day
 * @param {Unit} step
 * @param {number} count
 * @returns {Day}
 */
export function shifted(day, step, count) {
  if (step === "day") return day + count;
  if (step === "week") return day + 7 * count;
  const [year, month, date] = partsOf(day);
  const months = year * 12 + month + count * (step === "year" ? 12 : 1);
  const toYear = Math.floor(months / 12);
  const toMonth = months - toYear * 12;
  const length = dayOf(toYear, toMonth + 1, 1) - dayOf(toYear, toMonth, 1);
  return dayOf(toYear, toMonth, Math.min(date, length));
}

/**
 * A window moved by `count` steps: whole months stay whole months.
 * @param {Period} window
 * @param {Unit} step
 * @param {number} count
 * @returns {Period}
 */
export function shiftedWindow(window, step, count) {
  return { ...window, first: shifted(window.first, step, count), last: shifted(window.last + 1, step, count) - 1 };
}

/**
 * The first day of the week, month or year that holds a day. Weeks begin on Monday; day 0 was a Thursday.
 * @param {Day} day
 * @param {Unit} unit
 * @returns {Day}
 */
export function startOf(day, unit) {
  const [year, month] = partsOf(day);
  if (unit === "week") return day - ((((day + 3) % 7) + 7) % 7);
  if (unit === "month") return dayOf(year, month, 1);
  if (unit === "year") return dayOf(year, 0, 1);
  return day;
}

/** @type {[Unit, number][]} */
const UNITS = [
  ["day", 1],
  ["week", 1],
  ["month", 1],
  ["month", 3],
  ["year", 1],
  ["year", 5],
  ["year", 10],
  ["year", 50],
  ["year", 100],
  ["year", 500],
  ["year", 1000],
];
const LENGTHS = { day: 1, week: 7, month: 30.4, year: 365.25 };

/**
 * The finest calendar unit of which one takes at least `pixels`, and the days on which such units begin:
 * from the one that holds `first` to the first one after `last`.
 * @param {Day} first
 * @param {Day} last
 * @param {number} width pixels that they take
 * @param {number} pixels
 */
export function calendar(first, last, width, pixels) {
  const perDay = width / (last - first + 1);
  const [unit, count] =
    UNITS.find(([name, many]) => LENGTHS[name] * many * perDay >= pixels) ?? UNITS[UNITS.length - 1];
  const [year, month] = partsOf(first);
  let day = startOf(first, unit);
  if (unit === "month") day = dayOf(year, month - (month % count), 1);
  if (unit === "year") day = dayOf(year - (year % count), 0, 1);
  const edges = [day];
  while (day <= last) {
    day = shifted(day, unit, count);
    edges.push(day);
  }
  return { unit, count, edges };
}

/**
 * @param {Day} day
 * @param {Unit} unit
 */
export function tickLabel(day, unit) {
  const [year, month, date] = partsOf(day);
  if (unit === "year") return `${year}`;
  if (unit === "month") return month === 0 ? `${year}` : shortMonth(month);
  return `${date} ${shortMonth(month)}`;
}

export const MONTH_OPEN_START = 12; // of year 1, as cells.py counts months: no first day is known
export const MONTH_OPEN_END = 119999; // December 9999: no last day is known

/**
 * The days of a month, which is written as twelve times its year and the months before it.
 * @param {number} month
 * @returns {Period}
 */
export function monthDays(month) {
  const year = Math.floor(month / 12);
  return { first: dayOf(year, month % 12, 1), last: dayOf(year, (month % 12) + 1, 1) - 1 };
}

/**
 * The month in which a day lies, written the same way.
 * @param {Day} day
 */
export function monthOf(day) {
  const [year, month] = partsOf(day);
  return year * 12 + month;
}
