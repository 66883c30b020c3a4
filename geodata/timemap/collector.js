// @ts-check
// Marks are taken into the collection by drawing round them: freely, or as a box.

import { make } from "./dom.js";
import { Glass } from "./glass.js";
import { isWithin } from "./layershapes.js";

/** @import { Point, Row } from "./types" */
/** @import { MapView } from "./mapview.js" */

const TITLE = "Take marks into the collection: draw round them, or press Enter to take all in view";

export class Collector {
  /**
   * @param {MapView} view
   * @param {(rows: Row[]) => void} collected called with the reports whose mark lies within what was drawn
   */
  constructor(view, collected) {
    this.view = view;
    /** @type {Point[]} what is being drawn, in pixels of the map */
    this.outline = [];
    const text = "Collect marks";
    this.button = make("button", { type: "button", class: "tm-rare", text, title: TITLE, "aria-pressed": "false" });
    this.button.addEventListener("click", () => {
      if (this.isOff) view.host.say(this.button.title);
      else this.glass.open(!this.glass.isOpen);
    });
    const [free, box] = [
      make("option", { value: "free", text: "freely" }),
      make("option", { value: "box", text: "a box" }),
    ];
    this.shape = make("select", { "aria-label": "What is drawn" }, free, box);
    const how = "Draw round marks. Enter takes all in view, Escape leaves it. Drawn ";
    this.glass = new Glass(view, this.button, make("div", { class: "tm-ask tm-asking", text: how }, this.shape), {
      drawing: (path) => (this.outline = path.length ? this.shaped(path) : []),
      drawn: (path) => collected(this.within(path.length > 2 ? this.shaped(path) : boxOfEnds(path))),
    });
  }

  /** @param {boolean} areMarks whether the map has reports; else it has squares, of whose reports it knows none */
  offer(areMarks) {
    if (this.isOff === !areMarks) return;
    this.button.setAttribute("aria-disabled", String(!areMarks)); // not `disabled`: a keyboard reaches the reason
    this.button.title = areMarks ? TITLE : "Come closer: each of these squares stands for many reports";
    if (!areMarks) this.glass.open(false);
  }

  get isOff() {
    return this.button.getAttribute("aria-disabled") === "true";
  }

  /** @param {Point[]} path */
  shaped(path) {
    return this.shape.value === "box" ? boxOfEnds(path) : [...path];
  }

  /**
   * The reports shown whose place lies within an outline, by their numbers in the whole table; where only an area is
   * known, nobody can say that it does.
   * @param {Point[]} outline
   */
  within(outline) {
    const { host, table, project } = this.view;
    if (table.level !== null) return []; // squares have come while it was drawn
    const ring = Float64Array.from(outline.flatMap(({ x, y }) => [x, y]));
    const within = Array.from(table.rowsIn(host.bounds)).filter((row) => {
      if (!table.isDrawn(row) || table.areaOf[row] >= 0) return false;
      const [x, y] = project(row);
      return isWithin([ring], { x, y });
    });
    const known = table.details; // of few reports of a large table: one of an incident brings the others
    const incidents = new Map(within.map((row) => [known?.[row].incident ?? row, row]));
    return [...incidents.values()].map((row) => table.columns.number?.[row] ?? row);
  }

  /** @param {CanvasRenderingContext2D} context */
  paint(context) {
    if (this.outline.length < 3) return;
    const outline = new Path2D();
    for (const { x, y } of this.outline) outline.lineTo(x, y);
    outline.closePath();
    context.save();
    context.fillStyle = "rgba(11, 92, 173, .12)";
    context.fill(outline);
    context.strokeStyle = "#0b5cad";
    context.lineWidth = 2;
    context.stroke(outline);
    context.restore();
  }
}

/**
 * The box between the ends of a path.
 * @param {Point[]} path
 * @returns {Point[]}
 */
function boxOfEnds(path) {
  const [a, b] = [path[0], path[path.length - 1]];
  return [a, { x: b.x, y: a.y }, b, { x: a.x, y: b.y }];
}
