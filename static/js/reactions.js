// The reader's own reaction: shown at once, sent, remembered, and taken back if that fails.
// Without a script the same form works by itself. A vote says what shall be: sent twice it does no
// harm. The imports become part of this file when it is collected (newsroom/static.py).
import { Ballot, lost } from "./reactions/ballot.js";
import { watchCounts } from "./reactions/live.js";
import { remember, remembered } from "./reactions/memory.js";
import { BarView } from "./reactions/view.js";

const NONE = "0";
const ASK_AGAIN_MS = 60_000;

class ReactionBar {
  constructor(root) {
    this.view = new BarView(root);
    this.ballot = new Ballot(this.view.form.action);
    this.key = `reaction:${root.dataset.reactions}`;
    // What the server said last: my kind, whether the counts hold it, their version, the counts.
    const counts = this.view.buttons.map(({ value, dataset }) => [value, Number(dataset.count)]);
    this.truth = { v: Number(root.dataset.v), counts: Object.fromEntries(counts) };
    this.resume();
    this.listen();
    watchCounts(root, (news) => this.hear(news));
  }

  listen() {
    const { form } = this.view;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.choose(event.submitter.value);
    });
    // Who has the cookie gets the page's token now; who has not, nothing before the click.
    const reach = () => !this.asked && this.ballot.hasCookie() && this.ask();
    ["pointerenter", "focusin", "touchstart"].forEach((name) => form.addEventListener(name, reach, { passive: true }));
    addEventListener("storage", ({ key }) => [this.key, null].includes(key) && !this.sending && this.recall());
    addEventListener("pageshow", () => this.resume());
    addEventListener("pagehide", () => {
      this.gone = true;
      if (this.sending) this.keep();
      this.ballot.leave();
    });
  }

  // Here, or here again: what was chosen when the page went, and may not have been sent, is sent.
  resume() {
    this.gone = false;
    if (!this.sending) this.recall();
    const { wanted = this.wanted } = remembered(this.key) ?? {};
    if (wanted !== this.truth.kind) this.choose(wanted);
  }

  // What this browser remembers, also when another tab wrote it.
  recall() {
    this.learn({ kind: NONE, v: -1, ...remembered(this.key) });
  }

  keep() {
    remember(this.key, { ...this.truth, wanted: this.wanted });
  }

  // Take over an answer; counts older than those that are shown say nothing.
  learn({ kind, counted = true, v, counts }) {
    const known = counts && v >= this.truth.v ? { v, counts: { ...this.truth.counts, ...counts } } : this.truth;
    this.truth = { kind: String(kind), counted, v: known.v, counts: known.counts };
    if (!this.sending) this.wanted = this.truth.kind;
    this.show();
  }

  // Others' votes, and what has become of the bar.
  hear(news) {
    if (this.sending || news.v < this.truth.v) return;
    this.view.turn(news.state, news.words);
    this.learn({ ...this.truth, ...news });
    // What is remembered may be wrong: undone elsewhere, erased, counted by now, or no more.
    const again = !this.truth.counted && Date.now() - this.asked > ASK_AGAIN_MS;
    if (this.truth.kind !== NONE && (!this.asked || again)) this.ask();
  }

  async ask() {
    this.asked = Date.now();
    try {
      const { kind = NONE, counted } = await this.ballot.ask();
      if (this.sending) return;
      this.learn({ kind, counted, v: -1 });
      if (remembered(this.key)) this.keep();
    } catch {} // what is remembered stands
  }

  async choose(kind) {
    if (kind === NONE) this.view.focus(this.wanted);
    this.wanted = kind;
    this.show();
    if (this.sending) return; // the loop below sends the last choice
    this.sending = true;
    let said, failed;
    try {
      await new Promise((go) => setTimeout(go)); // what was chosen is painted first
      this.keep();
      do this.learn(await this.ballot.cast(this.wanted));
      while (this.truth.kind !== this.wanted);
      said = this.wanted === NONE ? "Your reaction is undone." : `You chose ${this.view.label(this.wanted)}. Thank you.`;
    } catch ({ words, answer }) {
      this.sending = false;
      if (this.gone) return; // it is only the page that goes: see resume()
      this.wanted = this.truth.kind;
      if (answer?.words) this.view.turn(answer.state, answer.words);
      said = words ?? lost();
      failed = true;
    }
    this.sending = false;
    this.keep();
    this.show();
    this.view.say(said, failed);
  }

  // The server's counts, moved by what I want and they don't hold yet.
  show() {
    const { kind, counted, counts } = this.truth;
    const number = ([value, n]) => [value, Math.max(0, n + (value === this.wanted) - (counted && value === kind))];
    this.view.show(Object.fromEntries(Object.entries(counts).map(number)), this.wanted);
  }
}

document.querySelectorAll("[data-reactions]").forEach((root) => new ReactionBar(root));
