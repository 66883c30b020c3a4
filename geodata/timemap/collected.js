// @ts-check
// The reader's collection as the page knows it: which rows are in it, the notes, and the ticks that take rows in.

import { make, plural } from "./dom.js";

/** @import { Hooks, Row } from "./types" */
/** @import { Listed } from "./listed.js" */

export const MOST_COLLECTED = 500; // incidents, as in geodata/model/collection.py

export class Collected {
  /** @param {{ options: Hooks, listed: Listed, live: HTMLElement, say: (text: string) => void }} host */
  constructor(host) {
    this.host = host;
    /** @type {Map<Row, string> | null} the note of each row that is in it; null where nothing can be collected */
    this.notes = null;
    /** @type {Set<Row>} rows that were taken out since the host told what is in it */
    this.out = new Set();
    this.incidents = 0; // that are in it, as the host has told
    /** @type {Set<Row>} rows that were taken in since */
    this.since = new Set();
  }

  get isOffered() {
    return this.notes !== null;
  }

  /** @param {Row} row */
  has(row) {
    return this.notes?.has(row) ?? false;
  }

  /** Its rows, by first day. */
  get rows() {
    return [...(this.notes?.keys() ?? [])].sort((a, b) => a - b);
  }

  /** @param {import("./types").Collection | null} told */
  update(told) {
    this.out.clear();
    this.since.clear();
    this.incidents = told?.incidents ?? 0;
    this.notes = told && new Map(Object.entries(told.notes).map(([row, note]) => [Number(row), note]));
  }

  /** What is counted where rows are: their incidents, where it is known which rows are of one. */
  get noun() {
    return this.host.listed.knowsIncidents ? "incident" : "report";
  }

  /**
   * Takes the incidents of rows in, or out. Of those that find no room none is taken in, and how many is said.
   * @param {Row[]} rows
   * @param {boolean} isIn
   * @param {string} noun of what is counted
   */
  take(rows, isIn, noun = this.noun) {
    const { listed, live } = this.host;
    const firsts = new Set(rows.map((row) => listed.ofIncident(row)[0]));
    const many = plural(firsts.size, noun);
    const without = isIn ? this.withoutRoom(firsts) : 0;
    if (without > 0) {
      const of = `${without.toLocaleString("en")} of ${many}`;
      this.host.say(`A collection holds ${MOST_COLLECTED} incidents: ${of} would find no room. None is taken in.`);
      return false;
    }
    for (const first of firsts) {
      for (const row of listed.ofIncident(first)) {
        if (!isIn) this.since.delete(row);
        else if (!this.has(row)) this.since.add(row);
        if (isIn) this.notes?.set(row, this.notes.get(row) ?? "");
        else this.notes?.delete(row);
        if (isIn) this.out.delete(row);
        else this.out.add(row);
      }
    }
    live.textContent = isIn ? `${many} taken into the collection.` : `${many} taken out of the collection.`;
    this.tell();
    return true;
  }

  /**
   * How many of these incidents a collection cannot hold beside those that are in it. Where it is not known which rows
   * are of one incident, each that was not in it may be of another.
   * @param {Set<Row>} firsts the first row of each
   */
  withoutRoom(firsts) {
    const { listed } = this.host;
    const others = [...firsts].filter((row) => !this.has(row));
    const rows = [...(this.notes?.keys() ?? [])];
    const present = listed.knowsIncidents
      ? new Set(rows.map((row) => listed.ofIncident(row)[0])).size
      : this.incidents + this.since.size;
    return Math.min(others.length, present + others.length - MOST_COLLECTED);
  }

  /** The host hears of the whole of it, not of the change: of several messages in a row it may see the last alone. */
  tell() {
    this.host.options.onCollect?.([...(this.notes ?? [])], [...this.out]);
  }

  /**
   * The box to tick beside a report of a list.
   * @param {Row} row
   * @param {string} title
   * @param {() => void} changed
   */
  tick(row, title, changed) {
    const is = { "data-tick": row, "data-is": `tick${row}` };
    const box = make("input", { type: "checkbox", "aria-label": `In the collection: ${title}`, ...is });
    box.checked = this.has(row);
    box.addEventListener("change", () => {
      this.take([row], box.checked);
      changed();
    });
    return make("label", { class: "tm-tick", title: "In the collection" }, box);
  }

  /**
   * A button that takes all these rows in, or out where all are in.
   * @param {Row[]} rows
   * @param {() => void} changed
   * @param {string} noun of what is counted
   */
  takeAll(rows, changed, noun = this.noun) {
    const incidents = new Set(rows.map((row) => this.host.listed.ofIncident(row)[0]));
    const isIn = [...incidents].every((row) => this.has(row));
    const text = `${isIn ? "Take out" : "Collect"} all ${incidents.size.toLocaleString("en")}`;
    const without = isIn ? 0 : this.withoutRoom(incidents);
    const isTooMany = without > 0;
    const title = isTooMany
      ? `A collection holds ${MOST_COLLECTED} incidents: ${without.toLocaleString("en")} would find no room`
      : `${text} ${noun}s`;
    const button = make("button", { type: "button", text, title, disabled: isTooMany, "data-is": "collect-all" });
    button.addEventListener("click", () => {
      this.take([...incidents], !isIn, noun);
      changed();
    });
    return make("div", { class: "tm-actions" }, button);
  }

  /**
   * What a card has of it: the way in or out and, while it is in, its note.
   * @param {Row} row
   * @param {() => void} changed
   */
  ofCard(row, changed) {
    const isIn = this.has(row);
    const text = isIn ? "✓ In the collection" : "Collect";
    const title = isIn ? "Take it out of the collection" : "Take it into the collection";
    const button = make("button", { type: "button", text, title, "aria-pressed": String(isIn), "data-is": "collect" });
    button.addEventListener("click", () => {
      this.take([row], !isIn);
      changed();
    });
    if (!isIn) return { button, note: null };
    const label = "Your note to this incident";
    const field = make("input", { type: "text", "aria-label": label, placeholder: "Your note", "data-is": "note" });
    field.maxLength = 500;
    field.value = this.notes?.get(row) ?? "";
    field.addEventListener("change", () => {
      for (const each of this.host.listed.ofIncident(row)) this.notes?.set(each, field.value);
      this.tell();
    });
    return { button, note: make("p", { class: "tm-noted" }, field) };
  }
}
