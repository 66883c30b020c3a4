// Marks on a canvas: which reports stand together, how each sign is drawn, and what lies under the pointer.
//
// The signs: colour and letter tell the category; hollow is a statement about the place; paler is a vague date; a bar
// is a denial; a ring is a verified or adjudicated claim; a dashed disc is an area that is no pin.

import { FONT } from "./dom.js";
import { FLAG } from "./table.js";

const EARTH = 40075016.686; // metres round the equator, WGS 84
const NEAR = 15; // pixels: marks closer than this stand in one stack
const TAU = Math.PI * 2;
export const INK = "#1d2733";

// Rows at one place make a stack; stacks that would overlap join the larger one. `project(row)` gives container pixels.
export function stacks(table, rows, project) {
  const spots = new Map();
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at];
    // A place as one number: degrees to five decimals, about a metre. Text keys take ten times as long.
    const key = Math.round((table.lon[row] + 180) * 1e5) * 2e7 + Math.round((table.lat[row] + 90) * 1e5);
    const spot = spots.get(key);
    if (spot) spot.rows.push(row);
    else {
      const [x, y] = project(row);
      spots.set(key, { x, y, rows: [row], places: 1, key });
    }
  }
  const points = [];
  const grid = new Map(); // hosts by square of NEAR pixels, so that only neighbours are compared
  for (const spot of [...spots.values()].sort((a, b) => b.rows.length - a.rows.length || a.key - b.key)) {
    const square = Math.floor(spot.x / NEAR) * 1e5 + Math.floor(spot.y / NEAR);
    const host = neighbour(grid, square, spot);
    if (host) {
      for (const row of spot.rows) host.rows.push(row);
      host.places += 1;
      continue;
    }
    points.push(spot);
    const others = grid.get(square);
    if (others) others.push(spot);
    else grid.set(square, [spot]);
  }
  return points;
}

function neighbour(grid, square, spot) {
  for (let across = -1e5; across <= 1e5; across += 1e5) {
    for (let down = -1; down <= 1; down += 1) {
      const others = grid.get(square + across + down);
      if (!others) continue;
      for (const other of others) if ((other.x - spot.x) ** 2 + (other.y - spot.y) ** 2 < NEAR ** 2) return other;
    }
  }
  return null;
}

// Slices of a stack: reports that are drawn alike, counted, in a fixed order. A slice is
// {code, subject, vague, denied, confirmed, count}.
export function slices(table, rows, codes) {
  const keys = [];
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at];
    const flags = table.flags[row];
    const vague = table.first[row] !== table.last[row] || flags & (FLAG.QUALIFIED | FLAG.UNDATED) ? 8 : 0;
    const key = codes[row] * 16 + vague + (flags & (FLAG.SUBJECT | FLAG.DENIED | FLAG.CONFIRMED));
    if (tally[key] === 0) keys.push(key);
    tally[key] += 1;
  }
  if (keys.length > 1) keys.sort((a, b) => a - b);
  return keys.map((key) => {
    const count = tally[key];
    tally[key] = 0;
    return { key, code: key >> 4, subject: key & FLAG.SUBJECT, vague: key & 8, denied: key & FLAG.DENIED, confirmed: key & FLAG.CONFIRMED, count };
  });
}
const tally = new Int32Array(256 * 16);

export function sizeOf(count, scale) {
  return scale * (count === 1 ? 9 : Math.min(24, 9 + 2.1 * Math.sqrt(count)));
}

function textOn(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? "#000000" : "#ffffff"; // the luminance at which both contrast alike
}

function tinted(colour, share) {
  const mixed = [1, 3, 5].map((at) => Math.round(255 - (255 - parseInt(colour.slice(at, at + 2), 16)) * share));
  return `rgb(${mixed.join(",")})`;
}

// Stacks that look alike are drawn once and copied: a thousand marks repaint as fast as they are moved.
export class Sprites {
  constructor() {
    this.known = new Map();
  }

  // The scheme is the same object until the colours change; then every picture is made anew.
  draw(context, x, y, radius, parts, scheme, selected, ratio) {
    if (selected || parts.length > 12) {
      drawStack(context, x, y, radius, parts, scheme, selected);
      return;
    }
    if (this.scheme !== scheme || this.ratio !== ratio || this.known.size > 1500) {
      this.known.clear();
      this.scheme = scheme;
      this.ratio = ratio;
    }
    let name = `${radius.toFixed(1)}`;
    for (const part of parts) name += `,${part.key}x${part.count}`;
    const half = Math.ceil(radius + 7);
    let sprite = this.known.get(name);
    if (!sprite) {
      sprite = new OffscreenCanvas(half * 2 * ratio, half * 2 * ratio);
      const own = sprite.getContext("2d");
      own.scale(ratio, ratio);
      drawStack(own, half, half, radius, parts, scheme, false);
      this.known.set(name, sprite);
    }
    context.drawImage(sprite, Math.round(x - half), Math.round(y - half), half * 2, half * 2);
  }
}

export function drawStack(context, x, y, radius, parts, scheme, selected) {
  const total = parts.reduce((sum, part) => sum + part.count, 0);
  const single = total === 1;
  if (selected) {
    context.beginPath();
    context.arc(x, y, radius + 6, 0, TAU);
    context.lineWidth = 4;
    context.strokeStyle = "#ffd400";
    context.stroke();
    context.beginPath();
    context.arc(x, y, radius + 8.5, 0, TAU);
    context.lineWidth = 1.5;
    context.strokeStyle = INK;
    context.stroke();
  }
  context.beginPath();
  context.arc(x, y, radius + 1.5, 0, TAU);
  context.fillStyle = "#ffffff";
  context.fill();
  let angle = -Math.PI / 2;
  for (const part of parts) {
    const next = angle + (part.count / total) * TAU;
    const colour = scheme[part.code].colour;
    const shade = part.vague ? tinted(colour, 0.5) : colour;
    if (part.subject) {
      context.beginPath();
      context.arc(x, y, radius - 1.5, angle, next);
      context.lineWidth = 3.5;
      context.strokeStyle = shade;
      context.stroke();
    } else {
      context.beginPath();
      context.moveTo(x, y);
      context.arc(x, y, radius, angle, next);
      context.closePath();
      context.fillStyle = shade;
      context.fill();
    }
    if (part.confirmed) {
      context.beginPath();
      context.arc(x, y, radius + 2.5, angle, next);
      context.lineWidth = 2.5;
      context.strokeStyle = INK;
      context.stroke();
    }
    if (!single && parts.length > 1) {
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(x + radius * Math.cos(next), y + radius * Math.sin(next));
      context.lineWidth = 1;
      context.strokeStyle = "#ffffff";
      context.stroke();
    }
    if (part.denied) {
      const middle = (angle + next) / 2;
      const [dx, dy] = single ? [Math.SQRT1_2, -Math.SQRT1_2] : [Math.cos(middle), Math.sin(middle)];
      const from = single ? -(radius + 4) : radius * 0.45;
      context.beginPath();
      context.moveTo(x + dx * from, y + dy * from);
      context.lineTo(x + dx * (radius + 4), y + dy * (radius + 4));
      context.lineWidth = 3;
      context.strokeStyle = INK;
      context.stroke();
    }
    angle = next;
  }
  context.textAlign = "center";
  context.textBaseline = "middle";
  if (single) {
    const part = parts[0];
    const plain = part.subject || part.vague;
    context.fillStyle = plain ? INK : textOn(scheme[part.code].colour);
    context.font = `600 ${Math.round(radius * 1.15)}px ${FONT}`;
    context.fillText(scheme[part.code].letter, x, y + 0.5);
  } else {
    context.beginPath();
    context.arc(x, y, radius * 0.62, 0, TAU);
    context.fillStyle = "#ffffff";
    context.fill();
    context.fillStyle = INK;
    context.font = `700 ${Math.round(Math.max(11, radius * 0.72))}px ${FONT}`;
    context.fillText(String(total), x, y + 0.5);
  }
}

export function drawArea(context, area, selected) {
  context.beginPath();
  context.arc(area.x, area.y, area.reach, 0, TAU);
  context.fillStyle = "rgba(60, 80, 110, 0.035)";
  context.fill();
  context.setLineDash([6, 5]);
  context.lineWidth = selected ? 3 : 1.2;
  context.strokeStyle = selected ? INK : "#5b6775";
  context.stroke();
  context.setLineDash([]);
}

// The tag of an area: its name and number of reports over a stripe of its categories.
export function drawTag(context, box, text, parts, scheme, selected) {
  const total = parts.reduce((sum, part) => sum + part.count, 0);
  context.beginPath();
  context.roundRect(box.x, box.y, box.width, box.height, 4);
  context.fillStyle = "rgba(255,255,255,0.94)";
  context.fill();
  context.lineWidth = selected ? 2.5 : 1;
  context.strokeStyle = selected ? INK : "#6b7785";
  context.stroke();
  context.fillStyle = INK;
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillText(text, box.x + 6, box.y + box.height / 2 - 2);
  let left = box.x + 5;
  const stripe = box.width - 10;
  for (const part of parts) {
    const wide = (part.count / total) * stripe;
    context.fillStyle = part.vague ? tinted(scheme[part.code].colour, 0.5) : scheme[part.code].colour;
    if (part.subject) {
      context.strokeStyle = context.fillStyle;
      context.lineWidth = 1.5;
      context.strokeRect(left + 0.75, box.y + box.height - 5.25, Math.max(1, wide - 1.5), 2.5);
    } else context.fillRect(left, box.y + box.height - 6, Math.max(1, wide - 0.5), 4);
    left += wide;
  }
}

// Where the rim of a disc stands to the view: it may cover the whole view, or lie outside it.
export function rim(x, y, reach, size) {
  const far = Math.max(...[[0, 0], [size.x, 0], [0, size.y], [size.x, size.y]].map(([left, top]) => Math.hypot(left - x, top - y)));
  const near = Math.hypot(Math.max(0, -x, x - size.x), Math.max(0, -y, y - size.y));
  return { covers: reach > far, outside: near > reach };
}

export function metresPerPixelAt(zoom) {
  return EARTH / (256 * 2 ** zoom); // at the equator; Web Mercator shrinks it by the cosine of the latitude
}

export function boxesOverlap(a, b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

export function halo(context, text, x, y, colour, align) {
  context.textAlign = align;
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = "rgba(255,255,255,0.92)";
  context.strokeText(text, x, y);
  context.fillStyle = colour ?? INK;
  context.fillText(text, x, y);
}
