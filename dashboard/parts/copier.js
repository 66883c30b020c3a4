// @ts-check
// Puts picture and caption on the clipboard together, for a word processor or a mail.

/** @import { Component } from "../../geodata/timemap/types" */

/**
 * @param {string} picture PNG in base64
 * @param {string} caption
 */
function figureOf(picture, caption) {
  const [figure, image, words] = ["figure", "img", "figcaption"].map((tag) => document.createElement(tag));
  image.setAttribute("src", `data:image/png;base64,${picture}`);
  words.textContent = caption;
  figure.append(image, words);
  return figure.outerHTML;
}

/** @param {Component<{ picture: string, caption: string }>} component */
export default function ({ data, parentElement }) {
  const said = /** @type {HTMLElement} */ (parentElement.querySelector("span"));
  const button = /** @type {HTMLButtonElement} */ (parentElement.querySelector("button"));
  button.onclick = async () => {
    const html = new Blob([figureOf(data.picture, data.caption)], { type: "text/html" });
    const plain = new Blob([data.caption], { type: "text/plain" });
    try {
      await navigator.clipboard.write([new ClipboardItem({ "text/html": html, "text/plain": plain })]);
      said.textContent = "Copied: paste it into a document.";
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      said.textContent = `The browser does not allow it (${reason}); use the buttons below.`;
    }
  };
}
