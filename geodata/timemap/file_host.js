// Host: the map as one file. The data stands in the page; an incident's card opens under the map.

import { dayOfIso } from "./days.js";
import { make } from "./dom.js";
import { startLesson } from "./lesson.js";
import { ARRAYS, Table } from "./table.js";
import { createTimemap } from "./timemap.js";

function openFile(root) {
  const data = JSON.parse(document.getElementById("attest-data").textContent);
  const columns = Object.fromEntries(Object.entries(data.columns).map(([name, [type, text]]) => {
    return [name, new ARRAYS[type](bytesOf(text).buffer)];
  }));
  const card = document.querySelector(".attest-card");
  const timemap = createTimemap(root, { L: globalThis.L, table: new Table(columns), ...data.fixed,
    onSelect: (row) => {
    card.replaceChildren(...cardOf(data.fixed.details, row));
    card.focus({ preventScroll: true });
    if (card.getBoundingClientRect().top > globalThis.innerHeight * 0.75) card.scrollIntoView({ behavior: "smooth", block: "nearest" });
  } });
  root.attest = timemap;
  const choosers = {};
  const chooser = (label, choices, setting) => {
    const select = make("select", { "aria-label": label, onchange: () => timemap.update({ [setting]: select.value }) },
      ...choices.map(([value, text]) => make("option", { value, text })));
    choosers[setting] = select;
    return select;
  };
  timemap.tools.append(chooser("Colour marks by", Object.entries(data.fixed.schemes).map(([value, { title }]) => [value, title]), "scheme"),
    chooser("Names of places", Object.entries(data.namings), "naming"));
  const show = (settings) => {
    const { selected, window } = settings;
    timemap.update({ ...settings, window: window && { first: dayOfIso(window[0]), last: dayOfIso(window[1]) } });
    for (const [setting, select] of Object.entries(choosers)) select.value = settings[setting];
    card.replaceChildren(...(selected.length ? cardOf(data.fixed.details, selected[0]) : []));
  };
  const opening = { scheme: Object.keys(data.fixed.schemes)[0], naming: data.naming, mask: null, surely: data.surely, selected: [], window: data.window };
  if (data.lesson.length === 0) show(opening);
  else startLesson(document.querySelector(".attest-lesson"), data.lesson, ({ mask, ...step }) => show({ ...opening, ...step, mask: bytesOf(mask) }));
  return timemap;
}

function bytesOf(text) {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}

function cardOf(details, row) {
  const { incident, title } = details[row];
  const reports = details.filter((detail) => detail.incident === incident);
  return [make("h2", { text: title }), make("p", { class: "tm-faint", text: `${reports.length} of one incident · ${incident}` }),
    make("div", { class: "attest-reports" }, ...reports.map((report) => make("article", {}, make("h3", { text: report.who }),
      report.graphic ? make("details", {}, make("summary", { text: "Graphic: tells of mutilation, torture or sexual violence. Open to read." }),
        make("p", { text: report.summary })) : make("p", { text: report.summary }),
      make("dl", {}, ...report.facts.flatMap(([name, value]) => [make("dt", { text: name }), make("dd", { text: value })])))))];
}
