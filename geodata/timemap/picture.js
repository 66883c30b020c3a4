// What the maps on screen show, as a picture, with what a picture must not lose: the window, the legend, the documents, the notice.

import { FONT, make } from "./dom.js";
import { legendParts } from "./legend.js";
import { INK } from "./marks.js";

const SHARP = 2; // pixels of the picture for each on screen
const PAD = 12;
const LINE = 18;

// Returns a canvas of all maps of a time map as they stand beside or over each other, each with its title. `lines` are
// the texts under them: what is shown, by whom, and what must be said with it.
export function pictureOf(timemap, lines) {
  const box = timemap.frame.getBoundingClientRect();
  const canvas = make("canvas");
  const context = canvas.getContext("2d");
  const parts = legendParts(shownEntries(timemap), timemap.options.signs);
  context.font = `13px ${FONT}`;
  const keys = flow(context, parts.map(({ text }) => text), box.width - 2 * PAD, 30);
  const texts = lines.flatMap((line) => wrapped(context, line, box.width - 2 * PAD));
  const foot = PAD * 2 + (keys.length ? keys.at(-1).y + LINE + 4 : 0) + texts.length * LINE;
  canvas.width = box.width * SHARP;
  canvas.height = (box.height + foot) * SHARP;
  context.scale(SHARP, SHARP);
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, box.width, box.height + foot);
  const shares = timemap.views.map((_, at) => (at === 1 && timemap.divider ? timemap.divider.share / 100 : 0));
  timemap.views.forEach((view, at) => drawMap(context, view, box, shares[at]));
  timemap.views.forEach((view, at) => view.title.hidden || drawTitle(context, view, box, shares[at]));
  context.font = `13px ${FONT}`;
  let top = box.height + PAD;
  keys.forEach(({ x, y, text }, at) => {
    parts[at].draw(context, PAD + x + 9, top + y + 8);
    context.font = `13px ${FONT}`;
    context.fillStyle = INK;
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.fillText(text, PAD + x + 23, top + y + 8);
  });
  top += keys.length ? keys.at(-1).y + LINE + 4 : 0;
  context.textAlign = "left";
  context.textBaseline = "top";
  context.fillStyle = INK;
  context.font = `13px ${FONT}`;
  texts.forEach((text, at) => context.fillText(text, PAD, top + at * LINE));
  return canvas;
}

// One map where it stands in `frame`, without its left part up to `share` of its width, which another map shows.
function drawMap(context, view, frame, share) {
  const box = view.element.getBoundingClientRect();
  const [left, top] = [box.x - frame.x, box.y - frame.y];
  const hidden = share * box.width;
  context.save();
  context.beginPath();
  context.rect(left + hidden, top, box.width - hidden, box.height);
  context.clip();
  context.fillStyle = getComputedStyle(view.canvasHost).backgroundColor;
  context.fillRect(left, top, box.width, box.height);
  for (const layer of view.element.querySelectorAll(".leaflet-tile-pane canvas, .leaflet-marks-pane canvas")) {
    const place = layer.getBoundingClientRect();
    context.globalAlpha = Number(getComputedStyle(layer).opacity);
    if (!layer.hidden) context.drawImage(layer, place.x - frame.x, place.y - frame.y, place.width, place.height);
  }
  context.restore();
  if (hidden) {
    context.fillStyle = INK;
    context.fillRect(left + hidden - 1, top, 2, box.height);
  }
}

// The title of a map, without what lies left of the divider, as the map itself.
function drawTitle(context, { element, title }, frame, share) {
  const box = title.getBoundingClientRect();
  const whole = element.getBoundingClientRect();
  context.save();
  context.beginPath();
  context.rect(whole.x - frame.x + share * whole.width, whole.y - frame.y, (1 - share) * whole.width, whole.height);
  context.clip();
  const [left, top] = [box.x - frame.x, box.y - frame.y];
  context.fillStyle = "#ffffff";
  context.fillRect(left, top, box.width, box.height);
  context.strokeStyle = INK;
  context.lineWidth = 2;
  context.strokeRect(left + 1, top + 1, box.width - 2, box.height - 2);
  context.font = `600 13px ${FONT}`;
  context.fillStyle = INK;
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillText(title.textContent, left + 10, top + box.height / 2 + 1, box.width - 20);
  context.restore();
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

function shownEntries({ scheme, codes, bounds, views }) {
  const seen = new Set();
  for (const view of views) for (const row of view.table.rowsIn(bounds)) seen.add(codes[row]);
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
