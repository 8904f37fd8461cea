/* The live board fetches its own rows again. What somebody is at stays: a row with an open form keeps
   it, focus and scrolling don't move, and while the pointer or the focus is among the stories they
   keep their places, so that nobody freezes the wrong one. Nothing is announced: that would never end. */
import { all, one } from "./dom.js";

const EVERY_MS = 6_000;
const PATIENCE_MS = 10_000;

const board = one("[data-live]");
const pause = one("[data-live-pause]");
const trouble = one("[data-live-trouble]");
const hovers = matchMedia("(hover: hover)");
let timer = 0;

const rowsOf = (root) => one("[data-live-rows]", root);
const parts = (root) => [...root.children].filter((part) => part.dataset.part);
const isHeld = (rows) => rows.contains(document.activeElement) || (hovers.matches && rows.matches(":hover"));
const isBusy = (part) => part.contains(document.activeElement) || one("details[open]", part) !== null;
const say = (words) => {
  if (trouble.textContent !== words) trouble.textContent = words;
};

/* One piece of a row: only if it says something else now. A form's key is its bar's state, because
   its token differs every time. */
function renew(part, fresh) {
  const same = "key" in fresh.dataset ? part.dataset.key === fresh.dataset.key : part.isEqualNode(fresh);
  if (same || isBusy(part)) return;
  part.replaceWith(fresh);
}

function renewParts(mine, fresh) {
  const known = new Map(parts(mine).map((part) => [part.dataset.part, part]));
  for (const part of parts(fresh)) renew(known.get(part.dataset.part), part);
}

function show(fresh) {
  renewParts(board, fresh);
  const rows = rowsOf(board);
  const held = isHeld(rows);
  const known = new Map([...rows.children].map((row) => [row.dataset.id, row]));
  for (const row of [...rowsOf(fresh).children]) {
    const mine = known.get(row.dataset.id);
    known.delete(row.dataset.id);
    if (mine) renewParts(mine, row);
    if (!mine || !held) rows.append(mine ?? row);
  }
  if (held) return;
  for (const row of known.values()) if (!isBusy(row)) row.remove();
}

async function look() {
  try {
    const answer = await fetch(board.dataset.live, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (answer.redirected) throw new Error("You are signed out. Reload the page to sign in again.");
    if (!answer.ok) throw new Error("Newsroom didn’t answer. The figures below are old; trying again.");
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    show(page.body);
    say("");
  } catch (error) {
    const lost = error instanceof TypeError || error.name === "TimeoutError";
    say(lost ? "Newsroom can’t be reached. The figures below are old; trying again." : error.message);
  }
}

const isOff = () => document.hidden || pause.getAttribute("aria-pressed") === "true";

function plan(after = EVERY_MS) {
  clearTimeout(timer);
  if (isOff()) return;
  timer = setTimeout(async () => {
    await look();
    plan();
  }, after);
}

document.addEventListener("visibilitychange", () => plan(0));
pause.addEventListener("click", () => {
  const paused = pause.getAttribute("aria-pressed") !== "true";
  pause.setAttribute("aria-pressed", String(paused));
  plan(0);
});
/* Escape closes an open form, and its button has the focus again. */
board.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && event.target.closest("details[open]");
  if (!open) return;
  open.open = false;
  one("summary", open).focus();
});
/* An opened form is for writing. */
board.addEventListener("toggle", (event) => {
  if (event.target.open) one("input[type=text]", event.target)?.focus();
}, true);

pause.hidden = false;
for (const field of all("[aria-invalid=true]", board).slice(0, 1)) field.focus();
plan();
