/* Saving while someone writes: two seconds after the last key, when the screen is left, and on demand.
   One request at a time. The copy in this browser stays until the server says that it has the text;
   what the server answers beyond that (a conflict, an ended session) is handed to `on`. */

import { afterPause, clock, csrf, one } from "./dom.js";

const IDLE_MS = 2_000;
const RETRY_MS = 10_000;
const KEEPALIVE_BYTES = 60_000; // browsers refuse more

/* on: {saved(reply), refused(reply), conflict(reply), ended(reply)} */
export function startAutosave(form, { editor, copy, on }) {
  const words = one("#desk-saved");
  let unsaved = false; // something was typed that no request carries yet
  let running = null;
  let held = false; // a dialog has to be answered first
  let retry = 0;

  function say(text, state = "") {
    words.textContent = text;
    words.dataset.state = state;
  }

  const soon = afterPause(IDLE_MS, () => held || save());
  const keep = afterPause(300, () => {
    editor.sync();
    if (unsaved) copy.keep();
  });

  function typed() {
    unsaved = true;
    if (!running && !held) say("Not saved yet", "waiting");
    keep();
    soon();
  }

  /* Sends what there is. → the server's reply, or null where it was not saved. */
  async function save({ leaving = false, deliberate = false } = {}) {
    while (running) await running;
    if (!unsaved && !deliberate) return { unchanged: true };
    clearTimeout(retry);
    editor.sync();
    copy.keep();
    unsaved = false;
    held = false;
    say("Saving …", "saving");
    running = send(leaving, deliberate);
    const reply = await running;
    running = null;
    if (unsaved && !held) soon();
    return reply;
  }

  async function send(leaving, deliberate) {
    const body = new FormData(form);
    if (deliberate) body.set("_save", "1");
    let response;
    try {
      response = await fetch(form.dataset.autosave, {
        method: "POST",
        body: new URLSearchParams([...body].filter(([, value]) => typeof value === "string")),
        headers: { "X-CSRFToken": csrf(form), Accept: "application/json" },
        credentials: "same-origin",
        keepalive: leaving && editor.html().length < KEEPALIVE_BYTES,
      });
    } catch {
      return failed(navigator.onLine ? "the server does not answer" : "you are offline");
    }
    return judge(response);
  }

  async function judge(response) {
    const reply = await response.json().catch(() => null);
    if (reply && response.ok) return saved(reply);
    if (reply && response.status === 400) return refused(reply);
    if (reply && response.status === 409) return wait(() => on.conflict(reply), "someone else saved this story");
    if (response.status === 401) return wait(() => on.ended(reply), "your session has ended");
    if (response.status === 403 || response.status === 404) return failed("you may not change this article");
    return failed(`the server answered ${response.status}`);
  }

  function take(reply) {
    if (reply.version == null) return;
    form.elements.loaded_version.value = reply.version;
    if (form.elements.loaded_marks) form.elements.loaded_marks.value = reply.marks ?? "";
  }

  function saved(reply) {
    take(reply);
    on.saved(reply);
    if (unsaved) say("Not saved yet", "waiting"); // typed while the request was under way
    else {
      copy.forget();
      say(`Saved ${clock(new Date(reply.saved_at ?? Date.now()))}`, "saved");
    }
    return reply;
  }

  function refused(reply) {
    take(reply);
    const first = Object.values(reply.errors ?? {}).flat()[0] ?? "see the marked fields";
    say(`${reply.version == null ? "Not saved" : "Saved, except"}: ${first}`, "failed");
    on.refused(reply);
    return reply;
  }

  function wait(ask, why) {
    unsaved = true;
    held = true;
    say(`Not saved: ${why}. Your text is kept.`, "failed");
    ask();
    return null;
  }

  /* Trouble that may pass: tried again by itself, and at once when the line is back. */
  function failed(why) {
    unsaved = true;
    say(`Not saved: ${why}. Your text is kept in this browser; trying again.`, "failed");
    retry = setTimeout(() => save(), RETRY_MS);
    return null;
  }

  window.addEventListener("online", () => unsaved && !held && save());
  form.addEventListener("focusout", (event) => {
    if (!event.relatedTarget && unsaved && !held) save();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && unsaved && !held) save({ leaving: true });
  });
  window.addEventListener("beforeunload", (event) => {
    if (!unsaved && !running) return;
    editor.sync();
    copy.keep();
    event.preventDefault();
  });

  return {
    typed,
    save,
    /* The form is sent as a whole: nothing to guard, nothing more to save. */
    letGo() {
      unsaved = false;
      running = null;
    },
    isClean: () => !unsaved && !running,
  };
}
