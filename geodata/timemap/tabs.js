// @ts-check
// Tabs over one panel, as the ARIA pattern has them: one of them is in the order of Tab, arrow keys lead to the others.

import { focusedBeside, make } from "./dom.js";

let rows = 0; // of tabs made, each with ids of its own

export class Tabs {
  /**
   * @param {HTMLElement} body what the chosen tab shows
   * @param {(name: string) => void} choose
   */
  constructor(body, choose) {
    this.body = body;
    this.choose = choose;
    this.id = `tm-tabs-${(rows += 1)}`;
    this.element = make("div", { class: "tm-tabs", role: "tablist", "aria-label": "Panel" });
    Object.assign(body, { id: `${this.id}-body`, role: "tabpanel", tabIndex: 0 });
    this.element.addEventListener("keydown", (event) => this.key(event));
  }

  /**
   * @param {[name: string, text: string][]} tabs
   * @param {string | null} chosen
   */
  draw(tabs, chosen) {
    const buttons = tabs.map(([name, text]) => {
      const isChosen = name === chosen;
      const is = { role: "tab", "aria-selected": String(isChosen), "aria-controls": this.body.id };
      const known = { id: `${this.id}-${name}`, "data-is": `tab-${name}`, tabindex: isChosen ? 0 : -1 };
      return make("button", { type: "button", text, ...is, ...known, onclick: () => this.choose(name) });
    });
    this.element.replaceChildren(...buttons);
    this.body.setAttribute("aria-labelledby", `${this.id}-${chosen}`);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const tabs = /** @type {HTMLElement[]} */ ([...this.element.children]);
    const at = tabs.indexOf(/** @type {HTMLElement} */ (focusedBeside(this.element)));
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const next = tabs[(to + tabs.length) % tabs.length];
    next.focus(); // which it keeps when the tabs are drawn again
    next.click();
  }
}
