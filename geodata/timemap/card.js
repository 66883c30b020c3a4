// @ts-check
// An incident's card: who says so, each telling once, and field by field where several tell it.

import { make } from "./dom.js";

/** @import { IncidentCard, Telling } from "./types" */
/** @import { Told } from "./reports.js" */

const MOST_OPEN = 6; // other columns of a table that stand open

/**
 * What the browser knows of an incident at once, until its card is here.
 * @param {Told[]} reports of one incident
 * @returns {IncidentCard}
 */
export function cardAtOnce(reports) {
  const tellings = reports.map(({ who, standing, document, paragraphs, date, place }) => ({
    ...{ rows: [], who, side: "", graphic: "", summary: "", also: [], about: [] },
    facts: /** @type {[string, string][]} */ ([
      ["Standing", standing],
      ["Document", [document, paragraphs].filter(Boolean).join(", ")],
      ["Date", date],
      ["Place", place],
    ]).filter(([, value]) => value),
  }));
  const [{ title, incident }] = reports;
  return { title, incident: String(incident), told: "", rows: [], fields: null, tellings, citation: "" };
}

/**
 * @param {IncidentCard} card
 * @param {(telling: Telling) => string} colourOf a colour of the map, `#rrggbb`
 */
export function cardContent(card, colourOf) {
  return [
    card.told ? make("p", { class: "tm-faint tm-told", text: `${card.told} · ${card.incident}` }) : null,
    card.fields ? comparison(card.fields) : null,
    ...card.tellings.map((telling) => article(telling, colourOf(telling))),
  ].filter((part) => part !== null);
}

/** @param {NonNullable<IncidentCard["fields"]>} fields */
function comparison({ heads, lines, caption }) {
  const head = heads.map((text) => make("th", { scope: "col", text }));
  const rows = lines.map(({ name, cells, stand, said, how }) => {
    const sayings = cells.map((each) => make("td", {}, ...each.map((text) => make("div", { text }))));
    const stands = make("span", { class: `tm-stand tm-${stand}`, text: said });
    const why = how ? make("div", { class: "tm-faint", text: how }) : null;
    return make("tr", {}, make("th", { scope: "row", text: name }), ...sayings, make("td", {}, stands, why));
  });
  const [top, body] = [make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows)];
  const table = make("table", {}, make("caption", { text: caption }), top, body);
  return make("div", { class: "tm-fields", tabindex: "0", role: "region", "aria-label": caption }, table);
}

/**
 * What one row tells, once, however many sources it names.
 * @param {Telling} telling
 * @param {string} colour
 */
function article({ who, side, graphic, summary, facts, also, about }, colour) {
  const words = summary ? make("p", { text: summary }) : null;
  const said = graphic && words ? folded(graphic, false, words) : words;
  const others = also.length
    ? folded(`Also in the table · ${also.length}`, also.length <= MOST_OPEN, listed(also, linked))
    : null;
  const notes = about.map(([name, text]) => make("p", {}, make("strong", { text: name }), `: ${text}`));
  const known = notes.length ? folded("About the document and the place", false, ...notes) : null;
  const head = make(
    "h3",
    { hidden: !who && !side },
    who,
    side ? make("span", { class: "tm-faint", text: ` · ${side}` }) : null,
  );
  return make("article", { style: `--colour:${colour}` }, head, said, listed(facts), others, known);
}

/**
 * @param {string} title
 * @param {boolean} open
 * @param {...Node} content
 */
function folded(title, open, ...content) {
  return make("details", { open }, make("summary", { text: title }), ...content);
}

/**
 * @param {[string, string][]} facts
 * @param {(value: string) => string | HTMLElement} [shown]
 */
function listed(facts, shown = String) {
  const lines = facts.flatMap(([name, value]) => [make("dt", { text: name }), make("dd", {}, shown(value))]);
  return make("dl", {}, ...lines);
}

/**
 * A cell that is an address of the web and nothing else, as a link that says which host it leads to.
 * @param {string} value
 */
function linked(value) {
  const host = webHost(value);
  if (host === null) return value;
  const link = make("a", { href: value, text: value, target: "_blank", rel: "noopener noreferrer nofollow" });
  return make("span", {}, link, make("span", { class: "tm-faint", text: ` leads to ${host}` }));
}

/**
 * The host of an address of the web. Null for every other text, also for an address that hides its host behind a name
 * or holds signs that are not what they seem.
 * @param {string} text
 */
export function webHost(text) {
  if (!/^https?:\/\/[\x21-\x7e]+$/i.test(text) || text.includes("\\")) return null;
  try {
    const { hostname, username, password } = new URL(text);
    return username || password ? null : hostname;
  } catch {
    return null;
  }
}
