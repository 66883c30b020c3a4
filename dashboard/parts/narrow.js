// @ts-check
// On a tablet the list of filters lies over the page, so it is closed when a page is loaded: once, and then it is the
// reader's. Streamlit does the same on phones.

const NARROW = "(max-width: 1000px)"; // as in `style.css`
const MOST = 50; // looks for the button, a tenth of a second apart

const KEPT = 500; // milliseconds after which Streamlit has noted that the list is closed

let isDone = false;

/** @param {number} left */
function close(left) {
  const list = document.querySelector("[data-testid=stSidebar]");
  /** @type {HTMLElement | null | undefined} */
  const button = list?.querySelector("[data-testid=stSidebarCollapseButton] button");
  if (list?.getAttribute("data-collapsed") === "false" && button) {
    const before = noted();
    button.click();
    setTimeout(restore, KEPT, before);
  } else if (!list && left) setTimeout(close, 100, left - 1);
}

/**
 * What Streamlit has noted of whether the list is open: the choice of the reader.
 * @returns {Record<string, string>}
 */
function noted() {
  return Object.fromEntries(Object.entries(localStorage).filter(([key]) => key.startsWith("stSidebarCollapsed")));
}

/**
 * It was not the reader who closed the list: in a wider window it is as the reader left it.
 * @param {Record<string, string>} before
 */
function restore(before) {
  for (const key of Object.keys(noted())) localStorage.removeItem(key);
  for (const [key, value] of Object.entries(before)) localStorage.setItem(key, value);
}

/** Closes the list in a narrow window, after the first run of a page. */
export default function () {
  if (isDone) return;
  isDone = true;
  if (matchMedia(NARROW).matches) close(MOST);
}
