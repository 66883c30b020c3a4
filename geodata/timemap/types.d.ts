// What passes between the modules, and between them and Python. Read by the type checker alone, and not shipped.

import type * as Leaflet from "leaflet";
import type { Cameras } from "./camera.js";
import type { Land } from "./land.js";
import type { Layers } from "./layers.js";
import type { Table } from "./table.js";

/** Whole days since 1970-01-01 (UTC). */
export type Day = number;

/** The number of a report in the table. */
export type Row = number;

/** Some rows, as a list or a view of one. */
export type Rows = ArrayLike<Row> & Iterable<Row>;

/** From the first day to the last, both included. */
export interface Period {
  first: Day;
  last: Day;
}

/** A span that the menu Periods offers. */
export interface NamedPeriod extends Period {
  name: string;
}

/** A period to find reports in: `surely` leaves those alone that may lie outside it. */
export interface Bounds extends Period {
  surely: boolean;
}

export type Unit = "day" | "week" | "month" | "year";

export interface Disc extends Point {
  radius: number;
}

export interface Point {
  x: number;
  y: number;
}

/** In pixels, `x` and `y` of the upper left corner. */
export interface Box extends Point {
  width: number;
  height: number;
}

/**
 * South-west and north-east, each latitude and longitude in degrees (WGS 84): for Leaflet alone. Ours are `Edges`.
 */
export type Corners = [[number, number], [number, number]];

/** A rectangle in WGS 84 degrees; west is larger than east where it spans the antimeridian. */
export interface Rectangle {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** West, south, east, north in degrees (WGS 84). */
export type Edges = [number, number, number, number];

export interface Camera {
  lat: number;
  lon: number;
  zoom: number;
}

// --- what Python hands over ------------------------------------------------------------------------------------------

/** The columns of the table, a row a report, sorted by first day, undated reports last. */
export interface Columns {
  /** Degrees (WGS 84); 0 where the report is on no map, which a flag marks. */
  lon: Float32Array;
  lat: Float32Array;
  /** Tenths of a kilometre. */
  radius: Uint16Array;
  first: Int32Array;
  last: Int32Array;
  /** Places in the vocabularies of Python. */
  side: Uint8Array;
  kind: Uint8Array;
  source: Uint16Array;
  [own: `own${number}`]: Uint8Array;
  /** See `FlagBits`. */
  flags: Uint16Array;
  /** Of a large table: how many reports a spot stands for, and where it lies in the world (Web Mercator, 0 to 1). */
  reports?: Uint32Array;
  x?: Float64Array;
  y?: Float64Array;
  /** And the category of each spot or row, in the colours that were asked for. */
  code?: Uint8Array;
  /** Of rows of a part of a large table: their numbers in the whole. */
  number?: Int32Array;
}

/** Spans of days that reports have, those with a date. */
export interface Spans {
  dated: number;
  first: Int32Array;
  last: Int32Array;
  code: Uint8Array;
  /** How many reports each stands for; without it one each. */
  reports?: Uint32Array;
}

/** The months between which reports of a large table begin and end; see cells.py. */
export interface Groups {
  begins: Int32Array;
  ends: Int32Array;
  /** Entries of each group. */
  size: Int32Array;
  /** Reports of each category, group by group. */
  sums: Uint32Array;
}

/** Of a large table: the squares of these categories out of those of another query. */
export interface Part {
  whole: string;
  codes: number[];
}

/** How many reports each spot has, group by group; a group has those that begin and end in the same months, or years. */
export interface GroupedEntries {
  begins: Int32Array;
  ends: Int32Array;
  /** Entries of each group. */
  size: Int32Array;
  /** Of each entry. */
  spot: Uint32Array;
  reports: Uint32Array;
}

/** A report of a large table, as a list has it. */
/** The reader's collection: its notes by row, and how many incidents are in it. */
export interface Collection {
  notes: Record<string, string>;
  incidents: number;
}

export interface FarReport extends Detail {
  row: Row;
  code: number;
}

/** A column of codes; `own0` and on are the categories of imported tables. */
export type CodedColumn = "side" | "kind" | "source" | `own${number}`;

/** The bit of each sign in the column `flags`. */
export interface FlagBits {
  subject: number;
  denied: number;
  confirmed: number;
  qualified: number;
  area: number;
  graphic: number;
  undated: number;
  unmapped: number;
  added: number;
}

/** Radii of marks, in pixels before they are scaled, and the distance below which marks stand in one stack. */
export interface Sizes {
  single: number;
  growth: number;
  largest: number;
  near: number;
}

/** One category of a scheme; `colour` is `#rrggbb`. */
export interface Category {
  name: string;
  letter: string;
  colour: string;
}

/** A way to colour: `codes` gives the place among `categories` of each value of a column. */
export interface Scheme {
  title: string;
  column: CodedColumn;
  codes: number[];
  categories: Category[];
}

/** What a reader sees of a report. `place` is the number of a name in `names`, or a text as the document writes it. */
export interface Detail {
  title: string;
  place: number | string;
  date: string;
  who: string;
  standing: string;
  document: string;
  /** "¶¶ 24, 28 and 35–37"; blank where the table has none. */
  paragraphs: string;
  incident: string | number;
  /** Whence coordinates come that the table does not have; blank where it has. */
  coordinates: string;
}

/** All that is told of one incident: what `geodata/tell/card.py` gives. */
export interface IncidentCard {
  title: string;
  incident: string;
  /** How many reports, told by whom, in words. */
  told: string;
  rows: Row[];
  /** Field by field; null where one alone tells it. `heads` are of all columns, the first and the last too. */
  fields: { heads: string[]; lines: ComparedField[]; caption: string } | null;
  tellings: Telling[];
  citation: string;
}

/** A field of an incident: each column's sayings, how they stand (`said` with a sign and words), and the figures. */
export interface ComparedField {
  name: string;
  cells: string[][];
  stand: "sharp" | "mild" | "one-sided" | "agreed" | "untold";
  said: string;
  how: string;
}

/** What one row of a table tells, once, however many sources it names. */
export interface Telling {
  /** The first of them has the telling's colour on the map; none where the card is not whole yet. */
  rows: Row[];
  who: string;
  side: string;
  /** What stands over a summary that is folded away; blank where it is not. */
  graphic: string;
  summary: string;
  facts: [name: string, value: string][];
  /** What the table tells beside our columns, by its own names. */
  also: [name: string, value: string][];
  /** What to know of the document and the place. */
  about: [name: string, words: string][];
}

/** A name that the land bears; `place` is its number in `names`. */
export interface Label {
  lon: number;
  lat: number;
  place: number;
  kind: "country" | "town";
  /** ISO 3166-1 alpha-2, or blank. */
  country: string;
}

/** A level of the land or of its names: cells of `size` degrees, from the south-west; `cells` tells which hold something. */
export interface LandLevel {
  name: string;
  /** From which it is drawn. */
  zoom: number;
  size: number;
  /** A bit for each cell, row by row. */
  cells: Uint8Array;
}

/** What the land is before any cell of it is here; the levels' `cells` are in base64. */
export interface LandData {
  levels: (Omit<LandLevel, "cells"> & { cells: string })[];
  names: (Omit<LandLevel, "cells"> & { cells: string })[];
  colours: LandColours;
  /** Part of the cells' addresses; blank where a case treats boundaries in its own way, so that they are the table's. */
  version: string;
  /** In a saved file the cells it carries: gzip in base64 by their addresses. */
  embedded?: Record<string, string>;
}

/** A name that the base map bears: degrees, parts of the world, and a name for each way of naming. */
export interface LandName {
  lon: number;
  lat: number;
  x: number;
  y: number;
  kind: "country" | "province" | "town";
  /** From which it is written. */
  zoom: number;
  /** ISO 3166-1 alpha-2, or blank. */
  country: string;
  names: string[];
}

export interface LandColours {
  sea: string;
  land: string;
  shore: string;
  province: string;
  border: string;
}

export type LandColour = keyof LandColours;

/** A feature of a layer; numbers are longitude and latitude in turn, in degrees (WGS 84). Null is an open end. */
export interface LayerFeature {
  name: string;
  first: Day | null;
  last: Day | null;
  points: number[];
  lines: number[][];
  rings: number[][];
}

/** A feature in parts of the world, with the box that holds it. */
export interface LayerShape {
  number: number;
  name: string;
  first: Day | null;
  last: Day | null;
  points: Float64Array;
  lines: Float64Array[];
  rings: Float64Array[];
  box: { left: number; top: number; right: number; bottom: number };
}

/** A layer of the case: what stands under the reports and is none. */
export interface LayerInfo {
  /** Its place in the list of the case, from 1. */
  number: number;
  title: string;
  source: string;
  terms: string;
  /** Title, source and terms in one line. */
  credit: string;
  /** When it holds, in words; blank where it has no span. */
  span: string;
  first: Day | null;
  last: Day | null;
  kind: "points" | "lines" | "areas" | "shapes" | "image";
  colour: string;
  /** Lengths of dashes and gaps in pixels. */
  dash: number[];
  /** Of an image. */
  edges: Edges | null;
  /** What is not as fine as in its file. */
  notes: string[];
  /** In a saved file: the features, or the image as an address of its own. */
  content?: LayerFeature[] | string;
}

/** What of a table stays as it is, however it is filtered: `fixed` of `marks.py`. */
export interface Fixed {
  /** Of the case. */
  title: string;
  /** For each way of naming, the name of each place. */
  names: Record<string, string[]>;
  labels: Label[];
  /** Words of the legend. */
  signs: Record<string, string>;
  /** Words of the list of keys. */
  keys: Record<string, string>;
  /** What must be said with a picture. */
  caveats: string[];
  schemes: Record<string, Scheme>;
  land: LandData;
  layers: LayerInfo[];
  /** Those that the case names. */
  periods: NamedPeriod[];
  /** Names of the column `source`. */
  documents: string[];
  /** What the map opens on; `name` and `title` of the button that leads back, blank where there is none. */
  home: { box: Edges; name: string; title: string };
  notice: string;
  /** One a row; absent for large tables, whose details stay on the server. */
  details?: Detail[] | null;
  /** Whether rows stay on the server, and the map is of cells. */
  isLarge?: boolean;
  /** Of a table without details the name of each area, in the order of `Table.areas`: as `place` of a detail. */
  areas?: (number | string)[];
  flags: FlagBits;
  sizes: Sizes;
  /** Kilometres: an area of a larger radius is named and not drawn. */
  widest: number;
}

/** A step of a lesson in a saved file: its words, and the view it sets. `window` is the first and last day, ISO 8601. */
export interface LessonStep {
  title: string;
  paragraphs: string[];
  questions: string[];
  said: string[];
  mask: string;
  window: [string, string] | null;
  surely: boolean;
  camera: Camera | null;
  selected: Row[];
  scheme: string;
  naming: string;
}

/** A typed array by its name in JavaScript. */
export type ArrayName = "Float32Array" | "Uint16Array" | "Int32Array" | "Uint8Array";

// --- what a host gives and asks --------------------------------------------------------------------------------------

/** How the timeline stands: `axis` is the part of time it is stretched over, null for all. */
export interface Layout {
  axis: Period | null;
  lanes: boolean;
}

/** How all of it stands beside the data, as a link has it: `camera` null is home, `panel` blank the open card alone. */
export interface Stood {
  camera: Camera | null;
  layout: Layout;
  /** Numbers of the layers that are switched off. */
  layersOff: number[];
  /** What the panel shows. */
  panel: string;
}

/** What a host hears of the reader, and how it stands at first. */
export interface Hooks extends Partial<Stood> {
  /** Where what is drawn of a layer is fetched; not in a saved file, which holds it. */
  layerAddress?(number: number): string;
  onWindow?(window: Period | null): void;
  /** The row whose incident's card has been opened; null: the card is closed. */
  onSelect?(row: Row | null): void;
  /** What the panel shows beside a card; null for nothing. */
  onPanel?(panel: string | null): void;
  /** Of this view: the page's own address, and one that others can open, blank where none is known; not in a file. */
  addresses?(): { own: string; others: string };
  /** The reader has changed the collection: the note of each row in it, in the order of taking, and rows taken out. */
  onCollect?(notes: [row: Row, note: string][], out: Row[]): void;
  /** The reader has drawn a map area, or taken it away. */
  onArea?(area: Rectangle | null): void;
  onCamera?(camera: Camera | null): void;
  onLayout?(layout: Layout): void;
  /** The numbers of all layers that are off, after one was switched. */
  onLayers?(off: number[]): void;
  onPlay?(running: boolean): void;
  /** A presenter's clicker: 1 for the next step of a lesson, -1 for the one before. */
  onStep?(count: number): void;
}

export interface Options extends Fixed, Hooks {
  L: typeof Leaflet;
  table: Table;
  /** What stands at an address of a cell of the land, unpacked. */
  cell(address: string): Promise<ArrayBuffer>;
  /** The card of a row's incident, with places named in this way. */
  loadCard(row: Row, naming: string): Promise<IncidentCard>;
  /** Of a large table: what `dashboard/server/serve.py` has of it, `cells` or `listed`. An error has the status as its cause. */
  ask?(what: string, query: string, signal: AbortSignal): Promise<ArrayBuffer>;
  /** Of the dashboard alone: a saved file cannot ask for tiles. */
  Tiles?: typeof import("./tiles.js").Tiles;
}

/** Tiles of a host on the network: `geodata/timemap/tiles.py`. `zoom` is the largest that the host has. */
export interface TileSet {
  url: string;
  host: string;
  credit: string;
  zoom: number;
}

/** Two sets of the same rows on two maps; `split` lays the second over the first behind a divider that moves. */
export interface Compared {
  titles: [string, string];
  /** None of a large table, whose maps have squares of their own. */
  masks: Uint8Array[];
  split: boolean;
}

/** What a host may change; what it leaves out stays. */
export interface Settings {
  scheme?: string;
  naming?: string;
  /** A bit a row, the lowest of the first byte is row 0; null keeps every row. */
  mask?: Uint8Array | null;
  compared?: Compared | null;
  surely?: boolean;
  /** Class mode. */
  large?: boolean;
  selected?: Row[];
  /** Null where nothing can be collected. */
  collected?: Collection | null;
  window?: Period | null;
  /** Null is home. */
  camera?: Camera | null;
  /** The map area that filters; its outline is drawn. */
  area?: Rectangle | null;
  /** The tiles that the reader asked for; null for the land alone. */
  tiles?: TileSet | null;
}

// --- what the modules of the map pass on -----------------------------------------------------------------------------

/** The scheme chosen: of each row the place of its category in `categories`, and each category's colour as a pixel. */
export interface Colouring {
  key: string;
  title: string;
  categories: Category[];
  codes: Uint8Array;
  pixels: Uint32Array;
}

/** Reports of a stack that are drawn alike. */
export interface Slice {
  key: number;
  code: number;
  subject: boolean;
  vague: boolean;
  denied: boolean;
  confirmed: boolean;
  added: boolean;
  count: number;
}

/** Rows that stand together, of so many places. */
export interface Stack extends Point {
  key: number;
  rows: Row[];
  places: number;
}

/** A stack as it is painted. */
export interface Mark extends Stack {
  kind: "mark";
  parts: Slice[];
  radius: number;
  chosen: boolean;
  box: Box;
}

/** The reports of a place that is no point; `box` is the tag on its rim, null where it is named above the map. */
export interface Area extends Point {
  kind: "area";
  rows: Row[];
  places: number;
  parts: Slice[];
  chosen: boolean;
  box: Box | null;
  /** Pixels from the middle to the rim. */
  reach: number;
  /** Too wide to be drawn. */
  wide: boolean;
  /** The disc covers the whole view, or lies outside it. */
  covers: boolean;
  outside: boolean;
}

/** Reports of the density near the pointer. */
export interface Cell extends Point {
  kind: "cell";
  rows: Row[];
  places: number;
}

/** What can be pointed at. */
export type Item = Mark | Area | Cell;

/** From a row to pixels of the map's box. */
export type Project = (row: Row) => [number, number];

/** What a map asks of the time map it stands in. */
export interface MapHost {
  land: Land;
  /** The number of the way of naming that is chosen, among the names of a `LandName`. */
  namingNumber: number;
  readonly bounds: Bounds | null;
  readonly window: Period | null;
  readonly colouring: Colouring;
  readonly selected: Set<Row>;
  readonly magnification: number;
  readonly cameras: Cameras;
  readonly listed: import("./listed.js").Listed;
  readonly far: import("./far.js").Far | null;
  readonly panel: import("./sidepanel.js").SidePanel;
  readonly layers: Layers;
  nameOf(place: number | string): string;
  /** For all to see, and to be read out. */
  say(text: string): void;
  choose(row: Row | null): void;
  stop(): void;
  schedule(): void;
  copyPicture(button: HTMLButtonElement): void;
  /** Its button records the playback. */
  readonly film: { button: HTMLButtonElement };
  /** Takes the incidents of rows into the collection. */
  collect(rows: Row[]): void;
}

/** What Streamlit hands to a component of its second version. */
export interface Component<Data> {
  data: Data;
  parentElement: HTMLElement;
  setTriggerValue(name: string, value: unknown): void;
}

declare global {
  /** The style of the map, put beside the script that is served. */
  const STYLE: string;

  interface HTMLElement {
    /** The time map in this element: for tests and benchmarks alone. */
    attest?: import("./timemap.js").Timemap;
  }
}
