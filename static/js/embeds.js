// Embeds: a click puts the provider's frame where its card is. Before that, nothing of a third party
// is loaded; without this file the card and its link are all there is, and enough.
// The card's data attributes come from our registry. No provider's script ever runs in this page.
// On pages without cards it is loaded for readers who allowed providers: to take that back.

const KEY = "embeds";
const MIN_HEIGHT = 200;
const MAX_HEIGHT = 1600;
const NEAR = "400px";
const shown = new Map(); // a frame's window → the box around it, its origin

// --- Consent: providers in this browser, slug → name, no cookie -----------------------------------
const remembered = () => {
  try {
    return new Map(JSON.parse(localStorage.getItem(KEY) ?? "[]"));
  } catch {
    return new Map(); // storage refused or spoilt: ask each time
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
  if ("frameGrows" in card.dataset) {
    shown.set(frame.contentWindow, { box, origin: card.dataset.frameOrigin });
  }
  if (focus) frame.focus({ preventScroll: true });
};

// --- Heights that posts ask for ------------------------------------------------------------------
// As an object or as JSON: a height at the top (Bluesky, Mastodon, Flourish, Imgur, Telegram), in
// "details" (Instagram), "data" (Reddit), "args" (Tumblr), X's and Datawrapper's own wrappings.
const heightIn = (data) => {
  let said = data;
  try {
    if (typeof data === "string") said = JSON.parse(data);
  } catch {
    return null;
  }
  const asked = [
    said?.height,
    said?.details?.height,
    said?.type === "resize.embed" ? said.data : null,
    said?.method === "tumblr-post:sizeChange" ? said.args?.[0] : null,
    said?.["twttr.embed"]?.params?.[0]?.height,
    Object.values(said?.["datawrapper-height"] ?? {})[0],
  ].find((height) => Number.isFinite(height) && height > 0);
  return asked ? Math.min(Math.max(asked, MIN_HEIGHT), MAX_HEIGHT) : null;
};

addEventListener("message", ({ source, origin, data }) => {
  const place = shown.get(source);
  if (!place || place.origin !== origin) return;
  const height = heightIn(data);
  if (height === null) return;
  // Only where no line on the screen moves: both ends of the box are below it. Else it scrolls.
  const { top, bottom } = place.box.getBoundingClientRect();
  if (Math.min(bottom, top + height) < innerHeight) return;
  place.box.style.aspectRatio = "auto"; // a box with a ratio would grow as wide as it gets tall
  place.box.style.height = `${Math.ceil(height)}px`;
});

// --- All cards -----------------------------------------------------------------------------------
const cards = [...document.querySelectorAll(".embed[data-frame-src]")];
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

const allow = (slug, name) => {
  const names = remembered();
  if (name) names.set(slug, name);
  else names.delete(slug);
  remember(names);
  for (const card of cards.filter(({ dataset }) => dataset.embed === slug)) {
    card.querySelector(".embed__always input").checked = Boolean(name);
    if (name) nearby.observe(card);
    else nearby.unobserve(card);
  }
  list();
};

// The footer: what was allowed here, each with a button that takes it back.
const footer = document.querySelector("[data-embeds-allowed]");
const list = () => {
  if (!footer) return;
  const names = remembered();
  footer.hidden = names.size === 0;
  const [row] = footer.querySelector("template").content.children;
  const rows = [...names].map(([slug, name]) => {
    const item = row.cloneNode(true);
    item.querySelector("[data-embeds-name]").textContent = name;
    item.querySelector("button").addEventListener("click", () => {
      footer.querySelector("summary").focus(); // the button is about to go
      allow(slug, null);
    });
    return item;
  });
  footer.querySelector("ul").replaceChildren(...rows);
};

const allowed = remembered();
for (const card of cards) {
  const { embed, embedName } = card.dataset;
  const button = card.querySelector(".embed__show");
  const always = card.querySelector(".embed__always");
  const box = always.querySelector("input");
  button.hidden = always.hidden = false;
  button.addEventListener("click", () => show(card, { focus: true }));
  box.checked = allowed.has(embed);
  box.addEventListener("change", () => allow(embed, box.checked && embedName));
  if (box.checked) nearby.observe(card);
}
list();
