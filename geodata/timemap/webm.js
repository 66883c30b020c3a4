// @ts-check
// Encoded pictures as one WebM file: the few elements of Matroska (RFC 9559) that a film without sound needs, for a
// browser encodes pictures and writes no file. Each number has a fixed width, so that all sizes are known beforehand.

/**
 * @typedef {object} Encoded
 * @property {Uint8Array} data one picture as VP9
 * @property {number} time milliseconds from the film's beginning
 * @property {boolean} isKey it can be shown without those before it
 */

const MOST_APART = 32_767; // milliseconds of a block after its cluster's beginning, which are signed, of 16 bits
const MILLISECOND = 1_000_000; // nanoseconds: the unit of all times in the file

const TRACK = 1;
const VIDEO = 1;
const IS_KEY = 0x80;

/**
 * The file, for players that show its length and let their viewer go to any picture that `isKey`.
 * @param {{ width: number, height: number, duration: number, title: string }} film sizes in pixels, milliseconds
 * @param {Encoded[]} pictures in the order of their times, the first a key
 */
export function webmOf({ width, height, duration, title }, pictures) {
  const head = element(
    0x1a45dfa3,
    element(0x4286, number(1)), // version of EBML
    element(0x42f7, number(1)), // that a reader needs
    element(0x42f2, number(4)), // bytes of an id
    element(0x42f3, number(8)), // bytes of a size
    element(0x4282, words("webm")),
    element(0x4287, number(4)), // version of Matroska
    element(0x4285, number(2)), // that a reader needs
  );
  const about = element(
    0x1549a966,
    element(0x2ad7b1, number(MILLISECOND)),
    element(0x4489, fraction(duration)),
    element(0x7ba9, words(title)),
    element(0x4d80, words("Attest")), // what put the file together
    element(0x5741, words("Attest")), // what it was made with
  );
  const pixels = element(0xe0, element(0xb0, number(width)), element(0xba, number(height)));
  const track = element(
    0xae,
    ...[element(0xd7, number(TRACK)), element(0x73c5, number(TRACK)), element(0x83, number(VIDEO))],
    ...[element(0x9c, number(0)), element(0x86, words("V_VP9")), pixels], // 0: a block holds one picture
  );
  const groups = clustered(pictures);
  const clusters = groups.map(clusterOf);
  const before = [about, element(0x1654ae6b, track)];
  const begins = sum(before) + indexOf(groups, clusters, 0).length;
  return bytes([head, element(0x18538067, ...before, indexOf(groups, clusters, begins), ...clusters)]);
}

/**
 * Pictures by cluster: one begins with each key, and where the next picture would be too far from the first.
 * @param {Encoded[]} pictures
 */
function clustered(pictures) {
  /** @type {Encoded[][]} */
  const groups = [];
  for (const picture of pictures) {
    const group = groups.at(-1);
    if (!group || picture.isKey || picture.time - group[0].time > MOST_APART) groups.push([picture]);
    else group.push(picture);
  }
  return groups;
}

/** @param {Encoded[]} pictures */
function clusterOf(pictures) {
  const [{ time: begin }] = pictures;
  const blocks = pictures.map(({ data, time, isKey }) => {
    const after = time - begin;
    return element(0xa3, Uint8Array.of(0x80 | TRACK, after >> 8, after & 0xff, isKey ? IS_KEY : 0), data);
  });
  return element(0x1f43b675, element(0xe7, number(begin)), ...blocks);
}

/**
 * Where each cluster stands that begins with a key, so that a player can go there.
 * @param {Encoded[][]} groups
 * @param {Uint8Array[]} clusters the same, written
 * @param {number} begins bytes before the first, in what holds them all
 */
function indexOf(groups, clusters, begins) {
  const points = groups.flatMap(([{ time, isKey }], at) => {
    if (!isKey) return [];
    const place = number(begins + sum(clusters.slice(0, at)));
    return element(
      0xbb,
      element(0xb3, number(time)),
      element(0xb7, element(0xf7, number(TRACK)), element(0xf1, place)),
    );
  });
  return element(0x1c53bb6b, ...points);
}

/**
 * @param {number} id as the standard writes it, with its own mark of length
 * @param {...Uint8Array} contents
 */
function element(id, ...contents) {
  const name = [24, 16, 8, 0].map((bits) => (id >>> bits) & 0xff);
  const size = new DataView(new ArrayBuffer(8));
  size.setBigUint64(0, BigInt(sum(contents)) | (1n << 56n)); // the mark of a size of eight bytes
  return bytes([Uint8Array.from(name.slice(name.findIndex(Boolean))), new Uint8Array(size.buffer), ...contents]);
}

/** @param {number} value a whole number of at most 32 bits */
function number(value) {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, value);
  return new Uint8Array(view.buffer);
}

/** @param {number} value */
function fraction(value) {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return new Uint8Array(view.buffer);
}

/** @param {string} value */
function words(value) {
  return new TextEncoder().encode(value);
}

/** @param {Uint8Array[]} parts */
function sum(parts) {
  return parts.reduce((total, { length }) => total + length, 0);
}

/** @param {Uint8Array[]} parts */
function bytes(parts) {
  const whole = new Uint8Array(sum(parts));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
