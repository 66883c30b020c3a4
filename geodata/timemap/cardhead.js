// @ts-check
// What stands over an incident's card: which of those shown it is, its title, where it lies, and what is done with it.

import { copier } from "./copier.js";
import { make, plural } from "./dom.js";

/** @import { IncidentCard, Row } from "./types" */
/** @import { Timemap } from "./timemap.js" */

/**
 * @param {Timemap} host
 * @param {IncidentCard} card
 * @param {Row} row
 * @param {() => void} changed called when the collection is another
 */
export function cardHead(host, card, row, changed) {
  const title = make("h2", { text: card.title, tabindex: "-1", "data-is": "title" });
  // Of a large table the browser knows the reports of the list alone, and not where they lie.
  const known = host.far ? [amongListed(host, card), []] : [among(host, row), onBaseMap(host, row)];
  return [...known[0], title, ...known[1], ...actions(host, card, row, changed)];
}

/**
 * Where a mark lies by the towns of the base map.
 * @param {Timemap} host
 * @param {Row} row
 */
export function onBaseMap({ table, views }, row) {
  const isMark = table.isDrawn(row) && table.areaOf[row] < 0;
  const near = isMark ? views[0].pointing.near({ kind: "mark", rows: [row] }) : "";
  return near ? [make("p", { class: "tm-faint", text: `On the base map: ${near}` })] : [];
}

/**
 * Which of the incidents shown this is, and the way to the one before and the next.
 * @param {Timemap} host
 * @param {Row} row
 */
function among(host, row) {
  const incidents = host.listed.incidentsShown();
  const own = new Set(host.listed.ofIncident(row));
  const at = incidents.findIndex((each) => own.has(each));
  const where =
    at < 0 ? "not among those shown" : `${(at + 1).toLocaleString("en")} of ${incidents.length.toLocaleString("en")}`;
  return [steps(host, incidents, at, where)];
}

/**
 * Which incident this is of those in the list that was asked for last, and the way to the one before and the next;
 * nothing where it is none of these.
 * @param {Timemap} host
 * @param {IncidentCard} card
 */
function amongListed(host, card) {
  /** @type {Map<string | number, Row>} */
  const firsts = new Map();
  for (const { incident, row } of host.far?.found?.reports ?? []) if (!firsts.has(incident)) firsts.set(incident, row);
  const at = [...firsts.keys()].indexOf(card.incident);
  const where = `${at + 1} of ${plural(firsts.size, "incident")} listed`;
  return at < 0 ? [] : [steps(host, [...firsts.values()], at, where)];
}

/**
 * @param {Timemap} host
 * @param {Row[]} rows
 * @param {number} at the number of the row that is open, -1 for none of these
 * @param {string} where this is, in words
 */
function steps(host, rows, at, where) {
  const step = (/** @type {number} */ by, /** @type {string} */ text) => {
    const next = at < 0 ? rows[by < 0 ? rows.length - 1 : 0] : rows[at + by];
    const disabled = next === undefined;
    const go = () => host.choose(next);
    return make("button", { type: "button", text, disabled, "data-is": text, class: "tm-step", onclick: go });
  };
  return make("p", { class: "tm-among" }, step(-1, "‹ Previous"), make("span", { text: where }), step(1, "Next ›"));
}

/**
 * @param {Timemap} host
 * @param {IncidentCard} card
 * @param {Row} row
 * @param {() => void} changed
 */
function actions({ live, options, collected }, { citation }, row, changed) {
  const addresses = () => options.addresses?.() ?? { own: "", others: "" };
  const link = copier("Copy link", () => addresses().own, live);
  const cite = copier("Copy citation", () => `${citation} ${addresses().others}`.trim(), live);
  cite.disabled = !citation;
  const own = collected.isOffered ? collected.ofCard(row, changed) : null;
  const line = make("div", { class: "tm-actions" }, ...(options.addresses ? [link] : []), cite, own?.button);
  return own?.note ? [line, own.note] : [line];
}
