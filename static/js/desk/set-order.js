/* Kinds in a set, moved by buttons (keyboard, finger) or by dragging a grip. Their places are the
   formset's own numbers, so that what is sent is the same as without a script. */

import { all, make, one } from "./dom.js";

export function movableRows(group) {
  const body = one("tbody", group);
  const status = make("p", { class: "visually-hidden", role: "status" });
  group.append(status);
  group.classList.add("set-order");

  const rows = () => all("tr.form-row:not(.empty-form)", body);
  const chosen = (row) => one("select", row)?.selectedOptions[0];
  const named = (row) => chosen(row)?.textContent.trim() || "This row";

  function numbered() {
    let place = 0;
    const every = rows();
    every.forEach((row, at) => {
      // A row without a kind is no row: a number would make it one.
      const field = one("[name$=-order]", row);
      if (field) field.value = chosen(row)?.value ? ++place : "";
      one("[data-move='-1']", row).disabled = at === 0;
      one("[data-move='1']", row).disabled = at === every.length - 1;
    });
  }

  function changed(row) {
    numbered();
    status.textContent = `${named(row)}: place ${rows().indexOf(row) + 1} of ${rows().length}.`;
    body.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function move(row, by) {
    const beside = rows()[rows().indexOf(row) + by];
    if (!beside) return;
    if (by < 0) beside.before(row);
    else beside.after(row);
    changed(row);
    const button = one(`[data-move='${by}']`, row);
    (button.disabled ? one(`[data-move='${-by}']`, row) : button).focus();
  }

  function dress(row) {
    const cell = one(".field-order", row);
    if (!cell || one("[data-move]", row)) return;
    const button = (by, sign, word) =>
      make("button", { type: "button", "data-move": by, onclick: () => move(row, by) }, sign,
        make("span", { class: "visually-hidden" }, ` ${word}`));
    const grip = make("span", { class: "set-grip", "data-grip": true, "aria-hidden": "true" }, "⠿");
    cell.append(make("span", { class: "set-moves" }, grip, button(-1, "↑", "Up"), button(1, "↓", "Down")));
  }

  body.addEventListener("pointerdown", (down) => {
    const grip = down.target.closest("[data-grip]");
    if (!grip || down.button !== 0) return;
    const row = grip.closest("tr");
    down.preventDefault();
    grip.setPointerCapture(down.pointerId);
    row.classList.add("is-lifted");
    const follow = ({ clientY }) => {
      const over = rows().find((other) => {
        const at = other.getBoundingClientRect();
        return other !== row && clientY > at.top && clientY < at.bottom;
      });
      if (!over) return;
      // The others go past it: a row that is taken out of the page loses its pointer.
      const every = rows();
      const from = every.indexOf(row);
      const to = every.indexOf(over);
      if (to > from) row.before(...every.slice(from + 1, to + 1));
      else row.after(...every.slice(to, from));
    };
    const stop = new AbortController();
    const end = () => {
      stop.abort();
      row.classList.remove("is-lifted");
      changed(row);
    };
    grip.addEventListener("pointermove", follow, { signal: stop.signal });
    for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) {
      grip.addEventListener(name, end, { signal: stop.signal });
    }
  });

  body.addEventListener("change", (event) => event.target.matches("select") && numbered());
  document.addEventListener("formset:added", ({ target }) => {
    if (!body.contains(target)) return;
    dress(target);
    numbered();
  });
  document.addEventListener("formset:removed", numbered);
  rows().forEach(dress);
  numbered();
}
