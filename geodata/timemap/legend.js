// The legend: what a colour means, and what each sign means, in the words that Python gives (`geodata/legend.py`).

import { make } from "./dom.js";
import { drawStack } from "./marks.js";

const PARTS = { event: {}, subject: { subject: true }, vague: { vague: true }, denied: { denied: true }, confirmed: { confirmed: true }, number: { count: 3 } };

// entries: [{code, entry}] of the categories in the table; signs: {key: words}
export function fillLegend(element, scheme, entries, signs) {
  const colours = [{ colour: "#4b6584", letter: "" }, ...scheme.entries];
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
  drawStack(context, size / 2, size / 2, 7, [{ count: 1, ...part }], colours, false);
  return canvas;
}
