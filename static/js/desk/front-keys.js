/* Moving a card by keyboard: Space on its grip picks it up, arrows move it, Space drops it, Escape
   puts it back. Up and down go through all slots, left and right from slot to slot. */
import { cardsOf, place, say, whereabouts, zoneOf, zones } from "./front-model.js";

let held = null; // { card, grip, zone, next } of the card in hand

export function movableByKeys(form) {
  form.addEventListener("keydown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      if (held) drop();
      else pickUp(grip);
    } else if (held && event.key === "Escape") {
      event.preventDefault();
      putBack();
    } else if (held && event.key.startsWith("Arrow")) {
      event.preventDefault();
      step(event.key.slice(5));
    }
  });
  form.addEventListener("focusout", (event) => {
    if (held && !held.moving && event.target === held.grip) drop();
  });
}

function pickUp(grip) {
  const card = grip.closest("[data-card]");
  held = { card, grip, zone: zoneOf(card), next: card.nextElementSibling, moving: false };
  show(true);
  say(`${card.dataset.headline}: picked up, ${whereabouts(card)}. Arrows move it, Space drops it.`);
}

function drop() {
  const { card } = held;
  show(false);
  held = null;
  say(`${card.dataset.headline}: dropped, ${whereabouts(card)}.`);
}

function putBack() {
  const { card, zone, next } = held;
  carry(zone, next);
  show(false);
  held = null;
  say(`${card.dataset.headline}: back in ${whereabouts(card)}.`);
}

function step(direction) {
  const { card } = held;
  const zone = zoneOf(card);
  const all = zones();
  const beside = (by) => all[all.indexOf(zone) + by];
  if (direction === "Up" && previous(card)) carry(zone, previous(card));
  else if (direction === "Down" && next(card)) carry(zone, next(card).nextElementSibling);
  else if (direction === "Up" && beside(-1)) carry(beside(-1), null);
  else if (direction === "Left" && beside(-1)) carry(beside(-1), cardsOf(beside(-1))[0] ?? null);
  else if (direction !== "Up" && direction !== "Left" && beside(1))
    carry(beside(1), cardsOf(beside(1))[0] ?? null);
  say(`${whereabouts(card)}.`);
}

const previous = (card) => card.previousElementSibling?.closest("[data-card]");
const next = (card) => card.nextElementSibling?.closest("[data-card]");

/* Moving a node takes the focus from it. */
function carry(zone, before) {
  held.moving = true;
  place(held.card, zone, before);
  held.grip.focus();
  held.card.scrollIntoView({ block: "nearest" });
  held.moving = false;
}

function show(up) {
  held.grip.setAttribute("aria-pressed", String(up));
  held.card.classList.toggle("is-lifted", up);
}
