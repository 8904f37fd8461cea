/* How the story will look in a search engine, as a shared link and as a card on the home page. */

import { afterPause, all, one } from "./dom.js";

export function startPreviews(form, editor, photos) {
  const box = one("#desk-previews");
  box.hidden = false;
  let address = form.dataset.live;

  const value = (name) => form.elements[name]?.value.trim() ?? "";
  const shorten = (text, most) => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);

  function show() {
    if (!box.offsetParent) return; // folded away
    const headline = value("headline") || "Headline";
    const dek = value("dek") || editor.text().trim().split("\n")[0] || "";
    const words = {
      address: `${location.host}${address || `/story/${value("slug") || "…"}/`}`,
      host: location.host,
      search: value("headline_seo") || headline,
      social: value("headline_social") || headline,
      home: value("headline_home") || headline,
      kicker: value("kicker") || form.elements.section?.selectedOptions[0]?.text || "",
      text: shorten(dek, 155),
      dek,
    };
    for (const place of all("[data-show]", box)) place.textContent = words[place.dataset.show];
    for (const meter of all("meter", box)) meter.value = [...words[meter.dataset.of]].length;
    for (const label of all("[data-length]", box)) {
      label.textContent = `${[...words[label.dataset.length]].length} characters`;
    }
    const thumb = photos.lead()?.thumb;
    for (const image of all("[data-show-lead]", box)) {
      image.hidden = !thumb;
      if (thumb) image.src = thumb;
    }
  }

  const soon = afterPause(150, show);
  form.addEventListener("input", soon);
  form.addEventListener("desk:filled", soon);
  box.closest("details").addEventListener("toggle", show);
  return {
    saved(reply) {
      address = reply.url || address;
      soon();
    },
  };
}
