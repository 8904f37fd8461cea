/* A front on the screen: moves cards between slots and keeps what depends on them right.
   The order of the form's fields is the arrangement, so moving a card is all there is to do. */

export const form = document.querySelector("[data-fronts]");
export const zones = () => [...form.querySelectorAll("[data-zone]")];
export const cardsOf = (zone) => [...zone.querySelectorAll("[data-card]")];
export const zoneOf = (card) => card.closest("[data-zone]");

let changed = false;
export const isChanged = () => changed;
export const forgetChanges = () => {
  changed = false;
};

export function say(text) {
  form.querySelector("[data-announcer]").textContent = text;
}

/* Where a card stands now, in words. */
export function whereabouts(card) {
  const zone = zoneOf(card);
  const cards = cardsOf(zone);
  return `${zone.dataset.name}, ${cards.indexOf(card) + 1} of ${cards.length}`;
}

/* Puts the card before another one of the slot, or last. */
export function place(card, zone, before = null) {
  if (before === card || (zoneOf(card) === zone && card.nextElementSibling === before)) return;
  zone.insertBefore(card, before);
  markChanged();
}

export function markChanged() {
  changed = true;
  form.querySelector("[data-dirty]").hidden = false;
  refresh();
}

/* A slot says how full it is; what time fills in gives way to what was put there. */
export function refresh() {
  for (const zone of zones()) {
    const most = Number(zone.dataset.max);
    if (!most) continue;
    const here = cardsOf(zone);
    const section = zone.parentElement;
    section.querySelector("[data-count]").textContent = here.length;
    section.querySelector("[data-over]").hidden = here.length <= most;
    const ghosts = [...section.querySelectorAll("[data-ghost]")];
    let free = most - here.length;
    for (const ghost of ghosts) {
      const placed = form.querySelector(`[data-max] > [data-card="${ghost.dataset.ghost}"]`);
      ghost.hidden = Boolean(placed) || free <= 0;
      if (!ghost.hidden) free -= 1;
    }
    for (const card of here) {
      card.querySelector(".fcard__place select").value = zone.dataset.zone;
    }
  }
}
