/* Corrections are rows of their own that readers see at once: no autosave takes them. Whoever touched
   one saves the whole form, and is asked before leaving without that. */

import { all, one } from "./dom.js";

export function startCorrections(form) {
  const box = one(".desk-corrections", form);
  let leaving = false;
  const touched = () =>
    Boolean(box) && !leaving && all("input:not([type=hidden]), textarea, select", box).some(isChanged);

  window.addEventListener("beforeunload", (event) => touched() && event.preventDefault());
  return {
    touched,
    letGo() {
      leaving = true;
    },
  };
}

function isChanged(field) {
  if (field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field.matches("select")) {
    const options = [...field.options];
    const first = options.some((option) => option.defaultSelected) ? null : options[0];
    return options.some((option) => option.selected !== (option.defaultSelected || option === first));
  }
  return field.value !== field.defaultValue;
}
