/* The keyboard: save, publish, go to a field, and the list of all of it. */

import { all, make, one } from "./dom.js";
import { goTo } from "./checklist.js";
import { typeahead } from "./typeahead.js";

const HELP = [
  ["Ctrl S", "Save the draft"],
  ["Ctrl Enter", "Publish or update"],
  ["Ctrl K", "Go to a field"],
  ["Ctrl B, Ctrl I", "Bold, italic"],
  ["Ctrl Alt 2, Ctrl Alt 3", "Heading, small heading"],
  ["Ctrl Alt 0", "Plain text again"],
  ["Alt F10", "The editor's tools"],
  ["Alt ↑, Alt ↓", "Move the chosen photo"],
  ["Enter", "On a photo: its caption and alt text; on a post: another one"],
  ["?", "This list (outside of a field)"],
];

export function startShortcuts(form, { save, publish, editor }) {
  const keys = one("#desk-keys-dialog");
  one("#desk-keylist").replaceChildren(
    ...HELP.flatMap(([key, what]) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, what)]),
  );
  const button = one("#desk-keys");
  button.hidden = false;
  button.addEventListener("click", () => keys.showModal());
  for (const close of all("dialog [data-close]")) {
    close.addEventListener("click", () => close.closest("dialog").close());
  }
  const jump = palette(editor);

  const actions = { s: save, enter: publish, k: jump };
  // Before the editor: some of these are keys of its own.
  document.addEventListener(
    "keydown",
    (event) => {
      if (document.querySelector("dialog[open]")) return;
      const action = (event.ctrlKey || event.metaKey) && !event.altKey && actions[event.key.toLowerCase()];
      if (action) {
        event.preventDefault();
        event.stopPropagation();
        action();
      } else if (event.key === "?" && !isTyping(event.target)) {
        keys.showModal();
      }
    },
    true,
  );
}

const isTyping = (element) =>
  element.isContentEditable || element.matches("input:not([type=checkbox], [type=radio]), textarea, select");

/* "Go to": every field of the screen by its label. */
function palette(editor) {
  const dialog = one("#desk-jump-dialog");
  const input = one("#desk-jump");
  const list = typeahead(input, one("#desk-jump-list"), {
    waitMs: 0,
    find(term) {
      const words = term.toLowerCase();
      return places().filter(({ called }) => called.includes(words)).slice(0, 12);
    },
    pick({ value }) {
      dialog.close();
      // At once: by the dialog's close event the next key has gone to where the cursor was before.
      goTo(value, editor);
    },
  });
  return () => {
    input.value = "";
    dialog.showModal();
    list.ask();
  };
}

function places() {
  const rows = (box) => box.closest(".desk-row");
  return all(".desk [data-field]")
    .filter((box) => !rows(box))
    .map((box) => {
      const label = one("label, legend, h2, h3", box)?.textContent.trim() ?? box.dataset.field;
      const fold = box.closest("details")?.querySelector("summary")?.textContent.trim();
      const called = `${label} ${box.dataset.field.replaceAll("_", " ")} ${fold ?? ""}`.toLowerCase();
      return { value: box.dataset.field, label, hint: fold, called };
    });
}
