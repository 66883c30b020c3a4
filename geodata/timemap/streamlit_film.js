// @ts-check
// Host: slides that the server has drawn as one WebM file, encoded and saved in the browser, with a line that says how
// far it is and a button that ends it.

import { make, penOf, save } from "./dom.js";
import { Recorder } from "./recorder.js";

/** @import { Component } from "./types" */
/** @typedef {{ slides: string[], stays: number, title: string, name: string, instead: string }} Slides */

/**
 * @param {string} slide a picture in base64
 */
function decoded(slide) {
  return createImageBitmap(new Blob([Uint8Array.from(atob(slide), (letter) => letter.charCodeAt(0))]));
}

/**
 * @param {Slides} slides each stays for so many milliseconds
 * @param {(at: number) => boolean} isWanted hears how many are done, and says whether the film goes on
 */
async function filmOf({ slides, stays, title }, isWanted) {
  const canvas = make("canvas");
  const first = await decoded(slides[0]);
  Object.assign(canvas, { width: first.width, height: first.height });
  const recorder = await Recorder.of(canvas, title);
  try {
    for (const [at, slide] of slides.entries()) {
      if (!isWanted(at)) return null;
      penOf(canvas).drawImage(await decoded(slide), 0, 0);
      await recorder.add(stays);
    }
    return isWanted(slides.length) ? await recorder.finished() : null;
  } finally {
    recorder.close();
  }
}

/** @param {Component<Slides>} component */
export default function ({ data, parentElement }) {
  const line = /** @type {HTMLProgressElement} */ (parentElement.querySelector("progress"));
  const said = /** @type {HTMLElement} */ (parentElement.querySelector("span"));
  const button = /** @type {HTMLButtonElement} */ (parentElement.querySelector("button"));
  let isGone = false;
  let isStopped = false;
  button.onclick = () => (isStopped = true);
  line.hidden = button.hidden = false;
  line.max = data.slides.length;
  const isWanted = (/** @type {number} */ at) => {
    line.value = at;
    said.textContent = `Encoding step ${Math.min(at + 1, line.max)} of ${line.max} …`;
    return !isStopped && !isGone;
  };
  filmOf(data, isWanted)
    .then((film) => {
      if (isGone) return;
      if (film) save(film, data.name);
      said.textContent = film ? `Saved: ${data.name}` : "Stopped; nothing is saved.";
    })
    .catch((/** @type {Error} */ error) => {
      said.textContent = `The film cannot be made: ${error.message}. ${data.instead}`;
    })
    .finally(() => [line, button].forEach((one) => (one.hidden = true)));
  return () => (isGone = true);
}
