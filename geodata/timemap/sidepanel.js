// @ts-check
// The panel beside the map, a sheet from below on a phone: the card of the open incident, and lists of what is shown.

import { cardAtOnce, cardContent } from "./card.js";
import { cardHead } from "./cardhead.js";
import { focusedBeside, make } from "./dom.js";
import { panelGrip } from "./grip.js";
import { Here } from "./here.js";
import { PanelLists } from "./panellists.js";
import { Tabs } from "./tabs.js";

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
    this.naming = ""; // of the card's places
    this.asked = 0; // cards asked for: of those on their way the last counts
    this.fault = ""; // why the card is not whole
    this.look = ""; // the colours and the names of the card that is drawn
    this.note = make("p", { class: "tm-note", text: LEFT_OUT, hidden: true });
    this.head = make("div", { class: "tm-head" });
    this.body = make("div", { class: "tm-panel-body" });
    this.tabs = new Tabs(this.body, (view) => this.open(/** @type {View} */ (view), false));
    this.lists = new PanelLists(host, { head: this.head, body: this.body, changed: () => this.refresh() });
    const close = make("button", { type: "button", class: "tm-close", "aria-label": "Close panel", text: "×" });
    close.addEventListener("click", () => this.close());
    this.grip = panelGrip(host.root);
    const top = make("div", { class: "tm-panel-top" }, this.tabs.element, close);
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
    this.loadCard(row);
    this.open("card", isAsked);
  }

  /**
   * What the browser has of the card, and the whole of it as soon as it is here, unless another is asked for meanwhile.
   * @param {Row} row
   */
  async loadCard(row) {
    const { options, naming, listed, views } = this.host;
    const number = (this.asked += 1);
    this.naming = naming;
    this.fault = "";
    const known = this.host.far ? null : listed.ofIncident(row).map((each) => views[0].reports.detail(each));
    this.card = known && cardAtOnce(known);
    const found = await options.loadCard(row, naming).catch((/** @type {Error} */ error) => error);
    if (number !== this.asked || this.row !== row) return;
    if (found instanceof Error) this.fault = `Not all of it is here: ${found.message}`;
    else this.card = found;
    if (this.view === "card") this.draw();
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
    /** @type {HTMLElement | null} */ (first ?? this.tabs.element.querySelector("[aria-selected=true]"))?.focus({
      preventScroll: true,
    });
  }

  /** Nothing is told of a place that no link can name: it could not be opened again. */
  tell() {
    const { view, here } = this;
    const place = here?.text ? `-${here.text}` : "";
    const isUntold = view === null || (!place && (view === "card" || view === "here"));
    this.host.options.onPanel?.(isUntold ? null : `${view}${place}`);
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
    const { colouring, naming } = this.host;
    if (this.row !== null && naming !== this.naming) this.loadCard(this.row);
    const { card } = this;
    if (this.view !== "card" || card === null || `${colouring.key} ${naming}` !== this.look) this.draw();
    else {
      this.keepingFocus(() => {
        this.drawTabs();
        this.drawHead(card);
      });
    }
  }

  /** The maps show another part of the world. */
  followMaps() {
    if (this.view === "marks") this.draw();
  }

  draw() {
    this.keepingFocus(() => {
      this.drawTabs();
      if (this.view === "card") this.drawCard();
      else this.lists.draw(this.view, this.here);
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
    const instead = /** @type {HTMLElement | null} */ (
      this.element.querySelector('[role="tab"][aria-selected="true"]')
    );
    (again ?? instead)?.focus({ preventScroll: true });
  }

  drawTabs() {
    const [shown, unshown] = [this.host.shown, this.host.far ? this.host.far.unshown : this.host.listed.unseen];
    /** @type {[View, string, boolean][]} */
    const tabs = [
      ["card", "Card", this.row !== null],
      ["here", "Here", this.here !== null || Boolean(this.host.far?.list.box)],
      ["marks", "Marks", true],
      ["reports", `Reports ${shown.toLocaleString("en")}`, true],
      ["unmapped", `Not on the map ${unshown.toLocaleString("en")}`, true],
      ["collected", "Collection", this.view === "collected" || this.host.collected.rows.length > 0],
    ];
    const offered = tabs.filter(([, , isOffered]) => isOffered);
    this.tabs.draw(
      offered.map(([view, text]) => [view, text]),
      this.view,
    );
  }

  drawCard() {
    const { card, host } = this;
    if (card === null) {
      this.head.replaceChildren();
      this.body.replaceChildren(make("p", { class: "tm-faint", text: "Asking …" }));
      return;
    }
    const { categories, codes } = host.colouring;
    const colourOf = (/** @type {Telling} */ { rows }) => categories[codes[rows[0]]]?.colour ?? UNKNOWN;
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
    const fault = this.fault ? [make("p", { class: "tm-faint", text: this.fault })] : [];
    this.head.replaceChildren(...cardHead(this.host, card, this.row, () => this.refresh()), ...fault);
    this.note.hidden = true;
    if (this.host.far) return; // the server alone knows what of an incident is shown
    const shown = new Set(this.host.listed.shown());
    this.note.hidden = this.host.listed.ofIncident(this.row).some((row) => shown.has(row));
  }
}
