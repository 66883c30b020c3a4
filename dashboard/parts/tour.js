// @ts-check
// The tour: one step at a time beside what it speaks of, with a ring round that, until it is done or left. It covers
// nothing else and blocks nothing. What was seen is kept in this browser.

/** @import { Component } from "../../geodata/timemap/types" */

/**
 * What a step points at: the first selector that finds something in view, and of what it finds the elements of these
 * names where there are any.
 * @typedef {{ title: string, words: string, at: string[], named: string[] }} Step
 */
/** @typedef {{ left: number, top: number, right: number, bottom: number }} Edges */

const KEY = "attest-tour-seen";
const GAP = 14; // pixels between what is pointed at and the words, where the arrow stands
const RING = 4; // pixels between what is pointed at and the ring
const MARGIN = 8; // pixels that stay free at the edges of the window
const FOLLOW = 150; // milliseconds: what is pointed at may move, or be drawn only later

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} text
 * @param {Partial<HTMLElementTagNameMap[Tag]>} more
 */
function elementOf(tag, text, more = {}) {
  const element = document.createElement(tag);
  element.textContent = text;
  return Object.assign(element, more);
}

/**
 * What a step points at, in the page or in the map's own part of it.
 * @param {Step} step
 */
function targetsOf({ at, named }) {
  const roots = [document, ...[...document.querySelectorAll(".st-key-timemap *")].map((host) => host.shadowRoot)];
  for (const selector of at) {
    const found = roots.flatMap((root) => [...(root?.querySelectorAll(selector) ?? [])]);
    const seen = found.filter((element) => element.getBoundingClientRect().width > 0);
    if (seen.length) return named.length ? seen.filter(({ textContent }) => named.includes(textContent ?? "")) : seen;
  }
  return [];
}

/**
 * The edges of all of them together, as far as the window shows them.
 * @param {Element[]} elements
 * @returns {Edges | null}
 */
function edgesOf(elements) {
  if (!elements.length) return null;
  const boxes = elements.map((element) => element.getBoundingClientRect());
  return {
    left: Math.max(RING, Math.min(...boxes.map(({ left }) => left)) - RING),
    top: Math.max(RING, Math.min(...boxes.map(({ top }) => top)) - RING),
    right: Math.min(innerWidth - RING, Math.max(...boxes.map(({ right }) => right)) + RING),
    bottom: Math.min(innerHeight - RING, Math.max(...boxes.map(({ bottom }) => bottom)) + RING),
  };
}

/**
 * Where the words find room: below, above or beside what they speak of; else within it, at its foot.
 * @param {Edges} edges
 * @param {{ offsetWidth: number, offsetHeight: number }} size of the words
 * @returns {{ side: string, left: number, top: number }}
 */
function placeOf({ left, top, right, bottom }, { offsetWidth: wide, offsetHeight: high }) {
  const across = held((left + right - wide) / 2, innerWidth - wide);
  const along = held((top + bottom - high) / 2, innerHeight - high);
  const sides = [
    { side: "below", left: across, top: bottom + GAP, fits: bottom + GAP + high + MARGIN <= innerHeight },
    { side: "above", left: across, top: top - GAP - high, fits: top - GAP - high >= MARGIN },
    { side: "right", left: right + GAP, top: along, fits: right + GAP + wide + MARGIN <= innerWidth },
    { side: "left", left: left - GAP - wide, top: along, fits: left - GAP - wide >= MARGIN },
  ];
  return sides.find(({ fits }) => fits) ?? { side: "within", left: across, top: bottom - high - 2 * MARGIN };
}

/**
 * @param {number} at
 * @param {number} most
 */
function held(at, most) {
  return Math.max(MARGIN, Math.min(at, most - MARGIN));
}

/**
 * Puts ring, words and arrow where what the step speaks of is now; the words alone at the window's foot without it.
 * @param {HTMLElement} box
 * @param {HTMLElement} ring
 * @param {Step} step
 */
function point(box, ring, step) {
  const edges = edgesOf(targetsOf(step));
  ring.hidden = !edges;
  const foot = { side: "none", left: MARGIN, top: innerHeight - box.offsetHeight - MARGIN };
  const { side, left, top } = edges ? placeOf(edges, box) : foot;
  box.dataset.side = side;
  Object.assign(box.style, { left: `${left}px`, top: `${top}px` });
  if (!edges) return;
  box.style.setProperty(
    "--x",
    `${Math.max(18, Math.min((edges.left + edges.right) / 2 - left, box.offsetWidth - 18))}px`,
  );
  box.style.setProperty(
    "--y",
    `${Math.max(18, Math.min((edges.top + edges.bottom) / 2 - top, box.offsetHeight - 18))}px`,
  );
  const [width, height] = [edges.right - edges.left, edges.bottom - edges.top];
  Object.assign(ring.style, {
    left: `${edges.left}px`,
    top: `${edges.top}px`,
    width: `${width}px`,
    height: `${height}px`,
  });
}

/**
 * @param {HTMLElement} box
 * @param {HTMLElement} ring
 * @param {Step[]} steps
 * @param {boolean} takesFocus whether the reader asked for it
 */
function lead(box, ring, steps, takesFocus) {
  let at = 0;
  const follow = () => (box.isConnected ? point(box, ring, steps[at]) : leave());
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape") return;
    event.stopImmediatePropagation(); // it closes the tour, and what lies below with the next press
    end();
  };
  const timer = setInterval(follow, FOLLOW);
  const leave = () => {
    clearInterval(timer);
    removeEventListener("keydown", onKey, true);
  };
  const end = () => {
    localStorage.setItem(KEY, "1");
    leave();
    box.hidePopover();
    ring.hidePopover();
  };
  const go = (/** @type {number} */ to, focuses = true) => {
    at = to;
    const { title, words } = steps[at];
    const isLast = at === steps.length - 1;
    const said = elementOf("p", ` ${words}`, { id: "said" });
    said.prepend(elementOf("strong", `${title}.`));
    const next = elementOf("button", isLast ? "Done" : "Next", {
      className: "next",
      onclick: () => (isLast ? end() : go(at + 1)),
    });
    next.setAttribute("aria-describedby", "said");
    const back = elementOf("button", "Back", { disabled: at === 0, onclick: () => go(at - 1) });
    const skip = elementOf("button", "Skip the tour", { hidden: isLast, onclick: end });
    box.replaceChildren(elementOf("span", `${at + 1} / ${steps.length}`), said, next, back, skip);
    for (const target of targetsOf(steps[at]).reverse()) target.scrollIntoView({ block: "nearest", inline: "nearest" });
    follow();
    if (focuses) next.focus({ preventScroll: true });
  };
  addEventListener("keydown", onKey, true);
  ring.showPopover();
  box.showPopover();
  go(0, takesFocus || document.activeElement === document.body);
}

/** @param {Component<{ steps: Step[], recalled: number }>} component */
export default function ({ data, parentElement }) {
  const box = /** @type {HTMLElement} */ (parentElement.querySelector("aside"));
  const ring = /** @type {HTMLElement} */ (parentElement.querySelector("div[popover]"));
  if (data.recalled && box.dataset.recalled !== String(data.recalled)) localStorage.removeItem(KEY);
  else if (box.dataset.recalled !== undefined) return;
  box.dataset.recalled = String(data.recalled);
  // Who follows a link to an incident came for its card, over which the tour would stand: it waits for another visit.
  const cameForACard = !data.recalled && new URL(location.href).searchParams.has("incident");
  if (!localStorage.getItem(KEY) && !cameForACard) lead(box, ring, data.steps, data.recalled > 0);
}
