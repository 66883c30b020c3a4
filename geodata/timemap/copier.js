// @ts-check
// A button that puts a text on the clipboard and says so.

import { make } from "./dom.js";

const SAID = 2000; // milliseconds that the button says what was done

/**
 * @param {string} text "Copy" and what
 * @param {() => string} copied
 * @param {HTMLElement} live tells it to screen readers
 */
export function copier(text, copied, live) {
  const button = make("button", { type: "button", text, "data-is": text });
  const what = text.replace("Copy ", "The ");
  button.addEventListener("click", async () => {
    try {
      await toClipboard(copied(), live);
      sayIn(button, "Copied", text);
      live.textContent = `${what} is on the clipboard.`;
    } catch (error) {
      sayNotCopied(button, text, live, error);
    }
  });
  return button;
}

/**
 * @param {HTMLElement} button
 * @param {string} said for a while
 * @param {string} usual and then again
 */
export function sayIn(button, said, usual) {
  button.textContent = said;
  setTimeout(() => (button.textContent = usual), SAID);
}

/**
 * @param {HTMLElement} button
 * @param {string} usual its text
 * @param {HTMLElement} live
 * @param {unknown} error
 */
export function sayNotCopied(button, usual, live, error) {
  sayIn(button, "Not copied", usual);
  const why = error instanceof Error ? error.message : String(error);
  live.textContent = `${usual.replace("Copy ", "The ")} is not copied: ${why}`;
}

/**
 * A page that is not served over HTTPS, nor from this machine, has no clipboard but by the old way.
 * @param {string} text
 * @param {HTMLElement} beside
 */
async function toClipboard(text, beside) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const field = make("textarea", { "aria-hidden": "true" });
  field.value = text;
  beside.append(field);
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  if (!isCopied) throw new Error("this browser lets no page write to the clipboard");
}
