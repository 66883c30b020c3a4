// Lanes: one for each category, each report a bar over the days it may be of. Certain days are solid, vague ones
// translucent, open ends fade. With many reports a lane is a strip of density.

import { FONT, make, plural } from "./dom.js";
import { FLAG, OPEN_END, OPEN_START } from "./table.js";
import { pixelOf } from "./raster.js";

const BAR = 6; // pixels of a bar
const GAP = 2;
const HEAD = 16; // pixels of a lane's name
const STRIP = 16; // pixels of a lane of density
const MOST = 3000; // reports of which each still gets a bar

export class Lanes {
  // host: {table, shown(): {rows, codes, entries, domain, width, xOf, selected}, hover(row, event), choose(row)}
  constructor(host) {
    this.host = host;
    this.canvas = make("canvas", { "aria-hidden": "true" });
    this.note = make("p", { class: "tm-faint tm-lanes-note" });
    this.element = make("div", { class: "tm-lanes", hidden: true, role: "img", "aria-label": "Lanes: each report as a bar over its possible days" },
      this.note, this.canvas);
    this.canvas.addEventListener("mousemove", (event) => this.point(event));
    this.canvas.addEventListener("mouseleave", () => host.hover(null));
    this.canvas.addEventListener("click", (event) => {
      const bar = this.barAt(event);
      if (bar) host.choose(bar.row);
    });
  }

  get open() {
    return !this.element.hidden;
  }

  toggle() {
    this.element.hidden = this.open;
    if (this.open) this.draw();
  }

  draw() {
    if (!this.open) return;
    const { rows, codes, entries, domain, width, selected } = this.host.shown();
    if (!width || !domain) return;
    const lanes = entries.map((entry, code) => ({ entry, code, rows: [] }));
    for (let at = 0; at < rows.length; at += 1) {
      const row = rows[at];
      if (!(this.host.table.flags[row] & FLAG.UNDATED)) lanes[codes[row]].rows.push(row);
    }
    const used = lanes.filter((lane) => lane.rows.length);
    const dense = used.reduce((sum, lane) => sum + lane.rows.length, 0) > MOST;
    this.bars = [];
    if (dense) this.drawStrips(used, domain, width);
    else this.drawBars(used, domain, width, selected);
    this.note.textContent = dense ? `Each strip: the more reports a time may hold, the stronger. ${plural(rows.length, "report")}.`
      : "Solid: the day is known. Translucent: some day within the bar. Fading: no first or last day is known.";
  }

  size(width, height) {
    const ratio = window.devicePixelRatio || 1;
    this.canvas.width = width * ratio;
    this.canvas.height = height * ratio;
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    const context = this.canvas.getContext("2d");
    context.scale(ratio, ratio);
    return context;
  }

  name(context, lane, top) {
    context.font = `600 11px ${FONT}`;
    context.textBaseline = "top";
    context.fillStyle = lane.entry.colour;
    context.fillRect(0, top + 3, 9, 9);
    context.fillStyle = "#1d2733";
    context.fillText(`${lane.entry.letter} ${lane.entry.name} · ${lane.rows.length.toLocaleString("en")}`, 13, top + 2);
  }

  // Bars are packed: a bar takes the first line of its lane on which it touches no other.
  drawBars(lanes, domain, width, selected) {
    const { table } = this.host;
    const perDay = width / (domain.last - domain.first + 1);
    let top = 0;
    const placed = [];
    for (const lane of lanes) {
      const ends = [];
      const head = top;
      for (const row of lane.rows) {
        const first = Math.max(table.first[row], domain.first);
        const last = Math.min(table.last[row], domain.last);
        if (first > domain.last || last < domain.first) continue;
        const x = (first - domain.first) * perDay;
        const wide = Math.max(4, (last - first + 1) * perDay - 1);
        let line = ends.findIndex((end) => end <= x);
        if (line < 0) line = ends.length;
        ends[line] = x + wide + 2;
        placed.push({ row, x, y: head + HEAD + line * (BAR + GAP), wide, lane });
      }
      top = head + HEAD + Math.max(1, ends.length) * (BAR + GAP) + 5;
      lane.top = head;
    }
    const context = this.size(width, top);
    for (const lane of lanes) this.name(context, lane, lane.top);
    for (const bar of placed) this.bar(context, bar, selected.has(bar.row));
    this.bars = placed;
  }

  bar(context, { row, x, y, wide, lane }, chosen) {
    const { table } = this.host;
    const { colour } = lane.entry;
    const [openStart, openEnd] = [table.first[row] === OPEN_START, table.last[row] === OPEN_END];
    if (openStart || openEnd) {
      const fade = context.createLinearGradient(x, 0, x + wide, 0);
      fade.addColorStop(0, openStart ? `${colour}00` : `${colour}99`);
      fade.addColorStop(1, openEnd ? `${colour}00` : `${colour}99`);
      context.fillStyle = fade;
    } else context.fillStyle = table.isVague(row) ? `${colour}66` : colour;
    context.fillRect(x, y, wide, BAR);
    if (table.isVague(row) && !openStart && !openEnd) {
      context.strokeStyle = colour;
      context.lineWidth = 1;
      context.strokeRect(x + 0.5, y + 0.5, wide - 1, BAR - 1);
    }
    if (chosen) {
      context.strokeStyle = "#1d2733";
      context.lineWidth = 2;
      context.strokeRect(x - 1.5, y - 1.5, wide + 3, BAR + 3);
    }
  }

  drawStrips(lanes, domain, width) {
    const { table } = this.host;
    const perDay = width / (domain.last - domain.first + 1);
    const context = this.size(width, lanes.length * (HEAD + STRIP + 5));
    lanes.forEach((lane, index) => {
      const change = new Float64Array(width + 1);
      for (const row of lane.rows) {
        const from = Math.max(0, Math.min(width - 1, Math.floor((table.first[row] - domain.first) * perDay)));
        const to = Math.max(from, Math.min(width - 1, Math.floor((table.last[row] - domain.first) * perDay)));
        if (table.first[row] > domain.last || table.last[row] < domain.first) continue;
        change[from] += 1 / (to - from + 1);
        change[to + 1] -= 1 / (to - from + 1);
      }
      const held = new Float64Array(width);
      let most = 1e-9;
      for (let x = 0, running = 0; x < width; x += 1) {
        running += change[x];
        held[x] = Math.max(0, running);
        if (held[x] > most) most = held[x];
      }
      const image = context.createImageData(width, 1);
      const pixels = new Uint32Array(image.data.buffer);
      const colour = pixelOf(lane.entry.colour);
      for (let x = 0; x < width; x += 1) {
        const share = Math.log1p(held[x] * 20) / Math.log1p(most * 20);
        pixels[x] = (Math.round(share * 255) << 24) | colour;
      }
      const line = new OffscreenCanvas(width, 1);
      line.getContext("2d").putImageData(image, 0, 0);
      const top = index * (HEAD + STRIP + 5);
      this.name(context, lane, top);
      context.drawImage(line, 0, top + HEAD, width, STRIP);
    });
  }

  barAt(event) {
    const { offsetX: x, offsetY: y } = event;
    return this.bars?.findLast((bar) => x >= bar.x - 2 && x <= bar.x + bar.wide + 2 && y >= bar.y - 1 && y <= bar.y + BAR + 1) ?? null;
  }

  point(event) {
    const bar = this.barAt(event);
    this.canvas.style.cursor = bar ? "pointer" : "";
    this.host.hover(bar ? bar.row : null, event);
  }
}
