// @ts-check
// Host: the map's legend where there is no map, drawn by the functions that draw it there.

import { legendLines } from "./legend.js";

/** @import { Category, Component } from "./types" */

/** @param {Component<{ categories: Category[], signs: Record<string, string> }>} component */
export default function ({ data, parentElement }) {
  const list = /** @type {HTMLElement} */ (parentElement.querySelector("ul"));
  list.replaceChildren(...legendLines(data.categories, data.signs));
}
