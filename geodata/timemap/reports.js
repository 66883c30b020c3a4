// @ts-check
// What the map says of reports: beside the pointer and in the panel.

import { spoken } from "./days.js";
import { make, plural } from "./dom.js";
import { slices } from "./marks.js";

/** @import { Category, Detail, FarReport, Item, MapHost, Options, Row, Rows } from "./types" */
/** @import { Table } from "./table.js" */
/** @typedef {Omit<Detail, "place" | "incident"> & { place: string, incident?: Detail["incident"] }} Told */

export class Reports {
  /**
   * @param {MapHost} host
   * @param {Options} options
   * @param {Table} table
   */
  constructor(host, options, table) {
    this.host = host;
    this.options = options;
    this.table = table;
  }

  /** Whether the browser knows who claims each report: of a large table it does not. */
  get knowsWho() {
    return Boolean(this.options.details);
  }

  /** @param {Row} row */
  categoryOf(row) {
    const { colouring } = this.host;
    return colouring.categories[this.table.codes(colouring)[row]];
  }

  /**
   * Of a large table only what its columns hold.
   * @param {Row} row
   * @returns {Told}
   */
  detail(row) {
    const known = (this.table.details ?? this.options.details)?.[row];
    if (known) return { ...known, place: this.host.nameOf(known.place) };
    const { first, last, columns, flags, bit } = this.table;
    const isOneDay = first[row] === last[row];
    return {
      title: `Report ${row + 1}`,
      place: this.placeOf(row),
      date: isOneDay ? spoken(first[row]) : `${spoken(first[row])} – ${spoken(last[row])}`,
      who: "",
      standing: "",
      document: this.options.documents[columns.source[row]] ?? "",
      paragraphs: "",
      incident: row,
      coordinates: flags[row] & bit.added ? "not in the table" : "",
    };
  }

  /** @param {Row} row */
  placeOf(row) {
    const { areas } = this.options;
    const details = this.table.details ?? this.options.details;
    return this.host.nameOf(details?.[row]?.place ?? areas?.[this.table.areaOf[row]] ?? "");
  }

  /**
   * The area that a report is somewhere in, by its name. Squares of a large table have none: it is told by its width,
   * where the table gives one. Its list has the name.
   * @param {Row} row
   */
  nameOfArea(row) {
    const across = Math.round(this.table.radius[row] / 5); // kilometres, of a radius in tenths
    return this.placeOf(row) || (across ? `an area ${across.toLocaleString("en")} km across` : "an area");
  }

  /**
   * The place of reports that stand together, and how many more are there.
   * @param {{ rows: Row[], places: number }} item
   * @param {string} unnamed
   */
  placesOf({ rows, places }, unnamed = "") {
    const isArea = this.table.areaOf[rows[0]] >= 0;
    const name = isArea ? this.nameOfArea(rows[0]) : this.placeOf(rows[0]);
    return `${name || unnamed}${nearby(places)}`;
  }

  /**
   * Beside the pointer.
   * @param {Row[]} rows
   * @param {number} places
   */
  brief(rows, places = 1) {
    const isSquares = this.table.level !== null; // a row is then a number of reports, without a day or a document
    if (rows.length === 1 && !isSquares) {
      const first = this.detail(rows[0]);
      const faint = first.coordinates ? [first.document, withCoordinates(first)] : [first.document];
      return [
        make("strong", { text: first.title }),
        make("div", { text: [first.place, first.date].filter(Boolean).join(" · ") }),
        make("div", { text: withStanding(first, " (", ")") }),
        ...faint.map((text) => make("div", { class: "tm-faint", text })),
      ];
    }
    const number = this.table.number(rows);
    return [
      make("strong", { text: this.placesOf({ rows, places }, "Here") }),
      make("div", { text: plural(number, "report") }),
      make("div", { class: "tm-faint", text: this.tally(rows) }),
      make("div", { class: "tm-faint", text: `Click to list ${number === 1 ? "it" : "them"}` }),
    ];
  }

  /**
   * How many reports of each category.
   * @param {Rows} rows
   */
  tally(rows) {
    const { categories } = this.host.colouring;
    const codes = this.table.codes(this.host.colouring);
    const counts = new Map();
    for (const { code, count } of slices(this.table, rows, codes)) counts.set(code, (counts.get(code) ?? 0) + count);
    return [...counts]
      .map(([code, count]) => `${categories[code].letter} ${categories[code].name} ${count}`)
      .join(" · ");
  }

  /**
   * What was clicked, as the head of its list.
   * @param {Item} item
   */
  titleOf(item) {
    const { rows, kind } = item;
    return {
      cell: `${plural(this.table.number(rows), "report")} here`,
      area: `Somewhere in ${this.placesOf(item)}`,
      mark: this.placesOf(item),
    }[kind];
  }

  /**
   * @param {Row} row
   * @param {boolean} isPlaced whether it names its place
   * @param {() => void} choose
   */
  card(row, isPlaced, choose) {
    return reportCard({ row, detail: this.detail(row), category: this.categoryOf(row), isPlaced }, choose);
  }

  /**
   * Of a large table, whose server has told the report.
   * @param {FarReport} report
   * @param {() => void} choose
   */
  farCard(report, choose) {
    const detail = { ...report, place: this.host.nameOf(report.place) };
    const category = this.host.colouring.categories[report.code];
    return reportCard({ row: report.row, detail, category, isPlaced: true }, choose);
  }
}

/**
 * @param {{ row: Row, detail: Told, category: Category, isPlaced: boolean }} report
 * @param {() => void} choose
 */
function reportCard({ row, detail, category: { colour, letter, name }, isPlaced }, choose) {
  const lines = [
    [isPlaced ? detail.place : "", detail.date].filter(Boolean).join(" · "),
    withStanding(detail, " — ", ""),
    [detail.document, detail.paragraphs].filter(Boolean).join(", "),
  ];
  if (detail.coordinates) lines.push(withCoordinates(detail));
  const spans = lines.filter(Boolean).map((text) => make("span", { class: "tm-meta", text }));
  const is = { class: "tm-report", "data-row": row, "data-is": `report${row}` };
  return make(
    "button",
    { type: "button", ...is, onclick: choose },
    make("span", { class: "tm-badge", text: letter, style: `--colour:${colour}`, title: name }),
    make("span", {}, make("strong", { text: detail.title }), ...spans),
  );
}

/** @param {number} places */
function nearby(places) {
  return places > 1 ? ` and ${plural(places - 1, "place")} nearby` : "";
}

/** @param {Told} detail */
function withCoordinates({ coordinates }) {
  return `Coordinates: ${coordinates}`;
}

/**
 * @param {Told} detail
 * @param {string} before
 * @param {string} after
 */
function withStanding({ who, standing }, before, after) {
  return standing ? `${who}${before}${standing}${after}` : who;
}
