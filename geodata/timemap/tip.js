// @ts-check
// The few words beside the pointer.

import { make } from "./dom.js";

const APART = 14; // pixels from the pointer

export class Tip {
  constructor() {
    this.element = make("div", { class: "tm-tip", role: "tooltip", hidden: true });
  }

  /**
   * @param {Node[]} content
   * @param {number} x pixels from the map's left edge
   * @param {number} y and from its upper edge
   * @param {{ left: boolean, above: boolean }} side to which it stands
   */
  show(content, x, y, { left, above }) {
    this.element.replaceChildren(...content);
    this.element.hidden = false;
    const moved = `translate(${x + (left ? -APART : APART)}px, ${y}px)`;
    this.element.style.transform = `${moved} translate(${left ? "-100%" : "0"}, ${above ? "-100%" : "0"})`;
  }

  hide() {
    this.element.hidden = true;
  }
}
