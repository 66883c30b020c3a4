// Elements made without HTML text: what comes from a table is only ever set as text.

// The font of what is painted, as that of the page; the last but one is served with it for scripts that a machine lacks.
export const FONT = 'system-ui, -apple-system, "Segoe UI", "Noto Sans", "Attest DejaVu", sans-serif';

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") element.textContent = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export function plural(count, noun) {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
