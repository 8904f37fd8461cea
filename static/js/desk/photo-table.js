/* The table of many photos: keys that go down a column, one value for all rows, each row saved when
   it is left. The form itself works without this, and is what is sent in the end. */
import { all, clock, make, one } from "./dom.js";
import { writeFacts } from "./photo-api.js";
import { downColumns } from "./photo-table-keys.js";

const form = one("[data-photo-table]");
const rows = all("tr[data-photo]", form);
const saved = new Map(); // field → what the server has of it
let leaving = false;

const fields = (row) => all("[data-fact]", row);
const value = (field) => (field.type === "checkbox" ? field.checked : field.value);
const changed = (row) => fields(row).filter((field) => saved.get(field) !== value(field));
const stateOf = (row) => one("[data-state]", row);

for (const field of rows.flatMap(fields)) {
  // A row given back with an error is not saved as it stands.
  const stored = field.closest("tr").querySelector(".errorlist") ? null : value(field);
  saved.set(field, stored);
}

downColumns(form, rows);

/* --- A row is saved when it is left ------------------------------------------------------------ */

function showErrors(row, errors) {
  for (const list of all(".errorlist", row)) list.remove();
  for (const field of fields(row)) {
    const reason = errors[field.dataset.fact];
    field.toggleAttribute("aria-invalid", Boolean(reason));
    if (reason) field.setAttribute("aria-invalid", "true");
    if (reason) field.after(make("ul", { class: "errorlist" }, make("li", {}, reason)));
  }
}

async function save(row) {
  const sent = changed(row);
  if (!sent.length || row.dataset.saving) return;
  row.dataset.saving = "1";
  const values = sent.map((field) => [field, value(field)]);
  stateOf(row).textContent = "Saving …";
  try {
    const photo = await writeFacts(row.dataset.photo, Object.fromEntries(values.map(([field, now]) => [field.dataset.fact, now])));
    for (const [field, now] of values) saved.set(field, now);
    showErrors(row, {});
    const read = values.some(([field]) => field.dataset.fact === "line") && readLine(row, photo);
    stateOf(row).textContent = read ? `Saved ${clock()}: ${photo.credit}` : `Saved ${clock()}`;
  } catch (error) {
    showErrors(row, error.errors ?? {});
    stateOf(row).textContent = error.message;
    delete row.dataset.saving;
    return;
  }
  delete row.dataset.saving;
  // Written while the first was on its way, and left again.
  if (!row.contains(document.activeElement)) await save(row);
}

/* A pasted credit line filled what was empty. */
function readLine(row, photo) {
  for (const field of fields(row)) {
    const fact = field.dataset.fact;
    if (fact === "line") field.value = "";
    else if (["caption", "photographer", "agency"].includes(fact)) field.value = photo[fact];
    else continue;
    saved.set(field, field.value);
  }
  return true;
}

form.addEventListener("focusout", (event) => {
  const row = event.target.closest("tr[data-photo]");
  if (row && !row.contains(event.relatedTarget)) save(row);
});

/* --- One value for all ------------------------------------------------------------------------- */

one("[name=_fill]", form)?.addEventListener("click", async (event) => {
  event.preventDefault();
  const everywhere = one("[name=all-everywhere]", form).checked;
  for (const shared of all("[data-fact]", one(".photo-shared", form))) {
    if (!shared.value) continue;
    for (const row of rows) {
      const field = one(`[data-fact="${shared.dataset.fact}"]`, row);
      if (everywhere || !field.value.trim()) field.value = shared.value;
    }
  }
  for (const row of rows) await save(row);
});

/* --- Who is shown, as the files say -------------------------------------------------------------- */

function takeOver(button) {
  const field = one('[data-fact="persons"]', button.closest("tr"));
  field.value = [field.value.trim(), button.dataset.take].filter(Boolean).join("; ");
  button.closest("p").remove();
  return field;
}

const takers = () => all("[data-take]", form);
for (const button of takers()) {
  button.hidden = false;
  button.addEventListener("click", () => takeOver(button).focus());
}
const takeAll = one("[data-take-all]", form);
if (takeAll && takers().length) {
  takeAll.hidden = false;
  takeAll.addEventListener("click", async () => {
    takers().forEach(takeOver);
    takeAll.hidden = true;
    for (const row of rows) await save(row);
  });
}

form.addEventListener("submit", () => {
  leaving = true;
});
window.addEventListener("beforeunload", (event) => {
  if (!leaving && rows.some((row) => changed(row).length)) event.preventDefault();
});
const keys = one("[data-keys]", form);
if (keys) keys.hidden = false;
