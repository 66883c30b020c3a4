// @ts-check
// How map, timeline, lanes, layers and panel stand beside the data: as a link has it, which is kept by the host.

import { make } from "./dom.js";

/** @import { Layout, Stood } from "./types" */
/** @import { Timemap } from "./timemap.js" */

const RESTS = 200; // milliseconds after which the host hears how the timeline stands

export class Standing {
  /** @param {Timemap} host */
  constructor(host) {
    this.host = host;
    const { layout, panel } = host.options;
    /** @type {{ layout: Layout, panel: string } | null} what waits for the rows and dates that the host shows */
    this.asked = { layout: layout ?? { axis: null, lanes: false }, panel: panel ?? "" };
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.telling = undefined;
    const title = "A lane for each colour: every report as a bar over its possible days";
    this.laner = make("button", { type: "button", text: "Lanes", title, "aria-expanded": "false" });
    this.laner.addEventListener("click", () => {
      this.toggleLanes();
      this.tell();
    });
    host.timeline.bar.zoomer.after(this.laner);
  }

  toggleLanes() {
    const { lanes, timeline } = this.host;
    lanes.toggle();
    this.laner.setAttribute("aria-expanded", String(lanes.open));
    timeline.shade.hidden = !lanes.open;
  }

  /**
   * As it stood in an entry of the history that the reader has gone back to. What depends on the rows shown waits until
   * the host has set them, for it learns of the way back as well.
   * @param {Stood} stood
   */
  goBack({ camera, layersOff, layout, panel }) {
    this.host.look(camera);
    this.host.layers.showAllBut(layersOff);
    this.asked = { layout, panel };
  }

  /** The host has set window and filters: the timeline stands as it is asked to. */
  takeLayout() {
    if (!this.asked) return;
    const { axis, lanes } = this.asked.layout;
    const { timeline } = this.host;
    const { extent } = timeline;
    const part = axis &&
      extent && { first: Math.max(axis.first, extent.first), last: Math.min(axis.last, extent.last) };
    if (part && part.first <= part.last) timeline.zoomTo(part);
    else if (timeline.zoomed) timeline.zoomTo(null);
    if (lanes !== this.host.lanes.open) this.toggleLanes();
  }

  /** And the panel, once the rows are chosen whose card it may show. */
  takePanel() {
    if (!this.asked) return;
    this.host.panel.restore(this.asked.panel);
    this.asked = null;
  }

  /** The wheel stretches the timeline many times a second; the host hears of the last stretch. */
  tell() {
    if (this.asked) return;
    clearTimeout(this.telling);
    this.telling = setTimeout(() => {
      const { timeline, lanes, options } = this.host;
      const { zoomed, domain } = timeline;
      if (!this.asked) options.onLayout?.({ axis: zoomed ? domain : null, lanes: lanes.open });
    }, RESTS);
  }

  destroy() {
    clearTimeout(this.telling);
  }
}
