// @ts-check
// A lesson: its steps one after the other, each with words, questions and a view of the map.

import { make } from "./dom.js";

/** @import { LessonStep } from "./types" */

/** @param {LessonStep} step */
function wordsOf({ title, paragraphs, questions, said }) {
  const asked = make("ol", {}, ...questions.map((text) => make("li", { text })));
  return [
    make("h2", { text: title }),
    ...paragraphs.map((text) => make("p", { text })),
    ...(questions.length ? [make("h3", { text: "Questions" }), asked] : []),
    ...said.map((text) => make("p", { class: "tm-faint", text })),
  ];
}

/**
 * @param {HTMLElement} root
 * @param {LessonStep[]} steps
 * @param {(step: LessonStep) => void} show sets the view of a step
 * @returns {(count: number) => void} goes so many steps on, for the keys of the page
 */
export function startLesson(root, steps, show) {
  const where = make("span", { class: "attest-where" });
  const body = make("div", { "aria-live": "polite" });
  const back = make("button", { type: "button", text: "Back", title: "Back (Page up or arrow left)" });
  const next = make("button", { type: "button", text: "Next", title: "Next (Page down or arrow right)" });
  let at = 0;
  const go = (/** @type {number} */ to) => {
    if (!steps[to]) return;
    at = to;
    body.replaceChildren(...wordsOf(steps[at]));
    where.textContent = `Step ${at + 1} of ${steps.length}`;
    back.disabled = at === 0;
    next.disabled = at === steps.length - 1;
    history.replaceState(null, "", `#${at + 1}`); // a page that is opened again goes on where it was
    globalThis.scrollTo(0, 0);
    show(steps[at]);
  };
  back.addEventListener("click", () => go(at - 1));
  next.addEventListener("click", () => go(at + 1));
  root.append(make("nav", { "aria-label": "Steps of the lesson" }, back, where, next), body);
  const asked = Number(location.hash.slice(1)) - 1;
  go(steps[asked] ? asked : 0);
  return (count) => go(at + count);
}
