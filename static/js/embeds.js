// Embeds: a click puts the provider's frame where its card is. Before that, nothing of a third party
// is loaded; without this file the card and its link are all there is, and enough.
// The card's data attributes come from our registry. No provider's script ever runs in this page.

const KEY = "embeds";
const MIN_HEIGHT = 200;
const MAX_HEIGHT = 1600;
const NEAR = "400px";
const shown = new Map(); // a frame's window → its element, the box around it, its origin

// --- Consent: provider names in this browser, no cookie ------------------------------------------
const remembered = () => {
  try {
    const names = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return new Set(Array.isArray(names) ? names : []);
  } catch {
    return new Set(); // storage refused or spoilt: ask each time
  }
};
const remember = (names) => {
  try {
    if (names.size) localStorage.setItem(KEY, JSON.stringify([...names]));
    else localStorage.removeItem(KEY);
  } catch {
    // see above
  }
};

// --- One card ------------------------------------------------------------------------------------
const address = ({ frameSrc, frameOrigin }) => {
  try {
    const url = new URL(frameSrc);
    return url.protocol === "https:" && url.origin === frameOrigin ? url.href : null;
  } catch {
    return null;
  }
};

const show = (card, { focus }) => {
  const box = card.querySelector(".embed__box");
  const src = address(card.dataset);
  if (!src || !box || box.querySelector("iframe")) return;
  const frame = document.createElement("iframe");
  frame.className = "embed__frame";
  frame.title = card.dataset.frameTitle;
  frame.allow = card.dataset.frameAllow;
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  frame.loading = focus ? "eager" : "lazy";
  for (const token of card.dataset.frameSandbox.split(" ")) frame.sandbox.add(token);
  frame.src = src;
  card.classList.add("embed--shown");
  box.querySelector(".embed__card").inert = true;
  box.append(frame);
  shown.set(frame.contentWindow, { box, origin: card.dataset.frameOrigin });
  if (focus) frame.focus({ preventScroll: true });
};

// --- Heights that posts ask for ------------------------------------------------------------------
const numberIn = (data) => {
  let message = data;
  if (typeof data === "string") {
    try {
      message = JSON.parse(data);
    } catch {
      return null;
    }
  }
  const asked =
    message?.height ?? message?.details?.height ?? message?.["twttr.embed"]?.params?.[0]?.height;
  return Number.isFinite(asked) ? Math.min(Math.max(asked, MIN_HEIGHT), MAX_HEIGHT) : null;
};

addEventListener("message", ({ source, origin, data }) => {
  const place = shown.get(source);
  if (!place || place.origin !== origin) return;
  const height = numberIn(data);
  if (height === null) return;
  // Only where no line on the screen moves: both ends of the box are below it. Else it scrolls.
  const { top, bottom } = place.box.getBoundingClientRect();
  if (Math.min(bottom, top + height) < innerHeight) return;
  place.box.style.aspectRatio = "auto"; // a box with a ratio would grow as wide as it gets tall
  place.box.style.height = `${Math.ceil(height)}px`;
});

// --- All cards -----------------------------------------------------------------------------------
const cards = [...document.querySelectorAll(".embed[data-frame-src]")];
const of = (name) => cards.filter((card) => card.dataset.embed === name);
const nearby = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      nearby.unobserve(target);
      show(target, { focus: false });
    }
  },
  { rootMargin: NEAR },
);

const allow = (name, always) => {
  const names = remembered();
  if (always) names.add(name);
  else names.delete(name);
  remember(names);
  for (const card of of(name)) {
    card.querySelector(".embed__always input").checked = always;
    if (always) nearby.observe(card);
    else nearby.unobserve(card);
  }
};

const allowed = remembered();
for (const card of cards) {
  const button = card.querySelector(".embed__show");
  const always = card.querySelector(".embed__always");
  const box = always.querySelector("input");
  button.hidden = always.hidden = false;
  button.addEventListener("click", () => show(card, { focus: true }));
  box.checked = allowed.has(card.dataset.embed);
  box.addEventListener("change", () => allow(card.dataset.embed, box.checked));
  if (box.checked) nearby.observe(card);
}

// The footer's way back: forgets every provider that was allowed here.
for (const button of document.querySelectorAll("[data-embeds-forget]")) {
  button.hidden = remembered().size === 0;
  button.addEventListener("click", () => {
    for (const name of remembered()) allow(name, false);
    button.hidden = true;
  });
}
