// @ts-check
// The panel beside the map, a sheet from below on a phone: the card of the open incident, and lists of what is shown.

import { cardAtOnce, cardContent } from "./card.js";
import { cardHead, onBaseMap } from "./cardhead.js";
import { focusedBeside, make, plural } from "./dom.js";
import { panelGrip } from "./grip.js";
import { Here } from "./here.js";
import { ReportList } from "./reportlist.js";

/** @import { IncidentCard, Item, Row, Telling } from "./types" */
/** @import { Timemap } from "./timemap.js" */

/** @typedef {"card" | "here" | "marks" | "reports" | "unmapped" | "collected"} View */

const LISTS = ["marks", "reports", "unmapped", "collected"]; // views that need no row
const UNKNOWN = "#9aa5b1"; // of a telling whose rows are not known yet
const LEFT_OUT = "None of these reports is among those shown: the dates or the filters leave them out.";
const ROOM_IS_MADE = 200; // milliseconds in which the maps hear of their new width

export class SidePanel {
  /** @param {Timemap} host */
  constructor(host) {
    this.host = host;
    /** @type {View | null} null while it is closed */
    this.view = null;
    this.isMakingRoom = false; // it has just been opened or closed
    /** @type {Row | null} of the incident whose card is open */
    this.row = null;
    /** @type {Here | null} what was clicked */
    this.here = null;
    /** @type {IncidentCard | null} */
    this.card = null;
    /** @type {HTMLElement | null} what had the focus before */
    this.opener = null;
    this.list = new ReportList(host.views[0].reports, {
      choose: (row) => host.choose(row),
      isChosen: (row) => host.selected.has(row),
      isCollected: (row) => host.collected.has(row),
      tick: (row, title) => (host.collected.isOffered ? host.collected.tick(row, title, () => this.refresh()) : null),
    });
    this.look = ""; // the colours and the names of the card that is drawn
    this.note = make("p", { class: "tm-note", text: LEFT_OUT, hidden: true });
    this.tabs = make("div", { class: "tm-tabs", role: "tablist", "aria-label": "Panel" });
    this.head = make("div", { class: "tm-head" });
    this.body = make("div", { class: "tm-panel-body", role: "tabpanel" });
    const close = make("button", { type: "button", class: "tm-close", "aria-label": "Close panel", text: "×" });
    close.addEventListener("click", () => this.close());
    this.grip = panelGrip(host.root);
    const top = make("div", { class: "tm-panel-top" }, this.tabs, close);
    this.element = make("aside", { class: "tm-panel", hidden: true }, this.grip, top, this.head, this.body);
    this.element.setAttribute("aria-label", "Card and lists");
  }

  // --- opening and closing -------------------------------------------------------------------------------------------

  /**
   * @param {View} view
   * @param {boolean} [isAsked] the reader asks for it, who then has the focus there
   */
  open(view, isAsked = true) {
    if (this.view === null) this.opener = focusedBeside(this.host.root);
    this.view = view;
    this.element.hidden = false;
    this.makeRoom(true, isAsked);
    this.draw();
    this.tell();
    if (isAsked) this.focus();
  }

  /** @param {Item} item the reports of a mark or an area, as a list or as the one card */
  openItem(item) {
    this.here = Here.of(this.host, item);
    this.open("here");
  }

  /**
   * Opens the card of a row's incident: at once with what the browser has, whole as soon as it is here.
   * @param {Row} row
   * @param {boolean} [isAsked]
   */
  openCard(row, isAsked = true) {
    this.row = row;
    const { options, naming } = this.host;
    this.card = cardAtOnce(this.host.listed.ofIncident(row).map((each) => this.host.views[0].reports.detail(each)));
    this.open("card", isAsked);
    options
      .loadCard(row, naming)
      .then((card) => {
        if (this.row !== row) return;
        this.card = card;
        if (this.view === "card") this.draw();
      })
      .catch((/** @type {Error} */ error) => {
        const text = `Not all of it is here: ${error.message}`;
        if (this.row === row) this.head.append(make("p", { class: "tm-faint", text }));
      });
  }

  /** @param {boolean} [isAsked] the reader does it, for whom the map stays where it is */
  close(isAsked = true) {
    if (this.view === null) return;
    const isWithin = this.element.contains(focusedBeside(this.host.root));
    const wasCard = this.row !== null;
    this.view = null;
    this.row = null;
    this.here = null;
    this.element.hidden = true;
    this.makeRoom(false, isAsked);
    this.tell();
    if (wasCard) this.host.choose(null);
    const before = this.opener?.isConnected ? this.opener : this.host.views[0].box;
    if (isWithin) before.focus({ preventScroll: true });
  }

  /**
   * The panel stands beside the maps, or no longer.
   * @param {boolean} isBeside
   * @param {boolean} isAsked the reader did it, for whom the maps keep their place
   */
  makeRoom(isBeside, isAsked) {
    const { root } = this.host;
    if (root.classList.contains("tm-beside") === isBeside) return;
    this.isMakingRoom = isAsked;
    root.classList.toggle("tm-beside", isBeside);
    setTimeout(() => (this.isMakingRoom = false), ROOM_IS_MADE);
  }

  /**
   * Opens a list, or closes it where it is open.
   * @param {View} view
   */
  toggle(view) {
    if (this.view === view) this.close();
    else this.open(view);
  }

  /** What lies over the maps and beside them is closed, wherever the focus is. */
  escape() {
    for (const view of this.host.views) {
      view.pointing.leave();
      view.map.closePopup();
    }
    this.close();
  }

  /** The host has chosen other rows, as after Back: the card follows. */
  follow() {
    const [first] = this.host.selected;
    if (first === undefined) {
      if (this.view === "card") this.close(false);
      this.row = null;
    } else if (this.row === null || !this.host.selected.has(this.row)) this.openCard(first, false);
  }

  focus() {
    const first = this.view === "card" ? this.head.querySelector("h2") : this.body.querySelector("button");
    /** @type {HTMLElement | null} */ (first ?? this.tabs.querySelector("[aria-selected=true]"))?.focus({
      preventScroll: true,
    });
  }

  tell() {
    const { view, here } = this;
    const place = here?.text ? `-${here.text}` : "";
    this.host.options.onPanel?.(view === null || (view === "card" && !place) ? null : `${view}${place}`);
  }

  /**
   * As a link has it.
   * @param {string} panel blank: the card of what is chosen, nothing where nothing is
   */
  restore(panel) {
    const [view, place = ""] = (panel || "card").split("-");
    this.here = Here.read(this.host, place);
    const isThere = view === "card" ? this.row !== null : view === "here" ? this.here !== null : LISTS.includes(view);
    if (isThere) this.open(/** @type {View} */ (view), false);
    else if (this.row === null) this.close(false);
  }

  // --- what it shows -------------------------------------------------------------------------------------------------

  /** Window, filters, names or colours are others: what it tells follows. */
  refresh() {
    if (this.view === null) return;
    const look = `${this.host.colouring.key} ${this.host.naming}`;
    if (this.view !== "card" || this.card === null) this.draw();
    else if (this.row !== null && look !== this.look) this.openCard(this.row, false);
    else {
      const { card } = this;
      this.keepingFocus(() => {
        this.drawTabs();
        this.drawHead(card);
      });
    }
  }

  draw() {
    this.keepingFocus(() => {
      this.drawTabs();
      if (this.view === "card") this.drawCard();
      else this.drawList();
    });
  }

  /**
   * Runs `draw`; what had the focus has it after that, too, though it is another element.
   * @param {() => void} draw
   */
  keepingFocus(draw) {
    const focused = focusedBeside(this.host.root);
    const was = this.element.contains(focused) ? focused?.dataset.is : undefined;
    draw();
    if (!was) return;
    const again = /** @type {HTMLElement | null} */ (this.element.querySelector(`[data-is="${was}"]`));
    again?.focus({ preventScroll: true });
  }

  drawTabs() {
    const { unplaced, undated } = this.host.listed.unshown();
    const [shown, unshown] = [this.host.shown, unplaced.length + undated.length];
    /** @type {[View, string][]} */
    const tabs = [
      ...(this.row === null ? [] : [/** @type {[View, string]} */ (["card", "Card"])]),
      ...(this.here === null ? [] : [/** @type {[View, string]} */ (["here", "Here"])]),
      ["marks", "Marks"],
      ["reports", `Reports ${shown.toLocaleString("en")}`],
      ["unmapped", `Not on the map ${unshown.toLocaleString("en")}`],
      ...(this.host.collected.rows.length ? [/** @type {[View, string]} */ (["collected", "Collection"])] : []),
    ];
    const buttons = tabs.map(([view, text]) => {
      const is = { role: "tab", "aria-selected": String(view === this.view), "data-is": `tab-${view}` };
      return make("button", { type: "button", text, ...is, onclick: () => this.open(view, false) });
    });
    this.tabs.replaceChildren(...buttons);
  }

  drawCard() {
    const { card, host } = this;
    if (card === null) return;
    const { categories, codes } = host.colouring;
    const colourOf = (/** @type {Telling} */ { rows }) => (rows.length ? categories[codes[rows[0]]].colour : UNKNOWN);
    this.look = `${host.colouring.key} ${host.naming}`;
    this.drawHead(card);
    this.body.replaceChildren(this.note, ...cardContent(card, colourOf));
    this.body.scrollTop = 0;
  }

  /**
   * What stands over a card, and whether it is of what is shown.
   * @param {IncidentCard} card
   */
  drawHead(card) {
    if (this.row === null) return;
    this.head.replaceChildren(...cardHead(this.host, card, this.row, () => this.refresh()));
    const shown = new Set(this.host.listed.shown());
    this.note.hidden = this.host.listed.ofIncident(this.row).some((row) => shown.has(row));
  }

  drawList() {
    const { host, list } = this;
    if (this.view === "marks") {
      const marks = host.views[0].pointing.marks();
      const title = marks.length ? "Marks in view" : "No mark in view";
      this.head.replaceChildren(make("h2", { text: title }));
      this.body.replaceChildren(
        ...marks.map(({ text, choose }) => make("button", { type: "button", class: "tm-jump", text, onclick: choose })),
      );
    } else {
      const groups = this.groups();
      const rows = groups.flatMap((group) => group.rows);
      const all = host.collected.isOffered && rows.length ? host.collected.takeAll(rows, () => this.refresh()) : null;
      this.head.replaceChildren(...this.titled(), ...(all ? [all] : []));
      list.show(groups, `${host.colouring.key} ${host.naming}`);
      if (!list.element.isConnected) this.body.replaceChildren(list.element); // to be put in again takes the focus
      list.mark();
    }
  }

  /** What stands over a list. */
  titled() {
    const { here, host } = this;
    if (this.view === "here" && here) {
      const { item } = here;
      const { reports } = host.views[0];
      const beside = item.rows.length ? onBaseMap(host, item.rows[0]) : [];
      const number = `${plural(item.rows.length, "report")}; choose one for its incident's card.`;
      const gone = "No report here is left by the dates and the filters.";
      const said = make("p", { class: "tm-faint", text: item.rows.length ? number : gone });
      return [make("h2", { text: item.rows.length ? reports.titleOf(item) : "Here" }), ...beside, said];
    }
    /** @type {Record<string, string>} */
    const titles = { reports: "Reports shown", unmapped: "What the map or the window cannot show" };
    return [make("h2", { text: titles[this.view ?? ""] ?? "The collection" })];
  }

  groups() {
    const { host, here } = this;
    if (this.view === "here") return [{ title: "", rows: here?.item.rows ?? [] }];
    if (this.view === "reports") return [{ title: "", rows: host.listed.shown() }];
    if (this.view === "collected") return [{ title: "", rows: host.collected.rows }];
    const { unplaced, undated } = host.listed.unshown();
    return [
      { title: `Without a place that can be known · ${unplaced.length}`, rows: unplaced },
      { title: `Without a date: no window shows them · ${undated.length}`, rows: undated },
    ];
  }
}
