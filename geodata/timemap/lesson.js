// A lesson: its steps one after the other, each with words, questions and a view of the map that `show(step)` sets.
//
// steps: [{title, paragraphs: [text], questions: [text], said: [text], …}]; the rest of a step is the host's own.

import { make } from "./dom.js";

const ELSEWHERE = "input, select, textarea, [role=slider], .leaflet-container, .tm-list"; // there the arrow keys are taken

export function startLesson(root, steps, show) {
  const where = make("span", { class: "attest-where" });
  const body = make("div", { "aria-live": "polite" });
  let at = 0;
  const go = (to) => {
    if (!steps[to]) return;
    at = to;
    const { title, paragraphs, questions, said, ...view } = steps[at];
    body.replaceChildren(make("h2", { text: title }), ...paragraphs.map((text) => make("p", { text })),
      ...(questions.length ? [make("h3", { text: "Questions" }), make("ol", {}, ...questions.map((text) => make("li", { text })))] : []),
      ...said.map((text) => make("p", { class: "tm-faint", text })));
    where.textContent = `Step ${at + 1} of ${steps.length}`;
    back.disabled = at === 0;
    next.disabled = at === steps.length - 1;
    history.replaceState(null, "", `#${at + 1}`); // a page that is opened again goes on where it was
    globalThis.scrollTo(0, 0);
    show(view);
  };
  const back = make("button", { type: "button", text: "Back", title: "Back (Page up or arrow left)", onclick: () => go(at - 1) });
  const next = make("button", { type: "button", text: "Next", title: "Next (Page down or arrow right)", onclick: () => go(at + 1) });
  root.append(make("nav", { "aria-label": "Steps of the lesson" }, back, where, next), body);
  document.addEventListener("keydown", (event) => {
    const way = { PageDown: 1, PageUp: -1, ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!way || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.startsWith("Arrow") && event.target.closest(ELSEWHERE)) return;
    event.preventDefault();
    go(at + way);
  });
  go(steps[location.hash.slice(1) - 1] ? location.hash.slice(1) - 1 : 0);
}
