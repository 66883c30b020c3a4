// @ts-check
// Keys of the whole page: for a presenter with a clicker, and the list of all keys, in the words of
// `geodata/tell/keys.py`.

import { make } from "./dom.js";

const TYPING = "input, textarea, select, [contenteditable]";
const TEXT = "textarea, [contenteditable], input:not([type=checkbox], [type=radio], [type=range], [type=button])";
const OPEN_LIST = "[aria-expanded=true]"; // a field whose own list Escape closes
const OWN_ARROWS = "[role=slider], [role=separator], [role=radio], [role=tab], [role=application]";
const CONTROL = "button, a, summary, [role=slider], [role=radio], [tabindex='0']";

// Both stand in the page itself, where the style of the map may not reach.
const BLANK = "position:fixed;inset:0;background:#000;z-index:2147483647";
const DIALOG = [
  "position:fixed;inset:0;margin:auto;height:max-content;max-height:90vh;overflow:auto;width:min(520px,92vw)",
  "box-sizing:border-box;background:#fff;color:#1d2733;border:2px solid #1d2733;border-radius:8px;padding:16px 20px",
  "z-index:2147483647;font:15px/1.5 system-ui,sans-serif",
].join(";");

const TAKING = ["focusin", "change"]; // events at which what stands in a field is taken

/** @type {Record<string, number>} keys of a clicker, and the steps they go */
const TURNS = { PageDown: 1, PageUp: -1, ArrowRight: 1, ArrowLeft: -1 };

export class Keys {
  /**
   * @param {{ toggle(): void, nudge(count: number): void, step(count: number): void, escape(): void }} host
   * @param {Record<string, string>} list what each key does, in words
   */
  constructor(host, list) {
    this.host = host;
    this.list = list;
    this.presenting = false; // whether the presenter's keys are on
    this.stepping = false; // whether a lesson is open, through which a clicker leads
    /** @type {Element | null | undefined} the control with arrow keys of its own that was last clicked */
    this.clicked = null;
    /** @type {HTMLElement | null} */
    this.open = null;
    /** @type {HTMLElement | null} */
    this.before = null; // had the focus
    /** @type {{ field: unknown, text: string }} the field that has the focus, and what was last taken from it */
    this.taken = { field: null, text: "" };
    this.take = (/** @type {Event} */ event) => {
      const field = /** @type {Partial<HTMLInputElement>} */ (event.composedPath()[0]);
      this.taken = { field, text: textOf(field) };
    };
    this.listen = (/** @type {KeyboardEvent} */ event) => this.press(event);
    this.turn = (/** @type {KeyboardEvent} */ event) => this.click(event);
    this.point = (/** @type {PointerEvent} */ event) => {
      this.clicked = /** @type {Partial<Element>} */ (event.composedPath()[0]).closest?.(OWN_ARROWS);
    };
    document.addEventListener("keydown", this.listen);
    // Before any control hears of it: wherever the focus was left, a clicker goes on.
    document.addEventListener("keydown", this.turn, true);
    document.addEventListener("pointerdown", this.point, true);
    for (const name of TAKING) document.addEventListener(name, this.take, true);
  }

  /**
   * A clicker's keys in a lesson. Page keys turn from anywhere. Arrows are left to what is typed in, and to a control
   * that was reached by keyboard; one that was clicked only has the focus by the way.
   * @param {KeyboardEvent} event
   */
  click(event) {
    if (event.key === "Tab") this.clicked = null;
    const way = TURNS[event.key];
    if (!way || !this.stepping || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = /** @type {Partial<HTMLElement>} */ (event.composedPath()[0]);
    const own = target.closest?.(OWN_ARROWS);
    const isKept = target.matches?.(TYPING) || (own && own !== this.clicked);
    if (event.key.startsWith("Arrow") && isKept) return;
    event.preventDefault();
    event.stopPropagation();
    if (target.matches?.(TYPING)) target.blur?.(); // what was typed is taken before its step is left
    this.host.step(way);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const target = /** @type {Partial<HTMLInputElement>} */ (event.composedPath()[0]); // the document is no element
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") this.take(event);
    if (event.key === "Escape") this.escape(target);
    else if (target.matches?.(TYPING)) return;
    else if (event.key === "?") this.showList();
    else if (this.presenting && this.present(event.key, target.closest?.(CONTROL) !== null)) event.preventDefault();
  }

  /**
   * Escape closes from anywhere, but where it would take away what was typed, or a field has a list of its own open.
   * @param {Partial<HTMLInputElement>} target
   */
  escape(target) {
    const isTyping = target.matches?.(TEXT) && target === this.taken.field && textOf(target) !== this.taken.text;
    if (isTyping || target.matches?.(OPEN_LIST)) return;
    if (this.open) this.hide();
    else this.host.escape();
  }

  /**
   * A control that has the focus keeps its own keys, but for the blank screen.
   * @param {string} key
   * @param {boolean} isControl
   */
  present(key, isControl) {
    if (key === "b" || key === "B" || key === ".") this.blank();
    else if (isControl) return false;
    else if (key === " ") this.host.toggle();
    else if (key === "ArrowRight" || key === "ArrowLeft") this.host.nudge(key === "ArrowRight" ? 1 : -1);
    else return false;
    return true;
  }

  blank() {
    if (this.open?.className === "attest-blank") {
      this.hide();
      return;
    }
    const said = { role: "img", "aria-label": "Blank screen; B brings the page back" };
    this.show(make("div", { class: "attest-blank", ...said, style: BLANK, onclick: () => this.hide() }));
  }

  showList() {
    if (this.open) {
      this.hide();
      return;
    }
    const style = "font:inherit;padding:4px 12px";
    const close = make("button", { type: "button", text: "Close", onclick: () => this.hide(), style });
    const rows = Object.entries(this.list).flatMap(([key, what]) => [
      make("dt", { text: key, style: "font-weight:600" }),
      make("dd", { text: what, style: "margin:0" }),
    ]);
    const grid = "display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:0 0 12px";
    this.show(
      make(
        "div",
        { role: "dialog", "aria-modal": "true", "aria-label": "Keys", style: DIALOG },
        make("h2", { text: "Keys", style: "margin:0 0 8px;font-size:18px" }),
        make("dl", { style: grid }, ...rows),
        close,
      ),
    );
    close.focus();
  }

  /** @param {HTMLElement} element */
  show(element) {
    this.hide();
    this.before = /** @type {HTMLElement | null} */ (document.activeElement);
    this.open = element;
    document.body.append(element);
  }

  hide() {
    this.open?.remove();
    this.open = null;
    this.before?.focus({ preventScroll: true });
  }

  destroy() {
    this.hide();
    document.removeEventListener("keydown", this.listen);
    document.removeEventListener("keydown", this.turn, true);
    document.removeEventListener("pointerdown", this.point, true);
    for (const name of TAKING) document.removeEventListener(name, this.take, true);
  }
}

/** @param {Partial<HTMLInputElement>} field */
function textOf({ value, textContent }) {
  return value ?? textContent ?? "";
}
