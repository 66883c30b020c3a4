// @ts-check
// A large table, whose rows stay on the server: cells of the world, finer ones or rows of a view, and lists of a part
// of the reports with their whole number.

import { entriesOf, groupsOf, spotsOf } from "./cells.js";
import { isoOf } from "./days.js";
import { make, plural } from "./dom.js";
import { Months } from "./months.js";
import { partOf } from "./part.js";
import { unpack } from "./table.js";
import { boxInView, boxOfRows, isInBox } from "./viewbox.js";

/** @import { Bounds, Columns, FarReport, Item, Options, Part } from "./types" */
/** @import { MapView } from "./mapview.js" */
/** @import { Table } from "./table.js" */
/** @import { Timemap } from "./timemap.js" */

const BESIDE = 0.25; // of a view's width and height, asked for beside it: a short drag needs nothing new
const STAYS = 150; // milliseconds for which a view must stay before more of it is asked for
const CANNOT_NOW = 503; // of HTTP: the server cannot answer now
const RETRY_AFTER = 4000; // milliseconds after which what the server could not answer is asked again
const LISTED_AT_ONCE = 24; // reports of a list, more than a screen shows; the rest comes after them
const FINER_FROM = 3; // zoom of the map from which the squares of the world are too coarse

/** @typedef {"spotsIn" | "beginIn" | "areHere" | "reports" | "spans"} OfWindows what is asked of months */
/** @typedef {Pick<Months, OfWindows>} Counted */
/** @typedef {{ columns: Columns, level: number, months: Counted }} Squares */
/** @typedef {{ columns: Columns, level: number, kinds: number, months: Months }} Came from the server, whole */
/** @typedef {{ total: number, reports: FarReport[] }} Listed */

export class Far {
  /**
   * @param {Timemap} host
   * @param {NonNullable<Options["ask"]>} ask
   */
  constructor(host, ask) {
    this.host = host;
    this.ask = ask;
    this.query = ""; // filters and colours, as Python gives them
    /** @type {Map<unknown, AbortController>} what is on its way, by who asked */
    this.waits = new Map();
    this.mapFault = ""; // why a map is not whole
    /** @type {{ query: string, squares: Came, months: Promise<boolean> } | null} what came last of the world */
    this.latest = null;
    this.wanted = ""; // the query whose squares the map is to have
    this.world = /** @type {Squares | null} */ (null);
    /** @type {Map<MapView, { box: string, timer: ReturnType<typeof setTimeout> | undefined }>} */
    this.looks = new Map();
    /** @type {{ kind: string, box: string, title: string }} what the list is of */
    this.list = { kind: "shown", box: "", title: "" };
    /** @type {Listed | null} */
    this.found = null;
    this.counts = { key: "", x: host.table.x, shown: 0, unplaced: 0, polar: 0 };
    this.fault = ""; // why the list is not here
    this.answered = ""; // the query whose answer this is, or that is on its way
  }

  /**
   * The filters or the colours are others: resolves when the squares of the world are here and drawn.
   * What a window needs besides comes later, unless there is one already.
   * @param {string} query
   * @param {Part | null} part where the squares are some of those of another query
   * @param {boolean} hasWindow
   */
  async take(query, part, hasWindow) {
    this.wanted = query;
    if (query === this.query) return;
    const came = await this.whole(part?.whole ?? query);
    if (!came || (hasWindow && !(await came.months)) || this.wanted !== query) return;
    const world = part ? partOf(came.squares, part.codes) : came.squares;
    this.query = query;
    this.world = world;
    this.host.table.replace(world.columns, world);
    for (const view of this.host.views) {
      this.looks.delete(view);
      view.table.replace(world.columns, world);
      this.look(view);
    }
  }

  /**
   * The squares that the server has for a query, asked for unless they came last.
   * @param {string} query
   */
  async whole(query) {
    if (this.latest?.query === query) return this.latest;
    const buffer = await this.asked(this, "cells", query, this.tell);
    if (!buffer) return null;
    const squares = this.squaresOf(buffer);
    this.latest = { query, squares, months: this.takeMonths(query, squares) };
    return this.latest;
  }

  /**
   * @param {ArrayBuffer} buffer
   * @returns {Came}
   */
  squaresOf(buffer) {
    const { columns, level, kinds } = spotsOf(buffer, this.host.table.bit);
    return { columns, level, kinds, months: new Months(groupsOf(buffer, kinds), columns.reports) };
  }

  /**
   * Whether the months of the world are here, once they came.
   * @param {string} query
   * @param {Came} squares
   */
  async takeMonths(query, { months }) {
    const buffer = await this.asked(this, "months", query, this.tell);
    if (!buffer) return false;
    months.take(entriesOf(buffer, months.groups));
    this.host.schedule();
    return true;
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
    if (this.world && known?.box && !isInBox(boxInView(view, 0), known.box.split(" ")[1])) {
      known.box = "";
      view.table.replace(this.world.columns, this.world); // till the finer ones are here
      this.host.schedule();
    }
    const timer = setTimeout(() => this.refine(view), STAYS);
    this.looks.set(view, { box: known?.box ?? "", timer });
  }

  /** @param {MapView} view */
  async refine(view) {
    const { world, query } = this;
    const zoom = view.map.getZoom();
    const known = this.looks.get(view);
    if (!world || !known) return;
    if (zoom < FINER_FROM) {
      if (known.box) view.table.replace(world.columns, world);
      known.box = "";
      this.host.schedule();
      return;
    }
    const shown = boxInView(view, 0);
    const asked = `${zoom} ${known.box.split(" ")[1] ?? ""}`;
    if (known.box === asked && isInBox(shown, known.box.split(" ")[1])) return;
    const box = boxInView(view, BESIDE).join(",");
    known.box = `${zoom} ${box}`;
    /** @param {"cells" | "months"} what of the view, or null where it looks elsewhere by now */
    const ofView = async (what) => {
      const answer = await this.asked(view, what, `${query}&zoom=${zoom}&box=${box}`, this.tell);
      return this.looks.get(view)?.box === `${zoom} ${box}` && query === this.query ? answer : null;
    };
    const buffer = await ofView("cells");
    if (!buffer) return;
    if (!isSquares(buffer)) {
      const { columns, fixed } = unpack(buffer);
      show(view, columns, { details: fixed.details });
      return;
    }
    const { columns, level, kinds, months } = this.squaresOf(buffer);
    if (!this.host.bounds) show(view, columns, { level, months }); // a window needs the months as well
    const came = await ofView("months");
    if (!came) return;
    const groups = groupsOf(came, kinds);
    const ofWindows = new Months(groups, months.totals);
    ofWindows.take(entriesOf(came, groups));
    show(view, columns, { level, months: ofWindows });
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
    };
    this.found = null;
    this.host.panel.open("here");
  }

  /**
   * How many reports a window shows, and of them the map cannot; worked out once for a window.
   * @param {Bounds | null} bounds
   */
  counted(bounds) {
    const { table } = this.host;
    const key = `${table.isCounting(bounds)} ${JSON.stringify(bounds)}`;
    if (this.counts.key === key && this.counts.x === table.x) return this.counts;
    const rows = table.rowsIn(bounds);
    const unplaced = table.apart.filter((row) => table.flags[row] & table.bit.unmapped);
    this.counts = { key, x: table.x, shown: table.number(rows), unplaced: table.number(unplaced), polar: 0 };
    return this.counts;
  }

  /** How many reports the map cannot show. */
  get unshown() {
    return this.counted(this.host.bounds).unplaced;
  }

  /**
   * The reports of a list, as elements; the panel is drawn again once they are here.
   * @param {string} view of the panel
   * @param {() => void} came
   * @returns {{ title: string, lines: HTMLElement[] }}
   */
  lines(view, came) {
    const { list, host } = this;
    const kind = { reports: "shown", unmapped: "unmapped" }[view] ?? list.kind;
    const box = view === "here" ? list.box : "";
    const query = [this.query, `kind=${kind}`, box && `box=${box}`, ...windowOf(host.bounds)].filter(Boolean).join("&");
    if (this.answered !== query) this.request(query, came);
    const title = { reports: "Reports shown", unmapped: "Without a place that can be known" }[view] ?? list.title;
    if (!this.found) return { title, lines: [make("p", { class: "tm-faint", text: this.fault || "Asking …" })] };
    const { total, reports } = this.found;
    const isPart = reports.length < total;
    const of = `${isPart ? `${reports.length.toLocaleString("en")} of ` : ""}${plural(total, "report")}`;
    const more = isPart ? ", the first by day; filters, a window or a closer look leave fewer" : "";
    const said = make("p", { class: "tm-faint", text: `${of}${more}.` });
    return {
      title,
      lines: [said, ...reports.map((report) => host.views[0].reports.farCard(report, () => host.choose(report.row)))],
    };
  }

  /**
   * @param {string} query
   * @param {() => void} came
   */
  async request(query, came) {
    this.answered = query;
    this.found = null;
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

/** @param {Bounds | null} window */
function windowOf(window) {
  if (window === null) return [];
  return [`from=${isoOf(window.first)}`, `to=${isoOf(window.last)}`, ...(window.surely ? ["surely=1"] : [])];
}

/** @param {ArrayBuffer} buffer whether it is of cells.py, or rows of `packed` */
function isSquares(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  return "level" in JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
}
