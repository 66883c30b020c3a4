// @ts-check
// The land under the marks, drawn once a view by Leaflet on a canvas of its own. Borders imply no endorsement.

import { cornersOf } from "./mercator.js";

/** @import { FeatureCollection } from "geojson" */
/** @import { Map as LeafletMap, PathOptions } from "leaflet" */
/** @import { BaseMap, LandColours } from "./types" */

const FINE_FROM = 5; // zoom from which the fine map of the region is worth drawing

/**
 * @param {typeof import("leaflet")} L
 * @param {LeafletMap} map
 * @param {BaseMap} basemap
 * @param {boolean} isAcross whether the map reaches across the antimeridian: the world then stands twice beside itself
 */
export function addBasemap(L, map, { world, region, colours }, isAcross) {
  map.getContainer().style.background = colours.sea;
  const common = { renderer: L.canvas({ pane: "tilePane", padding: 0.6 }), interactive: false, pane: "tilePane" };
  const country = { fillColor: colours.land, fillOpacity: 1, color: colours.country, weight: 0.8 };
  L.geoJSON(world, { ...common, style: country }).addTo(map);
  const further = (/** @type {number[]} */ [lon, lat]) => L.latLng(lat, lon + 360);
  if (isAcross) L.geoJSON(world, { ...common, style: country, coordsToLatLng: further }).addTo(map);
  if (!region) return;
  const corners = cornersOf(region.bbox);
  // A list and not a layer group: a group adds its layers in an order of its own, and the sea must come first.
  const fine = [
    L.rectangle(corners, { ...common, stroke: false, fillColor: colours.sea, fillOpacity: 1 }),
    ...Object.entries(stylesOf(colours)).map(([kind, style]) => {
      const features = region.features.filter(({ properties }) => properties?.kind === kind);
      return L.geoJSON(/** @type {FeatureCollection} */ ({ type: "FeatureCollection", features }), {
        ...common,
        style,
      });
    }),
  ];
  const adjust = () => {
    const wanted = map.getZoom() >= FINE_FROM;
    for (const layer of fine) {
      if (wanted && !map.hasLayer(layer)) map.addLayer(layer);
      if (!wanted && map.hasLayer(layer)) map.removeLayer(layer);
    }
  };
  map.on("zoomend", adjust);
  adjust();
}

/**
 * Kinds of the region's features in the order they are drawn.
 * @param {LandColours} colours
 * @returns {Record<string, PathOptions>}
 */
function stylesOf({ sea, land, shore, province, border }) {
  const water = { color: shore, weight: 0.7, fillColor: sea, fillOpacity: 1 };
  return {
    land: { stroke: false, fillColor: land, fillOpacity: 1 },
    lake: water,
    river: { ...water, fill: false },
    province: { fill: false, color: province, weight: 0.7 },
    border: { fill: false, color: border, weight: 1.3 },
  };
}
