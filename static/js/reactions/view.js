// What the bar shows: numbers that roll when they change, the chosen one, a closed bar in words,
// the row to share with.

const ROLL = { duration: 180, easing: "ease-out" };
const still = matchMedia("(prefers-reduced-motion: reduce)");
const format = new Intl.NumberFormat(document.documentElement.lang || "en");

// The new number comes from below, or from above where it is less; the old one goes before it.
const roll = (count, old, up) => {
  if (still.matches) return;
  const [from, to] = up ? ["80%", "-80%"] : ["-80%", "80%"];
  count.dataset.old = old;
  requestAnimationFrame(() => {
    count.animate({ translate: [`0 ${from}`, "0 0"] }, ROLL);
    count.animate({ opacity: [1, 0], translate: [`0 ${to}`, `0 ${to}`] }, { ...ROLL, pseudoElement: "::before" });
  });
};

const showKind = (button, n, chosen) => {
  const { dataset } = button;
  const count = button.querySelector(".reaction__count");
  const turned = button.getAttribute("aria-pressed") !== String(chosen);
  const number = format.format(n);
  if (n !== Number(dataset.count)) {
    roll(count, count.textContent, n > Number(dataset.count));
    count.textContent = number;
    dataset.count = n;
  }
  if (turned) button.setAttribute("aria-pressed", chosen);
  // Others' votes don't make a screen reader talk about the button that has the focus.
  if (turned || button !== document.activeElement) {
    button.setAttribute("aria-label", `${dataset.label}, ${number} ${n === 1 ? "reaction" : "reactions"}`);
  }
};

export class BarView {
  constructor(root) {
    const part = (name) => root.querySelector(`.reactions__${name}`);
    this.form = part("form");
    this.kinds = part("kinds");
    this.buttons = [...root.querySelectorAll(".reaction")];
    [this.undo, this.closed, this.status, this.share] = ["undo", "closed", "status", "share"].map(part);
    this.form.addEventListener("focusout", () => setTimeout(() => this.show(...this.shown)));
    const button = part("share-button");
    const what = { title: document.title, url: button.dataset.share };
    button.hidden = !navigator.share;
    button.addEventListener("click", () => navigator.share(what).catch(() => {}));
  }

  // counts: {kind: number}; wanted: the chosen kind's value, "0" for none.
  show(counts, wanted) {
    this.shown = [counts, wanted];
    for (const button of this.buttons) showKind(button, counts[button.value], button.value === wanted);
    // A frame later than the choice itself: it moves what stands below.
    setTimeout(() => (this.share.hidden = this.shown[1] === "0"));
    this.undo.hidden = wanted === "0" || this.undo.disabled;
  }

  // lost: what the reader wanted did not happen.
  say(words, lost = false) {
    this.status.toggleAttribute("data-lost", lost);
    this.status.textContent = words;
  }

  // Open, frozen, hidden or ended, as the server has just said it.
  turn(state, words = "") {
    const shut = state !== "open";
    if (this.undo.disabled !== shut) this.say(shut ? "" : "Reactions to this story are open again.");
    if (this.closed.textContent !== words) this.closed.textContent = words;
    for (const button of [...this.buttons, this.undo]) button.disabled = shut;
    this.kinds.hidden = state === "hidden";
  }

  // The undo button is about to go: the focus stays in the bar.
  focus(kind) {
    this.buttons.find((button) => button.value === kind)?.focus();
  }

  label(kind) {
    return this.buttons.find((button) => button.value === kind)?.dataset.label;
  }
}
