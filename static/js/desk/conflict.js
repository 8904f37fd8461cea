/* Two people saved one story. What only one of them changed is merged already; for the rest the writer
   chooses, field by field: mine, theirs, or both one after the other. Neither text is lost: the server
   keeps the losing one in the history. */

import { announce, clock, make, one } from "./dom.js";
import { difference } from "./words.js";

const CHOICES = [["mine", "Mine"], ["theirs", "Theirs"], ["both", "Both"]];

/* `resolve(reply, choices)` sends the text again; choices: {part: "mine"|"theirs"|"both"}. */
export function conflictDialog(resolve) {
  const dialog = one("#desk-conflict-dialog");
  let reply = null;

  one("#desk-conflict-keep").addEventListener("click", () => {
    const choices = {};
    for (const clash of reply.clashes) {
      const pressed = one(`[name="clash-${CSS.escape(clash.part)}"]:checked`, dialog);
      choices[clash.part] = pressed?.value ?? "mine";
    }
    dialog.close();
    resolve(reply, choices);
  });

  return (answer) => {
    reply = answer;
    const who = answer.by || "Someone else";
    one("#desk-conflict-line").textContent = answer.clashes.length
      ? `${who} saved at ${clock(new Date(answer.at))}, while you were writing. Choose for each part; ` +
        "what only one of you changed is kept as it is."
      : `${who} saved at ${clock(new Date(answer.at))}, but in other parts than yours: nothing clashes.`;
    one("#desk-conflict-parts").replaceChildren(
      ...answer.clashes.map((clash) => part(clash, who)),
    );
    if (!dialog.open) dialog.showModal();
    announce(`${who} changed this story too. Nothing is lost.`);
  };
}

function part(clash, who) {
  const mine = readable(clash.mine);
  const theirs = readable(clash.theirs);
  const parts = difference(mine, theirs);
  return make(
    "fieldset",
    { class: "desk-clash" },
    make("legend", {}, clash.label),
    make(
      "div",
      { class: "desk-clash__sides" },
      side("Yours", parts, "mine"),
      side(who, parts, "theirs"),
    ),
    make("p", { class: "desk-clash__choice" }, ...choices(clash)),
  );
}

function side(title, parts, kind) {
  const text = make("p", { class: "desk-clash__text", tabindex: "0", "aria-label": title });
  for (const [of, words] of parts) {
    if (of === "same") text.append(words);
    else if (of === kind) text.append(make("mark", {}, words));
  }
  if (!text.textContent) text.append(make("em", {}, "empty"));
  return make("div", { class: "desk-clash__side" }, make("h4", {}, title), text);
}

/* Both, where that makes sense: nothing is lost by default. */
function choices(clash) {
  const offered = CHOICES.filter(([value]) => value !== "both" || clash.can_be_both);
  const first = clash.can_be_both ? "both" : "mine";
  return offered.map(([value, label]) => choice(clash, value, label, value === first));
}

function choice(clash, value, label, checked) {
  return make(
    "label",
    {},
    make("input", {
      type: "radio",
      name: `clash-${clash.part}`,
      value,
      checked,
    }),
    label,
  );
}

/* A body as its words, a paragraph a line; anything else as it is. */
function readable(value) {
  if (value == null) return "";
  if (Array.isArray(value)) return value.join("\n");
  const text = String(value);
  if (!/<\w+/.test(text)) return text;
  const page = new DOMParser().parseFromString(text, "text/html");
  for (const block of page.querySelectorAll("figure[data-photo]")) {
    block.textContent = `[Photo ${block.dataset.photo}]`;
  }
  return [...page.body.children].map((block) => block.textContent.trim()).join("\n\n");
}
