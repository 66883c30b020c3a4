// @ts-check
// Host: the map as one file. The data stands in the page; an incident's card opens beside the map.

import { dayOfIso } from "./days.js";
import { make } from "./dom.js";
import { startLesson } from "./lesson.js";
import { seamOf } from "./mercator.js";
import { ARRAYS, bytesOf, Table } from "./table.js";
import { Timemap } from "./timemap.js";

/** @import { ArrayName, Camera, Columns, Fixed, IncidentCard, LessonStep, Row } from "./types" */

/**
 * What `element.py` writes into the page.
 * @typedef {object} FileData
 * @property {Record<string, [ArrayName, string]>} columns each its kind of array, and its bytes in base64
 * @property {Fixed} fixed
 * @property {IncidentCard[]} cards
 * @property {Record<string, IncidentCard[]>} renamed by the way of naming places, the cards that are others in it
 * @property {string} naming
 * @property {Record<string, string>} namings ways of naming, in words
 * @property {[string, string]} name of a picture's file: what stands before and behind the days
 * @property {[string, string] | null} window ISO 8601
 * @property {boolean} surely
 * @property {LessonStep[]} lesson
 */

/**
 * @typedef {object} Shown a view of the map, as the file or a step of its lesson gives it
 * @property {string} scheme
 * @property {string} naming
 * @property {Uint8Array | null} mask
 * @property {boolean} surely
 * @property {Row[]} selected
 * @property {[string, string] | null} window
 * @property {Camera | null} [camera]
 */

/** @param {HTMLElement} root */
export function openFile(root) {
  /** @type {FileData} */
  const data = JSON.parse(elementOf("#attest-data").textContent ?? "");
  const { fixed, lesson, naming, surely, window } = data;
  const table = new Table(columnsOf(data), fixed.flags, seamOf(fixed.home.box));
  const cell = (/** @type {string} */ address) => unzipped(fixed.land.embedded?.[address] ?? "");
  const loadCard = async (/** @type {Row} */ row, /** @type {string} */ way) => {
    const incident = fixed.details?.[row].incident;
    const card = [...(data.renamed[way] ?? []), ...data.cards].find((one) => one.incident === incident);
    if (!card) throw new Error("this file has no card of it");
    return card;
  };
  /** @type {{ go?: (count: number) => void }} of the lesson, where there is one */
  const steps = {};
  const onStep = (/** @type {number} */ count) => steps.go?.(count);
  const timemap = new Timemap(root, { L: globalThis.L, table, cell, ...fixed, loadCard, onStep });
  timemap.fileName = data.name;
  root.attest = timemap;
  const schemes = Object.entries(fixed.schemes).map(([key, { title }]) => [key, title]);
  const colours = chooser("Colour marks by", schemes, (scheme) => timemap.update({ scheme }));
  const names = chooser("Names of places", Object.entries(data.namings), (chosen) =>
    timemap.update({ naming: chosen }),
  );
  timemap.tools.append(colours, ...(names.length > 1 ? [names] : []));
  const show = (/** @type {Shown} */ shown) => {
    const days = shown.window?.map(dayOfIso);
    timemap.update({ ...shown, window: days ? { first: days[0] ?? 0, last: days[1] ?? 0 } : null });
    colours.value = shown.scheme;
    names.value = shown.naming;
  };
  const opening = { scheme: schemes[0][0], naming, mask: null, surely, selected: [], window };
  if (lesson.length === 0) show(opening);
  else {
    const view = (/** @type {LessonStep} */ { mask, ...step }) => show({ ...step, mask: bytesOf(mask) });
    steps.go = startLesson(elementOf(".attest-lesson"), lesson, view);
    Object.assign(timemap.keys, { presenting: true, stepping: true });
  }
  return timemap;
}

/**
 * @param {string} text gzip in base64; blank is refused, for a file carries the cells round its marks alone
 * @returns {Promise<ArrayBuffer>}
 */
async function unzipped(text) {
  if (!text) throw new Error("this file carries the land round its marks alone");
  const stream = new Blob([new Uint8Array(bytesOf(text))]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

/**
 * An element that the page of `element.py` has.
 * @param {string} selector
 */
function elementOf(selector) {
  return /** @type {HTMLElement} */ (document.querySelector(selector));
}

/**
 * @param {FileData} data
 * @returns {Columns}
 */
function columnsOf({ columns }) {
  const arrays = Object.entries(columns).map(([name, [type, text]]) => [name, new ARRAYS[type](bytesOf(text).buffer)]);
  return Object.fromEntries(arrays);
}

/**
 * @param {string} label
 * @param {string[][]} choices value and text of each
 * @param {(value: string) => void} choose
 */
function chooser(label, choices, choose) {
  const options = choices.map(([value, text]) => make("option", { value, text }));
  const select = make("select", { "aria-label": label }, ...options);
  select.addEventListener("change", () => choose(select.value));
  return select;
}
