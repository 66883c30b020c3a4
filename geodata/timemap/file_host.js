// Host: the map as one file. The data stands in the page; an incident's card opens under the map.

import { dayOfIso } from "./days.js";
import { make } from "./dom.js";
import { ARRAYS, Table } from "./table.js";
import { createTimemap } from "./timemap.js";

function openFile(root) {
  const data = JSON.parse(document.getElementById("attest-data").textContent);
  const columns = Object.fromEntries(Object.entries(data.columns).map(([name, [type, text]]) => {
    const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
    return [name, new ARRAYS[type](bytes.buffer)];
  }));
  const card = document.querySelector(".attest-card");
  const timemap = createTimemap(root, { L: globalThis.L, table: new Table(columns), ...data.fixed,
    onSelect: (row) => showCard(card, data.fixed.details, row) });
  root.attest = timemap;
  const window = data.window && { first: dayOfIso(data.window[0]), last: dayOfIso(data.window[1]) };
  const [scheme] = Object.keys(data.fixed.schemes);
  timemap.update({ scheme, mask: null, surely: data.surely, selected: [], window, naming: data.naming });
  const chooser = (label, choices, setting) => {
    const select = make("select", { "aria-label": label, onchange: () => timemap.update({ [setting]: select.value }) },
      ...choices.map(([value, text]) => make("option", { value, text })));
    return select;
  };
  timemap.tools.append(chooser("Colour marks by", Object.entries(data.fixed.schemes).map(([value, { title }]) => [value, title]), "scheme"),
    chooser("Names of places", Object.entries(data.namings), "naming"));
  return timemap;
}

function showCard(card, details, row) {
  const { incident, title } = details[row];
  const reports = details.filter((detail) => detail.incident === incident);
  card.replaceChildren(make("h2", { text: title }), make("p", { class: "tm-faint", text: `${reports.length} of one incident · ${incident}` }),
    make("div", { class: "attest-reports" }, ...reports.map((report) => make("article", {}, make("h3", { text: report.who }),
      report.graphic ? make("details", {}, make("summary", { text: "Graphic: tells of mutilation, torture or sexual violence. Open to read." }),
        make("p", { text: report.summary })) : make("p", { text: report.summary }),
      make("dl", {}, ...report.facts.flatMap(([name, value]) => [make("dt", { text: name }), make("dd", { text: value })]))))));
  card.focus({ preventScroll: true });
  if (card.getBoundingClientRect().top > globalThis.innerHeight * 0.75) card.scrollIntoView({ behavior: "smooth", block: "nearest" });
}
