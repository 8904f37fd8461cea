/* How long the story and its lines are, while they are written. */

import { afterPause, all, one } from "./dom.js";
import { countWords } from "./words.js";

const WORDS_PER_MINUTE = 238; // as articles/body/outline.py reckons

export function startCounters(form, editor) {
  function line(box) {
    const input = form.elements[box.dataset.countOf];
    const length = [...input.value.trim()].length;
    const best = Number(box.dataset.best);
    const over = length > best;
    box.toggleAttribute("data-over", over);
    box.textContent = !length ? "" : over ? `${length} characters, ${length - best} over ${best}` : `${length} characters`;
  }

  function body() {
    const words = countWords(editor.text());
    const minutes = Math.ceil(words / WORDS_PER_MINUTE);
    one("#desk-length").textContent =
      `${words.toLocaleString()} ${words === 1 ? "word" : "words"}` + (words ? ` · ${minutes} min read` : "");
  }

  const boxes = all("[data-count-of]", form);
  boxes.forEach(line);
  form.addEventListener("input", () => boxes.forEach(line));
  form.addEventListener("desk:filled", () => boxes.forEach(line));
  editor.ready.then(body);
  return { body: afterPause(250, body) };
}

/* Headline and dek are as high as their words: for browsers without field-sizing. */
export function growFields(fields) {
  if (CSS.supports("field-sizing", "content")) return;
  const fit = (field) => {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
  };
  for (const field of fields) {
    fit(field);
    field.addEventListener("input", () => fit(field));
    window.addEventListener("resize", () => fit(field));
  }
}
