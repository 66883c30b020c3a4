// @ts-check
// The tour: one step at a time, until it is done or skipped. What was seen is kept in this browser.

/** @import { Component } from "../../geodata/timemap/types" */

const KEY = "attest-tour-seen";

/**
 * @param {string} text
 * @param {string} kind
 * @param {() => void} act
 */
function buttonOf(text, kind, act) {
  const button = document.createElement("button");
  Object.assign(button, { textContent: text, className: kind, onclick: act });
  return button;
}

/**
 * @param {string} tag
 * @param {string} text
 */
function textIn(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

/** @param {Component<{ steps: [title: string, words: string][], recalled: number }>} component */
export default function ({ data, parentElement }) {
  const box = /** @type {HTMLElement} */ (parentElement.querySelector("aside"));
  if (data.recalled && box.dataset.recalled !== String(data.recalled)) localStorage.removeItem(KEY);
  else if (box.dataset.recalled !== undefined) return;
  box.dataset.recalled = String(data.recalled);
  if (localStorage.getItem(KEY)) return;
  let at = 0;
  const end = () => {
    localStorage.setItem(KEY, "1");
    box.hidden = true;
  };
  const draw = () => {
    const [title, words] = data.steps[at];
    const text = textIn("p", words);
    text.prepend(textIn("strong", `${title}. `));
    const isLast = at === data.steps.length - 1;
    const next = buttonOf(isLast ? "Done" : "Next", "next", isLast ? end : onward);
    box.replaceChildren(textIn("span", `${at + 1} / ${data.steps.length}`), text, next);
    if (!isLast) box.append(buttonOf("Skip the tour", "", end));
    box.hidden = false;
    return next;
  };
  const onward = () => {
    at += 1;
    draw().focus();
  };
  draw();
}
