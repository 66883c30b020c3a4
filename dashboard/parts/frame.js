// @ts-check
// In a frame of another page: the map takes what the words leave, and the host page hears how high all of it is.
//
// The message is a number and nothing of the table, so it may go to any host. A host page that does not listen loses
// nothing: the map takes what its frame leaves, and in a frame that is too low all of it can be scrolled to.

/** @import { Component } from "../../geodata/timemap/types" */

const LEAST = 360; // pixels of the map alone, however low the frame is

/** @type {WeakMap<Element, ResizeObserver>} */
const watched = new WeakMap();

/**
 * The maps without the timeline; nothing before they are drawn.
 * @param {Document} page
 */
function mapsIn(page) {
  const within = [...page.querySelectorAll(".st-key-timemap *")];
  return within.map((host) => host.shadowRoot?.querySelector(".tm-maps")).find(Boolean);
}

/** @param {Component<null>} component */
export default function ({ parentElement }) {
  const page = parentElement.ownerDocument;
  const body = /** @type {HTMLElement} */ (page.querySelector(".block-container"));
  if (watched.has(body)) return;
  let told = 0;
  const fit = () => {
    const maps = mapsIn(page);
    if (!maps) return;
    // What is no map has a height of its own, whatever the frame's: so what is told never grows by being heard.
    const rest = Math.ceil(body.getBoundingClientRect().height - maps.getBoundingClientRect().height);
    body.style.setProperty("--tm-map", `max(${LEAST}px, calc(100dvh - ${rest}px))`);
    const height = rest + LEAST;
    if (height === told || window.parent === window) return;
    told = height;
    window.parent.postMessage({ type: "attest-height", height }, "*");
  };
  const observer = new ResizeObserver(fit);
  observer.observe(body);
  watched.set(body, observer);
}
