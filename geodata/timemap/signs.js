// @ts-check
// How marks are drawn on a canvas.
//
// The signs: colour and letter stand for the category; hollow is a statement about the place; paler within a rim of the
// colour is a vague date; a bar is a denial; a ring is a verified or adjudicated claim; a small square is a point that
// the table does not have; a dashed disc is an area that is no pin.

import { FONT, INK, penOf } from "./dom.js";

/** @import { Box, Category, Disc, Point, Slice } from "./types" */
/** @typedef {CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D} Pen */
/** @typedef {Pick<Slice, "code" | "count"> & Partial<Slice>} Part */

const TAU = Math.PI * 2;
const WHITE = "#ffffff";
const SQUARE = 7; // pixels of the side; `briefing/signs.py` has the same
const RIM = 1.2; // pixels of the line round a paler mark, without which it fades into the land; `signs.py` has the same
const LETTER = 1.15; // its size in parts of the radius of a mark of one report; `briefing/signs.py` has the same

/** @param {string} colour `#rrggbb` */
function channels(colour) {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}

/** @param {string} colour */
function textOn(colour) {
  const [r, g, b] = channels(colour)
    .map((part) => part / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? "#000000" : WHITE; // the luminance at which both contrast alike
}

/**
 * Mixed with white: `share` is how much of the colour stays.
 * @param {string} colour
 * @param {number} share
 */
function tinted(colour, share) {
  return `rgb(${channels(colour).map((part) => Math.round(255 - (255 - part) * share))})`;
}

/** Stacks that look alike are drawn once and copied: a thousand marks repaint as fast as they are moved. */
export class Sprites {
  constructor() {
    /** @type {Map<string, OffscreenCanvas>} */
    this.known = new Map();
    /** @type {Category[] | null} */
    this.categories = null;
    this.ratio = 1;
  }

  /**
   * `categories` is the same list until the colours change; then every picture is made anew.
   * @param {CanvasRenderingContext2D} context
   * @param {Disc} disc
   * @param {Slice[]} parts
   * @param {Category[]} categories
   * @param {boolean} chosen
   */
  draw(context, disc, parts, categories, chosen) {
    if (chosen) {
      drawStack(context, disc, parts, categories, chosen);
      return;
    }
    const ratio = window.devicePixelRatio || 1;
    if (this.categories !== categories || this.ratio !== ratio || this.known.size > 1500) {
      this.known.clear();
      this.categories = categories;
      this.ratio = ratio;
    }
    const { x, y, radius } = disc;
    let name = `${radius.toFixed(1)}`;
    for (const part of parts) name += `,${part.key}x${part.count}`;
    const half = Math.ceil(radius + 7);
    let sprite = this.known.get(name);
    if (!sprite) {
      sprite = new OffscreenCanvas(half * 2 * ratio, half * 2 * ratio);
      const own = penOf(sprite);
      own.scale(ratio, ratio);
      drawStack(own, { x: half, y: half, radius }, parts, categories, false);
      this.known.set(name, sprite);
    }
    context.drawImage(sprite, Math.round(x - half), Math.round(y - half), half * 2, half * 2);
  }
}

/**
 * A mark of one report or of several, its parts as slices.
 * @param {Pen} context
 * @param {Disc} disc
 * @param {Part[]} parts
 * @param {Category[]} categories
 * @param {boolean} chosen
 */
export function drawStack(context, disc, parts, categories, chosen) {
  const { x, y, radius } = disc;
  const total = parts.reduce((sum, part) => sum + part.count, 0);
  if (chosen) {
    arc(context, x, y, radius + 6, [0, TAU], "#ffd400", 4);
    arc(context, x, y, radius + 8.5, [0, TAU], INK, 1.5);
  }
  fillDisc(context, x, y, radius + 1.5);
  let angle = -Math.PI / 2;
  for (const part of parts) {
    const next = angle + (part.count / total) * TAU;
    drawSlice(context, disc, part, [angle, next], categories[part.code].colour);
    if (parts.length > 1) {
      line(context, [x, y], [x + radius * Math.cos(next), y + radius * Math.sin(next)], WHITE, 1);
    }
    const middle = total === 1 ? null : (angle + next) / 2;
    if (part.denied) drawDenial(context, disc, middle);
    if (part.added) drawAdded(context, disc, middle);
    angle = next;
  }
  context.textAlign = "center";
  context.textBaseline = "middle";
  if (total === 1) {
    const [part] = parts;
    context.fillStyle = part.subject || part.vague ? INK : textOn(categories[part.code].colour);
    context.font = `600 ${Math.round(radius * LETTER)}px ${FONT}`;
    context.fillText(categories[part.code].letter, x, y + 0.5);
  } else {
    fillDisc(context, x, y, radius * 0.62);
    context.fillStyle = INK;
    context.font = `700 ${Math.round(Math.max(11, radius * 0.72))}px ${FONT}`;
    context.fillText(String(total), x, y + 0.5);
  }
}

/**
 * @param {Pen} context
 * @param {Disc} disc
 * @param {Part} part
 * @param {[number, number]} turn radians from where to where
 * @param {string} colour
 */
function drawSlice(context, { x, y, radius }, part, turn, colour) {
  const shade = part.vague ? tinted(colour, 0.5) : colour;
  if (part.subject) arc(context, x, y, radius - 1.5, turn, shade, 3.5);
  else {
    context.beginPath();
    context.moveTo(x, y);
    context.arc(x, y, radius, ...turn);
    context.closePath();
    context.fillStyle = shade;
    context.fill();
  }
  if (part.vague) arc(context, x, y, radius - RIM / 2, turn, colour, RIM);
  if (part.confirmed) arc(context, x, y, radius + 2.5, turn, INK, 2.5);
}

/**
 * A bar across the mark of one report; across the middle of its slice where there are others.
 * @param {Pen} context
 * @param {Disc} disc
 * @param {number | null} middle radians
 */
function drawDenial(context, { x, y, radius }, middle) {
  const [dx, dy] = middle === null ? [Math.SQRT1_2, -Math.SQRT1_2] : [Math.cos(middle), Math.sin(middle)];
  const from = middle === null ? -(radius + 4) : radius * 0.45;
  line(context, [x + dx * from, y + dy * from], [x + dx * (radius + 4), y + dy * (radius + 4)], INK, 3);
}

/**
 * A square on the rim: to the lower right of the mark of one report, where no bar is; at the middle of its slice where
 * there are others.
 * @param {Pen} context
 * @param {Disc} disc
 * @param {number | null} middle radians
 */
function drawAdded(context, { x, y, radius }, middle) {
  const [dx, dy] = middle === null ? [Math.SQRT1_2, Math.SQRT1_2] : [Math.cos(middle), Math.sin(middle)];
  drawSquare(context, x + dx * (radius + 0.5), y + dy * (radius + 0.5));
}

/**
 * @param {Pen} context
 * @param {number} x of its middle
 * @param {number} y
 */
function drawSquare(context, x, y) {
  context.fillStyle = INK;
  context.fillRect(x - SQUARE / 2, y - SQUARE / 2, SQUARE, SQUARE);
  context.fillStyle = WHITE;
  context.fillRect(x - SQUARE / 2 + 1.5, y - SQUARE / 2 + 1.5, SQUARE - 3, SQUARE - 3);
}

/**
 * @param {Pen} context
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {[number, number]} turn
 * @param {string} colour
 * @param {number} width
 */
function arc(context, x, y, radius, turn, colour, width) {
  context.beginPath();
  context.arc(x, y, radius, ...turn);
  stroke(context, colour, width);
}

/**
 * @param {Pen} context
 * @param {[number, number]} from
 * @param {[number, number]} to
 * @param {string} colour
 * @param {number} width
 */
function line(context, from, to, colour, width) {
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  stroke(context, colour, width);
}

/**
 * @param {Pen} context
 * @param {string} colour
 * @param {number} width
 */
function stroke(context, colour, width) {
  context.lineWidth = width;
  context.strokeStyle = colour;
  context.stroke();
}

/**
 * @param {Pen} context
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 */
function fillDisc(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, TAU);
  context.fillStyle = WHITE;
  context.fill();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Point & { reach: number }} area
 * @param {boolean} chosen
 */
export function drawArea(context, area, chosen) {
  context.beginPath();
  context.arc(area.x, area.y, area.reach, 0, TAU);
  context.fillStyle = "rgba(60, 80, 110, 0.035)";
  context.fill();
  context.setLineDash([6, 5]);
  stroke(context, chosen ? INK : "#5b6775", chosen ? 3 : 1.2);
  context.setLineDash([]);
}

/**
 * The tag of an area: its name and number of reports over a stripe of its categories.
 * @param {CanvasRenderingContext2D} context
 * @param {Box} box
 * @param {string} text
 * @param {Part[]} parts
 * @param {Category[]} categories
 * @param {boolean} chosen
 */
export function drawTag(context, box, text, parts, categories, chosen) {
  const total = parts.reduce((sum, part) => sum + part.count, 0);
  context.beginPath();
  context.roundRect(box.x, box.y, box.width, box.height, 4);
  context.fillStyle = "rgba(255,255,255,0.94)";
  context.fill();
  stroke(context, chosen ? INK : "#6b7785", chosen ? 2.5 : 1);
  context.fillStyle = INK;
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillText(text, box.x + 6, box.y + box.height / 2 - 2);
  let left = box.x + 5;
  const stripe = box.width - 10;
  for (const part of parts) {
    const wide = (part.count / total) * stripe;
    const { colour } = categories[part.code];
    context.fillStyle = part.vague ? tinted(colour, 0.5) : colour;
    if (part.subject) {
      context.strokeStyle = context.fillStyle;
      context.lineWidth = 1.5;
      context.strokeRect(left + 0.75, box.y + box.height - 5.25, Math.max(1, wide - 1.5), 2.5);
    } else context.fillRect(left, box.y + box.height - 6, Math.max(1, wide - 0.5), 4);
    left += wide;
  }
  if (parts.some((part) => part.added)) drawSquare(context, box.x + box.width, box.y + box.height);
}

/**
 * Text with a pale rim, to be read over land and lines.
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {string} colour
 * @param {CanvasTextAlign} align
 */
export function halo(context, text, x, y, colour, align) {
  context.textAlign = align;
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = "rgba(255,255,255,0.92)";
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}
