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
  const most = () => Math.round(Math.min(root.clientWidth * WIDEST_SHARE, BROADEST));
  const right = () => root.getBoundingClientRect().right;
  const width = () => grip.parentElement?.getBoundingClientRect().width ?? USUAL;
  const tell = () => {
    grip.setAttribute("aria-valuenow", String(Math.round(width())));
    grip.setAttribute("aria-valuemax", String(most()));
  };
  const set = (/** @type {number} */ asked) => {
    const chosen = Math.round(Math.min(Math.max(asked, SLIMMEST), most()));
    root.style.setProperty("--tm-panel", `${chosen}px`);
    tell();
  };
  grip.addEventListener("focus", tell); // the window may have another width than it had
  grip.addEventListener("pointerdown", (event) => {
    grip.setPointerCapture(event.pointerId);
    grip.onpointermove = ({ clientX }) => set(right() - clientX);
  });
  grip.addEventListener("lostpointercapture", () => (grip.onpointermove = null)); // let go, or taken by the browser
  grip.addEventListener("keydown", ({ key }) => {
    const by = { ArrowLeft: STEP, ArrowRight: -STEP }[key];
    if (by !== undefined) set(width() + by);
  });
  return grip;
}
