// The reaction bar with a script: the count moves at once and comes back if the vote fails.
// Without it the same form works by itself. A vote says what shall be (a kind, or 0 for none), so
// sending it twice does no harm.

const JSON_ONLY = { Accept: "application/json" };
const NEAR_PX = "300px";
const COOKIE_HINT = "reactions";

const store = {
  read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null; // storage refused: the page's own counts stand
    }
  },
  write(key, value) {
    try {
      localStorage.setItem(key, JSON.stringify(value));
    } catch {
      // see above: the vote is kept by the server
    }
  },
};

class ReactionBar {
  constructor(root) {
    this.root = root;
    this.form = root.querySelector("form");
    this.key = `reaction:${root.dataset.reactions}`;
    this.buttons = [...root.querySelectorAll(".reaction")];
    this.undo = root.querySelector(".reactions__undo");
    this.format = new Intl.NumberFormat(document.documentElement.lang || "en");
    // What the server said last: my kind, the version, the counts by kind.
    const counts = this.buttons.map((button) => [button.value, Number(button.dataset.count)]);
    this.truth = { kind: "0", v: Number(root.dataset.v), counts: Object.fromEntries(counts) };
    this.wanted = "0";
    this.sending = false;
    const kept = store.read(this.key);
    if (kept && typeof kept.counts === "object") {
      this.learn(kept.v > this.truth.v ? kept : { ...this.truth, kind: kept.kind });
      this.wanted = this.truth.kind;
    }
    this.listen();
    this.show();
  }

  listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.choose(event.submitter.value);
    });
    const reach = () => {
      events.forEach((name) => this.form.removeEventListener(name, reach));
      if (!store.read(COOKIE_HINT)) this.ready = this.post(new URLSearchParams()).catch(() => {});
    };
    const events = ["pointerenter", "focusin", "touchstart"];
    events.forEach((name) => this.form.addEventListener(name, reach, { passive: true }));
    const look = ([entry]) => entry.isIntersecting && (near.disconnect(), this.refresh());
    const near = new IntersectionObserver(look, { rootMargin: NEAR_PX });
    near.observe(this.root);
    const share = this.root.querySelector("[data-share]");
    share.hidden = !navigator.share;
    const what = { title: document.title, url: share.dataset.share };
    share.addEventListener("click", () => navigator.share(what).catch(() => {}));
  }

  // Take over an answer, unless it is older than what is shown.
  learn({ kind, v, counts }) {
    this.truth = { kind: String(kind), v, counts: { ...this.truth.counts, ...counts } };
  }

  async refresh() {
    try {
      const response = await fetch(this.root.dataset.counts, { headers: JSON_ONLY });
      if (!response.ok) return;
      const { v, counts } = await response.json();
      if (v < this.truth.v || this.sending) return;
      this.learn({ kind: this.truth.kind, v, counts });
      this.show();
    } catch {
      // the counts of the page stand
    }
  }

  post(body) {
    const request = { method: "POST", body, headers: JSON_ONLY, credentials: "same-origin" };
    return fetch(this.form.action, request);
  }

  async choose(kind) {
    // The undo button is about to go: the focus stays in the bar.
    if (kind === "0") this.buttons.find((button) => button.value === this.wanted)?.focus();
    this.wanted = kind;
    this.show();
    if (this.sending) return; // the loop below sends the last choice
    this.sending = true;
    try {
      while ((await this.send(this.wanted)) !== this.wanted);
      this.say(this.wanted === "0" ? "Your reaction is undone." : `You chose ${this.label()}. Thank you.`);
      this.root.querySelector(".reactions__share").hidden = this.wanted === "0";
    } catch (error) {
      this.wanted = this.truth.kind;
      this.say(error.words || "Your reaction was not saved: no connection. Please try again.");
    }
    this.sending = false;
    this.show();
  }

  // Send one vote; without a cookie the first answer brings it, and the same vote goes again.
  async send(kind) {
    const body = new URLSearchParams({ kind });
    await this.ready; // the cookie that was asked for when the reader reached for the bar
    let response = await this.post(body);
    if (response.status === 428) response = await this.post(body);
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) {
      const words = answer.error || "Your reaction was not saved. Please try again.";
      throw Object.assign(new Error(words), { words });
    }
    this.learn({ ...answer, kind });
    store.write(this.key, this.truth);
    store.write(COOKIE_HINT, 1);
    return kind;
  }

  label() {
    return this.buttons.find((button) => button.value === this.wanted)?.dataset.label ?? "";
  }

  say(words) {
    this.root.querySelector(".reactions__status").textContent = words;
  }

  // The server's counts, moved by what I want and the server has not said yet.
  show() {
    for (const button of this.buttons) {
      const { value, dataset } = button;
      const chosen = value === this.wanted;
      const n = Math.max(0, this.truth.counts[value] + chosen - (value === this.truth.kind));
      const number = this.format.format(n);
      button.setAttribute("aria-pressed", String(chosen));
      button.setAttribute("aria-label", `${dataset.label}, ${number} ${n === 1 ? "reaction" : "reactions"}`);
      button.querySelector(".reaction__count").textContent = number;
    }
    if (this.undo) this.undo.hidden = this.wanted === "0";
  }
}

document.querySelectorAll("[data-reactions]").forEach((root) => new ReactionBar(root));
