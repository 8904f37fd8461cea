/* A text field with a list of choices under it (the ARIA combobox pattern), driven by keys or touch. */

import { afterPause, make } from "./dom.js";

let lists = 0;

/* `find(term)` → [{label, hint, value}…], at once or as a promise; `pick(choice)` takes one. */
export function typeahead(input, list, { find, pick, waitMs = 150 }) {
  let choices = [];
  let active = -1;
  let asked = 0;
  lists += 1;
  list.id ||= `desk-list-${lists}`;
  list.setAttribute("role", "listbox");
  for (const [name, value] of Object.entries({
    role: "combobox",
    autocomplete: "off",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
  })) {
    input.setAttribute(name, value);
  }

  function show(found) {
    choices = found;
    active = found.length ? 0 : -1;
    list.replaceChildren(
      ...found.map((choice, place) =>
        make(
          "li",
          { role: "option", id: `${list.id}-${place}`, "data-place": place },
          make("span", {}, choice.label),
          choice.hint ? make("small", {}, choice.hint) : null,
        ),
      ),
    );
    input.setAttribute("aria-expanded", String(found.length > 0));
    mark();
  }

  function mark() {
    for (const [place, option] of [...list.children].entries()) {
      option.setAttribute("aria-selected", String(place === active));
      if (place === active) option.scrollIntoView({ block: "nearest" });
    }
    if (active < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", `${list.id}-${active}`);
  }

  async function ask() {
    const mine = (asked += 1);
    const found = await find(input.value.trim());
    if (mine === asked) show(found);
  }

  function close() {
    asked += 1;
    show([]);
  }

  function choose(place) {
    const choice = choices[place];
    close();
    if (choice) pick(choice);
  }

  input.addEventListener("input", (event) => {
    event.stopPropagation(); // half a word is no change of the form
    soon();
  });
  const soon = waitMs ? afterPause(waitMs, ask) : ask;
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && choices.length) {
      active = (active + step + choices.length) % choices.length;
      mark();
      event.preventDefault();
    } else if (event.key === "Enter") {
      event.preventDefault(); // never sends the form
      choose(active);
    } else if (event.key === "Escape" && choices.length) {
      event.stopPropagation();
      event.preventDefault();
      close();
    }
  });
  input.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault(); // the field keeps the focus
  });
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(Number(option.dataset.place));
  });
  return { ask, close, isOpen: () => choices.length > 0 };
}
