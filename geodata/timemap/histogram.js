// @ts-check
// The histogram of the timeline: how many reports each bin of days holds, and how that is drawn.

import { calendar, tickLabel } from "./days.js";
import { FONT, plural } from "./dom.js";

/** @import { Day, Period } from "./types" */
/** @import { Table } from "./table.js" */

export const PLOT = 64; // pixels of bars
export const AXIS = 20; // pixels of labels under them
const SOLID = "#35506e";
const POSSIBLE = "#a9bacb";

/** @typedef {ReturnType<typeof countBins>} Bins */
/** @typedef {{ context: CanvasRenderingContext2D, domain: Period, width: number, magnification: number }} Plot */

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
 * Reports by calendar units of five pixels or more: `solid` those surely inside a bin, `possible` the vague ones, each
 * spread evenly over the bins it may be in.
 * @param {Table} table
 * @param {Period} domain
 * @param {number} width pixels
 */
export function countBins(table, { first, last }, width) {
  const { unit, count, edges } = calendar(first, last, width, 5);
  const bins = edges.length - 1;
  const binOf = new Int32Array(last - first + 1);
  for (let bin = 0; bin < bins; bin += 1) {
    const stop = Math.max(0, Math.min(binOf.length, edges[bin + 1] - first));
    binOf.fill(bin, Math.max(0, edges[bin] - first), stop);
  }
  const solid = new Int32Array(bins);
  const change = new Float64Array(bins + 1);
  for (let row = 0; row < table.dated; row += 1) {
    const [a, b] = [table.first[row], table.last[row]];
    if (a > last || b < first || !table.keeps(row)) continue;
    const from = a < first ? 0 : binOf[a - first];
    const to = b > last ? bins - 1 : binOf[b - first];
    if (from === to && a >= edges[from] && b < edges[to + 1]) solid[from] += 1;
    else {
      const share = 1 / (to - from + 1);
      change[from] += share;
      change[to + 1] -= share;
    }
  }
  const possible = new Float64Array(bins);
  for (let bin = 0, running = 0; bin < bins; bin += 1) {
    running += change[bin];
    possible[bin] = running;
  }
  return { unit, count, edges, solid, possible };
}

/**
 * Bars of the solid reports, and above them of the possible ones.
 * @param {Plot} plot
 * @param {Bins} bins
 */
export function drawBins({ context, domain, width, magnification }, { unit, count, edges, solid, possible }) {
  let top = 1;
  for (let bin = 0; bin < solid.length; bin += 1) top = Math.max(top, solid[bin] + possible[bin]);
  const scale = (PLOT - 12) / top;
  for (let bin = 0; bin < solid.length; bin += 1) {
    const x = xOfDay(edges[bin], domain, width);
    const wide = Math.max(1, xOfDay(edges[bin + 1], domain, width) - x - 1);
    const sure = solid[bin] && Math.max(2, solid[bin] * scale);
    const maybe = possible[bin] > 1e-6 ? Math.max(1, possible[bin] * scale) : 0;
    context.fillStyle = SOLID;
    context.fillRect(x, PLOT - sure, wide, sure);
    context.fillStyle = POSSIBLE;
    context.fillRect(x, PLOT - sure - maybe, wide, maybe);
  }
  context.fillStyle = "#4a5562";
  context.font = `${Math.round(11 * magnification)}px ${FONT}`;
  context.textAlign = "left";
  context.textBaseline = "top";
  const most = `up to ${plural(Math.round(top), "report")} in ${count === 1 ? `a ${unit}` : `${count} ${unit}s`}`;
  const said = [`${most}; pale: vague dates, spread over their days`, `${most}; pale: vague dates`, most];
  context.fillText(said.find((text) => context.measureText(text).width < width - 8) ?? most, 8, 0);
}

/** @param {Plot} plot */
export function drawAxis({ context, domain, width, magnification }) {
  const { unit, edges } = calendar(domain.first, domain.last, width, 46 * magnification);
  context.strokeStyle = "#8994a1";
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(0, PLOT + 0.5);
  context.lineTo(width, PLOT + 0.5);
  context.stroke();
  context.fillStyle = "#3a4653";
  context.textBaseline = "top";
  for (const day of edges) {
    const x = xOfDay(day, domain, width);
    if (x < 0 || x > width - 26 * magnification) continue;
    context.fillRect(x, PLOT, 1, 5);
    context.fillText(tickLabel(day, unit), x + 3, PLOT + 4);
  }
}
