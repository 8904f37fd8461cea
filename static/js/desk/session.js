/* The session ended while someone was writing: log in again in a dialog, then go on where one was. */

import { csrf, one } from "./dom.js";

/* A login changes the token: every form of the page gets the new one. */
export function renewToken() {
  const token = csrf(document);
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
}

export function sessionDialog(again) {
  const dialog = one("#desk-login-dialog");
  const form = one("#desk-login-form", dialog);
  const wrong = one("#desk-login-wrong", dialog);

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    wrong.textContent = "";
    try {
      if (!(await logIn(form))) {
        wrong.textContent = "This name and password don't fit.";
        return;
      }
    } catch {
      wrong.textContent = "The server does not answer. Your text is kept; try again.";
      return;
    }
    form.reset();
    dialog.close();
    renewToken();
    again();
  });
  // Whoever logged in in another tab comes back to this one.
  window.addEventListener("focus", () => {
    if (!dialog.open) return;
    dialog.close();
    renewToken();
    again();
  });
  return () => {
    if (!dialog.open) dialog.showModal();
    one("#desk-login-name").focus();
  };
}

/* Through the admin's own form; a redirect means that the login was right. */
async function logIn(form) {
  const page = await fetch(form.action, { credentials: "same-origin" });
  const login = new DOMParser().parseFromString(await page.text(), "text/html");
  const body = new URLSearchParams(new FormData(form));
  body.set("csrfmiddlewaretoken", login.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "");
  const answer = await fetch(form.action, {
    method: "POST",
    body,
    credentials: "same-origin",
    redirect: "manual",
  });
  return answer.type === "opaqueredirect";
}
