// @ts-check
// Host: the map as one file. The data stands in the page; an incident's card opens under the map.

import { dayOfIso } from "./days.js";
import { make, plural } from "./dom.js";
import { startLesson } from "./lesson.js";
import { seamOf } from "./mercator.js";
import { ARRAYS, bytesOf, Table } from "./table.js";
import { Timemap } from "./timemap.js";

/** @import { ArrayName, Camera, Card, Columns, Fixed, LessonStep, Row } from "./types" */

/**
 * What `element.py` writes into the page.
 * @typedef {object} FileData
 * @property {Record<string, [ArrayName, string]>} columns each its kind of array, and its bytes in base64
 * @property {Fixed & { details: Card[] }} fixed
 * @property {string} naming
 * @property {Record<string, string>} namings ways of naming, in words
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
  const card = elementOf(".attest-card");
  const onSelect = (/** @type {Row} */ row) => {
    card.replaceChildren(...cardOf(fixed.details, row));
    card.focus({ preventScroll: true });
    const isLow = card.getBoundingClientRect().top > globalThis.innerHeight * 0.75;
    if (isLow) card.scrollIntoView({ behavior: "smooth", block: "nearest" });
  };
  const table = new Table(columnsOf(data), fixed.flags, seamOf(fixed.home.box));
  const cell = (/** @type {string} */ address) => unzipped(fixed.land.embedded?.[address] ?? "");
  const timemap = new Timemap(root, { L: globalThis.L, table, cell, ...fixed, onSelect });
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
    card.replaceChildren(...(shown.selected.length ? cardOf(fixed.details, shown.selected[0]) : []));
  };
  const opening = { scheme: schemes[0][0], naming, mask: null, surely, selected: [], window };
  if (lesson.length === 0) show(opening);
  else startLesson(elementOf(".attest-lesson"), lesson, ({ mask, ...step }) => show({ ...step, mask: bytesOf(mask) }));
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

/**
 * All reports of a row's incident.
 * @param {Card[]} details
 * @param {Row} row
 */
function cardOf(details, row) {
  const { incident, title } = details[row];
  const reports = details.filter((detail) => detail.incident === incident);
  /** @type {Map<number, Card[]>} */
  const byTelling = new Map();
  for (const report of reports) byTelling.set(report.telling, [...(byTelling.get(report.telling) ?? []), report]);
  const tellings = [...byTelling.values()];
  const told = tellings.length < reports.length ? ` in ${plural(tellings.length, "telling")}` : "";
  return [
    make("h2", { text: title }),
    make("p", { class: "tm-faint", text: `${plural(reports.length, "report")} of one incident${told} · ${incident}` }),
    make("div", { class: "attest-reports" }, ...tellings.map(articleOf)),
  ];
}

const MOST_OPEN = 6; // other columns of a table that stand open

/**
 * What one row tells, once, however many sources it names.
 * @param {Card[]} telling
 */
function articleOf(telling) {
  const [{ graphic, summary, facts, also }] = telling;
  const who = [...new Set(telling.map((report) => report.who))].join("; ");
  const text = make("p", { text: summary });
  const closed = "Graphic: tells of mutilation, torture or sexual violence. Open to read.";
  const words = graphic ? make("details", {}, make("summary", { text: closed }), text) : text;
  const others = { open: also.length <= MOST_OPEN };
  const beside = also.length
    ? [make("details", others, make("summary", { text: `Also in the table · ${also.length}` }), listed(also))]
    : [];
  return make("article", {}, make("h3", { text: who }), words, listed(facts), ...beside);
}

/** @param {[string, string][]} facts */
function listed(facts) {
  const lines = facts.flatMap(([name, value]) => [make("dt", { text: name }), make("dd", { text: value })]);
  return make("dl", {}, ...lines);
}
