// @ts-check
// The reader's collection as the page knows it: which rows are in it, the notes, and the ticks that take rows in.

import { make, plural } from "./dom.js";

/** @import { Hooks, Row } from "./types" */
/** @import { Listed } from "./listed.js" */

export const MOST_COLLECTED = 500; // incidents, as in geodata/model/collection.py

export class Collected {
  /** @param {{ options: Hooks, listed: Listed, live: HTMLElement }} host */
  constructor(host) {
    this.host = host;
    /** @type {Map<Row, string> | null} the note of each row that is in it; null where nothing can be collected */
    this.notes = null;
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

  /** @param {Record<string, string> | null} notes by row */
  update(notes) {
    this.notes = notes && new Map(Object.entries(notes).map(([row, note]) => [Number(row), note]));
  }

  /**
   * Takes the incidents of rows in, or out; the host hears of it, and answers with what is in it then.
   * @param {Row[]} rows
   * @param {boolean} isIn
   */
  take(rows, isIn) {
    const { listed, live, options } = this.host;
    const firsts = new Set(rows.map((row) => listed.ofIncident(row)[0]));
    const many = plural(firsts.size, "incident");
    if (isIn && firsts.size > MOST_COLLECTED) {
      live.textContent = `${many} are more than a collection holds, which is ${MOST_COLLECTED}. Choose fewer.`;
      return false;
    }
    for (const first of firsts) {
      for (const row of listed.ofIncident(first)) {
        if (isIn) this.notes?.set(row, this.notes.get(row) ?? "");
        else this.notes?.delete(row);
      }
    }
    live.textContent = isIn ? `${many} taken into the collection.` : `${many} taken out of the collection.`;
    options.onCollect?.([...firsts], isIn);
    return true;
  }

  /**
   * The box to tick beside a report of a list.
   * @param {Row} row
   * @param {string} title
   * @param {() => void} changed
   */
  tick(row, title, changed) {
    const box = make("input", { type: "checkbox", "aria-label": `In the collection: ${title}`, "data-tick": row });
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
   */
  takeAll(rows, changed) {
    const incidents = new Set(rows.map((row) => this.host.listed.ofIncident(row)[0]));
    const isIn = [...incidents].every((row) => this.has(row));
    const text = `${isIn ? "Take out" : "Collect"} all ${incidents.size.toLocaleString("en")}`;
    const isTooMany = !isIn && incidents.size > MOST_COLLECTED;
    const title = isTooMany ? `A collection holds ${MOST_COLLECTED} incidents at most` : `${text} incidents`;
    const button = make("button", { type: "button", text, title, disabled: isTooMany, "data-is": "collect-all" });
    button.addEventListener("click", () => {
      this.take([...incidents], !isIn);
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
      this.host.options.onNote?.(row, field.value);
    });
    return { button, note: make("p", { class: "tm-noted" }, field) };
  }
}
