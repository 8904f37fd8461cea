/* The writer's text in this browser, from the first key until the server has it. What is found here
   when the form opens was never saved: a crash, a dead battery, a lost connection. */

const SKIPPED = /^(?:csrfmiddlewaretoken|_\w+)$/;

export const entriesOf = (form) =>
  [...new FormData(form)].filter(([name, value]) => !SKIPPED.test(name) && typeof value === "string");

export function localCopy(form) {
  const key = () => `desk:${form.dataset.user}:${form.dataset.article || "new"}`;
  return {
    keep() {
      try {
        localStorage.setItem(key(), JSON.stringify({ at: Date.now(), entries: entriesOf(form) }));
      } catch {
        // A full or forbidden store: the server's copy is the one that counts.
      }
    },
    forget() {
      try {
        localStorage.removeItem(key());
        // An article is kept under "new" until its first save gives it a number.
        if (form.dataset.wasNew) localStorage.removeItem(`desk:${form.dataset.user}:new`);
      } catch {
        // as above
      }
    },
    find() {
      try {
        return JSON.parse(localStorage.getItem(key()));
      } catch {
        return null;
      }
    },
  };
}

/* Puts the entries into the form: boxes are ticked by presence, rows are added as far as needed. */
export function fillForm(form, entries, { rowSets, editor }) {
  const values = new Map(entries);
  for (const rows of rowSets) {
    rows.grow(Number(values.get(`${rows.box.dataset.rows}-TOTAL_FORMS`) ?? 0));
  }
  for (const input of form.elements) {
    if (!input.name || SKIPPED.test(input.name) || input.type === "file") continue;
    if (input.type === "radio") input.checked = values.get(input.name) === input.value;
    else if (input.type === "checkbox") input.checked = values.has(input.name);
    else if (values.has(input.name)) input.value = values.get(input.name);
  }
  editor.set(values.get("body_html") ?? "");
  for (const rows of rowSets) {
    for (const row of rows.rows()) row.hidden = rows.field(row, "DELETE").checked;
    rows.settle();
  }
  form.dispatchEvent(new CustomEvent("desk:filled"));
}
