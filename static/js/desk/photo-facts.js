/* What an uploaded photo's file said of itself, from which standard, and fields for what it didn't. */
import { make } from "./dom.js";
import { writeFacts } from "./photo-api.js";

const FIELDS = [
  ["caption", "Caption", "textarea"],
  ["alt", "Alt text: what is to be seen, for who can't see it", "textarea"],
  ["photographer", "Photographer", "input"],
  ["agency", "Agency", "input"],
  ["line", "Or paste a credit line: what is empty is filled in from it", "input"],
];
let forms = 0;

/* The box of one photo; `saved(photo)` after its facts were written. */
export function factsForm(photo, saved) {
  const number = (forms += 1);
  const fields = new Map();
  const form = make("form", { class: "picker__facts", onsubmit: (event) => save(event) });
  const status = make("p", { role: "status" });
  const known = make("dl", { class: "photo-facts" });
  const missing = make("span", { class: "picker__missing" });
  for (const [name, label, kind] of FIELDS) {
    const id = `photo-fact-${number}-${name}`;
    const field = make(kind, { id, name, ...(kind === "textarea" ? { rows: 2 } : { type: "text" }) });
    const error = make("p", { class: "picker__error", id: `${id}-error` });
    field.value = photo[name] || "";
    field.setAttribute("aria-describedby", error.id);
    fields.set(name, { field, error });
    form.append(make("label", { for: id }, label), field, error);
  }
  const decorative = make("input", { type: "checkbox", name: "decorative" });
  decorative.checked = Boolean(photo.decorative);
  form.append(
    make("label", { class: "photo-check" }, decorative, "Decorative: it needs no alt text"),
    make("button", { type: "submit" }, "Save"),
    status,
  );

  function show() {
    known.replaceChildren(
      ...photo.read.map(({ fact, value, standard }) =>
        make("div", {}, make("dt", {}, `${fact} `, make("span", {}, standard)), make("dd", {}, value)),
      ),
    );
    if (!photo.read.length) known.append(make("div", {}, make("dd", {}, "The file says nothing of itself.")));
    const lacks = [
      photo.has_credit ? "" : "credit", photo.alt || photo.decorative ? "" : "alt text", photo.caption ? "" : "caption",
    ].filter(Boolean);
    missing.textContent = lacks.length ? `missing: ${lacks.join(", ")}` : "complete";
    missing.classList.toggle("picker__missing--none", !lacks.length);
    return lacks.length > 0;
  }

  async function save(event) {
    event.preventDefault();
    const values = { decorative: decorative.checked };
    for (const [name, { field, error }] of fields) {
      values[name] = field.value;
      error.textContent = "";
    }
    try {
      photo = { ...photo, ...(await writeFacts(photo.id, values)) };
      status.textContent = values.line ? `Saved: ${photo.credit}` : "Saved.";
      for (const [name, { field }] of fields) field.value = photo[name] || "";
      show();
      saved(photo);
    } catch (error) {
      status.textContent = error.message;
      for (const [name, reason] of Object.entries(error.errors || {})) {
        if (fields.has(name)) fields.get(name).error.textContent = reason;
      }
    }
  }

  const open = show();
  return make(
    "details", { class: "picker__new", open },
    make("summary", {}, photo.thumb ? make("img", { src: photo.thumb, alt: "" }) : "", make("span", {}, photo.duplicate ? "Here already. " : "New photo: "), missing),
    make("div", { class: "picker__columns" }, make("section", {}, make("h3", {}, "Known of this photo"), known), form),
  );
}
