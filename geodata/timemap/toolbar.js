// @ts-check
// The buttons over a map.

import { make } from "./dom.js";
import { COPY_PICTURE } from "./picture.js";

/** @import { MapView } from "./mapview.js" */

/** @param {MapView} view */
export function toolbarOf(view) {
  const { name, title } = view.options.home;
  const [all, allTitle] = ["All", "Zoom to all reports shown"];
  const copyTitle = "The map as it stands, with its legend, whom it cites, and its notice, to the clipboard";
  const copier = make("button", { type: "button", class: "tm-rare", text: COPY_PICTURE, title: copyTitle });
  copier.addEventListener("click", () => view.host.copyPicture(copier));
  return make(
    "div",
    { class: "tm-tools" },
    make("button", { type: "button", text: all, title: allTitle, onclick: () => view.zoomToAll() }),
    ...(name ? [make("button", { type: "button", text: name, title, onclick: () => view.goHome() })] : []),
    view.pointing.lister,
    ...(view.options.onArea ? [view.area.button] : []),
    ...(view.part ? [] : [view.collector.button]),
    copier,
    ...(view.part ? [] : [view.host.film.button]),
  );
}
