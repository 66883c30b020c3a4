// @ts-check
// Shows the pieces of a passage, and replaces those that changed. Each piece is HTML that `passage.py` was given with
// every text in it escaped.

/**
 * @typedef {object} Component
 * @property {{ pieces: string[] }} data
 * @property {Element} parentElement
 * @property {(name: string, value: string) => void} setTriggerValue
 */

const HELD = "[tabindex], button"; // what the keyboard reaches

/** @type {WeakMap<Element, string>} */
const shown = new WeakMap();

/**
 * Replaces what is in a piece: the keyboard keeps its place, and what was scrolled stays so.
 * @param {Element} piece
 * @param {string} html
 */
function replacePiece(piece, html) {
  if (shown.get(piece) === html) return;
  const held = [...piece.querySelectorAll(HELD)].indexOf(/** @type {Element} */ (document.activeElement));
  const scrolled = [...piece.querySelectorAll(".attest-scroll")].map((box) => ({
    left: box.scrollLeft,
    top: box.scrollTop,
  }));
  piece.innerHTML = html;
  shown.set(piece, html);
  piece.querySelectorAll(".attest-scroll").forEach((box, at) => box.scrollTo(scrolled[at]));
  if (held >= 0) /** @type {HTMLElement | undefined} */ ([...piece.querySelectorAll(HELD)][held])?.focus();
}

/** @param {Component} component */
export default function ({ data, parentElement, setTriggerValue }) {
  const passage = /** @type {HTMLElement} */ (parentElement.querySelector(".attest-passage"));
  while (passage.children.length > data.pieces.length) passage.lastElementChild?.remove();
  while (passage.children.length < data.pieces.length) passage.append(document.createElement("div"));
  data.pieces.forEach((html, at) => replacePiece(passage.children[at], html));
  passage.onclick = ({ target }) => {
    const button = /** @type {Element} */ (target).closest("[data-chosen]");
    if (button instanceof HTMLElement) setTriggerValue("chosen", button.dataset.chosen ?? "");
  };
}
