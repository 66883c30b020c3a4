// @ts-check
// What the map says of reports: beside the pointer, in a popup, and in the panel.

import { spoken } from "./days.js";
import { make, plural } from "./dom.js";
import { slices } from "./marks.js";

/** @import { Detail, Item, MapHost, Options, Row, Rows } from "./types" */
/** @import { Table } from "./table.js" */
/** @typedef {Omit<Detail, "place"> & { place: string }} Told */

const MOST_LISTED = 60; // reports that one popup lists

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

  /** @param {Row} row */
  categoryOf(row) {
    const { categories, codes } = this.host.colouring;
    return categories[codes[row]];
  }

  /**
   * Of a large table only what its columns hold.
   * @param {Row} row
   * @returns {Told}
   */
  detail(row) {
    const known = this.options.details?.[row];
    if (known) return { ...known, place: this.host.nameOf(known.place) };
    const { first, last, columns, flags, bit } = this.table;
    const isOneDay = first[row] === last[row];
    return {
      title: `Report ${row + 1}`,
      place: this.placeOf(row),
      date: isOneDay ? spoken(first[row]) : `${spoken(first[row])} – ${spoken(last[row])}`,
      who: this.categoryOf(row).name,
      standing: "",
      document: this.options.documents[columns.source[row]] ?? "",
      paragraphs: "",
      incident: row,
      coordinates: flags[row] & bit.added ? "not in the table" : "",
    };
  }

  /** @param {Row} row */
  placeOf(row) {
    const { details, areas } = this.options;
    return this.host.nameOf(details?.[row]?.place ?? areas?.[this.table.areaOf[row]] ?? "");
  }

  /**
   * The place of reports that stand together, and how many more are there.
   * @param {{ rows: Row[], places: number }} item
   * @param {string} unnamed
   */
  placesOf({ rows, places }, unnamed = "") {
    return `${this.placeOf(rows[0]) || unnamed}${nearby(places)}`;
  }

  /**
   * Beside the pointer.
   * @param {Row[]} rows
   * @param {number} places
   */
  brief(rows, places = 1) {
    const first = this.detail(rows[0]);
    if (rows.length === 1) {
      const faint = first.coordinates ? [first.document, withCoordinates(first)] : [first.document];
      return [
        make("strong", { text: first.title }),
        make("div", { text: [first.place, first.date].filter(Boolean).join(" · ") }),
        make("div", { text: withStanding(first, " (", ")") }),
        ...faint.map((text) => make("div", { class: "tm-faint", text })),
      ];
    }
    return [
      make("strong", { text: `${first.place || "Here"}${nearby(places)}` }),
      make("div", { text: plural(rows.length, "report") }),
      make("div", { class: "tm-faint", text: this.tally(rows) }),
      make("div", { class: "tm-faint", text: "Click to list them" }),
    ];
  }

  /**
   * How many reports of each category.
   * @param {Rows} rows
   */
  tally(rows) {
    const { categories, codes } = this.host.colouring;
    const counts = new Map();
    for (const { code, count } of slices(this.table, rows, codes)) counts.set(code, (counts.get(code) ?? 0) + count);
    return [...counts]
      .map(([code, count]) => `${categories[code].letter} ${categories[code].name} ${count}`)
      .join(" · ");
  }

  /**
   * The list of what was clicked.
   * @param {Item} item
   * @param {string} near where it lies by the towns of the base map, or blank
   */
  cards(item, near) {
    const { rows, places, kind } = item;
    const title = {
      cell: `${plural(rows.length, "report")} here, the nearest first`,
      area: `Somewhere in ${this.placeOf(rows[0])}`,
      mark: this.placesOf(item),
    }[kind];
    const ordered = kind === "cell" ? rows : [...rows].sort((a, b) => a - b);
    const buttons = ordered.slice(0, MOST_LISTED).map((row) => this.card(row, places > 1));
    const more =
      rows.length > MOST_LISTED ? ` The first ${MOST_LISTED} are listed: zoom in or filter for the others.` : "";
    const said = `${plural(rows.length, "report")}; choose one for its incident's card.${more}`;
    const note = rows.length > 1 ? make("p", { class: "tm-faint", text: said }) : null;
    const beside = near ? make("p", { class: "tm-faint", text: `On the base map: ${near}` }) : null;
    return make("div", { class: "tm-cards" }, make("h2", { text: title }), beside, note, ...buttons);
  }

  /**
   * @param {Row} row
   * @param {boolean} isPlaced whether it names its place, as where several stand together
   */
  card(row, isPlaced) {
    const detail = this.detail(row);
    const { colour, letter, name } = this.categoryOf(row);
    const lines = [
      [isPlaced ? detail.place : "", detail.date].filter(Boolean).join(" · "),
      withStanding(detail, " — ", ""),
      [detail.document, detail.paragraphs].filter(Boolean).join(", "),
    ];
    if (detail.coordinates) lines.push(withCoordinates(detail));
    const spans = lines.map((text) => make("span", { class: "tm-meta", text }));
    return make(
      "button",
      { type: "button", class: "tm-report", "data-row": row, onclick: () => this.host.choose(row) },
      make("span", { class: "tm-badge", text: letter, style: `--colour:${colour}`, title: name }),
      make("span", {}, make("strong", { text: detail.title }), ...spans),
    );
  }
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
