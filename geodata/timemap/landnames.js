// @ts-check
// Without a page: which town of the land is nearest to a point, and how far and in which direction.

const EARTH_KM = 6371.0088; // mean radius
const WINDS = ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"];

/**
 * Kilometres between two points, on a sphere.
 * @param {{ lon: number, lat: number }} one
 * @param {{ lon: number, lat: number }} other
 */
export function kmBetween(one, other) {
  const [a, b] = [radians(one.lat), radians(other.lat)];
  const half = Math.sin((b - a) / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin(radians(other.lon - one.lon) / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(half)));
}

/**
 * Where a point lies as seen from another, in words such as "north-east".
 * @param {{ lon: number, lat: number }} from
 * @param {{ lon: number, lat: number }} to
 */
export function windFrom(from, to) {
  const east = radians(to.lon - from.lon);
  const [a, b] = [radians(from.lat), radians(to.lat)];
  const angle = Math.atan2(
    Math.sin(east) * Math.cos(b),
    Math.cos(a) * Math.sin(b) - Math.sin(a) * Math.cos(b) * Math.cos(east),
  );
  return WINDS[Math.round(angle / (Math.PI / 4) + 8) % 8];
}

/**
 * The nearest town among names, and its distance.
 * @template {{ lon: number, lat: number, kind: string }} Named
 * @param {Iterable<Named>} names
 * @param {{ lon: number, lat: number }} point
 */
export function nearestTown(names, point) {
  /** @type {{ town: Named, km: number } | null} */
  let best = null;
  for (const town of names) {
    if (town.kind !== "town") continue;
    const km = kmBetween(town, point);
    if (!best || km < best.km) best = { town, km };
  }
  return best;
}

/**
 * A distance as it is said: whole kilometres from ten on.
 * @param {number} km
 */
export function spokenKm(km) {
  return `${km < 10 ? Math.round(km * 10) / 10 : Math.round(km).toLocaleString("en")} km`;
}

/** @param {number} degrees */
function radians(degrees) {
  return (degrees * Math.PI) / 180;
}
