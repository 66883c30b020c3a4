// @ts-check
// What the maps on screen show, as a picture, with what a picture must not lose: the window, the legend, the documents
// and the notice.

import { sayIn, sayNotCopied } from "./copier.js";
import { isoOf, spoken } from "./days.js";
import { FONT, INK, make, penOf, plural, save } from "./dom.js";
import { drawLayerSign } from "./layersigns.js";
import { legendParts } from "./legend.js";

/** @import { Category, Period } from "./types" */
/** @import { MapView } from "./mapview.js" */
/** @import { Timemap } from "./timemap.js" */
/** @typedef {CanvasRenderingContext2D} Pen */

export const COPY_PICTURE = "Copy picture"; // the button's text
const SHARP = 2; // pixels of the picture for each on screen
const PAD = 12;
const LINE = 18;
const BODY = `13px ${FONT}`;

/**
 * A canvas of all maps of a time map as they stand beside or over each other, each with its title.
 * @param {Timemap} timemap
 * @param {string[]} lines the texts under them: what is shown, by whom, and what must be said with it
 * @param {Category[]} categories those of the legend
 */
export function pictureOf(timemap, lines, categories = shownCategories(timemap)) {
  const { views, divider } = timemap;
  const box = timemap.frame.getBoundingClientRect();
  const canvas = make("canvas");
  const context = penOf(canvas);
  const parts = [...legendParts(categories, timemap.options.signs), ...layerParts(timemap)];
  context.font = BODY;
  const width = box.width - 2 * PAD;
  const keys = flow(context, parts, width, 30);
  const texts = lines.flatMap((line) => wrapped(context, line, width));
  const last = keys.at(-1);
  const legend = last ? last.y + LINE + 4 : 0;
  const foot = PAD * 2 + legend + texts.length * LINE;
  canvas.width = box.width * SHARP;
  canvas.height = (box.height + foot) * SHARP;
  context.scale(SHARP, SHARP);
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, box.width, box.height + foot);
  const shares = views.map((_, at) => (at === 1 && divider ? divider.share / 100 : 0));
  views.forEach((view, at) => drawMap(context, view, box, shares[at]));
  views.forEach((view, at) => view.title.hidden || drawTitle(context, view, box, shares[at]));
  const top = box.height + PAD;
  for (const { x, y, text, draw } of keys) {
    draw(context, PAD + x + 9, top + y + 8);
    write(context, text, PAD + x + 23, top + y + 8, "middle");
  }
  texts.forEach((text, at) => write(context, text, PAD, top + legend + at * LINE, "top"));
  return canvas;
}

/**
 * @param {Pen} context
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {CanvasTextBaseline} baseline
 */
function write(context, text, x, y, baseline) {
  context.font = BODY;
  context.fillStyle = INK;
  context.textAlign = "left";
  context.textBaseline = baseline;
  context.fillText(text, x, y);
}

/**
 * One map where it stands in `frame`.
 * @param {Pen} context
 * @param {MapView} view
 * @param {DOMRect} frame
 * @param {number} share of its width, from the left, that another map shows
 */
function drawMap(context, view, frame, share) {
  const box = view.element.getBoundingClientRect();
  const [left, top] = [box.x - frame.x, box.y - frame.y];
  const hidden = share * box.width;
  context.save();
  context.beginPath();
  context.rect(left + hidden, top, box.width - hidden, box.height);
  context.clip();
  context.fillStyle = getComputedStyle(view.box).backgroundColor;
  context.fillRect(left, top, box.width, box.height);
  const painted = [
    ...[".leaflet-tile-pane canvas", ".leaflet-tile-pane .leaflet-tile-loaded"],
    ...[".leaflet-layers-pane canvas", ".leaflet-marks-pane canvas"],
  ];
  const layers = view.element.querySelectorAll(painted.join(", "));
  for (const layer of /** @type {NodeListOf<HTMLCanvasElement | HTMLImageElement>} */ (layers)) {
    const place = layer.getBoundingClientRect();
    context.globalAlpha = Number(getComputedStyle(layer).opacity);
    if (!layer.checkVisibility()) continue;
    const cut = layer === view.layers.pictures ? view.layers.share : 0; // what a divider hides of the case's pictures
    const [wide, high] =
      layer instanceof HTMLImageElement ? [layer.naturalWidth, layer.naturalHeight] : [layer.width, layer.height];
    const from = /** @type {const} */ ([cut * wide, 0, (1 - cut) * wide, high]);
    const [x, y] = [place.x - frame.x + cut * place.width, place.y - frame.y];
    if (cut < 1) context.drawImage(layer, ...from, x, y, (1 - cut) * place.width, place.height);
  }
  context.globalAlpha = 1;
  context.fillStyle = INK;
  const cut = view.layers.share * box.width;
  if (cut) context.fillRect(left + cut - 1, top, 2, box.height);
  context.restore();
  if (hidden) {
    context.fillStyle = INK;
    context.fillRect(left + hidden - 1, top, 2, box.height);
  }
}

/**
 * The title of a map, without what lies left of the divider, as the map itself.
 * @param {Pen} context
 * @param {MapView} view
 * @param {DOMRect} frame
 * @param {number} share
 */
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
  context.fillText(title.textContent ?? "", left + 10, top + box.height / 2 + 1, box.width - 20);
  context.restore();
}

/**
 * Puts a canvas on the clipboard, or saves it where a browser or its owner forbids that. Tells which it did.
 * @param {HTMLCanvasElement} canvas
 * @param {string} name of the file
 */
export async function takeAway(canvas, name) {
  const blob = await blobOf(canvas);
  if (navigator.clipboard && globalThis.ClipboardItem) {
    try {
      await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
      return "copied";
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== "NotAllowedError") throw error;
    }
  }
  save(blob, name);
  return "saved";
}

/**
 * As other files are named, with the days from the first of a window on: `war_2020-09-27_2020-11-10_core.png`.
 * @param {{ fileName: [string, string], window: Period | null }} timemap
 * @param {string} ending
 * @param {Period | null} from
 */
export function nameOfFile({ fileName: [before, behind], window }, ending, from) {
  const days = from ? `_${isoOf(from.first)}_${isoOf((window ?? from).last)}` : "";
  return `${before}${days}${behind}.${ending}`;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @returns {Promise<Blob>}
 */
function blobOf(canvas) {
  return new Promise((done, failed) => {
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("The picture is too large."))), "image/png");
  });
}

/**
 * The layers on the map, each with its sign and its source.
 * @param {Timemap} timemap
 */
function layerParts({ layers, window }) {
  return layers
    .drawnIn(window)
    .map(({ info }) => ({
      text: info.credit,
      draw: (/** @type {Pen} */ context, /** @type {number} */ x, /** @type {number} */ y) =>
        drawLayerSign(context, x, y, info),
    }));
}

/**
 * The categories of the reports that are shown in the window.
 * @param {Timemap} timemap
 */
export function shownCategories({ colouring, bounds, views }) {
  const seen = new Set();
  for (const view of views) for (const row of view.table.rowsIn(bounds)) seen.add(view.table.codes(colouring)[row]);
  return colouring.categories.filter((_, code) => seen.has(code));
}

/**
 * Places parts one after another in lines of a width, with room for a sign before each.
 * @template {{ text: string }} Part
 * @param {Pen} context
 * @param {Part[]} parts
 * @param {number} width
 * @param {number} sign
 */
function flow(context, parts, width, sign) {
  let [x, y] = [0, 0];
  return parts.map((part) => {
    const wide = context.measureText(part.text).width + sign + 10;
    if (x > 0 && x + wide > width) [x, y] = [0, y + LINE + 2];
    const place = { ...part, x, y };
    x += wide;
    return place;
  });
}

/**
 * @param {Pen} context
 * @param {string} text
 * @param {number} width
 */
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

const MOST_NAMED = 12; // who is cited under a picture

/**
 * The maps as a picture, with window, legend and who is cited, to the clipboard.
 * @param {Timemap} timemap
 * @param {HTMLButtonElement} button says what was done
 */
export async function copyPicture(timemap, button) {
  const { live } = timemap;
  try {
    await timemap.untilCounted();
    const name = nameOfFile(timemap, "png", timemap.window);
    const done = await takeAway(pictureOf(timemap, saidWith(timemap)), name);
    sayIn(button, done === "copied" ? "Copied" : "Saved", COPY_PICTURE);
    live.textContent = done === "copied" ? "The picture is on the clipboard." : "The picture is saved.";
  } catch (error) {
    sayNotCopied(button, COPY_PICTURE, live, error);
  }
}

/**
 * What stands under a picture: the window, how many reports, who tells them, and what must be said with it.
 * @param {Timemap} timemap
 */
export function saidWith(timemap) {
  const { options, window, colouring, views } = timemap;
  const { caveats, notice } = options;
  const when = window ? `${spoken(window.first)} – ${spoken(window.last)}` : "All dates";
  const said = `${when}: ${plural(timemap.shown, "report")}. ${colouring.title} is the colour. ${toldBy(timemap)}`;
  const beside = views.flatMap((view) =>
    view.besideMap.map((text) => (view.title.hidden ? text : `${view.title.textContent} – ${text}`)),
  );
  const credits = views.slice(0, 1).flatMap(({ tiles }) => tiles?.credit ?? []);
  return [said.trim(), ...beside, ...caveats, notice, ...credits];
}

/** @param {Timemap} timemap */
function toldBy({ options, table, bounds }) {
  const rows = table.rowsIn(bounds);
  if (table.level !== null && rows.length) return "Squares count what several tell: the list of each names them.";
  const cited = new Set();
  for (const row of rows) cited.add(options.documents[table.columns.source[row]]);
  const named = [...cited].filter(Boolean);
  const others = named.length > MOST_NAMED ? `; ${plural(named.length - MOST_NAMED, "other")}` : "";
  return named.length ? `Told by: ${named.slice(0, MOST_NAMED).join("; ")}${others}.` : "";
}
