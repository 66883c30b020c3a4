// @ts-check
// A large table, whose rows stay on the server: cells of the world, finer ones or rows of a view, and lists of a part
// of the reports with their whole number.

import { groupsOf, isSquares } from "./cells.js";
import { isoOf } from "./days.js";
import { make, plural } from "./dom.js";
import { Months } from "./months.js";
import { CELL } from "./raster.js";
import { ticked } from "./reportlist.js";
import { unpack } from "./table.js";
import { boxInView, boxOfRows, isInBox } from "./viewbox.js";
import { Windows } from "./windows.js";
import { squaresOf, Worlds } from "./worlds.js";

/** @import { Bounds, Columns, FarReport, Item, Options, Row } from "./types" */
/** @import { MapView } from "./mapview.js" */
/** @import { Table } from "./table.js" */
/** @import { Timemap } from "./timemap.js" */
/** @import { Asked } from "./worlds.js" */

const BESIDE = 0.25; // of a view's width and height, asked for beside it: a short drag needs nothing new
const STAYS = 150; // milliseconds for which a view must stay before more of it is asked for
const CANNOT_NOW = 503; // of HTTP: the server cannot answer now
const RETRY_AFTER = 4000; // milliseconds after which what the server could not answer is asked again
const MOST_LISTED = 200; // reports, as in far.py
const LISTED_AT_ONCE = 16; // reports of a list, as many as a screen shows or more; the rest comes after them
// Zoom of the map from which finer squares than those of the world (WORLD_LEVEL in far.py) are drawn. From zoom 1.6 on
// two of them each way would fill one cell, as one of the world's does; farther out cells would be a third narrower.
const FINER_FROM = 1 + Math.log2(CELL);

/** @type {Record<string, string>} of the lists; that of what was clicked has its own */
const TITLES = { reports: "Reports shown", unmapped: "Without a place that can be known", collected: "The collection" };

/** @typedef {{ total: number, reports: FarReport[] }} Listed */
/** @typedef {{ key: string, x: Float64Array, shown: number, unplaced: number, polar: number }} Counts of a window */

export class Far {
  /**
   * @param {Timemap} host
   * @param {NonNullable<Options["ask"]>} ask
   */
  constructor(host, ask) {
    this.host = host;
    this.ask = ask;
    /** @type {Map<unknown, AbortController>} what is on its way, by who asked */
    this.waits = new Map();
    this.mapFault = ""; // why a map is not whole
    this.worlds = new Worlds(this);
    /** @type {Map<MapView, { box: string, timer: ReturnType<typeof setTimeout> | undefined, windows?: Windows }>} */
    this.looks = new Map();
    /** @type {{ kind: string, box: string, title: string, part: MapView["part"] }} what the list is of, on which map */
    this.list = { kind: "shown", box: "", title: "", part: "" };
    /** @type {Listed | null} */
    this.found = null;
    /** @type {Map<MapView["part"], Counts>} */
    this.counts = new Map();
    this.fault = ""; // why the list is not here
    this.answered = ""; // the query whose answer this is, or that is on its way
  }

  /** Filters and colours of what is shown, as Python gives them. */
  get query() {
    return this.worlds.of[""].query;
  }

  /**
   * The filters, the colours or the sets that are compared are others: resolves when the squares of the world are here
   * and drawn. What a window needs besides comes later, unless there is one already.
   * @param {Asked[]} asked of all that is shown, then of each of two maps
   * @param {Bounds | null} window which is then shown
   */
  async take(asked, window) {
    if (!(await this.worlds.take(asked, window))) return;
    for (const view of this.host.views) {
      const { squares } = this.worlds.of[view.part];
      this.looks.get(view)?.windows?.giveUp();
      this.looks.delete(view);
      if (squares) view.table.replace(squares.columns, squares);
      this.look(view);
    }
  }

  /**
   * Asks in place of what the same asker waits for, which the server then gives up. What the server cannot answer now
   * is told and asked again. Null where there is no answer any more.
   * @param {unknown} asker
   * @param {string} what `cells`, `months` or `listed`
   * @param {string} query
   * @param {(fault: string) => void} tell
   * @returns {Promise<ArrayBuffer | null>}
   */
  async asked(asker, what, query, tell) {
    this.waits.get(asker)?.abort();
    const wait = new AbortController();
    this.waits.set(asker, wait);
    while (!wait.signal.aborted) {
      try {
        const answer = await this.ask(what, query, wait.signal);
        if (wait.signal.aborted) break;
        tell("");
        return answer;
      } catch (error) {
        if (wait.signal.aborted) break;
        const { message, cause } = /** @type {Error} */ (error);
        tell(message);
        if (cause && cause !== CANNOT_NOW) break; // what was asked for is gone: the page will ask for something else
        await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER));
      }
    }
    return null;
  }

  /**
   * What this one waits for is not wanted any more.
   * @param {unknown} asker
   */
  giveUp(asker) {
    this.waits.get(asker)?.abort();
    this.waits.delete(asker);
  }

  /** Nobody looks at these maps any more. */
  leave() {
    for (const wait of this.waits.values()) wait.abort();
  }

  tell = (/** @type {string} */ fault) => {
    if (fault === this.mapFault) return;
    this.mapFault = fault;
    for (const view of this.host.views) view.count.textContent = fault; // which is drawn before the map has colours
    this.host.schedule();
  };

  /**
   * A map looks elsewhere: finer squares, or the rows, of what it shows.
   * @param {MapView} view
   */
  look(view) {
    const known = this.looks.get(view);
    clearTimeout(known?.timer);
    const { squares } = this.worlds.of[view.part];
    if (squares && known?.box && !isInBox(boxInView(view, 0), known.box.split(" ")[1])) {
      known.box = "";
      view.table.replace(squares.columns, squares); // till the finer ones are here
      this.host.schedule();
    }
    const timer = setTimeout(() => this.refine(view), STAYS);
    this.looks.set(view, { box: known?.box ?? "", timer });
  }

  /** @param {MapView} view */
  async refine(view) {
    const world = this.worlds.of[view.part];
    const { squares, query } = world;
    const zoom = view.map.getZoom();
    const known = this.looks.get(view);
    if (!squares || !known) return;
    if (zoom < FINER_FROM) {
      if (known.box) view.table.replace(squares.columns, squares);
      known.box = "";
      this.host.schedule();
      return;
    }
    const shown = boxInView(view, 0);
    const asked = `${zoom} ${known.box.split(" ")[1] ?? ""}`;
    if (known.box === asked && isInBox(shown, known.box.split(" ")[1])) return;
    const box = boxInView(view, BESIDE).join(",");
    known.box = `${zoom} ${box}`;
    known.windows?.giveUp();
    known.windows = undefined;
    const ofView = `${query}&zoom=${zoom}&box=${box}`;
    const looksThere = () => this.looks.get(view)?.box === `${zoom} ${box}` && query === world.query;
    const buffer = await this.asked(view, "cells", ofView, this.tell);
    if (!buffer || !looksThere()) return;
    if (!isSquares(buffer)) {
      const { columns, fixed } = unpack(buffer);
      show(view, columns, { details: fixed.details });
      return;
    }
    const { columns, level, kinds, months } = squaresOf(buffer, this.host.table.bit);
    if (!this.host.bounds) show(view, columns, { level, months }); // a window needs more of them
    const windows = new Windows(this, ofView);
    known.windows = windows;
    const ofWindows = (/** @type {ArrayBuffer} */ came) => new Months(groupsOf(came, kinds), months.totals);
    windows.ask(ofWindows);
    const { bounds } = this.host;
    if (!(await (bounds ? windows.take(bounds) : windows.years)) || !windows.months) return;
    if (looksThere()) show(view, columns, { level, months: windows.months });
  }

  /** More windows can be counted than before. */
  came() {
    if (!this.host.isUnsaid) this.host.schedule();
    else {
      this.host.paint(); // which counts what is told
      this.host.announce();
    }
  }

  /**
   * Lists the reports of what was clicked.
   * @param {Item} item
   * @param {MapView} view
   */
  open(item, view) {
    const kind = item.kind === "area" ? "area" : "place";
    this.list = {
      kind,
      box: boxOfRows(view, item).join(","),
      title: item.kind === "cell" ? "Reports here" : view.reports.titleOf(item),
      part: view.part,
    };
    this.found = null;
    this.answered = ""; // what is clicked again is asked again
    this.host.panel.open("here");
  }

  /**
   * How many reports of the world a window shows on a map, and how many of them it cannot; worked out once a window.
   * @param {Bounds | null} bounds
   * @param {MapView["part"]} part
   */
  counted(bounds, part = "") {
    const { table } = this.worlds.of[part];
    const key = `${table.isCounting(bounds)} ${JSON.stringify(bounds)}`;
    const known = this.counts.get(part);
    if (known?.key === key && known.x === table.x) return known;
    const rows = table.rowsIn(bounds);
    const unplaced = table.apart.filter((row) => table.flags[row] & table.bit.unmapped);
    const found = { key, x: table.x, shown: table.number(rows), unplaced: table.number(unplaced), polar: 0 };
    this.counts.set(part, found);
    return found;
  }

  /** How many reports the map cannot show. */
  get unshown() {
    return this.counted(this.host.bounds).unplaced;
  }

  /**
   * The reports of a list, as elements, and, where none is left out, the first report of each incident; the panel is
   * drawn again once they are here.
   * @param {string} view of the panel
   * @param {() => void} came
   * @returns {{ title: string, lines: HTMLElement[], firsts: Row[] }}
   */
  lines(view, came) {
    const { list, host } = this;
    const isCollection = view === "collected";
    const query = isCollection ? this.queryOfRows(host.collected.rows) : this.queryOf(view);
    if (this.answered !== query) this.request(query, came);
    const title = TITLES[view] ?? list.title;
    const waits = make("p", { class: "tm-faint", text: this.fault || "Asking …" });
    if (!this.found) return { title, lines: [waits], firsts: [] };
    // The collection stands there while what is left of it is asked for.
    const reports = this.found.reports.filter(({ row }) => !isCollection || host.collected.has(row));
    const total = isCollection ? host.collected.rows.length : this.found.total;
    const isPart = reports.length < total;
    const of = `${isPart ? `${reports.length.toLocaleString("en")} of ` : ""}${plural(total, "report")}`;
    const fewer = isCollection ? "" : "; filters, a window or a closer look leave fewer";
    const text = this.fault || `${of}${isPart ? `, the first by day${fewer}` : ""}.`;
    const said = make("p", { class: "tm-faint", text });
    const isFirst = (/** @type {FarReport} */ { incident }, /** @type {number} */ at) =>
      reports.findIndex((one) => one.incident === incident) === at;
    return {
      title,
      lines: [said, ...reports.map((report) => this.line(report, came))],
      firsts: isPart ? [] : reports.filter(isFirst).map(({ row }) => row),
    };
  }

  /**
   * The query of every list but the collection.
   * @param {string} view
   */
  queryOf(view) {
    const { list, host } = this;
    const kind = { reports: "shown", unmapped: "unmapped" }[view] ?? list.kind;
    const box = view === "here" ? list.box : "";
    const { query: filters } = this.worlds.of[view === "here" ? list.part : ""];
    return [filters, `kind=${kind}`, box && `box=${box}`, ...windowOf(host.bounds)].filter(Boolean).join("&");
  }

  /**
   * The query of the collection's list: its first reports, whatever the filters are.
   * @param {Row[]} rows
   */
  queryOfRows(rows) {
    return `${this.query}&rows=${rows.slice(0, MOST_LISTED).join(",")}`;
  }

  /**
   * @param {FarReport} report
   * @param {() => void} changed
   */
  line(report, changed) {
    const { collected, views } = this.host;
    const line = views[0].reports.farCard(report, () => this.host.choose(report.row));
    return ticked(line, collected.isOffered ? collected.tick(report.row, report.title, changed) : null);
  }

  /**
   * @param {string} query
   * @param {() => void} came
   */
  async request(query, came) {
    if (!isOfRows(query) || !isOfRows(this.answered)) this.found = null;
    this.answered = query;
    this.fault = "";
    const tell = (/** @type {string} */ fault) => {
      this.fault = fault && `The list is not here: ${fault}`;
      if (fault) came();
    };
    for (const most of [`&most=${LISTED_AT_ONCE}`, ""]) {
      const answer = await this.asked("list", "listed", query + most, tell);
      if (!answer) return;
      const found = /** @type {Listed} */ (JSON.parse(new TextDecoder().decode(answer)));
      this.found = found;
      came();
      if (found.reports.length === found.total || this.answered !== query) return;
    }
  }
}

/**
 * @param {MapView} view
 * @param {Columns} columns
 * @param {Parameters<Table["replace"]>[1]} about
 */
function show(view, columns, about) {
  view.table.replace(columns, about);
  view.forgetBoxes();
  view.drawLegend();
  view.host.schedule();
}

/** @param {string} query whether it is that of the collection */
const isOfRows = (query) => query.includes("&rows=");

/** @param {Bounds | null} window */
function windowOf(window) {
  if (window === null) return [];
  return [`from=${isoOf(window.first)}`, `to=${isoOf(window.last)}`, ...(window.surely ? ["surely=1"] : [])];
}
