/* The focal point of a photo: a mark on the picture, moved by pointer or arrow keys. It writes into
   two number fields of the form, which stay what is saved; empty, what they show in grey counts. */
import { make, one } from "./dom.js";

const STEP = 0.02;
const BIG_STEP = 0.1;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const within = (value) => Math.min(1, Math.max(0, value));
const percent = (value) => `${Math.round(value * 100)}%`;

/* root: an element with data-focal, what the ids of the two fields begin with. Once for each. */
export function startFocal(root) {
  const fields = { x: one(`#${root.dataset.focal}_x`), y: one(`#${root.dataset.focal}_y`) };
  if (!fields.x || !fields.y || root.matches(".focal--live")) return; // a login that may only look
  const frame = one(".focal__frame", root);
  const crops = [...root.querySelectorAll("[data-crop]")];
  const mark = make("button", { type: "button", class: "focal__mark" });
  frame.append(mark);
  root.classList.add("focal--live");
  for (const part of root.querySelectorAll("[hidden]")) part.hidden = false;

  const read = (field) => {
    const value = Number.parseFloat(field.value || field.placeholder);
    return Number.isFinite(value) ? within(value) : 0.5;
  };

  function show() {
    const [x, y] = [read(fields.x), read(fields.y)];
    mark.style.left = percent(x);
    mark.style.top = percent(y);
    mark.setAttribute("aria-label", `Focal point: ${percent(x)} from the left, ${percent(y)} from the top`);
    for (const crop of crops) crop.style.objectPosition = `${percent(x)} ${percent(y)}`;
  }

  function put(x, y) {
    fields.x.value = within(x).toFixed(2);
    fields.y.value = within(y).toFixed(2);
    fields.y.dispatchEvent(new Event("input", { bubbles: true })); // shown here, saved elsewhere
  }

  function follow(event) {
    const box = frame.getBoundingClientRect();
    put((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  }

  frame.addEventListener("pointerdown", (event) => {
    event.preventDefault(); // the picture itself is not dragged
    frame.setPointerCapture(event.pointerId);
    mark.focus();
    follow(event);
  });
  frame.addEventListener("pointermove", (event) => {
    if (frame.hasPointerCapture(event.pointerId)) follow(event);
  });
  mark.addEventListener("keydown", (event) => {
    const arrow = ARROWS[event.key];
    if (!arrow) return;
    event.preventDefault();
    const step = event.shiftKey ? BIG_STEP : STEP;
    put(read(fields.x) + arrow[0] * step, read(fields.y) + arrow[1] * step);
  });
  for (const field of Object.values(fields)) field.addEventListener("input", show);
  show();
}

for (const root of document.querySelectorAll(".photo-head [data-focal]")) startFocal(root);
