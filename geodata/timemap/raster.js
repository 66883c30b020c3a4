// @ts-check
// Density for many reports: a grid of small cells over the view, each in the colour of its most frequent category and
// the stronger the more reports it holds. Areas have no cell: they are no point.

import { penOf } from "./dom.js";

/** @import { Point, Project, Row, Rows } from "./types" */
/** @import { Table } from "./table.js" */

export const CELL = 3; // pixels
export const MARGIN = 30; // pixels beyond each edge of the view, so that a mark half outside is still drawn
export const FEW = 600; // reports in view up to which only marks are drawn
export const MANY = 1500; // and from which only the density is: between the two the one fades into the other

export class Raster {
  /** @param {Table} table */
  constructor(table) {
    this.table = table;
    this.cellOf = new Int32Array(table.length);
    this.cell = CELL; // pixels; of a large table as many as whole squares fill
    this.seen = table.x; // of the rows for which the cells were found
    this.view = "";
    this.width = 0;
    this.height = 0;
    this.kinds = 0;
    this.counts = new Uint32Array(0);
    this.totals = new Uint32Array(0);
    this.leading = new Uint8Array(0);
    /** @type {ImageData | null} */
    this.image = null;
  }

  /**
   * Finds the cell of every row for a view; -1 where it has none. Works at once for a million rows; nothing is done
   * when the view is the one before.
   * @param {number} world size of the world in pixels
   * @param {Point} origin the view's corner in pixels of the world
   * @param {Point} size of the view
   */
  look(world, origin, size) {
    const { table } = this;
    const view = `${world},${origin.x},${origin.y},${size.x},${size.y}`;
    if (view === this.view && this.seen === table.x) return;
    this.view = view;
    this.seen = table.x;
    if (this.cellOf.length !== table.length) this.cellOf = new Int32Array(table.length);
    this.cell = cellSize(table.level, world);
    this.width = Math.ceil((size.x + 2 * MARGIN) / this.cell);
    this.height = Math.ceil((size.y + 2 * MARGIN) / this.cell);
    const { cell: wide, cellOf, width, height } = this;
    const { x, y, flags, length } = table;
    const scale = world / wide;
    const [left, top] = [(origin.x - MARGIN) / wide, (origin.y - MARGIN) / wide];
    const none = table.bit.area | table.bit.unmapped;
    for (let row = 0; row < length; row += 1) {
      const column = x[row] * scale - left;
      const line = y[row] * scale - top;
      const isSeen = column >= 0 && line >= 0 && column < width && line < height && !(flags[row] & none);
      cellOf[row] = isSeen ? (line | 0) * width + (column | 0) : -1;
    }
  }

  /**
   * Counts rows into cells by category; returns how many lie in view.
   * @param {Rows} rows
   * @param {Uint8Array} codes
   * @param {number} kinds how many categories there are
   */
  count(rows, codes, kinds) {
    const { cellOf, width, height } = this;
    const size = width * height * kinds;
    if (this.counts.length !== size) this.counts = new Uint32Array(size);
    else this.counts.fill(0);
    this.kinds = kinds;
    const { counts } = this;
    const { reports } = this.table;
    let seen = 0;
    for (let at = 0; at < rows.length; at += 1) {
      const row = rows[at];
      const cell = cellOf[row];
      if (cell < 0) continue;
      const number = reports === null ? 1 : reports[row];
      counts[cell * kinds + codes[row]] += number;
      seen += number;
    }
    return seen;
  }

  /** Finds of each cell how many reports it holds and their most frequent category; returns the largest number. */
  sum() {
    const { counts, kinds, width, height } = this;
    const cells = width * height;
    if (this.totals.length !== cells) {
      this.totals = new Uint32Array(cells);
      this.leading = new Uint8Array(cells);
    }
    const { totals, leading } = this;
    let most = 1;
    for (let cell = 0, at = 0; cell < cells; cell += 1) {
      let total = 0;
      let best = 0;
      let winner = 0;
      for (let kind = 0; kind < kinds; kind += 1, at += 1) {
        const number = counts[at];
        if (number === 0) continue;
        total += number;
        if (number > best) {
          best = number;
          winner = kind;
        }
      }
      totals[cell] = total;
      leading[cell] = winner;
      if (total > most) most = total;
    }
    return most;
  }

  /**
   * Paints the counted cells; returns the largest number of reports in one cell.
   * @param {HTMLCanvasElement} canvas
   * @param {Uint32Array} colours of the categories, as `pixelOf` has them
   */
  paint(canvas, colours) {
    const { width, height } = this;
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    const context = penOf(canvas);
    if (this.image?.width !== width || this.image.height !== height) {
      this.image = context.createImageData(width, height);
    }
    const most = this.sum();
    const { totals, leading } = this;
    const pixels = new Uint32Array(this.image.data.buffer);
    const strength = 175 / Math.log(most + 1);
    for (let cell = 0; cell < totals.length; cell += 1) {
      const total = totals[cell];
      // Little-endian: alpha is the highest byte, red the lowest.
      pixels[cell] = total === 0 ? 0 : ((80 + Math.log(total + 1) * strength) << 24) | colours[leading[cell]];
    }
    context.putImageData(this.image, 0, 0);
    return most;
  }

  /**
   * The rows among `rows` that lie within `reach` pixels of a point, the nearest first.
   * @param {Rows} rows
   * @param {Point} point
   * @param {Project} project
   * @param {number} reach
   * @returns {Row[]}
   */
  near(rows, point, project, reach) {
    const { cell: wide, cellOf, width } = this;
    const [column, line] = [Math.floor((point.x + MARGIN) / wide), Math.floor((point.y + MARGIN) / wide)];
    const cells = Math.ceil(reach / wide);
    const hits = [];
    for (let at = 0; at < rows.length; at += 1) {
      const cell = cellOf[rows[at]];
      if (cell < 0) continue;
      const y = (cell / width) | 0;
      if (Math.abs(y - line) > cells || Math.abs(cell - y * width - column) > cells) continue;
      const [px, py] = project(rows[at]);
      const distance = (px - point.x) ** 2 + (py - point.y) ** 2;
      if (distance <= reach ** 2) hits.push([distance, rows[at]]);
    }
    return hits.sort((a, b) => a[0] - b[0]).map(([, row]) => row);
  }
}

/**
 * The width of a cell in pixels. Where rows are squares of a level as many whole squares fill it as are needed: a cell
 * of another width would hold one square here and two there.
 * @param {number | null} level
 * @param {number} world its size in pixels
 */
export function cellSize(level, world) {
  if (level === null) return CELL;
  const square = world / 2 ** level;
  return square * Math.max(1, Math.ceil(CELL / square));
}

/**
 * "#rrggbb" as the three low bytes of a little-endian pixel.
 * @param {string} colour
 */
export function pixelOf(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return (blue << 16) | (green << 8) | red;
}
