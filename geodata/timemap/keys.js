// @ts-check
// Keys of the whole page: for a presenter with a clicker, and the list of all keys, in the words of
// `geodata/tell/keys.py`.

import { make } from "./dom.js";

const TYPING = "input, textarea, select, [contenteditable]";
const CONTROL = "button, a, summary, [role=slider], [role=radio], [tabindex='0']";

// Both stand in the page itself, where the style of the map may not reach.
const BLANK = "position:fixed;inset:0;background:#000;z-index:2147483647";
const DIALOG = [
  "position:fixed;inset:0;margin:auto;height:max-content;max-height:90vh;overflow:auto;width:min(520px,92vw)",
  "box-sizing:border-box;background:#fff;color:#1d2733;border:2px solid #1d2733;border-radius:8px;padding:16px 20px",
  "z-index:2147483647;font:15px/1.5 system-ui,sans-serif",
].join(";");

export class Keys {
  /**
   * @param {{ toggle(): void, nudge(count: number): void, step(count: number): void, escape(): void }} host
   * @param {Record<string, string>} list what each key does, in words
   */
  constructor(host, list) {
    this.host = host;
    this.list = list;
    this.presenting = false; // whether the presenter's keys are on
    /** @type {HTMLElement | null} */
    this.open = null;
    /** @type {HTMLElement | null} */
    this.before = null; // had the focus
    this.listen = (/** @type {KeyboardEvent} */ event) => this.press(event);
    document.addEventListener("keydown", this.listen);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const target = /** @type {Partial<Element>} */ (event.composedPath()[0]); // the document is no element
    if (event.ctrlKey || event.metaKey || event.altKey || target.matches?.(TYPING)) return;
    if (event.key === "?") this.showList();
    else if (event.key === "Escape") {
      if (this.open) this.hide();
      else this.host.escape();
    } else if (this.presenting && this.present(event.key, target.closest?.(CONTROL) !== null)) event.preventDefault();
  }

  /**
   * A control that has the focus keeps its own keys, but for those of a clicker.
   * @param {string} key
   * @param {boolean} isControl
   */
  present(key, isControl) {
    if (key === "PageDown" || key === "PageUp") this.host.step(key === "PageDown" ? 1 : -1);
    else if (key === "b" || key === "B" || key === ".") this.blank();
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
  }
}
