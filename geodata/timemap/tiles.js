// @ts-check
// Tiles of a host on the network, over the land, which stays below them. Only the dashboard has this module, and it
// asks only the host that the reader told it to ask.

import { make } from "./dom.js";

/** @import { TileLayer } from "leaflet" */
/** @import { MapView } from "./mapview.js" */
/** @import { TileSet } from "./types" */

const PANE = "online";

export class Tiles {
  /** @param {MapView} view */
  constructor(view) {
    this.view = view;
    /** @type {TileSet | null} */
    this.shown = null;
    /** @type {TileLayer | null} */
    this.layer = null;
    this.said = make("span");
    const close = make("button", { type: "button", text: "Close", onclick: () => this.hush() });
    this.failure = make("div", { class: "tm-failure", role: "status", hidden: true }, this.said, close);
    view.element.append(this.failure);
    view.map.createPane(PANE, view.map.getPane("tilePane"));
  }

  /** @param {TileSet | null} tiles null for the land alone */
  show(tiles) {
    if (tiles?.url === this.shown?.url) return;
    this.shown = tiles;
    this.layer?.remove();
    this.layer = tiles && this.layerOf(tiles).addTo(this.view.map);
    this.hush();
    // Before the land's own notice. Leaflet takes HTML: the credit is set as text first.
    this.view.map.attributionControl.setPrefix(tiles ? make("span", { text: this.credit ?? "" }).outerHTML : false);
    this.view.element.classList.toggle("tm-online", tiles !== null);
    this.view.rearranged();
  }

  /** @param {TileSet} tiles */
  layerOf(tiles) {
    const layer = this.view.options.L.tileLayer(tiles.url, {
      pane: PANE,
      maxNativeZoom: tiles.zoom,
      crossOrigin: "anonymous", // else "Copy picture" would be forbidden
      referrerPolicy: "origin", // hosts want to know the page; its address also has the filters
      updateWhenIdle: true,
      keepBuffer: 1,
    });
    return layer.once("tileerror", () => this.fail(tiles));
  }

  /** @param {TileSet} tiles */
  fail({ host }) {
    this.said.textContent =
      `Tiles of ${host} are missing: it was not reached, has none here, or does not give them to this page. ` +
      "Where they are missing you see the offline map.";
    this.failure.hidden = false;
  }

  hush() {
    this.failure.hidden = true;
  }

  /** Whose tiles are shown; null where none are. */
  get credit() {
    return this.shown && `Tiles of ${this.shown.host}: ${this.shown.credit}`;
  }
}
