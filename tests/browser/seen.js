// What is on screen, as far as a reader can tell it. Run in the page by test_states.py.

/** The address and what is on screen; null until nothing has changed for `rests` milliseconds. */
globalThis.stoodStill = (rests) => {
  const now = isDrawn() ? JSON.stringify([location.href, seen()]) : null;
  if (now !== globalThis.seenLast) {
    globalThis.seenLast = now;
    globalThis.seenSince = performance.now();
  }
  return now && performance.now() - globalThis.seenSince >= rests ? JSON.parse(now) : null;
};

/** Whether the server has answered and all of it is drawn: the parts that Streamlit draws with come one by one. */
function isDrawn() {
  const running = document.querySelector("[data-testid=stApp]")?.dataset.testScriptState !== "notRunning";
  const header = [".st-key-pages [aria-checked=true]", ".st-key-clear button", ".st-key-tools input"];
  const isAwaited = running || document.querySelector("[data-testid=stSkeleton]");
  if (isAwaited || header.some((selector) => !document.querySelector(selector))) return false;
  return [...document.querySelectorAll(".tm")].every((root) => texts(".tm-count", root)[0]?.includes("on the map"));
}

function texts(selector, within = document) {
  return [...within.querySelectorAll(selector)].map((each) => each.innerText);
}

function seen() {
  const root = document.querySelector(".tm");
  return {
    page: texts(".st-key-pages [aria-checked=true]"),
    sentence: texts(".st-key-said"),
    chips: texts(".st-key-chips button"),
    instead: texts(".st-key-instead button"),
    ticked: [...document.querySelectorAll("[data-testid=stSidebar] input:checked")].map((each) =>
      each.closest("label").innerText.replace(/ · .*/, ""),
    ),
    numbers: [...document.querySelectorAll("[data-testid=stNumberInput] input")].map((each) => each.value),
    colour: texts(".st-key-colour [aria-checked=true]"),
    search: document.querySelector(".st-key-tools input").value,
    words: texts("[data-testid=stMain] :is(h2, h3, p)").filter(Boolean),
    sets: texts("[data-testid=stMultiSelect] [aria-label='Selected values']"),
    ...(root ? { ...seenOfMap(root.attest), ...seenOfTime(root.attest), ...seenOfPanel(root.attest) } : {}),
  };
}

/** Cameras are compared to a hundredth of a degree: the address has three digits. */
function seenOfMap({ cameras: { camera }, colouring, naming, area, divider, shown, root, views }) {
  const { lat, lng } = views[0].map.getCenter();
  return {
    camera: camera && [camera.lat, camera.lon, camera.zoom].map((number) => number.toFixed(2)),
    looks: [lat.toFixed(1), lng.toFixed(1), views[0].map.getZoom()],
    scheme: colouring.key,
    legend: texts(".tm-colours", root),
    naming,
    area,
    shown,
    maps: texts(".tm-title", root),
    isSplit: divider !== null,
    covering: texts(".tm-covering", root),
    count: texts(".tm-count", root),
    popup: texts(".leaflet-popup", root),
    tip: texts(".tm-tip:not([hidden])", root),
  };
}

function seenOfTime({ window, surely, lanes, timeline, root }) {
  return {
    window,
    surely,
    dates: [...root.querySelectorAll(".tm-date")].map((each) => each.value),
    period: root.querySelector(".tm-periods").value,
    bar: [...root.querySelectorAll(".tm-bar button")].map((each) => `${each.innerText} ${each.disabled}`),
    isPlaying: timeline.playback.isRunning,
    axis: timeline.zoomed ? timeline.domain : null,
    lanes: lanes.open,
  };
}

function seenOfPanel({ selected, collected, panel, root }) {
  const isOpen = panel.view !== null;
  return {
    selected: [...selected].sort(),
    collected: collected.rows,
    notes: collected.rows.map((row) => collected.notes.get(row)),
    panel: panel.view,
    tabs: texts(".tm-panel [role=tab]", root),
    card: isOpen ? panel.head.innerText : null,
    list: isOpen ? panel.body.innerText : null,
    ticks: isOpen ? [...panel.body.querySelectorAll(".tm-tick input")].map((each) => each.checked) : [],
  };
}
