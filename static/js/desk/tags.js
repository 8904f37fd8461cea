/* Lists that are sent as lines of a text field, shown as chips with a type-ahead: tags, related
   stories. The text field stays in the form and in step; without scripts it is the field itself. */

import { all, announce, make } from "./dom.js";
import { typeahead } from "./typeahead.js";

const KIND_ICONS = { person: "☺", place: "⌂", organisation: "⚑", topic: "#", event: "◷", work: "♪" };

async function lookUp(address, term) {
  if (!term) return [];
  const answer = await fetch(`${address}?term=${encodeURIComponent(term)}`, {
    headers: { Accept: "application/json" },
    credentials: "same-origin",
  }).catch(() => null);
  return answer?.ok ? (await answer.json()).results : [];
}

/* With nothing written yet it offers who is shown in the story's photos. */
export function tagField(textarea, address, personsAddress) {
  const photos = () =>
    all('[name^="photos-"][name$="-photo"]', textarea.form).map((field) => field.value).filter(Boolean).join(",");
  const field = chips(textarea, {
    add: "Add a tag",
    named: "tag",
    async find(term) {
      const found = term ? await lookUp(address, term) : await lookUp(personsAddress, photos());
      const choices = found.map((tag) => ({
        value: tag.name,
        label: `${KIND_ICONS[tag.kind] ?? "#"} ${tag.name}`,
        hint: [tag.alias ? `also “${tag.alias}”` : tag.kind_label, stories(tag.uses)].join(" · "),
      }));
      const known = found.some((tag) => [tag.name, tag.alias].some((name) => same(name, term)));
      const lines = textarea.value.split("\n");
      if (!term) return choices.filter((choice) => !lines.some((line) => same(line.trim(), choice.value)));
      return known ? choices : [...choices, { value: term, label: `New tag “${term}”`, hint: "" }];
    },
  });
  field.input.addEventListener("focus", () => field.input.value || field.ask());
  return field;
}

export function storyField(textarea, address) {
  const headlines = new Map();
  return chips(textarea, {
    add: "Add a story",
    named: "story",
    label: (line) => headlines.get(line) ?? line.replace(/^.*\/story\/([^/]+)\/?.*$/, "$1").replaceAll("-", " "),
    async find(term) {
      const found = await lookUp(address, term);
      const choices = found.map((story) => {
        headlines.set(story.address, story.headline);
        return { value: story.address, label: story.headline || "Untitled", hint: story.date ?? story.status };
      });
      const isAddress = /^https?:\/\/|^\/story\/|^\d+$/.test(term);
      return isAddress ? [...choices, { value: term, label: term, hint: "this address" }] : choices;
    },
  });
}

const stories = (count) => `${count} ${count === 1 ? "story" : "stories"}`;
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const same = (a, b) => Boolean(a) && fold(a) === fold(b);

function chips(textarea, { add, named, find, label = (line) => line }) {
  const list = make("ul", { class: "desk-chips" });
  const input = make("input", { type: "text", placeholder: add, id: `${textarea.id}_add` });
  const options = make("ul", { class: "desk-options", "aria-label": `Found: ${named}` });
  const picker = make("div", { class: "desk-picker" }, list, input, options);
  const caption = textarea.labels[0];
  textarea.hidden = true;
  textarea.after(picker);
  if (caption) caption.htmlFor = input.id;
  const help = document.getElementById(textarea.getAttribute("aria-describedby"));
  if (help) help.hidden = true; // it says how to write lines

  const lines = () => textarea.value.split("\n").map((line) => line.trim()).filter(Boolean);

  function put(wanted) {
    textarea.value = wanted.join("\n");
    textarea.dispatchEvent(new Event("input", { bubbles: true }));
    draw();
  }

  function draw() {
    list.replaceChildren(
      ...lines().map((line) => {
        const text = label(line);
        const remove = make("button", { type: "button", "aria-label": `Remove ${text}`, "data-line": line }, "×");
        return make("li", { class: "desk-chip" }, make("span", {}, text), remove);
      }),
    );
  }

  function drop(line) {
    put(lines().filter((other) => other !== line));
    announce(`Removed ${label(line)}.`);
    input.focus();
  }

  const choices = typeahead(input, options, {
    find,
    pick(choice) {
      input.value = "";
      if (lines().some((line) => same(line, choice.value))) return;
      put([...lines(), choice.value]);
      announce(`Added ${label(choice.value)}.`);
    },
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Backspace" && !input.value && lines().length) drop(lines().at(-1));
    if (event.key === "," && named === "tag" && input.value.trim() && !choices.isOpen()) choices.ask();
  });
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-line]");
    if (button) drop(button.dataset.line);
  });
  textarea.form.addEventListener("desk:filled", draw);
  draw();
  return { draw, input, ask: choices.ask, chips: () => all(".desk-chip", list) };
}
