/* Small tools of the desk's modules: elements made without HTML strings, words for screen readers. */

export const one = (selector, root = document) => root.querySelector(selector);
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

/* make("p", {class: "x", hidden: true, onclick: f}, "text", element) */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

/* Runs `work` once the calls have stopped for `ms`. */
export function afterPause(ms, work) {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...given), ms);
  };
}

/* "12:03", in the writer's own clock. */
export const clock = (moment = new Date()) =>
  moment.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/* Now, or in some hours, as a field for a time holds it: in the newsroom's time zone, not in this
   computer's. */
export function newsroomTime(hours = 0) {
  const offset = Number(document.body.dataset.adminUtcOffset) * 1000;
  return new Date(Date.now() + offset + hours * 3_600_000).toISOString().slice(0, 16);
}

const COOKIE = /(?:^|;\s*)(?:__Host-)?csrf=([^;]+)/;

/* The token for a request. A login in another tab changes it: the cookie knows, the form doesn't. */
export const csrf = (form) =>
  COOKIE.exec(document.cookie)?.[1] ?? one("[name=csrfmiddlewaretoken]", form).value;

/* What a reader of a screen should hear, once. */
export function announce(text) {
  const region = one("#desk-announcer");
  if (!region) return;
  region.textContent = "";
  requestAnimationFrame(() => {
    region.textContent = text;
  });
}

/* A message in the place where the desk's messages stand, with buttons if any. */
export function notice(text, { kind = "info", buttons = [] } = {}) {
  const box = make("div", { class: `desk-notice desk-notice--${kind}`, role: "status" });
  const close = () => box.remove();
  box.append(make("p", {}, text));
  for (const { label, act } of [...buttons, { label: "Close", act: () => {} }]) {
    const press = () => {
      close();
      act();
    };
    box.append(make("button", { type: "button", class: "desk-quiet", onclick: press }, label));
  }
  one("#desk-notices").append(box);
  const dropButtons = () => all("button:not(:last-child)", box).forEach((button) => button.remove());
  return { close, dropButtons };
}

/* Picture files dropped on a box are handed to `take`. */
export function watchDrops(box, take) {
  const hasFiles = (event) => [...event.dataTransfer.types].includes("Files");
  box.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    box.classList.add("desk-dropping");
  });
  box.addEventListener("dragleave", () => box.classList.remove("desk-dropping"));
  box.addEventListener("drop", (event) => {
    box.classList.remove("desk-dropping");
    const files = [...event.dataTransfer.files].filter((file) => file.type.startsWith("image/"));
    if (!files.length) return;
    event.preventDefault();
    take(files);
  });
}
