// @ts-check
// Shows the pieces of a passage, which stand as text beside it, and replaces those that changed. Each piece is HTML
// that `passage.py` was given with every text in it escaped.

/**
 * @typedef {object} Component
 * @property {Element} parentElement
 * @property {(name: string, value: string) => void} setTriggerValue
 */

const HELD = "[tabindex], button"; // what the keyboard reaches

/** @type {WeakMap<Element, string>} */
const shown = new WeakMap();

/** @type {WeakSet<Element>} */
const watched = new WeakSet();

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

/**
 * Shows the pieces that the text beside a passage has.
 * @param {Element} passage
 * @param {Element} room
 */
function setOut(passage, room) {
  const said = room.querySelector('[data-testid="stText"]')?.textContent;
  if (!said) return; // it is being replaced
  /** @type {string[]} */
  const pieces = JSON.parse(said);
  while (passage.children.length > pieces.length) passage.lastElementChild?.remove();
  while (passage.children.length < pieces.length) passage.append(document.createElement("div"));
  pieces.forEach((html, at) => replacePiece(passage.children[at], html));
}

/** @param {Component} component */
export default function ({ parentElement, setTriggerValue }) {
  const passage = /** @type {HTMLElement} */ (parentElement.querySelector(".attest-passage"));
  const room = /** @type {Element} */ (parentElement.closest('[data-testid="stVerticalBlock"]'));
  passage.onclick = ({ target }) => {
    const button = /** @type {Element} */ (target).closest("[data-chosen]");
    if (button instanceof HTMLElement) setTriggerValue("chosen", button.dataset.chosen ?? "");
  };
  setOut(passage, room);
  if (watched.has(passage)) return;
  watched.add(passage);
  new MutationObserver((changes) => {
    if (!changes.every(({ target }) => passage.contains(target))) setOut(passage, room);
  }).observe(room, { subtree: true, childList: true, characterData: true });
}
