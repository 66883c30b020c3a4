// @ts-check
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import test from "node:test";
import { webmOf } from "../../geodata/timemap/webm.js";

/** Elements that hold elements. */
const HOLDERS = new Set([
  "1a45dfa3",
  "18538067",
  "1549a966",
  "1654ae6b",
  "ae",
  "e0",
  "1c53bb6b",
  "bb",
  "b7",
  "1f43b675",
]);

/** @typedef {{ id: string, at: number, data: Uint8Array, children: Read[] }} Read */

/**
 * The elements of a file, read as RFC 8794 writes them; `at` is where an element begins in what holds it.
 * @param {Uint8Array} bytes
 * @returns {Read[]}
 */
function read(bytes) {
  const found = [];
  for (let at = 0; at < bytes.length;) {
    const begin = at;
    const wide = Math.clz32(bytes[at]) - 23;
    const id = Buffer.from(bytes.subarray(at, (at += wide))).toString("hex");
    const long = Math.clz32(bytes[at]) - 23;
    let size = bytes[at] & (0xff >> long);
    for (const byte of bytes.subarray(at + 1, at + long)) size = size * 256 + byte;
    at += long;
    const data = bytes.subarray(at, (at += size));
    assert.equal(data.length, size, `${id} is whole`);
    found.push({ id, at: begin, data, children: HOLDERS.has(id) ? read(data) : [] });
  }
  return found;
}

/**
 * @param {Read[]} elements
 * @param {string} id
 */
function all(elements, id) {
  return elements.filter((one) => one.id === id);
}

/** @param {Read} element */
function number({ data }) {
  return Number(`0x${Buffer.from(data).toString("hex")}`);
}

const PICTURES = [
  { data: Uint8Array.of(1, 2, 3), time: 0, isKey: true },
  { data: Uint8Array.of(4), time: 1000, isKey: false },
  { data: Uint8Array.of(5, 6), time: 6000, isKey: true },
  { data: Uint8Array.of(7), time: 50_000, isKey: false },
];
const FILM = { width: 1920, height: 1080, duration: 51_000, title: "Two steps · Խ" };

test("a film's file says what it is, how large and how long", () => {
  const [head, segment, ...more] = read(webmOf(FILM, PICTURES));
  assert.deepEqual(more, []);
  assert.equal(new TextDecoder().decode(all(head.children, "4282")[0].data), "webm");
  const [about] = all(segment.children, "1549a966");
  assert.equal(Buffer.from(all(about.children, "4489")[0].data).readDoubleBE(), 51_000);
  assert.equal(new TextDecoder().decode(all(about.children, "7ba9")[0].data), FILM.title);
  const [track] = all(all(segment.children, "1654ae6b")[0].children, "ae");
  assert.equal(new TextDecoder().decode(all(track.children, "86")[0].data), "V_VP9");
  const [pixels] = all(track.children, "e0");
  assert.deepEqual(pixels.children.map(number), [1920, 1080]);
});

test("each picture of a film stands in the file at its time, and none too far from its cluster's beginning", () => {
  const [, segment] = read(webmOf(FILM, PICTURES));
  const found = all(segment.children, "1f43b675").flatMap(({ children }) =>
    all(children, "a3").map(({ data }) => ({
      data: data.slice(4),
      time: number(all(children, "e7")[0]) + Buffer.from(data).readInt16BE(1),
      isKey: data[3] === 0x80,
    })),
  );
  assert.deepEqual(found, PICTURES);
});

test("a film's index leads to the clusters that begin with a key", () => {
  const [, segment] = read(webmOf(FILM, PICTURES));
  const points = all(segment.children, "1c53bb6b")[0].children.map(({ children: [time, place] }) => ({
    time: number(time),
    at: number(all(place.children, "f1")[0]),
  }));
  assert.deepEqual(
    points.map(({ time }) => time),
    [0, 6000],
  );
  for (const { time, at } of points) {
    const cluster = segment.children.find((one) => one.at === at);
    assert.equal(cluster?.id, "1f43b675");
    assert.equal(number(all(cluster?.children ?? [], "e7")[0]), time);
  }
});
