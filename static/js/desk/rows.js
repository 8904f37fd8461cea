/* Rows of a form that can be added, moved and removed: bylines, photos. The fields are Django's
   formset; its order and remove boxes are kept in step, so that what is sent is the same as without
   scripts. */

import { all, announce, one } from "./dom.js";

export function rowSet(box) {
  const prefix = box.dataset.rows;
  const named = box.dataset.named;
  const list = one(".desk-rows__list", box);
  const total = one(`[name=${prefix}-TOTAL_FORMS]`, box);
  const field = (row, name) => one(`[name$="-${name}"]`, row);
  const rows = () => all(".desk-row", list).filter((row) => !field(row, "DELETE").checked);
  const isBlank = (row) => !field(row, prefix === "photos" ? "photo" : "contributor").value;

  function changed() {
    rows().forEach((row, place) => {
      // A row without a choice is no row: a number would make it one.
      field(row, "ORDER").value = isBlank(row) ? "" : place + 1;
    });
    ends();
    box.dispatchEvent(new CustomEvent("desk:rows", { bubbles: true }));
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /* The first row can't go up, the last one not down. */
  function ends() {
    rows().forEach((row, place, every) => {
      row.toggleAttribute("data-blank", isBlank(row));
      one("[data-move='-1']", row).disabled = place === 0;
      one("[data-move='1']", row).disabled = place === every.length - 1;
    });
  }

  function add(values = {}, { first = false } = {}) {
    const row = numbered(one("template", box).content, total.value);
    total.value = Number(total.value) + 1;
    if (first) list.prepend(row);
    else list.append(row);
    fill(row, values);
    dress(row);
    changed();
    return row;
  }

  function fill(row, values) {
    for (const [name, value] of Object.entries(values)) {
      const input = field(row, name);
      if (!input) continue;
      if (input.type === "checkbox") input.checked = Boolean(value);
      else input.value = value ?? "";
    }
  }

  function remove(row) {
    const place = rows().indexOf(row);
    field(row, "DELETE").checked = true;
    row.hidden = true;
    changed();
    const next = rows()[Math.min(place, rows().length - 1)];
    (next ? one("[data-remove]", next) : one("[data-add], [data-pick]:not([hidden])", box))?.focus();
    announce(`Removed the ${named}.`);
  }

  function move(row, by) {
    const others = rows();
    const beside = others[others.indexOf(row) + by];
    if (!beside) return;
    if (by < 0) beside.before(row);
    else beside.after(row);
    changed();
    const button = one(`[data-move='${by}']`, row);
    (button.disabled ? one("[data-remove]", row) : button).focus();
    announce(`Moved the ${named} to place ${rows().indexOf(row) + 1} of ${rows().length}.`);
  }

  function dress(row) {
    row.hidden = field(row, "DELETE").checked;
    for (const button of all("[data-move], [data-remove]", row)) button.hidden = false;
  }

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move], [data-remove]");
    const row = button?.closest(".desk-row");
    if (!row) return;
    if (button.dataset.move) move(row, Number(button.dataset.move));
    else remove(row);
  });
  const adder = one("[data-add]", box);
  if (adder) {
    adder.hidden = false;
    adder.addEventListener("click", () => one("select, input", add())?.focus());
  }
  // Without scripts a blank row waits at the end; with them there is a button.
  const last = all(".desk-row", list).at(-1);
  if (last && isBlank(last) && (prefix === "photos" || rows().length > 1)) {
    last.remove();
    total.value = Number(total.value) - 1;
  }
  all(".desk-row", list).forEach(dress);
  ends();
  list.addEventListener("change", (event) => {
    if (event.target.matches("[name$=-contributor]")) changed();
  });

  return {
    box,
    rows,
    add,
    remove,
    field,
    /* As many rows as a saved copy of the form has, for its values to go into. */
    grow(count) {
      while (Number(total.value) < count) add();
    },
    settle: changed,
  };
}

/* The template's row with its number in every name, id and reference. */
function numbered(template, number) {
  const row = one(".desk-row", template.cloneNode(true));
  for (const element of [row, ...all("*", row)]) {
    for (const attribute of element.attributes) {
      attribute.value = attribute.value.replaceAll("__prefix__", number);
    }
  }
  return row;
}
