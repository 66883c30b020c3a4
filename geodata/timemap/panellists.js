// @ts-check
// The lists of the panel: the marks in view, what was clicked, the reports shown, those that the map cannot show, and
// the collection.

import { onBaseMap } from "./cardhead.js";
import { make, plural } from "./dom.js";
import { ReportList } from "./reportlist.js";

/** @import { MapView } from "./mapview.js" */
/** @import { Here } from "./here.js" */
/** @import { View } from "./sidepanel.js" */
/** @import { Far } from "./far.js" */
/** @import { Timemap } from "./timemap.js" */

export class PanelLists {
  /**
   * @param {Timemap} host
   * @param {{ head: HTMLElement, body: HTMLElement, changed: () => void }} panel `changed`: the collection is another
   */
  constructor(host, panel) {
    this.host = host;
    this.panel = panel;
    this.list = new ReportList(host.views[0].reports, {
      choose: (row) => host.choose(row),
      isChosen: (row) => host.selected.has(row),
      isCollected: (row) => host.collected.has(row),
      tick: (row, title) => (host.collected.isOffered ? host.collected.tick(row, title, panel.changed) : null),
    });
  }

  /**
   * @param {View | null} view
   * @param {Here | null} here
   */
  draw(view, here) {
    if (view === "marks") this.drawMarks();
    else if (this.host.far) this.drawFar(this.host.far, view);
    else this.drawReports(view, here);
  }

  /**
   * Of a large table the server lists a part.
   * @param {Far} far
   * @param {View | null} view
   */
  drawFar(far, view) {
    const { collected } = this.host;
    const { title, lines, firsts } = far.lines(view ?? "", this.panel.changed);
    const [rows, noun] = view === "collected" ? [collected.rows, "report"] : [firsts, "incident"];
    const all = collected.isOffered && rows.length ? [collected.takeAll(rows, this.panel.changed, noun)] : [];
    this.panel.head.replaceChildren(make("h2", { text: title }), ...all);
    this.panel.body.replaceChildren(...lines);
  }

  /** Those of each map, under its title where there are two. */
  drawMarks() {
    const { views } = this.host;
    const parts = views.map((view) => ({ view, marks: view.pointing.marks() }));
    const isAny = parts.some(({ marks }) => marks.length > 0);
    this.panel.head.replaceChildren(make("h2", { text: isAny ? "Marks in view" : "No mark in view" }));
    const lines = parts.flatMap(({ view, marks }) => [
      ...(views.length > 1 ? [headOf(view, marks.length)] : []),
      ...marks.map(({ text, choose }, at) => {
        const is = { class: "tm-jump", "data-is": `mark${view.part}-${at}` }; // the focus stays where it was
        return make("button", { type: "button", ...is, text, onclick: choose });
      }),
    ]);
    this.panel.body.replaceChildren(...lines);
  }

  /**
   * @param {View | null} view
   * @param {Here | null} here
   */
  drawReports(view, here) {
    const { host, list, panel } = this;
    const groups = this.groups(view, here);
    const rows = groups.flatMap((group) => group.rows);
    const all = host.collected.isOffered && rows.length ? host.collected.takeAll(rows, panel.changed) : null;
    panel.head.replaceChildren(...this.titled(view, here), ...(all ? [all] : []));
    list.show(groups, `${host.colouring.key} ${host.naming}`);
    if (!list.element.isConnected) panel.body.replaceChildren(list.element); // to be put in again takes the focus
    list.mark();
  }

  /**
   * What stands over a list.
   * @param {View | null} view
   * @param {Here | null} here
   */
  titled(view, here) {
    const { host } = this;
    if (view === "here" && here) {
      const { item } = here;
      const { reports } = host.views[0];
      const beside = item.rows.length ? onBaseMap(host, item.rows[0]) : [];
      const number = `${plural(item.rows.length, "report")}; choose one for its incident's card.`;
      const gone = "No report here is left by the dates and the filters.";
      const said = make("p", { class: "tm-faint", text: item.rows.length ? number : gone });
      return [make("h2", { text: item.rows.length ? reports.titleOf(item) : "Here" }), ...beside, said];
    }
    /** @type {Record<string, string>} */
    const titles = { reports: "Reports shown", unmapped: "What the map or the window cannot show" };
    return [make("h2", { text: titles[view ?? ""] ?? "The collection" })];
  }

  /**
   * @param {View | null} view
   * @param {Here | null} here
   */
  groups(view, here) {
    const { listed, collected } = this.host;
    if (view === "here") return [{ title: "", rows: here?.item.rows ?? [] }];
    if (view === "reports") return [{ title: "", rows: listed.shown() }];
    if (view === "collected") return [{ title: "", rows: collected.rows }];
    const { unplaced, polar, undated } = listed.unshown();
    return [
      { title: `Without a place that can be known · ${unplaced.length}`, rows: unplaced },
      ...(polar.length ? [{ title: `Too near a pole for the map · ${polar.length}`, rows: polar }] : []),
      { title: `Without a date: no window shows them · ${undated.length}`, rows: undated },
    ];
  }
}

/**
 * @param {MapView} view one of two maps
 * @param {number} count of its marks in view
 */
function headOf({ title }, count) {
  return make("h3", { text: `${title.textContent} · ${count || "none in view"}` });
}
