// The map on screen as a picture, with what a picture must not lose: the window, the legend, the documents, the notice.

import { FONT, make } from "./dom.js";
import { drawStack, INK } from "./marks.js";

const SHARP = 2; // pixels of the picture for each on screen
const PAD = 12;
const LINE = 18;

// Returns a canvas. `lines` are the texts under the map: what is shown, by whom, and what must be said with it.
export function pictureOf(view, lines) {
  const { element, host } = view;
  const box = element.getBoundingClientRect();
  const canvas = make("canvas");
  const context = canvas.getContext("2d");
  const entries = shownEntries(view);
  context.font = `13px ${FONT}`;
  const keys = flow(context, entries.map(({ name }) => name), box.width - 2 * PAD, 26);
  const texts = lines.flatMap((line) => wrapped(context, line, box.width - 2 * PAD));
  const foot = PAD * 2 + (keys.length ? keys.at(-1).y + LINE + 4 : 0) + texts.length * LINE;
  canvas.width = box.width * SHARP;
  canvas.height = (box.height + foot) * SHARP;
  context.scale(SHARP, SHARP);
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, box.width, box.height + foot);
  context.save();
  context.beginPath();
  context.rect(0, 0, box.width, box.height);
  context.clip();
  context.fillStyle = getComputedStyle(view.canvasHost).backgroundColor;
  context.fillRect(0, 0, box.width, box.height);
  for (const layer of element.querySelectorAll(".leaflet-tile-pane canvas, .leaflet-marks-pane canvas")) {
    const place = layer.getBoundingClientRect();
    context.globalAlpha = Number(getComputedStyle(layer).opacity);
    if (!layer.hidden) context.drawImage(layer, place.x - box.x, place.y - box.y, place.width, place.height);
  }
  context.restore();
  context.globalAlpha = 1;
  context.font = `13px ${FONT}`;
  let top = box.height + PAD;
  keys.forEach(({ x, y, text }, at) => {
    drawStack(context, PAD + x + 8, top + y + 8, 7, [{ code: 0, count: 1 }], [entries[at]], false);
    context.font = `13px ${FONT}`;
    context.fillStyle = INK;
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.fillText(text, PAD + x + 20, top + y + 8);
  });
  top += keys.length ? keys.at(-1).y + LINE + 4 : 0;
  context.textAlign = "left";
  context.textBaseline = "top";
  context.fillStyle = INK;
  context.font = `13px ${FONT}`;
  texts.forEach((text, at) => context.fillText(text, PAD, top + at * LINE));
  host.live.textContent = "The picture is ready.";
  return canvas;
}

// Puts a canvas on the clipboard, or saves it where a browser or its owner forbids that. Tells which it did.
export async function takeAway(canvas, name) {
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  if (navigator.clipboard?.write && globalThis.ClipboardItem) {
    try {
      await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
      return "copied";
    } catch (error) {
      if (error.name !== "NotAllowedError") throw error;
    }
  }
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  return "saved";
}

function shownEntries(view) {
  const { scheme, codes, bounds } = view.host;
  const seen = new Set();
  for (const row of view.table.rowsIn(bounds)) seen.add(codes[row]);
  return scheme.entries.filter((_, code) => seen.has(code));
}

// Places texts one after another in lines of a width, with room for a sign before each.
function flow(context, texts, width, sign) {
  let [x, y] = [0, 0];
  return texts.map((text) => {
    const wide = context.measureText(text).width + sign + 10;
    if (x > 0 && x + wide > width) [x, y] = [0, y + LINE + 2];
    const place = { x, y, text };
    x += wide;
    return place;
  });
}

function wrapped(context, text, width) {
  const lines = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line ? `${line} ${word}` : word;
    if (line && context.measureText(longer).width > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line ? [...lines, line] : lines;
}
