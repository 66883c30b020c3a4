// @ts-check
// The panel at the side of the map, or at its foot on a phone: the list of marks, or the reports of a crowded one.

import { focusedBeside, make } from "./dom.js";

export class Panel {
  /** @param {HTMLElement} map takes the focus where what opened the panel is gone */
  constructor(map) {
    this.map = map;
    this.element = make("div", { class: "tm-list", hidden: true });
    /** @type {HTMLElement | null} */
    this.opener = null;
    const said = { text: "List marks", title: "List the marks in view (L)", "aria-expanded": "false" };
    this.lister = make("button", { type: "button", ...said }); // opens the list of marks
  }

  /** Whether it holds the list of marks. */
  get isListing() {
    return this.lister.getAttribute("aria-expanded") === "true";
  }

  /** @param {HTMLElement} content */
  open(content) {
    this.opener = focusedBeside(this.map);
    const act = { onclick: () => this.close() };
    const close = make("button", { type: "button", class: "tm-close", "aria-label": "Close list", text: "×", ...act });
    this.element.replaceChildren(close, content);
    this.element.hidden = false;
    this.element.scrollTop = 0;
    const first = /** @type {HTMLElement | null} */ (this.element.querySelector(".tm-report, .tm-jump"));
    first?.focus({ preventScroll: true });
  }

  /**
   * Opens the list of marks.
   * @param {{ text: string, choose: () => void }[]} marks
   */
  list(marks) {
    const buttons = marks.map(({ text, choose }) => {
      const chosen = () => {
        this.lister.setAttribute("aria-expanded", "false");
        choose();
      };
      return make("button", { type: "button", class: "tm-jump", text, onclick: chosen });
    });
    const title = marks.length ? "Marks in view" : "No mark in view";
    this.open(make("div", {}, make("h2", { text: title }), ...buttons));
    this.lister.setAttribute("aria-expanded", "true");
  }

  close() {
    if (this.element.hidden) return;
    const isWithin = this.element.contains(focusedBeside(this.map));
    this.element.hidden = true;
    this.lister.setAttribute("aria-expanded", "false");
    if (!isWithin) return;
    const isThere = this.opener?.isConnected && !this.element.contains(this.opener);
    (isThere && this.opener ? this.opener : this.map).focus({ preventScroll: true });
  }
}
