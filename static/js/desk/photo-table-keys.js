/* Keys that go down a column of the table of photos: Enter and the arrows to the same field of the next
   row, with Shift to the one before; Alt+Enter begins a line. */
import { one } from "./dom.js";

function beside(rows, field, step) {
  const row = rows[rows.indexOf(field.closest("tr")) + step];
  return row && one(`[data-fact="${field.dataset.fact}"]`, row);
}

/* Whether the caret stands at the end that the key would leave by. */
function atEdge(field, step) {
  if (field.type === "checkbox" || field.type === "datetime-local" || field.list) return false;
  if (field.selectionStart !== field.selectionEnd) return false;
  return step > 0 ? field.selectionEnd === field.value.length : field.selectionStart === 0;
}

export function downColumns(form, rows) {
  form.addEventListener("keydown", (event) => {
    const field = event.target.closest("[data-fact]");
    if (!field || event.isComposing || event.ctrlKey || event.metaKey) return;
    const arrows = { ArrowDown: 1, ArrowUp: -1 };
    const back = event.shiftKey; // with an arrow it selects text
    const step = event.key === "Enter" ? (back ? -1 : 1) : !back && arrows[event.key];
    if (!step) return;
    if (event.altKey) {
      if (event.key !== "Enter" || !field.matches("textarea")) return;
      event.preventDefault();
      field.setRangeText("\n", field.selectionStart, field.selectionEnd, "end");
      return;
    }
    if (event.key !== "Enter" && !atEdge(field, step)) return;
    event.preventDefault(); // Enter would send the whole form
    const next = beside(rows, field, step);
    next?.focus();
    next?.select?.();
  });
}
