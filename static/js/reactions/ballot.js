// How a vote gets to the site: with a cookie and a token, which say that somebody had the page before
// them. At the first click of all both are asked for, later a token alone, before the click.
import { remember, remembered } from "./memory.js";

const COOKIE_HINT = "reactions";
const LOST = "Your reaction was not saved";
const WHY = {
  404: "this story takes none any more.",
  500: "something broke on our side. Please try again in a moment.",
};

export class Ballot {
  constructor(address) {
    this.address = address;
  }

  hasCookie() {
    return remembered(COOKIE_HINT) !== null;
  }

  // The token, and what the server knows of my reaction: nothing of it where the cookie is gone.
  async ask() {
    const asked = this.post({});
    this.ready = asked.catch(() => {});
    const { response, answer } = await asked;
    if (!response.ok) throw this.refusal(response.status, answer);
    return answer;
  }

  // The answer to a vote. Throws {words, answer}, or what fetch throws without a connection.
  async cast(kind) {
    await this.ready;
    // One tab at a time: two that start at once would be two readers.
    const start = () => this.token || this.post({ start: 1 });
    await (navigator.locks ? navigator.locks.request(COOKIE_HINT, start) : start());
    let sent = await this.vote(kind);
    if (sent.response.status === 428) sent = await this.vote(kind); // here is a token that is good
    const { response, answer } = sent;
    if (!response.ok) throw this.refusal(response.status, answer);
    remember(COOKIE_HINT, 1);
    return { ...answer, kind };
  }

  // The page goes. A vote that is sent before its token is old enough waits; unsent it would be lost.
  leave() {
    if (this.early) this.post({ kind: this.early, leaving: 1 });
  }

  async vote(kind) {
    this.early = kind;
    await this.good; // 0.7 s after the first click of all; before any other they have passed
    this.early = "";
    return this.post({ kind });
  }

  async post(fields) {
    const body = new URLSearchParams({ token: this.token ?? "", ...fields });
    const headers = { Accept: "application/json" };
    const response = await fetch(this.address, { method: "POST", body, headers, keepalive: true });
    const answer = await response.json().catch(() => ({}));
    if (answer.token) this.good = new Promise((go) => setTimeout(go, answer.wait));
    this.token = answer.token ?? this.token;
    return { response, answer };
  }

  // In words, unless the answer says what has become of the bar: that has words of its own.
  refusal(status, answer) {
    const why = WHY[status] ?? (status > 500 ? WHY[500] : "please try again.");
    return { answer, words: answer.words ? `${LOST}.` : (answer.error ?? `${LOST}: ${why}`) };
  }
}

export const lost = () => `${LOST}: ${navigator.onLine ? "no connection" : "you are offline"}. Please try again.`;
