/* The grid of the photo picker: a listbox of photos, by pointer, touch and keyboard. */
import { make } from "./dom.js";

const STEPS = { ArrowLeft: -1, ArrowRight: 1 };

/* photoGrid({multiple, changed, chosen}): `changed` after each selection, `chosen` on Enter or a
   double click. */
export function photoGrid({ multiple, changed, chosen }) {
  const element = make("div", {
    class: "picker__grid", role: "listbox", "aria-label": "Photos", "aria-multiselectable": String(multiple),
  });
  const photos = new Map(); // option → photo, in the order of the grid
  let picked = []; // ids, in the order of choosing

  const options = () => [...element.children];
  const at = (id) => options().find((option) => photos.get(option).id === id);

  function select(option) {
    const { id } = photos.get(option);
    const was = picked.includes(id);
    if (multiple) picked = was ? picked.filter((each) => each !== id) : [...picked, id];
    else picked = [id];
    mark();
    changed();
  }

  function mark() {
    for (const option of options()) {
      option.setAttribute("aria-selected", String(picked.includes(photos.get(option).id)));
    }
  }

  function focus(option = options().find((each) => each.tabIndex === 0) || options()[0]) {
    if (!option) return;
    for (const each of options()) each.tabIndex = each === option ? 0 : -1;
    option.focus();
  }

  /* Up and down: the option that lies above or below, whatever the width makes of the rows. */
  function beside(option, key) {
    const all = options();
    const here = all.indexOf(option);
    if (key in STEPS) return all[here + STEPS[key]];
    const columns = all.filter((each) => each.offsetTop === all[0].offsetTop).length;
    const moves = { ArrowUp: here - columns, ArrowDown: here + columns, Home: 0, End: all.length - 1 };
    return all[moves[key]];
  }

  element.addEventListener("keydown", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    if (event.key === " ") select(option);
    else if (event.key === "Enter") {
      if (!picked.includes(photos.get(option).id)) select(option);
      chosen();
    } else if (/^(Arrow|Home$|End$)/.test(event.key)) focus(beside(option, event.key));
    else return;
    event.preventDefault();
  });
  element.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    select(option);
    focus(option);
  });
  element.addEventListener("dblclick", (event) => {
    if (multiple || !event.target.closest("[role=option]")) return;
    chosen();
  });

  function draw(option, photo) {
    const words = photo.caption || photo.alt || "No caption yet";
    option.replaceChildren(
      photo.thumb
        ? make("img", { src: photo.thumb, alt: "", width: photo.width, height: photo.height, loading: "lazy" })
        : make("span", { class: "picker__void" }, "No file"),
      make("span", { class: "picker__caption" }, words),
      make("span", { class: photo.has_credit ? "picker__credit" : "picker__credit picker__credit--none" }, photo.credit || "No credit yet"),
    );
  }

  function place(photo, put) {
    const option = make("div", { role: "option", class: "picker__option", "aria-selected": "false", tabindex: "-1" });
    photos.set(option, photo);
    draw(option, photo);
    put(option);
  }

  return {
    element,
    focus,
    selected: () => picked.map((id) => [...photos.values()].find((photo) => photo.id === id)),
    /* `keep`: behind what is there. What was chosen stays in sight and chosen. */
    show(found, { keep = false } = {}) {
      for (const option of options()) {
        if (keep || picked.includes(photos.get(option).id)) continue;
        photos.delete(option);
        option.remove();
      }
      for (const photo of found) if (!at(photo.id)) place(photo, (option) => element.append(option));
      mark();
      if (!options().some((option) => option.tabIndex === 0) && options()[0]) options()[0].tabIndex = 0;
    },
    /* New photos: in front, and chosen. */
    add(uploaded) {
      for (const photo of [...uploaded].reverse()) {
        const known = at(photo.id);
        if (known) element.prepend(known);
        else place(photo, (option) => element.prepend(option));
      }
      const ids = uploaded.map((photo) => photo.id);
      picked = multiple ? [...new Set([...picked, ...ids])] : ids.slice(0, 1).concat(ids.length ? [] : picked);
      mark();
      changed();
    },
    update(photo) {
      const option = at(photo.id);
      if (!option) return;
      photos.set(option, photo);
      draw(option, photo);
    },
  };
}
