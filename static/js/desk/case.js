/* A case's page: what the choice would do, while it is being made. Without this module the button
   "Show what it would do" asks for the same. The mark that binds a verb to its preview comes with the
   answer; until it has come, there is no button to press. */

import { afterPause, csrf, one } from "./dom.js";

const PAUSE_MS = 300;
const CHOICE = ["kinds", "since", "until", "younger_than", "states", "nets"];

const form = one("[data-case]");

if (form) {
  const preview = one("[data-preview]", form);
  const status = one("[data-status]", form);
  let asked = null;

  async function look() {
    asked?.abort();
    asked = new AbortController();
    const body = new FormData(form);
    const reason = one("#id_reason", form);
    const inReason = reason && document.activeElement === reason;
    try {
      const response = await fetch(form.dataset.previewUrl, {
        method: "POST",
        body,
        headers: { "X-CSRFToken": csrf(form) },
        signal: asked.signal,
      });
      if (!response.ok || response.redirected) throw new Error(response.status); // to the login
      show(await response.text(), reason?.value ?? "");
      if (inReason) one("#id_reason", form)?.focus();
    } catch (error) {
      if (error.name !== "AbortError") say("The server does not answer. Press “Look again”.");
    } finally {
      form.removeAttribute("aria-busy");
    }
  }

  function show(html, reason) {
    const page = new DOMParser().parseFromString(html, "text/html");
    preview.replaceChildren(...page.body.childNodes);
    const field = one("#id_reason", preview);
    if (field && reason) field.value = reason;
    say(one("[data-words]", preview)?.textContent.trim() ?? "");
  }

  function say(words) {
    status.textContent = words;
  }

  const later = afterPause(PAUSE_MS, look);
  const changed = ({ target }) => {
    if (!CHOICE.includes(target.name)) return;
    form.setAttribute("aria-busy", "true");
    one("[name=mark]", preview)?.remove(); // of another choice
    later();
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
}
