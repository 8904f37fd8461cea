/* Dragging a card by its grip: mouse, pen and finger alike. A line shows where it will go, and
   nothing on the page moves before it is dropped; Escape or a lost pointer lets it be. */
import { cardsOf, place, say, whereabouts } from "./front-model.js";

const START_PX = 5; // less is a click
const EDGE_PX = 70; // this near to the window's edge the page scrolls
const STEP_PX = 12;
const MARKS = ["drop-before", "drop-after", "drop-here"];

export function draggable(form) {
  form.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (grip && event.button === 0) begin(grip.closest("[data-card]"), event);
  });
}

/* The slot under a point, and the card that the carried one will stand before (null: the last). */
function targetAt({ x, y }, card) {
  const under = document.elementFromPoint(x, y);
  const zone = under?.closest(".zone, .fronts__aside")?.querySelector("[data-zone]");
  if (!zone) return null;
  const other = under.closest("[data-card]");
  if (!other) return { zone, before: null };
  const box = other.getBoundingClientRect();
  const next = other.nextElementSibling?.closest("[data-card]") ?? null;
  const before = y > box.top + box.height / 2 ? next : other;
  return { zone, before: before === card ? card.nextElementSibling : before };
}

function mark(target) {
  for (const marked of document.querySelectorAll(MARKS.map((name) => `.${name}`).join())) {
    marked.classList.remove(...MARKS);
  }
  if (!target) return;
  const last = cardsOf(target.zone).at(-1);
  if (target.before) target.before.classList.add("drop-before");
  else if (last) last.classList.add("drop-after");
  else target.zone.classList.add("drop-here");
}

function begin(card, down) {
  const label = document.createElement("p");
  label.className = "fronts__carried";
  label.textContent = card.dataset.headline;
  let lifted = false;
  let at = { x: down.clientX, y: down.clientY };
  let target = null;
  let frame = 0;

  const follow = () => {
    if (at.y < EDGE_PX) window.scrollBy(0, -STEP_PX);
    else if (at.y > window.innerHeight - EDGE_PX) window.scrollBy(0, STEP_PX);
    label.style.translate = `${at.x}px ${at.y}px`;
    target = targetAt(at, card);
    mark(target);
  };
  const loop = () => {
    follow();
    frame = requestAnimationFrame(loop);
  };
  const move = (event) => {
    at = { x: event.clientX, y: event.clientY };
    if (lifted || Math.hypot(at.x - down.clientX, at.y - down.clientY) < START_PX) return;
    lifted = true;
    card.classList.add("is-lifted");
    document.body.classList.add("is-dragging");
    document.body.append(label);
    loop();
  };
  const end = (drop) => {
    stop.abort();
    cancelAnimationFrame(frame);
    if (!lifted) return;
    if (drop) follow();
    label.remove();
    mark(null);
    card.classList.remove("is-lifted");
    document.body.classList.remove("is-dragging");
    if (drop && target) place(card, target.zone, target.before);
    say(`${card.dataset.headline}: ${whereabouts(card)}.`);
  };

  const stop = new AbortController();
  const listen = (name, act) => window.addEventListener(name, act, { signal: stop.signal });
  listen("pointermove", move);
  listen("pointerup", (event) => {
    at = { x: event.clientX, y: event.clientY };
    end(true);
  });
  listen("pointercancel", () => end(false));
  listen("keydown", (event) => {
    if (event.key === "Escape") end(false);
  });
}
