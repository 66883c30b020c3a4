// The timeline: a histogram of reports, a window with two handles and a body that drags, exact dates, and playback.

import { calendar, dayOfIso, isoOf, shifted, shiftedWindow, spoken, startOf, tickLabel } from "./days.js";
import { FONT, make, plural } from "./dom.js";
import { OPEN_END, OPEN_START } from "./table.js";

const PLOT = 64; // pixels of bars
const AXIS = 20; // pixels of labels under them
const SOLID = "#35506e";
const POSSIBLE = "#a9bacb";

export class Timeline {
  // `changed(window)` is called at every move, `settled(window)` when the hand lets go or playback stops.
  // A window is {first, last} in days; null means all of time, undated reports included.
  constructor(table, { changed, settled, playing, stretched }) {
    this.table = table;
    this.stretched = stretched; // the days on screen, or their width, are others
    this.changed = changed;
    this.settled = settled;
    this.playing = playing;
    this.timer = null;
    this.window = null;
    this.magnification = 1;
    this.build();
    this.refresh();
  }

  build() {
    const option = (value, text) => make("option", { value, text });
    this.play = make("button", { class: "tm-play", type: "button", title: "Play (space)", "aria-label": "Play", text: "▶",
      onclick: () => this.toggle() });
    this.step = make("select", { "aria-label": "Step", title: "Step" }, option("day", "day"), option("week", "week"),
      option("month", "month"), option("year", "year"));
    this.step.value = "month";
    this.speed = make("select", { "aria-label": "Speed", title: "Steps a second" }, option("1", "1 a second"),
      option("2", "2 a second"), option("4", "4 a second"), option("8", "8 a second"), option("16", "16 a second"));
    this.speed.value = "4";
    this.speed.addEventListener("change", () => this.timer && this.start());
    this.mode = make("select", { "aria-label": "What playback shows", title: "What playback shows" },
      option("window", "window"), option("sofar", "all so far"));
    this.from = make("input", { type: "date", "aria-label": "First day of the window", max: "9999-12-31" });
    this.to = make("input", { type: "date", "aria-label": "Last day of the window", max: "9999-12-31" });
    // While a date is typed, half a year is no date and an end before the start is not yet a mistake.
    for (const input of [this.from, this.to]) {
      input.addEventListener("change", () => this.typed(false));
      input.addEventListener("blur", () => this.typed(true));
      input.addEventListener("keydown", (event) => event.key === "Enter" && this.typed(true));
    }
    this.all = make("button", { type: "button", text: "All dates", title: "Show every date", onclick: () => this.clear() });
    this.zoomer = make("button", { type: "button", onclick: () => this.zoomTo(this.zoomed ? null : this.window) });
    this.bar = make("div", { class: "tm-bar", role: "group", "aria-label": "Time window and playback" },
      make("span", { class: "tm-group" }, this.play,
        make("label", { class: "tm-rare" }, make("span", { text: "Step" }), this.step),
        make("label", { class: "tm-rare" }, make("span", { text: "Speed" }), this.speed),
        make("label", { class: "tm-rare" }, make("span", { text: "Show" }), this.mode)),
      make("span", { class: "tm-group" }, make("label", {}, make("span", { text: "From" }), this.from),
        make("label", {}, make("span", { text: "to" }), this.to)),
      make("span", { class: "tm-group tm-rare" }, this.all, this.zoomer));

    this.canvas = make("canvas", { "aria-hidden": "true" });
    const slider = (name, label) => make("div", { class: `tm-${name}`, role: "slider", tabindex: "0", "aria-label": label,
      "data-grip": name });
    this.body = slider("body", "Window: arrow keys move it by a step");
    this.left = slider("left", "First day: arrow keys move it by a step");
    this.right = slider("right", "Last day: arrow keys move it by a step");
    this.strip = make("div", { class: "tm-strip" }, this.canvas, this.body, this.left, this.right);
    this.shade = make("div", { class: "tm-shade", hidden: true, "aria-hidden": "true" }); // the window, over the lanes
    this.element = make("div", { class: "tm-time" }, this.bar, this.strip);
    this.strip.addEventListener("pointerdown", (event) => this.grab(event));
    this.strip.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    this.element.addEventListener("keydown", (event) => this.key(event));
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.strip);
  }

  // Larger letters for a class room: how many times their usual size.
  setMagnification(times) {
    if (this.magnification === times) return;
    this.magnification = times;
    this.strip.style.height = `${PLOT + AXIS * times}px`;
    this.draw();
  }

  // After a new mask: the domain follows what is kept, and the histogram is counted again.
  refresh() {
    this.extent = this.table.extent();
    if (!this.zoomed) this.domain = this.extent && { ...this.extent };
    this.draw();
  }

  get shown() {
    return this.window ?? this.extent;
  }

  set(window, { settle = false } = {}) {
    if (window !== null) {
      const { first, last } = window;
      window = first <= last ? { first, last } : { first: last, last: first };
      if (this.extent && window.first <= this.extent.first && window.last >= this.extent.last) window = null;
    }
    this.window = window;
    this.place();
    this.changed(window);
    if (settle) this.settled(window);
  }

  clear() {
    this.show(null);
    this.settled(null);
  }

  // What the host asks for: a window, or all of time on the whole timeline.
  show(window) {
    this.stop(false);
    if (window === null) this.zoomed = false;
    this.refresh();
    this.set(window);
    if (window !== null && this.window === null) this.settled(null); // it held all of time: the host must know
  }

  zoomTo(window) {
    this.zoomed = window !== null;
    this.domain = window === null ? this.extent && { ...this.extent } : { ...window };
    this.draw();
  }

  typed(done) {
    if (!this.shown) return;
    const read = (input, otherwise) => (input.value >= "1000" ? dayOfIso(input.value) ?? otherwise : otherwise);
    const { first, last } = { first: read(this.from, this.shown.first), last: read(this.to, this.shown.last) };
    const wrong = first > last;
    this.to.setCustomValidity(wrong ? "The last day is before the first." : "");
    if (wrong && done) this.to.reportValidity();
    else if (!wrong && (first !== this.shown.first || last !== this.shown.last)) this.set({ first, last }, { settle: true });
  }

  // --- pointer -------------------------------------------------------------------------------------------------

  dayAt(x) {
    const { first, last } = this.domain;
    return Math.round(first + (x / this.width) * (last - first + 1));
  }

  xOf(day) {
    const { first, last } = this.domain;
    return ((day - first) / (last - first + 1)) * this.width;
  }

  grab(event) {
    if (!this.domain || event.button) return;
    event.preventDefault();
    this.stop(false);
    const grip = event.target.dataset?.grip;
    const box = this.strip.getBoundingClientRect();
    const start = event.clientX - box.left;
    const before = { ...this.shown };
    const whole = this.window === null;
    if (grip) event.target.focus();
    this.strip.setPointerCapture(event.pointerId);
    const move = (moved) => {
      const x = Math.max(0, Math.min(this.width, moved.clientX - box.left));
      const shift = this.dayAt(x) - this.dayAt(start);
      if (grip === "left") this.set({ first: Math.min(before.first + shift, before.last), last: before.last });
      else if (grip === "right") this.set({ first: before.first, last: Math.max(before.last + shift, before.first) });
      else if (grip === "body" && !whole) this.set({ first: before.first + shift, last: before.last + shift });
      else if (Math.abs(x - start) > 3) {
        const [one, other] = [this.dayAt(start), this.dayAt(x)];
        this.set({ first: Math.min(one, other), last: Math.max(one, other) - 1 });
      }
    };
    const release = () => {
      this.strip.removeEventListener("pointermove", move);
      this.strip.removeEventListener("pointerup", release);
      this.strip.removeEventListener("pointercancel", release);
      this.settled(this.window);
    };
    this.strip.addEventListener("pointermove", move);
    this.strip.addEventListener("pointerup", release);
    this.strip.addEventListener("pointercancel", release);
  }

  wheel(event) {
    if (!this.domain || !this.extent || (!event.ctrlKey && !event.shiftKey)) return; // a plain wheel scrolls the page
    event.preventDefault();
    const { first, last } = this.domain;
    const at = this.dayAt(event.clientX - this.strip.getBoundingClientRect().left);
    const factor = (event.deltaY || event.deltaX) > 0 ? 1.25 : 0.8;
    const next = { first: Math.round(at - (at - first) * factor), last: Math.round(at + (last - at) * factor) };
    if (next.last - next.first < 7) return;
    const whole = next.first <= this.extent.first && next.last >= this.extent.last;
    this.zoomTo(whole ? null : { first: Math.max(next.first, this.extent.first), last: Math.min(next.last, this.extent.last) });
  }

  // --- keyboard ------------------------------------------------------------------------------------------------

  key(event) {
    const tag = event.target.tagName;
    if (event.key === " " && tag !== "BUTTON" && tag !== "SELECT" && tag !== "INPUT") {
      event.preventDefault();
      this.toggle();
      return;
    }
    const grip = event.target.dataset?.grip;
    const ways = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -6, PageUp: 6 };
    if (!grip || !this.domain) return;
    const { first, last } = this.shown;
    if (event.key === "Home") this.set({ first: this.extent.first, last: grip === "right" ? first : grip === "left" ? last : this.extent.first + last - first }, { settle: true });
    else if (event.key === "End") this.set({ first: grip === "left" ? last : grip === "right" ? first : this.extent.last - last + first, last: this.extent.last }, { settle: true });
    else if (event.key in ways) this.nudge(grip, ways[event.key]);
    else return;
    event.preventDefault();
  }

  nudge(grip, count) {
    const { first, last } = this.shown;
    const step = this.step.value;
    if (grip === "left") this.set({ first: Math.min(shifted(first, step, count), last), last }, { settle: true });
    else if (grip === "right") this.set({ first, last: Math.max(shifted(last + 1, step, count) - 1, first) }, { settle: true });
    else this.set(shiftedWindow(this.window ?? this.opening(), step, this.window ? count : 0), { settle: true });
  }

  // --- playback ------------------------------------------------------------------------------------------------

  toggle() {
    if (this.timer) this.stop(true);
    else this.start();
  }

  // The first window of a playback over all of time: one step at the start of the timeline.
  opening() {
    const start = startOf(this.domain.first, this.step.value);
    return { first: start, last: shifted(start, this.step.value, 1) - 1 };
  }

  start() {
    if (!this.domain) return;
    const end = this.domain.last;
    if (this.window === null || this.window.last >= end) {
      const length = this.window && this.window.first > this.domain.first && this.mode.value === "window" ? this.window.last - this.window.first : null;
      this.set(length === null ? this.opening() : { first: this.domain.first, last: this.domain.first + length });
    }
    if (this.window === null) return; // one step holds all there is: nothing moves
    clearInterval(this.timer);
    this.timer = setInterval(() => this.tick(), 1000 / Number(this.speed.value));
    this.play.textContent = "❚❚";
    this.play.setAttribute("aria-label", "Pause");
    this.playing(true);
  }

  tick() {
    if (!this.domain || !this.window) {
      this.stop(true);
      return;
    }
    const step = this.step.value;
    const onward = ({ first, last }) => (this.mode.value === "window" ? shiftedWindow({ first, last }, step, 1)
      : { first, last: shifted(last + 1, step, 1) - 1 });
    // Stretches of time in which no report begins are passed over: nothing new would be seen.
    let next = onward(this.window);
    while (next.last < this.domain.last && !this.table.beginsIn(this.window.last + 1, next.last)) next = onward(next);
    this.set(next);
    if (this.window === null || this.window.last >= this.domain.last) this.stop(true);
  }

  stop(settle) {
    if (!this.timer) return;
    clearInterval(this.timer);
    this.timer = null;
    this.play.textContent = "▶";
    this.play.setAttribute("aria-label", "Play");
    this.playing(false);
    if (settle) this.settled(this.window);
  }

  // --- drawing -------------------------------------------------------------------------------------------------

  // Bars of the reports surely inside a bin, and above them the vague ones, each spread evenly over the bins it may be in.
  count() {
    const { first, last } = this.domain;
    const asked = [first, last, this.width].join();
    if (this.counted?.asked !== asked || this.counted.mask !== this.table.mask) {
      this.counted = { asked, mask: this.table.mask, bins: this.countBins(first, last) };
    }
    return this.counted.bins;
  }

  countBins(first, last) {
    const { unit, count, edges } = calendar(first, last, this.width, 5);
    const bins = edges.length - 1;
    const binOf = new Int32Array(last - first + 1);
    for (let bin = 0; bin < bins; bin += 1) {
      binOf.fill(bin, Math.max(0, edges[bin] - first), Math.max(0, Math.min(binOf.length, edges[bin + 1] - first)));
    }
    const solid = new Int32Array(bins);
    const change = new Float64Array(bins + 1);
    const { table } = this;
    for (let row = 0; row < table.dated; row += 1) {
      const [a, b] = [table.first[row], table.last[row]];
      if (a > last || b < first || !table.keeps(row)) continue;
      const from = a < first ? 0 : binOf[a - first];
      const to = b > last ? bins - 1 : binOf[b - first];
      if (from === to && a >= edges[from] && b < edges[to + 1]) solid[from] += 1;
      else {
        const share = 1 / (to - from + 1);
        change[from] += share;
        change[to + 1] -= share;
      }
    }
    const possible = new Float64Array(bins);
    for (let bin = 0, running = 0; bin < bins; bin += 1) {
      running += change[bin];
      possible[bin] = running;
    }
    return { unit, count, edges, solid, possible };
  }

  draw() {
    this.width = this.strip.clientWidth;
    if (!this.width) return;
    const ratio = window.devicePixelRatio || 1;
    this.canvas.width = this.width * ratio;
    this.canvas.height = (PLOT + AXIS * this.magnification) * ratio;
    this.canvas.style.width = `${this.width}px`;
    this.canvas.style.height = `${PLOT + AXIS * this.magnification}px`;
    const context = this.canvas.getContext("2d");
    context.scale(ratio, ratio);
    context.clearRect(0, 0, this.width, PLOT + AXIS * this.magnification);
    if (this.domain) {
      const bins = this.count();
      let top = 1;
      for (let bin = 0; bin < bins.solid.length; bin += 1) top = Math.max(top, bins.solid[bin] + bins.possible[bin]);
      const scale = (PLOT - 12) / top;
      for (let bin = 0; bin < bins.solid.length; bin += 1) {
        const x = this.xOf(bins.edges[bin]);
        const wide = Math.max(1, this.xOf(bins.edges[bin + 1]) - x - 1);
        const sure = bins.solid[bin] && Math.max(2, bins.solid[bin] * scale);
        const maybe = bins.possible[bin] > 1e-6 ? Math.max(1, bins.possible[bin] * scale) : 0;
        context.fillStyle = SOLID;
        context.fillRect(x, PLOT - sure, wide, sure);
        context.fillStyle = POSSIBLE;
        context.fillRect(x, PLOT - sure - maybe, wide, maybe);
      }
      context.fillStyle = "#4a5562";
      context.font = `${Math.round(11 * this.magnification)}px ${FONT}`;
      context.textAlign = "left";
      context.textBaseline = "top";
      const every = bins.count === 1 ? `a ${bins.unit}` : `${bins.count} ${bins.unit}s`;
      const most = `up to ${plural(Math.round(top), "report")} in ${every}`;
      const said = [`${most}; pale: vague dates, spread over their days`, `${most}; pale: vague dates`, most];
      context.fillText(said.find((text) => context.measureText(text).width < this.width - 8) ?? most, 8, 0);
      this.axis(context);
    }
    this.place();
    this.stretched();
  }

  axis(context) {
    const { unit, edges } = calendar(this.domain.first, this.domain.last, this.width, 46 * this.magnification);
    context.strokeStyle = "#8994a1";
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(0, PLOT + 0.5);
    context.lineTo(this.width, PLOT + 0.5);
    context.stroke();
    context.fillStyle = "#3a4653";
    context.textBaseline = "top";
    for (const day of edges) {
      const x = this.xOf(day);
      if (x < 0 || x > this.width - 26 * this.magnification) continue;
      context.fillRect(x, PLOT, 1, 5);
      context.fillText(tickLabel(day, unit), x + 3, PLOT + 4);
    }
  }

  place() {
    const { shown } = this;
    const usable = shown && this.domain && this.width;
    for (const grip of [this.body, this.left, this.right]) grip.style.display = usable ? "" : "none";
    if (!usable) return;
    const clamp = (x) => Math.max(0, Math.min(this.width, x));
    const from = clamp(this.xOf(shown.first));
    const to = clamp(this.xOf(shown.last + 1));
    const wide = Math.max(8, to - from);
    this.body.style.left = `${(from + to - wide) / 2}px`;
    this.body.style.width = `${wide}px`;
    this.shade.style.left = `${from}px`;
    this.shade.style.width = `${Math.max(1, to - from)}px`;
    this.shade.classList.toggle("tm-whole", this.window === null);
    this.left.style.left = `${(from + to - wide) / 2}px`;
    this.right.style.left = `${(from + to + wide) / 2}px`;
    this.strip.classList.toggle("tm-whole", this.window === null);
    for (const [grip, day] of [[this.left, shown.first], [this.right, shown.last], [this.body, shown.first]]) {
      grip.setAttribute("aria-valuemin", this.extent?.first ?? day);
      grip.setAttribute("aria-valuemax", this.extent?.last ?? day);
      grip.setAttribute("aria-valuenow", day);
      grip.setAttribute("aria-valuetext", grip === this.body ? `${spoken(shown.first)} to ${spoken(shown.last)}` : spoken(day));
    }
    if (shown.first > OPEN_START && shown.last < OPEN_END) {
      const typing = this.element.getRootNode().activeElement;
      if (typing !== this.from) this.from.value = isoOf(shown.first);
      if (typing !== this.to) this.to.value = isoOf(shown.last);
    }
    this.all.disabled = this.window === null && !this.zoomed;
    this.zoomer.textContent = this.zoomed ? "Whole timeline" : "Zoom timeline";
    this.zoomer.title = this.zoomed ? "Show all of time on the timeline" : "Stretch the window over the timeline (Shift and wheel zooms too)";
    this.zoomer.disabled = !this.zoomed && this.window === null;
  }

  destroy() {
    clearInterval(this.timer);
    this.observer.disconnect();
  }
}
