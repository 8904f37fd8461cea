// Others' votes: asks for the counts every few seconds while the bar can be seen. Every reader asks
// for the same answer, which caches keep for five seconds: the site itself is asked once in that
// time, however many look.

const NEAR = "100px";
const PAUSE_MS = 4_000;
const LONG_PAUSE_MS = 30_000;
const PATIENCE_MS = 10_000;
const CALM = 32; // answers without news, after which the pause doubles

// hear({v, state, words, counts}) is called with every answer; of a hidden bar without v and counts.
export const watchCounts = (root, hear) => {
  let near, timer, ended, last;
  let calm = 0;
  let asked = 0;

  const plan = () => {
    clearTimeout(timer);
    if (!near || ended || document.hidden || !navigator.onLine) return;
    const pause = Math.min(LONG_PAUSE_MS, PAUSE_MS * 2 ** Math.floor(calm / CALM));
    timer = setTimeout(ask, asked + pause - Date.now());
  };

  const take = async (response) => {
    const text = await response.text();
    const answer = JSON.parse(text);
    // 404: hidden, or the story is gone. Any other is no answer.
    if (!response.ok && response.status !== 404) throw answer;
    const news = response.ok ? answer : { state: "hidden", words: answer.error };
    calm = text === last ? calm + 1 : 0;
    if (news.state !== "open") calm = 4 * CALM; // it may open again
    last = text;
    ended = news.state === "ended"; // and won't
    hear(news);
  };

  const ask = async () => {
    asked = Date.now();
    try {
      // By its ETag: what has not changed comes without a body.
      const how = { cache: "no-cache", headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE_MS) };
      await take(await fetch(root.dataset.counts, how));
    } catch {
      calm += CALM; // the numbers that are there stand
    }
    plan();
  };

  const wake = () => {
    calm = 0;
    plan();
  };
  const look = ([entry]) => {
    near = entry.isIntersecting;
    wake();
  };
  new IntersectionObserver(look, { rootMargin: NEAR }).observe(root);
  document.addEventListener("visibilitychange", wake);
  ["online", "offline"].forEach((name) => addEventListener(name, wake));
};
