// Keys of the whole page: for a presenter with a clicker, and the list of all keys, in the words of `geodata/keys.py`.

import { make } from "./dom.js";

const TYPING = "input, textarea, select, [contenteditable]";

export class Keys {
  // host: {toggle(), nudge(count), step(count)}; list: {key: words}; presenting: whether the presenter's keys are on
  constructor(host, list) {
    this.host = host;
    this.list = list;
    this.presenting = false;
    this.listen = (event) => this.press(event);
    document.addEventListener("keydown", this.listen);
  }

  press(event) {
    const target = event.composedPath()[0];
    if (event.ctrlKey || event.metaKey || event.altKey || target.matches?.(TYPING)) return;
    if (event.key === "?") this.showList();
    else if (event.key === "Escape" && this.open) this.hide();
    else if (this.presenting && this.present(event, target)) event.preventDefault();
  }

  // A control that has the focus keeps its own keys, but for those of a clicker.
  present(event, target) {
    const isControl = target.closest?.("button, a, summary, [role=slider], [role=radio], [tabindex='0']") !== null;
    const { key } = event;
    if (key === "PageDown" || key === "PageUp") this.host.step(key === "PageDown" ? 1 : -1);
    else if (key === "b" || key === "B" || key === ".") this.blank();
    else if (isControl) return false;
    else if (key === " ") this.host.toggle();
    else if (key === "ArrowRight" || key === "ArrowLeft") this.host.nudge(key === "ArrowRight" ? 1 : -1);
    else return false;
    return true;
  }

  blank() {
    if (this.open?.className === "attest-blank") this.hide();
    else this.show(make("div", { class: "attest-blank", role: "img", "aria-label": "Blank screen; B brings the page back",
      style: "position:fixed;inset:0;background:#000;z-index:2147483647", onclick: () => this.hide() }));
  }

  showList() {
    if (this.open) {
      this.hide();
      return;
    }
    const close = make("button", { type: "button", text: "Close", onclick: () => this.hide(), style: "font:inherit;padding:4px 12px" });
    const rows = Object.entries(this.list).flatMap(([key, what]) => [make("dt", { text: key, style: "font-weight:600" }), make("dd", { text: what, style: "margin:0" })]);
    this.show(make("div", { role: "dialog", "aria-modal": "true", "aria-label": "Keys",
      style: "position:fixed;inset:0;margin:auto;height:max-content;max-height:90vh;overflow:auto;width:min(520px,92vw);box-sizing:border-box;background:#fff;color:#1d2733;border:2px solid #1d2733;border-radius:8px;padding:16px 20px;z-index:2147483647;font:15px/1.5 system-ui,sans-serif" },
    make("h2", { text: "Keys", style: "margin:0 0 8px;font-size:18px" }),
    make("dl", { style: "display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:0 0 12px" }, ...rows), close));
    close.focus();
  }

  show(element) {
    this.hide();
    this.before = document.activeElement;
    this.open = element;
    document.body.append(element);
  }

  hide() {
    this.open?.remove();
    this.open = null;
    this.before?.focus?.({ preventScroll: true });
  }

  destroy() {
    this.hide();
    document.removeEventListener("keydown", this.listen);
  }
}
