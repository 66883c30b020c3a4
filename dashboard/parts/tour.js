// The tour: one step at a time, until it is done or skipped. What was seen is kept in this browser.

const KEY = "attest-tour-seen";
export default function ({ data, parentElement }) {
  const box = parentElement.querySelector("aside");
  if (data.recalled && box.dataset.recalled !== String(data.recalled)) localStorage.removeItem(KEY);
  else if (box.dataset.recalled !== undefined) return;
  box.dataset.recalled = data.recalled;
  if (localStorage.getItem(KEY)) return;
  let at = 0;
  const make = (tag, text, kind, act) => {
    const element = document.createElement(tag);
    element.textContent = text;
    if (kind) element.className = kind;
    if (act) element.onclick = act;
    return element;
  };
  const end = () => {
    localStorage.setItem(KEY, "1");
    box.hidden = true;
  };
  const draw = (focus) => {
    const [title, words] = data.steps[at];
    const text = make("p", words);
    text.prepend(make("strong", `${title}. `));
    const last = at === data.steps.length - 1;
    const next = make("button", last ? "Done" : "Next", "next", () => {
      if (last) end();
      else {
        at += 1;
        draw(true);
      }
    });
    box.replaceChildren(make("span", `${at + 1} / ${data.steps.length}`), text, next);
    if (!last) box.append(make("button", "Skip the tour", "", end));
    box.hidden = false;
    if (focus) next.focus();
  };
  draw(false);
}
