/* The page of a front: the form works without this; here nothing needs a reload but the save. */
import { newsroomTime } from "./dom.js";
import { draggable } from "./front-drag.js";
import { movableByKeys } from "./front-keys.js";
import {
  cardsOf, forgetChanges, form, isChanged, markChanged, place, refresh, say, whereabouts, zoneOf,
  zones,
} from "./front-model.js";

const HOURS = { "2h": 2, "8h": 8 };
const SEARCH_PAUSE_MS = 250;
const aside = form.querySelector('[data-zone=""]');

const neighbour = (card, verb) =>
  verb === "up" ? card.previousElementSibling : card.nextElementSibling?.nextElementSibling ?? null;

const VERBS = {
  up: (card) => card.previousElementSibling && place(card, zoneOf(card), neighbour(card, "up")),
  down: (card) => card.nextElementSibling && place(card, zoneOf(card), neighbour(card, "down")),
  off: (card) => place(card, aside, aside.firstElementChild),
  move: (card) => {
    const key = card.querySelector(".fcard__place select").value;
    const zone = zones().find((each) => each.dataset.zone === key);
    if (zone) place(card, zone, firstUnpinned(zone));
  },
};

const firstUnpinned = (zone) =>
  cardsOf(zone).find((card) => !card.querySelector("[name^=pinned-]").checked) ?? null;

function setEnd(card, verb) {
  const field = card.querySelector("[name^=until-]");
  if (verb === "always") field.value = "";
  else if (verb === "tonight") field.value = `${newsroomTime().slice(0, 10)}T23:59`;
  else field.value = newsroomTime(HOURS[verb]);
  markChanged();
  say(field.value ? `Stands until ${field.value.replace("T", ", ")}.` : "Stands without an end.");
}

form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (!button) return;
  event.preventDefault();
  const card = button.closest("[data-card]");
  const verb = button.dataset.do;
  if (!(verb in VERBS)) {
    setEnd(card, verb);
    return;
  }
  VERBS[verb](card);
  button.focus();
  say(`${card.dataset.headline}: ${whereabouts(card)}.`);
});

form.addEventListener("input", (event) => {
  const card = event.target.closest("[data-card]");
  if (event.target.matches("[name^=max-]")) {
    const zone = event.target.closest(".zone").querySelector("[data-zone]");
    zone.dataset.max = event.target.value;
  }
  if (event.target.matches("[name^=pinned-]")) {
    card.querySelector("[data-pin]").hidden = !event.target.checked;
  }
  if (event.target.matches("[name^=headline-]")) {
    const shown = event.target.value.trim() || card.dataset.headline;
    card.querySelector(".fcard__headline").textContent = shown;
  }
  if (event.target.matches(".fcard__more *, .zone__settings *")) markChanged();
});

/* --- Search -------------------------------------------------------------------------------- */
const box = form.querySelector("#story-search");
let asked = 0;

async function search() {
  const mine = ++asked;
  const query = new URLSearchParams({ stories: "1", q: box.value });
  const response = await fetch(`${location.pathname}?${query}`).catch(() => null);
  if (mine !== asked) return;
  if (!response?.ok) {
    say("The search gave no answer. Try again.");
    return;
  }
  const found = new DOMParser().parseFromString(await response.text(), "text/html");
  const placed = new Set(
    zones().filter((zone) => zone !== aside).flatMap(cardsOf).map((card) => card.dataset.card),
  );
  const cards = [...found.body.children].filter((card) => !placed.has(card.dataset.card));
  aside.replaceChildren(...cards);
  showGrips();
  say(`${cardsOf(aside).length} stories found.`);
}

let pause = 0;
box.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(search, SEARCH_PAUSE_MS);
});
form.querySelector("[value=search]").addEventListener("click", (event) => {
  event.preventDefault();
  search();
});
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  search();
});

function showGrips() {
  for (const grip of form.querySelectorAll("[data-grip]")) grip.hidden = false;
}

form.addEventListener("submit", forgetChanges);
window.addEventListener("beforeunload", (event) => {
  if (isChanged()) event.preventDefault();
});

showGrips();
refresh();
draggable(form);
movableByKeys(form);
