// @ts-check
// Areas that no disc can show, named above the map.

import { make } from "./dom.js";

/** @import { Area } from "./types" */

export class Covering {
  /**
   * @param {object} host
   * @param {(area: Area) => string} host.name the area and its number of reports
   * @param {(area: Area) => void} host.choose
   * @param {() => void} host.changed its size is another
   */
  constructor({ name, choose, changed }) {
    this.name = name;
    this.choose = choose;
    this.changed = changed;
    this.element = make("div", { class: "tm-covering" });
    /** @type {Area[]} */
    this.areas = [];
    this.shown = "";
  }

  /** @param {Area[]} areas */
  show(areas) {
    this.areas = areas;
    const shown = areas.map((area) => `${this.name(area)}${area.chosen ? "*" : ""}`).join("|");
    if (shown === this.shown) return; // it is shown many times a second, and the buttons may have the focus
    this.shown = shown;
    this.changed();
    const buttons = areas.map((area, at) => {
      const kind = { type: "button", class: area.chosen ? "tm-chosen" : "" };
      return make("button", { ...kind, text: this.name(area), onclick: () => this.choose(this.areas[at]) });
    });
    this.element.replaceChildren(...(areas.length ? [make("span", { text: "Somewhere in:" })] : []), ...buttons);
  }

  /** The same as a sentence; blank where there is none. */
  get sentence() {
    return this.areas.length ? `Somewhere in: ${this.areas.map((area) => this.name(area)).join(", ")}.` : "";
  }
}
