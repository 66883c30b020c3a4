// @ts-check
// Tells Python that the browser went back or forward: the address is then the reader's wish and not the page's.

/** @param {{ setTriggerValue(name: string, value: string): void }} component */
export default function ({ setTriggerValue }) {
  const tell = () => setTriggerValue("back", location.search);
  globalThis.addEventListener("popstate", tell);
  return () => globalThis.removeEventListener("popstate", tell);
}
