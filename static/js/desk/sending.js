/* Two ways to the server beside autosave: a verb's request, and the form as a page sends it. */

import { csrf } from "./dom.js";

/* → the server's answer as JSON; {done: false, message} where there is none. */
export async function post(form, address, values) {
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { "X-CSRFToken": csrf(form), Accept: "application/json" },
      credentials: "same-origin",
      body: new URLSearchParams(values),
    });
    return await response.json();
  } catch {
    return { done: false, message: "The server does not answer. Nothing was published." };
  }
}

/* The form as a whole, with the pressed button's name, past our own listener. */
export function sendWith(form, button) {
  if (button?.name) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: button.name, value: button.value });
    form.append(field);
  }
  form.submit();
}
