// @ts-check
// Areas that no disc can show, named above the map.

import { make, plural } from "./dom.js";

/** @import { Area } from "./types" */

const MOST = 12; // areas with a button, those of most reports

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
    const buttons = areas.slice(0, MOST).map((area, at) => {
      const kind = { type: "button", class: area.chosen ? "tm-chosen" : "" };
      return make("button", { ...kind, text: this.name(area), onclick: () => this.choose(this.areas[at]) });
    });
    const [before, after] = [areas.length ? "Somewhere in:" : "", this.rest];
    const words = [before, after].map((text) => (text ? [make("span", { text })] : []));
    this.element.replaceChildren(...words[0], ...buttons, ...words[1]);
  }

  /** How many areas have no button: the list of marks has them. */
  get rest() {
    const more = this.areas.length - MOST;
    return more > 0 ? `and ${more.toLocaleString("en")} more in the list of marks` : "";
  }

  /** The same as a sentence; blank where there is none. */
  get sentence() {
    const names = this.areas.slice(0, MOST).map((area) => this.name(area));
    const more = this.areas.length - MOST;
    if (more > 0) names.push(`${plural(more, "other area")}`);
    return names.length ? `Somewhere in: ${names.join(", ")}.` : "";
  }
}
