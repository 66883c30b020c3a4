// @ts-check
// The legend: what a colour means, and what each sign means, in the words that Python gives (`geodata/tell/legend.py`).

import { make, penOf } from "./dom.js";
import { drawStack } from "./signs.js";

/** @import { Category } from "./types" */
/** @import { Part } from "./signs.js" */

const SIGN = "#4b6584"; // of a mark that stands for any colour
const SAMPLE = 22; // pixels of a sign and the room round it
const ANY = { name: "", letter: "", colour: SIGN };

/** @type {Record<string, Partial<Part>>} */
const PARTS = {
  event: {},
  subject: { subject: true },
  vague: { vague: true },
  denied: { denied: true },
  confirmed: { confirmed: true },
  added: { added: true },
  number: { count: 3 },
};

/** @typedef {(context: CanvasRenderingContext2D, x: number, y: number) => void} Draw */

/**
 * @param {HTMLElement} element
 * @param {string} title of the scheme
 * @param {Category[]} categories those in the table
 * @param {Record<string, string>} signs words of each
 * @param {HTMLElement | null} layers the list of the case's layers
 */
export function fillLegend(element, title, categories, signs, layers) {
  element.replaceChildren(
    make("summary", { text: "Legend" }),
    make("h2", { text: title }),
    make("ul", { class: "tm-colours" }, ...legendLines(categories, {})),
    ...(layers ? [layers] : []),
    make("h2", { text: "Signs" }),
    make("ul", {}, ...legendLines([], signs)),
  );
}

/**
 * The lines of a legend, each a sample with its words.
 * @param {Category[]} categories
 * @param {Record<string, string>} signs
 */
export function legendLines(categories, signs) {
  return legendParts(categories, signs).map(({ text, draw }) => {
    const style = `width:${SAMPLE}px;height:${SAMPLE}px`;
    const canvas = make("canvas", { width: SAMPLE * 2, height: SAMPLE * 2, style, "aria-hidden": "true" });
    const context = penOf(canvas);
    context.scale(2, 2);
    draw(context, SAMPLE / 2, SAMPLE / 2);
    return make("li", {}, canvas, make("span", { text }));
  });
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {Partial<Part>} part
 * @param {Category} category
 */
function drawSample(context, x, y, part, category) {
  drawStack(context, { x, y, radius: 7 }, [{ code: 0, count: 1, ...part }], [category], false);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 */
function drawRim(context, x, y) {
  context.beginPath();
  context.arc(x, y, 8, 0, 2 * Math.PI);
  context.setLineDash([3, 2]);
  context.lineWidth = 1.5;
  context.strokeStyle = SIGN;
  context.stroke();
  context.setLineDash([]);
}

/**
 * What a legend says and how each sample is drawn, the colours first: for the page and for a picture.
 * @param {Category[]} categories
 * @param {Record<string, string>} signs
 */
export function legendParts(categories, signs) {
  /** @type {(part: Partial<Part>, category: Category) => Draw} */
  const drawn = (part, category) => (context, x, y) => drawSample(context, x, y, part, category);
  return [
    ...categories.map((category) => ({ text: category.name, draw: drawn({}, category) })),
    ...Object.entries(signs).map(([key, text]) => ({ text, draw: key in PARTS ? drawn(PARTS[key], ANY) : drawRim })),
  ];
}
