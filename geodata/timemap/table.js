// The table in the browser: typed columns sorted by first day, and which rows a window touches.
// Days are whole days since 1970-01-01 (UTC). Coordinates are WGS 84 degrees.

export const FLAG = { SUBJECT: 1, DENIED: 2, CONFIRMED: 4, QUALIFIED: 8, AREA: 16, GRAPHIC: 32, UNDATED: 64, UNMAPPED: 128 };
export const OPEN_START = -719162; // 0001-01-01: no first day is known
export const OPEN_END = 2932896; // 9999-12-31: no last day is known
const BLOCK = 256;

export const ARRAYS = { Float32Array, Uint16Array, Int32Array, Uint8Array };

// What `packed` in __init__.py wrote, read in place: {columns: {name: typed array}, fixed}.
export function unpack(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const columns = Object.fromEntries(Object.entries(head.columns).map(([name, [type, start]]) =>
    [name, new ARRAYS[type](buffer, 4 + length + start, head.rows)]));
  return { columns, fixed: head.fixed };
}

// Columns: lon, lat (Float32Array), radius (Uint16Array, tenths of a kilometre), first, last (Int32Array),
// side, kind (Uint8Array), source (Uint16Array), flags (Uint8Array). Undated rows stand last.
export class Table {
  constructor(columns) {
    Object.assign(this, columns);
    this.length = columns.first.length;
    this.dated = this.length;
    while (this.dated && this.flags[this.dated - 1] & FLAG.UNDATED) this.dated -= 1;
    // Web Mercator in units of the whole world: x to the east and y to the south, 0 to 1.
    this.x = new Float64Array(this.length);
    this.y = new Float64Array(this.length);
    for (let i = 0; i < this.length; i += 1) {
      const sin = Math.sin((this.lat[i] * Math.PI) / 180);
      this.x[i] = this.lon[i] / 360 + 0.5;
      this.y[i] = 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI);
    }
    // The latest last day of each block of rows: spans that began long before a window are found without reading all.
    this.blockLast = new Int32Array(Math.ceil(this.dated / BLOCK)).fill(OPEN_START);
    for (let i = 0; i < this.dated; i += 1) {
      const block = (i / BLOCK) | 0;
      if (this.last[i] > this.blockLast[block]) this.blockLast[block] = this.last[i];
    }
    this.mask = null;
    this.found = new Int32Array(this.length);
    this.areas = this.length ? this.distinctAreas() : [];
  }

  // Places that are areas, each once: {lon, lat, radius}; areaOf tells the area of a row, -1 where it is a point.
  distinctAreas() {
    const known = new Map();
    const areas = [];
    this.areaOf = new Int16Array(this.length).fill(-1);
    for (let row = 0; row < this.length; row += 1) {
      if ((this.flags[row] & (FLAG.AREA | FLAG.UNMAPPED)) !== FLAG.AREA) continue;
      const key = `${this.lon[row]},${this.lat[row]},${this.radius[row]}`;
      if (!known.has(key)) {
        known.set(key, areas.length);
        areas.push({ lon: this.lon[row], lat: this.lat[row], radius: this.radius[row], row });
      }
      this.areaOf[row] = known.get(key);
    }
    return areas;
  }

  // The same rows with a mask of its own: a second view of one table.
  masked(bits) {
    return Object.assign(Object.create(Object.getPrototypeOf(this)), this, { mask: bits, found: new Int32Array(this.length) });
  }

  // bits: Uint8Array, the lowest bit of the first byte is row 0; null keeps every row.
  setMask(bits) {
    this.mask = bits;
  }

  keeps(row) {
    return this.mask === null || ((this.mask[row >> 3] >> (row & 7)) & 1) === 1;
  }

  // The number of dated rows whose first day is at most `day`.
  until(day) {
    let low = 0;
    let high = this.dated;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.first[middle] <= day) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  // The kept rows whose span touches the window, or lies surely inside it, in order. With no window every kept row,
  // the undated ones too. The answer is a view that the next call overwrites.
  rowsIn(window) {
    const { mask, found, first: firsts, last: lasts, flags } = this;
    let count = 0;
    if (window === null) {
      for (let row = 0; row < this.length; row += 1) {
        if (mask === null || (mask[row >> 3] >> (row & 7)) & 1) found[count++] = row;
      }
      return found.subarray(0, count);
    }
    const { first, last, surely } = window;
    const end = this.until(last);
    const start = this.until(first - 1);
    if (surely) {
      for (let row = start; row < end; row += 1) {
        if (lasts[row] <= last && !(flags[row] & FLAG.QUALIFIED) && this.keeps(row)) found[count++] = row;
      }
      return found.subarray(0, count);
    }
    for (let block = 0; block * BLOCK < start; block += 1) {
      if (this.blockLast[block] < first) continue;
      const stop = Math.min(start, (block + 1) * BLOCK);
      for (let row = block * BLOCK; row < stop; row += 1) if (lasts[row] >= first && this.keeps(row)) found[count++] = row;
    }
    for (let row = start; row < end; row += 1) {
      if (mask === null || (mask[row >> 3] >> (row & 7)) & 1) found[count++] = row;
    }
    return found.subarray(0, count);
  }

  // Whether any kept row begins on a day from `first` to `last`.
  beginsIn(first, last) {
    const end = this.until(last);
    for (let row = this.until(first - 1); row < end; row += 1) if (this.keeps(row)) return true;
    return false;
  }

  // Which codes of a column the kept rows have: a byte for each code, 1 where a row has it.
  present(codes) {
    const seen = new Uint8Array(256);
    for (let row = 0; row < this.length; row += 1) if (this.keeps(row)) seen[codes[row]] = 1;
    return seen;
  }

  // The first and last day of the kept rows, open ends apart; null where none is dated.
  extent() {
    if (this.measured?.mask === this.mask) return this.measured.extent;
    this.measured = { mask: this.mask, extent: this.findExtent() };
    return this.measured.extent;
  }

  findExtent() {
    let first = Infinity;
    let last = -Infinity;
    for (let row = 0; row < this.dated; row += 1) {
      if (!this.keeps(row)) continue;
      const [a, b] = [this.first[row], this.last[row]];
      if (a !== OPEN_START) {
        if (a < first) first = a;
        if (a > last) last = a;
      }
      if (b !== OPEN_END) {
        if (b < first) first = b;
        if (b > last) last = b;
      }
    }
    return first === Infinity ? null : { first, last };
  }

  isVague(row) {
    return this.first[row] !== this.last[row] || (this.flags[row] & (FLAG.QUALIFIED | FLAG.UNDATED)) !== 0;
  }
}

export function maskFromBase64(text) {
  if (!text) return null;
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}
