/* The writing screen: puts its parts together. Each part works on the plain form; without this module
   the form saves and publishes all the same. */

import { startAutosave } from "./autosave.js";
import { showErrors, startChecklist } from "./checklist.js";
import { conflictDialog } from "./conflict.js";
import { growFields, startCounters } from "./counters.js";
import { all, clock, make, notice, one } from "./dom.js";
import { startEditor } from "./editor.js";
import { startEmbedDialog } from "./embed-dialog.js";
import { fillForm, localCopy } from "./local-copy.js";
import { startPhotos } from "./photos.js";
import { startPosts } from "./posts.js";
import { startPreviews } from "./previews.js";
import { startVerbs } from "./publish.js";
import { rowSet } from "./rows.js";
import { sessionDialog } from "./session.js";
import { startShortcuts } from "./shortcuts.js";
import { storyField, tagField } from "./tags.js";

const form = one("#article_form");
form.classList.add("desk--scripted");

const editor = startEditor(form.elements.body_html, {
  changed: () => form.dispatchEvent(new CustomEvent("desk:typed")),
  upload: (files) => photos.upload(files),
});
const copy = localCopy(form);
const found = copy.find(); // before anything of this visit is kept
const rowSets = all(".desk-rows", form).map(rowSet);
const photoRows = rowSets.find((rows) => rows.box.dataset.rows === "photos");
const photos = startPhotos(photoRows, editor, {
  async articleId() {
    if (!form.dataset.article) await autosave.save({ deliberate: true });
    return form.dataset.article;
  },
});
const checklist = startChecklist(editor);
const counters = startCounters(form, editor);
const previews = startPreviews(form, editor, photos);
const posts = startPosts(one("#desk-posts"));
startEmbedDialog(editor, form.dataset.postLookup);
growFields([form.elements.headline, form.elements.dek]);
tagField(form.elements.tags, form.dataset.tagsLookup, form.dataset.personsLookup);
storyField(form.elements.related, form.dataset.storiesLookup);

const logIn = sessionDialog(() => autosave.save({ deliberate: true }));
const compare = conflictDialog(settle);
const autosave = startAutosave(form, {
  editor,
  copy,
  on: { saved, refused: saved, conflict: compare, ended: logIn },
});
const verbs = startVerbs(form, { autosave, photos });
startShortcuts(form, { save: verbs.save, publish: verbs.askToPublish, editor });

form.addEventListener("input", autosave.typed);
form.addEventListener("change", autosave.typed);
form.addEventListener("desk:typed", () => {
  counters.body();
  autosave.typed();
});
/* A headline and a dek are one paragraph each: Enter goes on to what is written next. */
function goOn(field, next) {
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.isComposing) return;
    event.preventDefault();
    next.focus();
  });
}
goOn(form.elements.headline, form.elements.dek);
goOn(form.elements.dek, editor);
if (!form.dataset.article) form.elements.headline.focus();
window.addEventListener("beforeunload", (event) => photos.pending() && event.preventDefault());
editor.ready.then((instance) => {
  instance?.on("photoFacts", ({ data }) => {
    data.facts = photos.facts(data.id);
  });
  photos.draw();
  if (found?.entries) restore();
});

/* After each save: the form is this article's from now on, and shows what the server thinks of it. */
function saved(reply) {
  if (reply.id && !form.dataset.article) {
    form.dataset.wasNew = "1";
    form.dataset.article = reply.id;
    form.action = reply.change_url;
    window.history.replaceState(null, "", reply.change_url);
  }
  if (reply.autosave_url) form.dataset.autosave = reply.autosave_url;
  const rows = photoRows.rows();
  const stored = reply.photos ?? [];
  const sameRows = stored.length === rows.length && rows.every(
    (row, place) => photoRows.field(row, "photo").value === String(stored[place].photo),
  );
  if (sameRows) {
    rows.forEach((row, place) => {
      photoRows.field(row, "use").value = stored[place].use;
    });
  }
  verbs.seen(reply);
  checklist.show(reply);
  previews.saved(reply);
  posts.show(reply.posts);
  showErrors(reply.errors);
}

/* The merged text, the writer's choices, and one save with both; then the page as it is now. Rows stay
   as they are here: by their marks the server knows which of them this writer never touched. */
async function settle(reply, choices) {
  const merged = new Map(Object.entries(reply.form ?? {}));
  for (const [name, value] of merged) {
    const input = form.elements[name];
    if (input?.type === "checkbox") input.checked = Boolean(value);
    else if (input && name !== "body_html") input.value = value;
  }
  if (merged.has("body_html")) editor.set(merged.get("body_html"));
  form.elements.loaded_version.value = reply.version;
  form.elements.loaded_marks.value = reply.marks;
  form.dispatchEvent(new CustomEvent("desk:filled"));
  const fields = Object.entries(choices).map(([part, value]) =>
    make("input", { type: "hidden", name: `choice_${part}`, value }),
  );
  form.append(...fields);
  const answer = await autosave.save({ deliberate: true });
  fields.forEach((field) => field.remove());
  if (!answer || Object.keys(answer.errors ?? {}).length) return; // what can't be read stays here
  autosave.letGo();
  window.location.assign(answer.change_url);
}

/* What this browser kept and the server never got. It keeps the version it was written on, so that a
   save of somebody else in between shows as a conflict and is not overwritten. */
function restore() {
  fillForm(form, found.entries, { rowSets, editor });
  autosave.typed();
  notice(`Put back what you wrote until ${clock(new Date(found.at))} and what had not been saved.`, {
    buttons: [
      {
        label: "Throw it away",
        act: () => {
          copy.forget();
          autosave.letGo();
          window.location.reload();
        },
      },
    ],
  });
}
