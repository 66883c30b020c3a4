// @ts-check
// A divider of what lies one over the other: two maps, or pictures and the land. To its right the upper one is seen.
// Moved by pointer or arrow keys.

import { make } from "./dom.js";

/** @type {Record<string, number>} */
const WAYS = { ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5, Home: -100, End: 100 };

export class Divider {
  /**
   * @param {HTMLElement} frame holds both
   * @param {HTMLElement} over what lies above
   * @param {{ label: string, side: string }} words what it parts, and what its share is of
   */
  constructor(frame, over, words = { label: "Divider between the two maps", side: "first map" }) {
    this.frame = frame;
    this.over = over;
    this.words = words;
    this.share = 50;
    const role = { role: "slider", tabindex: "0", "aria-label": words.label };
    const range = { "aria-orientation": "horizontal", "aria-valuemin": "0", "aria-valuemax": "100" };
    const handle = make("span", { "aria-hidden": "true", text: "◂▸" });
    this.element = make("div", { class: "tm-divider", ...role, ...range }, handle);
    this.element.addEventListener("pointerdown", (event) => this.grab(event));
    this.element.addEventListener("keydown", (event) => {
      if (!(event.key in WAYS)) return;
      event.preventDefault();
      this.move(this.share + WAYS[event.key]);
    });
    frame.append(this.element);
    this.move(50);
  }

  /** @param {number} share percent of the width, from the left edge */
  move(share) {
    this.share = Math.max(0, Math.min(100, share));
    this.over.style.clipPath = `inset(0 0 0 ${this.share}%)`;
    this.element.style.left = `${this.share}%`;
    this.element.setAttribute("aria-valuenow", String(Math.round(this.share)));
    this.element.setAttribute("aria-valuetext", `${this.words.side} ${Math.round(this.share)} percent of the width`);
  }

  /** @param {PointerEvent} event */
  grab(event) {
    event.preventDefault();
    this.element.focus();
    this.element.setPointerCapture(event.pointerId);
    const move = (/** @type {PointerEvent} */ moved) => {
      const box = this.frame.getBoundingClientRect();
      this.move(((moved.clientX - box.left) / box.width) * 100);
    };
    const release = () => {
      this.element.removeEventListener("pointermove", move);
      this.element.removeEventListener("lostpointercapture", release);
    };
    this.element.addEventListener("pointermove", move);
    this.element.addEventListener("lostpointercapture", release);
  }

  destroy() {
    this.over.style.clipPath = "";
    this.element.remove();
  }
}
