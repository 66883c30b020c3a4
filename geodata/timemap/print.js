// @ts-check
// The page on paper (Ctrl+P): maps and timeline keep their pixels and are scaled to a sheet on its side; a card or a
// list that stands beside them follows on the next.

const SHEET = { width: 970, height: 540 }; // CSS pixels: what A4 and Letter both leave within margins, head and credit

const ABOVE_LEGEND = 60; // pixels of a map above and below its legend

/**
 * Measures an element before the browser prints, for `timemap.css`. Returns what ends that.
 * @param {HTMLElement} root
 * @param {HTMLElement} maps
 * @param {HTMLElement} time
 */
export function fittedToPaper(root, maps, time) {
  /** @type {HTMLDetailsElement[]} legends that were closed */
  let closed = [];
  const fit = () => {
    const legends = [.../** @type {NodeListOf<HTMLDetailsElement>} */ (maps.querySelectorAll(".tm-legend"))];
    closed = legends.filter(({ open }) => !open);
    for (const legend of closed) legend.open = true;
    const [map, line] = [maps.getBoundingClientRect(), time.getBoundingClientRect()];
    const narrower = map.width / line.width; // the timeline is as wide as maps and panel together
    const scale = Math.min(1, SHEET.width / map.width, SHEET.height / (map.height + line.height * narrower));
    const highest = Math.max(...legends.map(({ scrollHeight }) => scrollHeight));
    const legend = Math.min(1, (map.height - ABOVE_LEGEND) / highest);
    const sizes = { width: `${map.width}px`, height: `${map.height}px`, time: `${line.width}px` };
    const measured = { ...sizes, narrower, scale, legend };
    for (const [name, value] of Object.entries(measured)) {
      root.style.setProperty(`--tm-printed-${name}`, String(value));
    }
  };
  const unfit = () => {
    for (const legend of closed) legend.open = false;
  };
  globalThis.addEventListener("beforeprint", fit);
  globalThis.addEventListener("afterprint", unfit);
  return () => {
    globalThis.removeEventListener("beforeprint", fit);
    globalThis.removeEventListener("afterprint", unfit);
  };
}
