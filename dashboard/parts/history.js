// @ts-check
// Keeps the address whole. Python is told when the browser went back or forward, for the address is then the reader's
// wish and not the page's; and what the scripts of the page write there outlives what Python writes.

/** What the scripts write: see `streamlit_map.js`. */
const OF_SCRIPTS = ["camera", "axis", "lanes", "layers_off", "panel"];

/** @typedef {{ setTriggerValue(name: string, value: string): void, data: { known: string | null } }} Listening */

/**
 * Streamlit writes the address whole, from what it knew when the page was loaded: where the map looks now is not in it.
 * @param {string} url
 */
function completed(url) {
  const [next, now] = [new URL(url, location.href), new URL(location.href)];
  for (const name of OF_SCRIPTS) {
    const value = now.searchParams.get(name);
    if (value) next.searchParams.set(name, value);
    else next.searchParams.delete(name);
  }
  return next.href;
}

/** @type {typeof history.pushState & { isComplete?: boolean }} */
const push = history.pushState;
if (!push.isComplete) {
  /** @type {typeof push} */
  const complete = (state, unused, url) => push.call(history, state, unused, url ? completed(String(url)) : url);
  complete.isComplete = true;
  history.pushState = complete;
}

/** @param {Listening} component */
export default function ({ setTriggerValue, data }) {
  const tell = () => setTriggerValue("back", location.search);
  globalThis.addEventListener("popstate", tell);
  // A page that tells or prints where the map looks asks for it; no other run of Python waits for that.
  const asked = new URL(location.href).searchParams;
  const stands = new URLSearchParams(
    OF_SCRIPTS.flatMap((name) => (asked.get(name) ? [[name, asked.get(name) ?? ""]] : [])),
  );
  const size = document.documentElement.dataset.attestMap; // of the map that was last on screen
  if (size) stands.set("size", size);
  if (data.known !== null && data.known !== stands.toString()) setTriggerValue("stands", stands.toString());
  return () => globalThis.removeEventListener("popstate", tell);
}
