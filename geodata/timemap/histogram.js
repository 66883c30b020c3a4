// @ts-check
// The histogram of the timeline: how many reports of each category a bin of days holds, and how that is drawn.

import { calendar, shifted, spokenPeriod, startOf, partsOf, tickLabel } from "./days.js";
import { FONT, INK, plural } from "./dom.js";

/** @import { Category, Colouring, Day, Period, Unit } from "./types" */
/** @import { Table } from "./table.js" */

export const PLOT = 60; // pixels of bars
export const AXIS = 18; // pixels of labels under them
const PALE = 0.42; // opacity of what may lie in a bin

/** @typedef {ReturnType<typeof countBins>} Bins */
/** @typedef {{ context: CanvasRenderingContext2D, domain: Period, width: number, magnification: number }} Plot */
/** @typedef {{ x: number, wide: number, span: Period }} Tick a label of the axis, and what a click on it takes */

/**
 * Where a day begins, in pixels.
 * @param {Day} day
 * @param {Period} domain the days over which the width stretches
 * @param {number} width
 */
export function xOfDay(day, { first, last }, width) {
  return ((day - first) / (last - first + 1)) * width;
}

/**
 * Reports by calendar units of five pixels or more, a category after the other: `solid` those surely inside a bin,
 * `possible` the vague ones, each spread evenly over the bins it may be in. `size` is the number of bins.
 * @param {Table} table
 * @param {Period} domain
 * @param {number} width pixels
 * @param {Pick<Colouring, "categories" | "codes">} colouring
 */
export function countBins(table, { first, last }, width, colouring) {
  const { categories } = colouring;
  const spans = table.spans(colouring);
  const { unit, count, edges } = calendar(first, last, width, 5);
  const size = edges.length - 1;
  const binOf = new Int32Array(last - first + 1);
  for (let bin = 0; bin < size; bin += 1) {
    const stop = Math.max(0, Math.min(binOf.length, edges[bin + 1] - first));
    binOf.fill(bin, Math.max(0, edges[bin] - first), stop);
  }
  const solid = new Int32Array(categories.length * size);
  const change = new Float64Array(categories.length * (size + 1));
  for (let row = 0; row < spans.dated; row += 1) {
    const [a, b] = [spans.first[row], spans.last[row]];
    if (a > last || b < first || !table.keeps(row)) continue;
    const from = a < first ? 0 : binOf[a - first];
    const to = b > last ? size - 1 : binOf[b - first];
    const [code, number] = [spans.code[row], spans.reports ? spans.reports[row] : 1];
    if (from === to && a >= edges[from] && b < edges[to + 1]) solid[code * size + from] += number;
    else {
      const share = number / (to - from + 1);
      const start = code * (size + 1);
      change[start + from] += share;
      change[start + to + 1] -= share;
    }
  }
  const possible = new Float64Array(solid.length);
  for (let code = 0; code < categories.length; code += 1) {
    for (let bin = 0, running = 0; bin < size; bin += 1) {
      running += change[code * (size + 1) + bin];
      possible[code * size + bin] = running < 1e-6 ? 0 : running;
    }
  }
  return { unit, count, edges, size, solid, possible };
}

/**
 * The categories that some bin has, the most frequent first: it stands lowest in every bar.
 * @param {Bins[]} sets
 */
export function byFrequency(sets) {
  const [{ size, solid }] = sets;
  const sums = new Float64Array(solid.length / size);
  for (const set of sets) {
    for (let at = 0; at < solid.length; at += 1) sums[Math.floor(at / size)] += set.solid[at] + set.possible[at];
  }
  return [...sums.keys()].filter((code) => sums[code]).sort((one, other) => sums[other] - sums[one] || one - other);
}

/**
 * How many reports a bin holds for sure, and how many it may hold.
 * @param {Bins} bins
 * @param {number} bin
 */
export function heldBy({ size, solid, possible }, bin) {
  let [sure, maybe] = [0, 0];
  for (let at = bin; at < solid.length; at += size) {
    sure += solid[at];
    maybe += possible[at];
  }
  return { sure, maybe };
}

/** @param {Bins} bins */
function highest(bins) {
  let top = 1;
  for (let bin = 0; bin < bins.size; bin += 1) {
    const { sure, maybe } = heldBy(bins, bin);
    top = Math.max(top, sure + maybe);
  }
  return top;
}

/**
 * Bars in the colours of the map: below what is sure, above it, pale, what may be. Of two sets the first stands on a
 * line, and the second hangs from it, to the same scale.
 * @param {Plot} plot
 * @param {Bins[]} sets
 * @param {Category[]} categories
 */
export function drawBins({ context, domain, width }, sets, categories) {
  const order = byFrequency(sets);
  const isPair = sets.length > 1;
  const foot = isPair ? PLOT / 2 : PLOT;
  const perReport = (foot - 2) / Math.max(...sets.map(highest));
  sets.forEach((set, number) => {
    const way = number ? 1 : -1;
    for (let bin = 0; bin < set.size; bin += 1) {
      const { sure, maybe } = heldBy(set, bin);
      if (!sure && !maybe) continue;
      const x = xOfDay(set.edges[bin], domain, width);
      const wide = Math.max(1, xOfDay(set.edges[bin + 1], domain, width) - x - 1);
      const scale = Math.max(perReport, (sure ? 2 : 1) / (sure + maybe)); // a report alone is seen
      let y = foot;
      for (const held of [set.solid, set.possible]) {
        context.globalAlpha = held === set.solid ? 1 : PALE;
        for (const code of order) {
          const high = held[code * set.size + bin] * scale * way;
          if (!high) continue;
          context.fillStyle = categories[code].colour;
          context.fillRect(x, y, wide, high);
          y += high;
        }
      }
    }
  });
  context.globalAlpha = 1;
  if (isPair) drawPair(context, width);
}

/**
 * The line between two sets, and their letters.
 * @param {CanvasRenderingContext2D} context
 * @param {number} width
 */
function drawPair(context, width) {
  context.fillStyle = INK;
  context.fillRect(0, PLOT / 2 - 0.5, width, 1);
  context.font = `700 12px ${FONT}`;
  context.textBaseline = "middle";
  context.lineWidth = 3;
  context.strokeStyle = "#fff";
  for (const [letter, y] of /** @type {[string, number][]} */ ([
    ["A", PLOT / 4],
    ["B", (PLOT * 3) / 4],
  ])) {
    context.strokeText(letter, 3, y);
    context.fillText(letter, 3, y);
  }
}

/**
 * What the highest bar stands for, and what pale means.
 * @param {Bins[]} sets
 */
export function captionOf(sets) {
  const [{ unit, count }] = sets;
  const top = plural(Math.round(Math.max(...sets.map(highest))), "report");
  const most = `Up to ${top} in ${count === 1 ? `a ${unit}` : `${count} ${unit}s`}`;
  return `${most}${sets.length > 1 ? "; A above the line, B below" : ""}; pale: vague dates over their days`;
}

/**
 * The number of the bin that holds a day; -1 where none does.
 * @param {Bins} bins
 * @param {Day} day
 */
export function binAt({ edges, size }, day) {
  return day < edges[0] || day >= edges[size] ? -1 : edges.findIndex((edge) => edge > day) - 1;
}

/**
 * @param {Bins} bins
 * @param {number} bin
 * @returns {Period}
 */
export function spanOfBin({ edges }, bin) {
  return { first: edges[bin], last: edges[bin + 1] - 1 };
}

/**
 * Who tells what a bar holds, in words; reports of vague dates count by the share that the bar has of their days.
 * @param {Bins[]} sets
 * @param {number} bin
 * @param {Category[]} categories
 */
export function saidOfBin(sets, bin, categories) {
  const order = byFrequency(sets);
  const rounded = (/** @type {number} */ held) => (held < 1 ? "under 1" : Math.round(held).toLocaleString("en"));
  const told = sets.map((set, number) => {
    const { sure, maybe } = heldBy(set, bin);
    const each = order.flatMap((code) => {
      const held = set.solid[code * set.size + bin] + set.possible[code * set.size + bin];
      return held ? [`${categories[code].letter} ${categories[code].name} ${rounded(held)}`] : [];
    });
    const vague = sure ? `, ${rounded(maybe)} by vague dates` : ", all by vague dates";
    const sum = maybe
      ? `about ${plural(Math.max(1, Math.round(sure + maybe)), "report")}${vague}`
      : plural(sure, "report");
    return `${sets.length > 1 ? `${"AB"[number]}: ` : ""}${[sum, ...each].join(" · ")}`;
  });
  return `${spokenPeriod(spanOfBin(sets[0], bin))}: ${told.join(" | ")}`;
}

/**
 * Draws the axis; a label that has no room is left out whole.
 * @param {Plot} plot
 * @returns {Tick[]} the labels drawn
 */
export function drawAxis({ context, domain, width, magnification }) {
  const { unit, edges } = calendar(domain.first, domain.last, width, 38 * magnification);
  context.strokeStyle = "#8994a1";
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(0, PLOT + 0.5);
  context.lineTo(width, PLOT + 0.5);
  context.stroke();
  context.font = `${Math.round(11 * magnification)}px ${FONT}`;
  context.fillStyle = "#3a4653";
  context.textAlign = "left";
  context.textBaseline = "top";
  /** @type {Tick[]} */
  const ticks = [];
  for (const day of edges) {
    const x = xOfDay(day, domain, width);
    if (x < 0 || x >= width) continue;
    context.fillRect(x, PLOT, 1, 5);
    const label = tickLabel(day, unit);
    const wide = context.measureText(label).width + 4;
    const before = ticks.at(-1);
    if (x + wide > width || (before && before.x + before.wide > x)) continue;
    context.fillText(label, x + 3, PLOT + 4);
    ticks.push({ x, wide, span: spanOfTick(day, unit) });
  }
  return ticks;
}

/**
 * What a label of the axis names: among months January bears the year, and means it.
 * @param {Day} day
 * @param {Unit} unit
 * @returns {Period}
 */
export function spanOfTick(day, unit) {
  const named = unit === "month" && partsOf(day)[1] === 0 ? "year" : unit;
  return { first: day, last: shifted(day, named, 1) - 1 };
}

/**
 * The unit of the axis that holds a day.
 * @param {Day} day
 * @param {Period} domain
 * @param {number} width
 * @param {number} magnification
 * @returns {Period}
 */
export function unitAt(day, domain, width, magnification) {
  const { unit } = calendar(domain.first, domain.last, width, 38 * magnification);
  const first = startOf(day, unit);
  return { first, last: shifted(first, unit, 1) - 1 };
}
