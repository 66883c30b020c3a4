// @ts-check
// Elements made without HTML text: what comes from a table is only ever set as text.

// The font of what is painted, as that of the page; the last but one comes with it, for scripts that a machine lacks.
export const FONT = 'system-ui, -apple-system, "Segoe UI", "Noto Sans", "Attest DejaVu", sans-serif';
export const INK = "#1d2733";

/**
 * `text` is set as text, what begins with "on" is listened to; what is false, null or undefined is left out.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} attributes
 * @param {...(Node | string | null | undefined)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") element.textContent = String(value);
    else if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/**
 * The pen of a canvas, which a canvas of two dimensions always has.
 * @template {HTMLCanvasElement | OffscreenCanvas} Canvas
 * @param {Canvas} canvas
 * @returns {Canvas extends HTMLCanvasElement ? CanvasRenderingContext2D : OffscreenCanvasRenderingContext2D}
 */
export function penOf(canvas) {
  return /** @type {any} */ (canvas.getContext("2d"));
}

/**
 * Makes a canvas as large as `width` and `height` on screen, as sharp as the screen is, and blank.
 * @param {HTMLCanvasElement} canvas
 * @param {number} width
 * @param {number} height
 */
export function sized(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = penOf(canvas);
  context.scale(ratio, ratio);
  return context;
}

/**
 * What has the focus in the page, or the part of it, that holds an element.
 * @param {Element} element
 */
export function focusedBeside(element) {
  return /** @type {HTMLElement | null} */ (/** @type {Document | ShadowRoot} */ (element.getRootNode()).activeElement);
}

/**
 * @param {number} count
 * @param {string} noun
 */
export function plural(count, noun) {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

/**
 * Has the browser save a file.
 * @param {Blob} blob
 * @param {string} name of the file
 */
export function save(blob, name) {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
