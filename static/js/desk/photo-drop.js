/* “Add photos”: files dropped on the page go up one after the other, each with its own word; then
   their table opens. Without this the form sends them all at once. */
import { all, make, one } from "./dom.js";
import { uploadPhotos } from "./photo-api.js";

const form = one("[data-photo-drop]");
const input = one("input[type=file]", form);
const list = one("[data-drop-files]", form);
const news = one("[data-drop-news]", form);
const button = one("[type=submit]", form);
const most = Number(form.dataset.most);
let chosen = [];

one("[data-drop-hint]", form).hidden = false;

const size = (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

function choose(files) {
  const known = new Set(chosen.map((file) => `${file.name} ${file.size} ${file.lastModified}`));
  chosen.push(...[...files].filter((file) => !known.has(`${file.name} ${file.size} ${file.lastModified}`)));
  const over = chosen.length - most;
  chosen = chosen.slice(0, most);
  list.replaceChildren(
    ...chosen.map((file) =>
      make("li", {}, make("span", { class: "photo-drop__name" }, file.name), " ", make("span", { class: "photo-drop__state" }, size(file.size))),
    ),
  );
  list.hidden = !chosen.length;
  input.required = !chosen.length;
  button.value = chosen.length ? `Add ${chosen.length} ${chosen.length === 1 ? "photo" : "photos"}` : "Add photos";
  news.textContent = over > 0 ? `${over} more than ${most}: add those with the next lot.` : "";
}

input.addEventListener("change", () => {
  choose(input.files);
  input.value = ""; // they are in the list; the next choice comes on top
});

for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    form.classList.toggle("photo-many--drop", kind === "dragover");
    if (kind === "drop" && !button.disabled) choose(event.dataTransfer.files);
  });
}

const shared = () => Object.fromEntries(all(".photo-shared [name]", form).map((field) => [field.name, field.value]));

/* The number of the photo that this file has become, or 0 where it was refused. */
async function send(file, item) {
  const state = one(".photo-drop__state", item);
  const show = (part) => (state.textContent = part < 1 ? `${Math.round(part * 100)} %` : "being looked at …");
  const { photos, refused } = await uploadPhotos([file], show, shared());
  item.classList.toggle("photo-drop__refused", refused.length > 0);
  state.textContent = refused[0]?.reason ?? (photos[0].duplicate ? "Here already" : "Taken in");
  return photos[0]?.id ?? 0;
}

form.addEventListener("submit", async (event) => {
  if (!chosen.length) return; // the form itself says what is missing
  event.preventDefault();
  button.disabled = true;
  const ids = [];
  for (const [at, file] of chosen.entries()) {
    news.textContent = `${at + 1} of ${chosen.length} …`;
    ids.push(await send(file, list.children[at]));
  }
  const taken = [...new Set(ids.filter(Boolean))];
  const table = `${form.dataset.table}?ids=${taken.join(",")}`;
  const refused = ids.filter((id) => !id).length;
  if (!refused) return location.assign(table);
  news.replaceChildren(`${ids.length - refused} of ${ids.length} taken in, ${refused} refused: see the list. `);
  if (taken.length) {
    news.append(make("a", { href: table, class: "button default" }, `Words for the ${taken.length}`));
    one("a", news).focus();
  }
  chosen = [];
  button.disabled = false;
  button.value = "Add photos";
});
