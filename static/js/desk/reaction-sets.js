/* The set editor with a script: the preview follows the typing, a colour can be picked, and kinds
   are moved by buttons or dragged. Without it the same form has a Preview button and numbers. */

import { afterPause, all, one } from "./dom.js";
import { movableRows } from "./set-order.js";

const PAUSE_MS = 250;
const HEX = /^#[0-9a-f]{6}$/i;

const box = one("[data-set-preview]");
const form = box?.closest("form");
const frame = box && one("iframe", box);
let asked = 0;

/* The frame's page is changed and not loaded anew: no flash, and no step in the browser's history. */
async function refresh() {
  const number = ++asked;
  const sent = new URLSearchParams(
    [...new FormData(form)].filter(([, value]) => typeof value === "string"),
  );
  let text;
  try {
    const response = await fetch(box.dataset.setPreview, { method: "POST", body: sent });
    if (!response.ok) throw new Error(response.statusText);
    text = await response.text();
  } catch {
    verdict("The preview could not be drawn: no connection, or you were logged out.", true);
    return;
  }
  if (number === asked) await show(new DOMParser().parseFromString(text, "text/html"));
}

/* Is the frame's own page there? What is drawn before would be gone with it. */
function isLoaded() {
  const page = frame.contentDocument;
  const isBlank = page?.URL === "about:blank";
  return page?.readyState === "complete" && isBlank !== frame.hasAttribute("src");
}

async function show(fresh) {
  if (!isLoaded()) return; // its load asks again; or the form was sent, and it goes with its page
  const page = frame.contentDocument;
  if (!page.documentElement.classList.contains("set-preview")) {
    page.replaceChild(page.adoptNode(fresh.documentElement), page.documentElement);
    frame.contentWindow.addEventListener("load", fit, { once: true });
  } else {
    const before = one("[data-sheet]", page);
    const sheet = one("[data-sheet]", fresh);
    if (sheet) {
      const link = page.importNode(sheet);
      const loaded = new Promise((go) => (link.onload = link.onerror = go));
      page.head.append(link);
      await loaded;
    }
    page.body.replaceWith(page.adoptNode(fresh.body));
    before?.remove();
  }
  judge();
  fit();
}

function judge() {
  const failing = Number(frame.contentDocument.body?.dataset.failing ?? 0);
  verdict(
    failing
      ? `${failing} ${failing === 1 ? "pair has" : "pairs have"} too little contrast: the set can’t be saved like this.`
      : "Contrast passes AA in both themes.",
    failing > 0,
  );
}

function verdict(words, bad) {
  const line = one("[data-verdict]", box);
  if (line.textContent !== words) line.textContent = words;
  line.classList.toggle("is-bad", bad);
}

function fit() {
  const main = one("main", frame.contentDocument);
  if (main) frame.height = Math.ceil(main.getBoundingClientRect().height);
}

/* A picker beside each hex field. The field is what is sent: it can be empty, a picker can't. */
function pickers() {
  for (const field of all(".set-colour", form)) {
    const picker = document.createElement("input");
    picker.type = "color";
    picker.className = "set-picker";
    picker.setAttribute("aria-label", `Pick: ${field.labels[0].textContent.replace(/:\s*$/, "")}`);
    const follow = () => {
      const colour = HEX.test(field.value) ? field.value : field.placeholder;
      picker.value = HEX.test(colour) ? colour : "#808080";
      picker.classList.toggle("is-own", !field.value);
    };
    picker.addEventListener("input", () => {
      field.value = picker.value;
      picker.classList.remove("is-own");
    });
    field.addEventListener("input", follow);
    field.after(picker);
    follow();
  }
}

if (form && !one("[name=question]", form)?.readOnly && one("[name=question]", form)) {
  one(".set-editor__show", box).hidden = true;
  pickers();
  movableRows(one("#members-group", form));
  const soon = afterPause(PAUSE_MS, refresh);
  for (const name of ["input", "change", "formset:added", "formset:removed"]) {
    form.addEventListener(name, soon);
  }
  document.addEventListener("formset:removed", soon);
  frame.addEventListener("load", () => (judge(), fit()));
  new ResizeObserver(fit).observe(frame);
  if (isLoaded()) refresh();
  else frame.addEventListener("load", refresh, { once: true });
}
