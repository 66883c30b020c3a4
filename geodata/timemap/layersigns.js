// @ts-check
// How layers are drawn, told apart from reports: lines are dashed on a light casing, areas have a sparse hatch and a
// thin outline, points are hollow diamonds. None has a letter, a number, or the colour of a side.

import { penOf } from "./dom.js";

/** @import { LayerInfo, LayerShape, Point } from "./types" */
/** @typedef {(flat: Float64Array, at: number) => [number, number]} ToScreen */

const CASING = "rgba(255, 255, 255, .85)";
const DIAMOND = 6; // pixels from its middle to a corner; `briefing/layers.py` has the same
const HATCH = 11; // pixels between two strokes
const FINE = 1; // pixels below which a corner is passed over
const OUTSIDE = 40; // pixels beyond the edge of the map that are still drawn

/**
 * Draws the shapes of a layer that are in view.
 * @param {CanvasRenderingContext2D} context
 * @param {LayerInfo} info
 * @param {LayerShape[]} shapes
 * @param {{ world: number, origin: Point, size: Point, scale: number }} view pixels of the world, its corner, and of
 *   the map; `scale` makes lines thicker for a class room
 */
export function drawLayer(context, info, shapes, { world, origin, size, scale }) {
  const seen = shapes.filter(({ box }) => {
    const isBeside = box.right * world > origin.x - OUTSIDE && box.left * world < origin.x + size.x + OUTSIDE;
    return isBeside && box.bottom * world > origin.y - OUTSIDE && box.top * world < origin.y + size.y + OUTSIDE;
  });
  /** @type {ToScreen} */
  const place = (flat, at) => [flat[at] * world - origin.x, flat[at + 1] * world - origin.y];
  const dash = info.dash.map((length) => length * scale);
  for (const { rings } of seen) if (rings.length) hatch(context, info, rings, place, origin);
  const strokes = [
    { style: CASING, wide: 4.5, thin: 2.6, dash: [] },
    { style: info.colour, wide: 2.2, thin: 1.2, dash },
  ];
  for (const { style, wide, thin, dash: dashes } of strokes) {
    context.strokeStyle = style;
    context.lineJoin = "round";
    context.lineWidth = thin * scale;
    for (const { rings } of seen) for (const ring of rings) strokeRuns(context, ring, place, size, dashes);
    context.lineWidth = wide * scale;
    for (const { lines } of seen) for (const line of lines) strokeRuns(context, line, place, size, dashes);
  }
  context.setLineDash([]);
  for (const { points } of seen) {
    for (let at = 0; at < points.length; at += 2) {
      const [x, y] = place(points, at);
      if (Math.abs(x - size.x / 2) > size.x || Math.abs(y - size.y / 2) > size.y) continue;
      drawDiamond(context, x, y, info.colour, scale);
    }
  }
}

/**
 * Strokes the parts of a line that are in view. The dashes of each begin where those of the whole line would, so that
 * they do not crawl when the map moves.
 * @param {CanvasRenderingContext2D} context
 * @param {Float64Array} flat
 * @param {ToScreen} place
 * @param {Point} size
 * @param {number[]} dash
 */
function strokeRuns(context, flat, place, size, dash) {
  context.setLineDash(dash);
  let [[px, py], length, isDrawing] = [place(flat, 0), 0, false];
  for (let at = 2; at < flat.length; at += 2) {
    const [x, y] = place(flat, at);
    const step = Math.hypot(x - px, y - py);
    if (step < FINE && at < flat.length - 2) continue;
    const isOut =
      Math.max(x, px) < -OUTSIDE ||
      Math.min(x, px) > size.x + OUTSIDE ||
      Math.max(y, py) < -OUTSIDE ||
      Math.min(y, py) > size.y + OUTSIDE;
    if (isOut && isDrawing) context.stroke();
    if (!isOut && !isDrawing) {
      context.lineDashOffset = length;
      context.beginPath();
      context.moveTo(px, py);
    }
    if (!isOut) context.lineTo(x, y);
    isDrawing = !isOut;
    length += step;
    [px, py] = [x, y];
  }
  if (isDrawing) context.stroke();
  context.lineDashOffset = 0;
}

/** @type {Map<string, CanvasPattern>} */
const hatches = new Map();

/**
 * @param {CanvasRenderingContext2D} context
 * @param {LayerInfo} info
 * @param {Float64Array[]} rings
 * @param {ToScreen} place
 * @param {Point} origin the strokes stay where they are on the ground
 */
function hatch(context, { colour, number }, rings, place, origin) {
  context.beginPath();
  for (const ring of rings) {
    let [px, py] = place(ring, 0);
    context.moveTo(px, py);
    for (let at = 2; at < ring.length; at += 2) {
      const [x, y] = place(ring, at);
      if (Math.abs(x - px) + Math.abs(y - py) < FINE) continue;
      context.lineTo(x, y);
      [px, py] = [x, y];
    }
    context.closePath();
  }
  const pattern = hatchOf(context, colour, number % 2 === 0);
  pattern.setTransform(new DOMMatrix().translate(-(origin.x % HATCH), -(origin.y % HATCH)));
  context.fillStyle = pattern;
  context.fill("evenodd");
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {string} colour
 * @param {boolean} isFalling
 */
function hatchOf(context, colour, isFalling) {
  const key = `${colour}${isFalling}`;
  const known = hatches.get(key);
  if (known) return known;
  const sharp = 2;
  const tile = document.createElement("canvas");
  tile.width = tile.height = HATCH * sharp;
  const pen = penOf(tile);
  pen.scale(sharp, sharp);
  pen.strokeStyle = colour;
  pen.globalAlpha = 0.55;
  pen.lineWidth = 1;
  for (const shift of [-HATCH, 0, HATCH]) {
    pen.moveTo(shift - 1, isFalling ? -1 : HATCH + 1);
    pen.lineTo(shift + HATCH + 1, isFalling ? HATCH + 1 : -1);
  }
  pen.stroke();
  const small = document.createElement("canvas");
  small.width = small.height = HATCH;
  penOf(small).drawImage(tile, 0, 0, HATCH, HATCH);
  const made = /** @type {CanvasPattern} */ (context.createPattern(small, "repeat"));
  hatches.set(key, made);
  return made;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {string} colour
 * @param {number} scale
 */
function drawDiamond(context, x, y, colour, scale) {
  const reach = DIAMOND * scale;
  context.beginPath();
  context.moveTo(x, y - reach);
  context.lineTo(x + reach, y);
  context.lineTo(x, y + reach);
  context.lineTo(x - reach, y);
  context.closePath();
  context.lineWidth = 4 * scale;
  context.strokeStyle = CASING;
  context.stroke();
  context.lineWidth = 2 * scale;
  context.strokeStyle = colour;
  context.stroke();
}

/**
 * The sign of a layer in a legend, about a point.
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {LayerInfo} info
 */
export function drawLayerSign(context, x, y, info) {
  const { kind, colour, number } = info;
  context.save();
  if (kind === "points") drawDiamond(context, x, y, colour, 1);
  else if (kind === "image") {
    context.strokeStyle = "#4a5562";
    context.strokeRect(x - 8.5, y - 6.5, 17, 13);
    context.beginPath();
    context.moveTo(x - 8, y + 4);
    context.lineTo(x - 3, y - 2);
    context.lineTo(x + 1, y + 3);
    context.lineTo(x + 4, y);
    context.lineTo(x + 8, y + 4);
    context.stroke();
  } else {
    if (kind !== "lines") {
      context.fillStyle = hatchOf(context, colour, number % 2 === 0);
      context.fillRect(x - 9, y - 6, 18, 12);
    }
    context.strokeStyle = colour;
    context.lineWidth = kind === "lines" ? 2.2 : 1.2;
    context.setLineDash(info.dash.map((length) => (kind === "lines" ? length * 0.6 : length * 0.4)));
    context.beginPath();
    if (kind === "lines") {
      context.moveTo(x - 10, y);
      context.lineTo(x + 10, y);
    } else context.rect(x - 9, y - 6, 18, 12);
    context.stroke();
  }
  context.restore();
}
