/* What stands between the story and its readers: each row leads to its field. */

import { all, make, one } from "./dom.js";

/* Opens what hides the field and puts the cursor into it. */
export function goTo(name, editor) {
  if (name === "body_html") {
    editor.focus();
    one("[data-field=body_html]").scrollIntoView({ block: "nearest" });
    return;
  }
  const box = one(`.desk [data-field="${CSS.escape(name)}"]`) ?? one(`.desk [name="${CSS.escape(name)}"]`);
  if (!box) return;
  const fold = box.closest("details");
  if (fold) fold.open = true;
  const target =
    all("input, select, textarea, button", box).find(
      (field) => field.type !== "hidden" && field.offsetParent !== null && !field.disabled,
    ) ?? one("[tabindex]", box) ?? box;
  target.focus();
  target.scrollIntoView({ block: "center" });
}

function row(kind, { field, message }) {
  const spoken = kind === "blocks" ? "Blocks publishing: " : "Advice: ";
  const link = make(
    "a",
    { href: `#id_${field}`, "data-jump-to": field },
    make("span", { class: "desk-unseen" }, spoken),
    message,
  );
  return make("li", { class: `desk-checklist__${kind}` }, link);
}

export function checklistRows(problems, advice = []) {
  return [
    ...problems.map((problem) => row("blocks", problem)),
    ...advice.map((problem) => row("advice", problem)),
  ];
}

export function startChecklist(editor) {
  const list = one("#desk-checklist");
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-jump-to]");
    if (!link) return;
    event.preventDefault();
    link.closest("dialog")?.close();
    goTo(link.dataset.jumpTo, editor);
  });
  return {
    show({ problems = [], advice = [] }) {
      const rows = checklistRows(problems, advice);
      list.replaceChildren(
        ...(rows.length ? rows : [make("li", { class: "desk-checklist__clear" }, "Ready to publish.")]),
      );
    },
  };
}

/* The words of the server beside the fields they are about; the former ones go. */
export function showErrors(errors) {
  for (const list of all(".desk .errorlist[data-live]")) list.remove();
  for (const [name, words] of Object.entries(errors ?? {})) {
    const box = one(`.desk [data-field="${CSS.escape(name)}"]`);
    const list = make("ul", { class: "errorlist", "data-live": "" }, ...words.map((word) => make("li", {}, word)));
    box?.append(list);
  }
}
