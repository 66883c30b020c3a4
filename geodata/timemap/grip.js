// @ts-check
// The edge of the panel by which it is made wider, with the pointer or with the arrow keys.

import { make } from "./dom.js";

const USUAL = 400; // pixels of the panel's width, as `--tm-panel` in the style
const SLIMMEST = 280;
const BROADEST = 1000;
const WIDEST_SHARE = 0.6; // of the width of map and panel
const STEP = 40; // pixels that a key widens it by

/** @param {HTMLElement} root whose right part the panel is */
export function panelGrip(root) {
  const said = { role: "separator", "aria-orientation": "vertical", "aria-label": "Width of the panel" };
  const values = { "aria-valuenow": USUAL, "aria-valuemin": SLIMMEST, "aria-valuemax": BROADEST };
  const grip = make("div", { class: "tm-grip", tabindex: "0", ...said, ...values });
  const set = (/** @type {number} */ width) => {
    const most = Math.min(root.clientWidth * WIDEST_SHARE, BROADEST);
    const chosen = Math.round(Math.min(Math.max(width, SLIMMEST), most));
    root.style.setProperty("--tm-panel", `${chosen}px`);
    grip.setAttribute("aria-valuenow", String(chosen));
  };
  const right = () => root.getBoundingClientRect().right;
  grip.addEventListener("pointerdown", (event) => {
    grip.setPointerCapture(event.pointerId);
    grip.onpointermove = ({ clientX }) => set(right() - clientX);
  });
  grip.addEventListener("pointerup", () => (grip.onpointermove = null));
  grip.addEventListener("keydown", ({ key }) => {
    const by = { ArrowLeft: STEP, ArrowRight: -STEP }[key];
    if (by !== undefined) set(right() - grip.getBoundingClientRect().right + by);
  });
  return grip;
}
