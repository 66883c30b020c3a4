// @ts-check
// Where on earth a map looks: in words, for everyone and for screen readers; and a scale that is true where it stands.

import { make } from "./dom.js";
import { nearestTown, spokenKm, windFrom } from "./landnames.js";
import { edgesOf, metresPerPixel, MOST_LATITUDE, worldSize } from "./mercator.js";

/** @import { MapView } from "./mapview.js" */

const ALL_TOWNS_FROM = 8.5; // zoom from which small towns are known too
const NEAR = 1.5; // kilometres within which a point is at a town
const FAR = 1000; // kilometres beyond which no town tells where a point is
const WIDEST = 110; // pixels of the scale
const ROUND = [5, 2, 1]; // times a power of ten

let made = 0; // elements of words, each with an id of its own

export class Whereabouts {
  /** @param {MapView} view */
  constructor(view) {
    this.view = view;
    this.words = make("span", { class: "tm-words", id: `tm-where-${(made += 1)}`, role: "status" });
    view.box.setAttribute("aria-describedby", this.words.id);
    this.bar = make("span", { class: "tm-length" });
    this.length = make("span");
    this.scale = make("span", { class: "tm-scale" }, this.bar, this.length);
    this.element = make("div", { class: "tm-where" }, this.scale, this.words);
  }

  show() {
    this.drawScale();
    const text = this.sentence;
    if (this.words.textContent === text) return;
    this.words.textContent = text;
    this.view.forgetBoxes();
  }

  /** A length on the map, true at the latitude where it stands, at the foot of the map. */
  drawScale() {
    const { map } = this.view;
    const { y } = map.getSize();
    const lat = map.containerPointToLatLng([0, Math.max(y - 20, 0)]).lat;
    const perPixel = metresPerPixel(map.getZoom(), Math.max(-MOST_LATITUDE, Math.min(MOST_LATITUDE, lat)));
    const most = perPixel * WIDEST;
    const power = 10 ** Math.floor(Math.log10(most));
    const metres = (ROUND.find((step) => step * power <= most) ?? 1) * power;
    const length = metres >= 1000 ? `${(metres / 1000).toLocaleString("en")} km` : `${metres} m`;
    this.bar.style.width = `${Math.round(metres / perPixel)}px`;
    const isWide = map.getZoom() < 5; // the scale is another at the map's other edge
    this.length.textContent = isWide ? `${length} at ${degreesOf(lat, "N", "S")}` : length;
  }

  get sentence() {
    const { lat, lng } = this.view.map.getCenter().wrap();
    const { land } = this.view.host;
    const near = this.nearTo({ lon: lng, lat });
    const degrees = `${degreesOf(lat, "N", "S")}, ${degreesOf(lng, "E", "W")}`;
    const said = near || `${degrees}${this.knowsAll ? ", far from any town" : ""}`;
    return `Centre: ${said}${land.isBroken ? ". A part of the base map does not come." : ""}`;
  }

  /** Whether small towns are known too: the map is close enough, and their cells are here. */
  get knowsAll() {
    const zoom = this.view.map.getZoom();
    return zoom >= ALL_TOWNS_FROM && this.view.host.land.namesIn(zoom, around(this.view)).isWhole;
  }

  /**
   * The nearest known town to a point and how the point lies to it; blank where none is within a thousand kilometres,
   * and where the point lies in a town whose name is told already.
   * @param {{ lon: number, lat: number }} point degrees
   * @param {string} [told] the name that is told
   */
  nearTo(point, told = "") {
    const found = nearestTown(this.known(), point);
    if (!found || found.km > FAR) return "";
    const { town, km } = found;
    if (km < NEAR && town.text === told) return "";
    const name = [town.text, this.countryName(town.country)].filter(Boolean).join(", ");
    if (km < NEAR) return name;
    return `${spokenKm(km)} ${windFrom(town, point)} of ${this.knowsAll ? "" : "the larger town "}${name}`;
  }

  /** Towns on the map and round it: those of the case, then those of the base map, by the names that are chosen. */
  *known() {
    const { options, host, map } = this.view;
    for (const { lon, lat, place, kind, country } of options.labels) {
      yield { lon, lat, kind, country, text: host.nameOf(place) };
    }
    const way = host.namingNumber;
    for (const { names } of host.land.namesIn(map.getZoom(), around(this.view)).found) {
      for (const name of names) yield { ...name, text: name.names[way] };
    }
  }

  /** @param {string} country ISO 3166-1 alpha-2, or blank */
  countryName(country) {
    if (!country) return "";
    const { options, host } = this.view;
    const own = options.labels.find((label) => label.kind === "country" && label.country === country);
    if (own) return host.nameOf(own.place);
    return host.land.countryNamed(country)?.names[host.namingNumber] ?? "";
  }
}

/**
 * The box that a map shows, half as large again, in degrees.
 * @param {MapView} view
 */
function around({ map }) {
  const { min, max } = map.getPixelBounds();
  const world = worldSize(map.getZoom());
  if (!min || !max) return edgesOf(0, 0, 1, 1);
  const [aside, above] = [(max.x - min.x) / 4, (max.y - min.y) / 4];
  return edgesOf((min.x - aside) / world, (min.y - above) / world, (max.x + aside) / world, (max.y + above) / world);
}

/**
 * @param {number} value
 * @param {string} positive
 * @param {string} negative
 */
function degreesOf(value, positive, negative) {
  return `${Math.abs(Math.round(value))}° ${value < 0 ? negative : positive}`;
}
