// The land under the marks, drawn once a view by Leaflet on a canvas of its own. Borders imply no endorsement.

const SEA = "#dce6ee";
const LAND = "#f7f5f0";
const WATER = { color: "#a9c3d6", weight: 0.7, fillColor: SEA, fillOpacity: 1 };
const REGION_FROM = 5; // zoom from which the fine map of the region is worth drawing

// `world` and `region` are GeoJSON; the region, where there is one, is cut at its bbox: west, south, east, north.
export function addBasemap(L, map, { world, region }) {
  const renderer = L.canvas({ pane: "tilePane", padding: 0.6 });
  const common = { renderer, interactive: false, pane: "tilePane" };
  L.geoJSON(world, { ...common, style: { fillColor: LAND, fillOpacity: 1, color: "#b9b2a6", weight: 0.8 } }).addTo(map);
  if (!region) return;
  const [west, south, east, north] = region.bbox;
  // A list and not a layer group: a group adds its layers in an order of its own, and the sea must come first.
  const fine = [
    L.rectangle([[south, west], [north, east]], { ...common, stroke: false, fillColor: SEA, fillOpacity: 1 }),
    ...["land", "lake", "river", "province", "border"].map((kind) => L.geoJSON(
      { type: "FeatureCollection", features: region.features.filter((feature) => feature.properties.kind === kind) },
      { ...common, style: () => styleOf(kind) })),
  ];
  const adjust = () => {
    const wanted = map.getZoom() >= REGION_FROM;
    for (const layer of fine) {
      if (wanted && !map.hasLayer(layer)) map.addLayer(layer);
      if (!wanted && map.hasLayer(layer)) map.removeLayer(layer);
    }
  };
  map.on("zoomend", adjust);
  adjust();
}

function styleOf(kind) {
  if (kind === "land") return { stroke: false, fillColor: LAND, fillOpacity: 1 };
  if (kind === "lake") return WATER;
  if (kind === "river") return { ...WATER, fill: false };
  if (kind === "province") return { fill: false, color: "#d8d2c6", weight: 0.7 };
  return { fill: false, color: "#9c9486", weight: 1.3 };
}
