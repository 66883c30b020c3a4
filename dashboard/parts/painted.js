// @ts-check
// A sign over the picture of three dimensions until its first paint, which deck.gl tells nobody of: what is painted is
// looked at, small, until there is something.

/** @import { Component } from "../../geodata/timemap/types" */

const SIZE = 24; // pixels of what is looked at
const PAUSE = 200; // milliseconds between two looks
const PATIENCE = 45_000; // milliseconds: machines without a graphics card took up to twenty seconds

const small = new OffscreenCanvas(SIZE, SIZE);
const pen = /** @type {OffscreenCanvasRenderingContext2D} */ (small.getContext("2d", { willReadFrequently: true }));

/** @param {HTMLCanvasElement | null} canvas */
function isPainted(canvas) {
  if (!canvas?.width || !canvas.height) return false;
  pen.clearRect(0, 0, SIZE, SIZE);
  pen.drawImage(canvas, 0, 0, SIZE, SIZE);
  return pen.getImageData(0, 0, SIZE, SIZE).data.some(Boolean);
}

/** @param {Component<{ waiting: string, failed: string }>} component */
export default function ({ data, parentElement }) {
  const sign = /** @type {HTMLElement} */ (parentElement.querySelector("p"));
  if (sign.textContent) return; // drawn again with a filter: the picture stays until the next is there
  sign.textContent = data.waiting;
  const began = performance.now();
  const look = () => {
    if (!sign.isConnected) return;
    sign.hidden = isPainted(document.querySelector(".st-key-cube [data-testid=stDeckGlJsonChart] canvas"));
    if (performance.now() - began > PATIENCE) sign.textContent = data.failed;
    if (!sign.hidden) setTimeout(look, PAUSE);
  };
  look();
}
