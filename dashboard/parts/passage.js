// @ts-check
// Shows the pieces of a passage, and replaces those that changed. Each piece is HTML that `passage.py` was given with
// every text in it escaped.

/**
 * @typedef {object} Passage
 * @property {string[]} pieces
 */

/** @type {WeakMap<Element, string>} */
const shown = new WeakMap();

/**
 * Replaces what is in a piece. Who has scrolled a table with the keyboard stays in it.
 * @param {Element} piece
 * @param {string} html
 */
function replacePiece(piece, html) {
  if (shown.get(piece) === html) return;
  const held = [...piece.querySelectorAll("[tabindex]")].indexOf(/** @type {Element} */ (document.activeElement));
  piece.innerHTML = html;
  shown.set(piece, html);
  if (held >= 0) /** @type {HTMLElement | undefined} */ ([...piece.querySelectorAll("[tabindex]")][held])?.focus();
}

/** @param {{ data: Passage, parentElement: Element }} component */
export default function ({ data, parentElement }) {
  const passage = /** @type {Element} */ (parentElement.querySelector(".attest-passage"));
  while (passage.children.length > data.pieces.length) passage.lastElementChild?.remove();
  while (passage.children.length < data.pieces.length) passage.append(document.createElement("div"));
  data.pieces.forEach((html, at) => replacePiece(passage.children[at], html));
}
