// A divider over two maps of one box: what lies to its right shows the second map. Moved by pointer or arrow keys.

import { make } from "./dom.js";

export class Divider {
  // frame holds both maps; over is the element of the second, which lies above the first.
  constructor(frame, over) {
    this.frame = frame;
    this.over = over;
    this.element = make("div", { class: "tm-divider", role: "slider", tabindex: "0", "aria-label": "Divider between the two maps", "aria-orientation": "horizontal",
      "aria-valuemin": "0", "aria-valuemax": "100" }, make("span", { "aria-hidden": "true", text: "◂▸" }));
    this.element.addEventListener("pointerdown", (event) => this.grab(event));
    this.element.addEventListener("keydown", (event) => {
      const ways = { ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5, Home: -100, End: 100 };
      if (!(event.key in ways)) return;
      event.preventDefault();
      this.move(this.share + ways[event.key]);
    });
    frame.append(this.element);
    this.move(50);
  }

  // share: percent of the width, from the left edge
  move(share) {
    this.share = Math.max(0, Math.min(100, share));
    this.over.style.clipPath = `inset(0 0 0 ${this.share}%)`;
    this.element.style.left = `${this.share}%`;
    this.element.setAttribute("aria-valuenow", Math.round(this.share));
    this.element.setAttribute("aria-valuetext", `first map ${Math.round(this.share)} percent of the width`);
  }

  grab(event) {
    event.preventDefault();
    this.element.focus();
    this.element.setPointerCapture(event.pointerId);
    const move = (moved) => {
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
