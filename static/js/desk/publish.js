/* The verbs: save and preview stay on the screen; publishing asks once, says where the story will be,
   and can be taken back for ten seconds. Review, withdraw and discard go to the server as they are. */

import { checklistRows } from "./checklist.js";
import { startCorrections } from "./corrections.js";
import { all, announce, newsroomTime, notice, one } from "./dom.js";
import { post, sendWith } from "./sending.js";

const UNDO_SECONDS = 10;

export function startVerbs(form, { autosave, photos }) {
  const dialog = one("#desk-publish-dialog");
  const now = one("#desk-publish-now");
  const main = one("#desk-publish");
  const corrections = startCorrections(form);
  let state = null; // the server's reply to the last save

  async function flush() {
    const reply = await autosave.save({ deliberate: true });
    if (reply && !reply.unchanged) state = reply;
    return reply && !Object.keys(reply.errors ?? {}).length ? state : null;
  }

  async function save() {
    if (corrections.touched()) await whole({ name: "_save", value: "1" });
    else if (await flush()) announce("Saved.");
  }

  /* The form as a page sends it: for the verbs that have a page, and for what autosave leaves alone. */
  async function whole(button) {
    if (!(await flush())) return;
    autosave.letGo();
    corrections.letGo();
    sendWith(form, button);
  }

  async function preview() {
    const reply = await flush();
    if (reply) window.open(reply.preview_url, `preview-${reply.id}`);
  }

  async function askToPublish() {
    if (!main) return;
    if (photos.pending()) {
      notice("A photo is still being uploaded.", { kind: "warning" });
      return;
    }
    if (corrections.touched()) {
      await whole({ name: "_publish", value: "1" });
      return;
    }
    const reply = await flush();
    if (!reply) return;
    showProblems(reply.problems ?? []);
    if (!reply.problems?.length) one("#desk-publish-line").textContent = lineFor(reply);
    dialog.showModal();
    (now.hidden ? one("[data-close]", dialog) : now).focus();
  }

  /* What an editor may answer for asks for a reason; the rest has to be put right. */
  function showProblems(problems) {
    const excusable = problems.every((problem) => problem.may_be_waived);
    one("#desk-publish-problems").replaceChildren(...checklistRows(problems));
    one("#desk-reason-field").hidden = !problems.length || !excusable;
    now.hidden = !excusable;
    now.textContent = problems.length ? "Publish all the same" : main.textContent;
    one("#desk-publish-line").textContent = excusable
      ? "Put this right first, or say why it is published all the same:"
      : "This has to be put right first:";
  }

  function lineFor(reply) {
    if (reply.is_public) return `Readers see the changes at once at ${reply.url}`;
    const { publish_at_0: day, publish_at_1: time } = form.elements;
    const moment = day?.value ? `${day.value}T${time.value || "00:00"}` : "";
    if (moment <= newsroomTime()) return `Live now at ${reply.url}`;
    const inWords = { dateStyle: "full", timeStyle: "short", timeZone: "UTC" }; // as it was typed
    const words = new Date(`${moment}Z`).toLocaleString([], inWords);
    return `Goes live on ${words} at ${reply.url}`;
  }

  async function publish() {
    // What was looked at: a save of somebody else in between must not go out unread.
    const body = { confirm: "1", reason: one("#desk-reason").value.trim(), version: state.version };
    if (form.elements.tell_readers?.checked) body.tell_readers = "on";
    now.disabled = true;
    const answer = await post(form, state.verb_urls.publish, body);
    now.disabled = false;
    if (!answer.done) {
      if (answer.problems?.length) showProblems(answer.problems);
      one("#desk-publish-line").textContent = answer.message;
      return;
    }
    dialog.close();
    published(answer);
  }

  function published(answer) {
    form.elements.loaded_version.value = answer.version;
    if (answer.marks !== undefined) form.elements.loaded_marks.value = answer.marks;
    showStatus(answer);
    const buttons = answer.undo_url ? [{ label: "Undo", act: () => undo(answer) }] : [];
    const box = notice(answer.message, { kind: "success", buttons });
    announce(answer.message);
    if (answer.undo_url) setTimeout(box.dropButtons, 1000 * (answer.undo_seconds ?? UNDO_SECONDS));
  }

  function showStatus(answer) {
    const status = one(".desk-status");
    status.textContent = answer.status_label ?? answer.status.replace(/^./, (c) => c.toUpperCase());
    status.dataset.status = answer.status;
    main.textContent = "Update";
    showUnpublished(false);
  }

  function showUnpublished(there) {
    for (const part of all("[data-unpublished]", form)) part.hidden = !there;
  }

  function seen(reply) {
    state = reply;
    showUnpublished(reply.has_draft);
  }

  async function undo(answer) {
    const undone = await post(form, answer.undo_url, { confirm: "1" });
    if (undone.done) window.location.assign(undone.change_url ?? state.change_url);
    else notice(undone.message, { kind: "error" });
  }

  now.addEventListener("click", publish);
  form.addEventListener("submit", async (event) => {
    const name = event.submitter?.name;
    const here = { _save: save, _preview: preview, _publish: askToPublish }[name];
    event.preventDefault();
    await (here ? here() : whole(event.submitter));
  });

  return { save, preview, askToPublish, seen };
}
