// Puts picture and caption on the clipboard together, for a word processor or a mail.

export default function ({ data, parentElement }) {
  const said = parentElement.querySelector("span");
  parentElement.querySelector("button").onclick = async () => {
    const html = new DOMParser()
      .parseFromString("<figure><img><figcaption></figcaption></figure>", "text/html").querySelector("figure");
    html.querySelector("img").src = `data:image/png;base64,${data.picture}`;
    html.querySelector("figcaption").textContent = data.caption;
    try {
      await navigator.clipboard.write([new ClipboardItem({ "text/html": new Blob([html.outerHTML], { type: "text/html" }),
        "text/plain": new Blob([data.caption], { type: "text/plain" }) })]);
      said.textContent = "Copied: paste it into a document.";
    } catch (error) {
      said.textContent = `The browser does not allow it (${error.message}); use the buttons below.`;
    }
  };
}
