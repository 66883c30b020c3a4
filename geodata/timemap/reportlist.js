// @ts-check
// Lists of reports in the panel: sorted, in groups, a part at a time; a click anywhere on a row opens its incident.

import { make } from "./dom.js";

/** @import { Row } from "./types" */
/** @import { Reports } from "./reports.js" */

const PART = 200; // rows that are drawn at a time
const MOST_SORTED = 20_000; // rows; more are listed by date alone, for their words stay on the server

/** @typedef {"date" | "place" | "who"} Order */

/**
 * What a list asks: `tick` gives the box beside a row, nothing where no row can be collected.
 * @typedef {object} ListHost
 * @property {(row: Row) => void} choose
 * @property {(row: Row) => boolean} isChosen
 * @property {(row: Row) => boolean} isCollected
 * @property {(row: Row, title: string) => Node | null} tick
 */

/** @type {Record<Order, string>} */
const ORDERS = { date: "Date", place: "Place", who: "Who claims it" };

export class ReportList {
  /**
   * @param {Reports} reports
   * @param {ListHost} host
   */
  constructor(reports, host) {
    this.reports = reports;
    this.host = host;
    /** @type {Order} */
    this.order = "date";
    this.most = PART;
    /** @type {{ title: string, rows: Row[] }[]} */
    this.groups = [];
    this.look = "";
    const orders = Object.entries(ORDERS).filter(([order]) => order !== "who" || reports.knowsWho);
    const options = orders.map(([value, text]) => make("option", { value, text }));
    this.sorter = make("select", { "aria-label": "Order of the list" }, ...options);
    this.sorter.addEventListener("change", () => {
      this.order = /** @type {Order} */ (this.sorter.value);
      this.draw();
    });
    this.sorting = make("label", { class: "tm-sorter" }, "Order ", this.sorter);
    this.body = make("div", { class: "tm-rows" });
    this.element = make("div", {}, this.sorting, this.body);
  }

  /**
   * @param {{ title: string, rows: Row[] }[]} groups each with a head, blank for none
   * @param {string} look another when the rows are drawn in other colours or names
   */
  show(groups, look) {
    if (look === this.look && areSame(groups, this.groups)) {
      this.retick();
      return;
    }
    this.look = look;
    this.groups = groups;
    this.most = PART;
    this.sorting.hidden = this.count < 2 || this.count > MOST_SORTED;
    this.draw();
  }

  /** How many rows it lists. */
  get count() {
    return this.groups.reduce((sum, { rows }) => sum + rows.length, 0);
  }

  /** The order in which the rows stand: the one chosen, where there are not too many. */
  get standing() {
    return this.count > MOST_SORTED ? "date" : this.order;
  }

  draw() {
    /** @type {HTMLElement[]} */
    const drawn = [];
    let room = this.most;
    for (const { title, rows } of this.groups) {
      if (title) drawn.push(make("h3", { text: title }));
      if (!rows.length) drawn.push(make("p", { class: "tm-faint", text: "None." }));
      for (const [head, part] of this.parts(rows)) {
        if (room <= 0) break;
        if (head) drawn.push(make("h4", { text: `${head} · ${part.length}` }));
        for (const row of part.slice(0, room)) drawn.push(this.line(row));
        room -= part.length;
      }
    }
    const left = this.count - this.most;
    if (left > 0) drawn.push(this.onward(left));
    this.body.replaceChildren(...drawn);
  }

  /** @param {number} left */
  onward(left) {
    const text = `Show ${Math.min(left, PART).toLocaleString("en")} more of ${left.toLocaleString("en")}`;
    const more = () => {
      this.most += PART;
      this.draw();
    };
    return make("button", { type: "button", class: "tm-more", text, onclick: more });
  }

  /**
   * The rows in the order in which they stand, in groups with a head where they are grouped.
   * @param {Row[]} rows
   * @returns {[string, Row[]][]}
   */
  parts(rows) {
    const order = this.standing;
    return order === "date" ? [["", rows]] : grouped(rows, order, this.reports);
  }

  /** @param {Row} row */
  line(row) {
    const line = this.reports.card(row, this.standing !== "place", () => this.host.choose(row));
    if (this.host.isChosen(row)) line.setAttribute("aria-current", "true");
    return ticked(line, this.host.tick(row, line.querySelector("strong")?.textContent ?? ""));
  }

  /** The collection is another: the ticks of the rows that stand here follow. */
  retick() {
    for (const box of this.body.querySelectorAll("input[data-tick]")) {
      const tick = /** @type {HTMLInputElement} */ (box);
      tick.checked = this.host.isCollected(Number(tick.dataset.tick));
    }
  }

  /** The incident that is open is another: its rows are told apart, and the first is brought into view. */
  mark() {
    /** @type {HTMLElement | null} */
    let first = null;
    for (const line of /** @type {NodeListOf<HTMLElement>} */ (this.body.querySelectorAll(".tm-report"))) {
      const isChosen = this.host.isChosen(Number(line.dataset.row));
      if (isChosen) line.setAttribute("aria-current", "true");
      else line.removeAttribute("aria-current");
      if (isChosen) first ??= line;
    }
    first?.scrollIntoView({ block: "nearest" });
  }
}

/**
 * A line of a list with the box to tick beside it, where there is one.
 * @param {HTMLElement} line
 * @param {Node | null} tick
 */
export function ticked(line, tick) {
  return tick ? make("div", { class: "tm-line" }, tick, line) : line;
}

/**
 * @param {{ title: string, rows: Row[] }[]} groups
 * @param {{ title: string, rows: Row[] }[]} others
 */
function areSame(groups, others) {
  return (
    groups.length === others.length &&
    groups.every(({ title, rows }, at) => {
      const other = others[at];
      return (
        title === other.title && rows.length === other.rows.length && rows.every((row, i) => row === other.rows[i])
      );
    })
  );
}

/**
 * The rows by place or by who claims it, each group under its head, in the order of the alphabet.
 * @param {Row[]} rows
 * @param {"place" | "who"} order
 * @param {Pick<Reports, "placeOf" | "detail">} reports
 * @returns {[string, Row[]][]}
 */
export function grouped(rows, order, reports) {
  /** @type {Map<string, Row[]>} */
  const groups = new Map();
  for (const row of rows) {
    const name =
      order === "place" ? reports.placeOf(row) || "No place named" : reports.detail(row).who || "No claimant known";
    const known = groups.get(name);
    if (known) known.push(row);
    else groups.set(name, [row]);
  }
  return [...groups].sort(([a], [b]) => a.localeCompare(b));
}
