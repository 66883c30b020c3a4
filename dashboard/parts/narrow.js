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
    button.click();
    setTimeout(forget, KEPT);
  } else if (!list && left) setTimeout(close, 100, left - 1);
}

/** The reader has not closed it: in a wider window it is to be open. */
function forget() {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith("stSidebarCollapsed")) localStorage.removeItem(key);
  }
}

/** Closes the list in a narrow window, after the first run of a page. */
export default function () {
  if (isDone) return;
  isDone = true;
  if (matchMedia(NARROW).matches) close(MOST);
}
