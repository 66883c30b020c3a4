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
  button.addEventListener("click", async () => {
    await toClipboard(copied(), live);
    button.textContent = "Copied";
    live.textContent = `${text.replace("Copy ", "The ")} is on the clipboard.`;
    setTimeout(() => (button.textContent = text), SAID);
  });
  return button;
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
  document.execCommand("copy");
  field.remove();
}
