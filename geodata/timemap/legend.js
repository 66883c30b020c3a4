// The legend: what a colour means, and what each sign means, in the words that Python gives (`geodata/legend.py`).

import { make } from "./dom.js";
import { drawStack } from "./marks.js";

const SIGN = "#4b6584"; // of a mark that stands for any colour
const PARTS = { event: {}, subject: { subject: true }, vague: { vague: true }, denied: { denied: true }, confirmed: { confirmed: true }, number: { count: 3 } };

// entries: [{code, entry}] of the categories in the table; signs: {key: words}
export function fillLegend(element, scheme, entries, signs) {
  const colours = [{ colour: SIGN, letter: "" }, ...scheme.entries];
  element.replaceChildren(make("summary", { text: "Legend" }),
    make("h2", { text: scheme.title }),
    make("ul", { class: "tm-colours" }, ...entries.map(({ code, entry }) => line(sample({ code: code + 1 }, colours), entry.name))),
    make("h2", { text: "Signs" }),
    make("ul", {}, ...Object.entries(signs).map(([key, words]) => line(key in PARTS ? sample({ code: 0, ...PARTS[key] }, colours)
      : make("span", { class: `tm-${key}`, "aria-hidden": "true" }), words))));
}

function line(sign, text) {
  return make("li", {}, sign, make("span", { text }));
}

function sample(part, colours, size = 22) {
  const canvas = make("canvas", { width: size * 2, height: size * 2, style: `width:${size}px;height:${size}px`, "aria-hidden": "true" });
  const context = canvas.getContext("2d");
  context.scale(2, 2);
  drawSample(context, size / 2, size / 2, part, colours);
  return canvas;
}

function drawSample(context, x, y, part, colours) {
  drawStack(context, x, y, 7, [{ count: 1, ...part }], colours, false);
}

function drawRim(context, x, y) {
  context.beginPath();
  context.arc(x, y, 8, 0, 2 * Math.PI);
  context.setLineDash([3, 2]);
  context.lineWidth = 1.5;
  context.strokeStyle = SIGN;
  context.stroke();
  context.setLineDash([]);
}

// The same legend for a picture: [{text, draw(context, x, y)}], the colours first.
export function legendParts(entries, signs) {
  const colours = [{ colour: SIGN, letter: "" }, ...entries];
  return [
    ...entries.map((entry, at) => ({ text: entry.name, draw: (context, x, y) => drawSample(context, x, y, { code: at + 1 }, colours) })),
    ...Object.entries(signs).map(([key, text]) => ({ text, draw: (context, x, y) => (key in PARTS
      ? drawSample(context, x, y, { code: 0, ...PARTS[key] }, colours) : drawRim(context, x, y)) })),
  ];
}
