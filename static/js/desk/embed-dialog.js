/* "Add a post or video": an address or an embed code, what it would become, and words where it can't
   be a card. The server reads the address; nobody is asked anything about the post. */

import { afterPause, one } from "./dom.js";

const PAUSE_MS = 250;
const NOBODY = { words: "The server does not answer. Try again in a moment." };

export function startEmbedDialog(editor, lookup) {
  const dialog = one("#desk-embed-dialog");
  const input = one("#desk-embed-url");
  const words = one("#desk-embed-words");
  const card = one("#desk-embed-card");
  const asLink = one("#desk-embed-link");
  let widget = null; // of a post that is to become another one
  let asked = null;
  let known = { text: "", advice: {} };

  editor.ready.then((instance) => {
    instance?.on("embedPick", ({ data }) => open(data.widget ?? null));
  });
  input.addEventListener("input", afterPause(PAUSE_MS, look));
  one("#desk-embed-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const { url } = await look();
    if (url) put(url);
    else if (dialog.open) input.focus();
  });
  asLink.addEventListener("click", () => putLink(known.advice.link));
  dialog.addEventListener("close", () => editor.focus());

  function open(chosen) {
    widget = chosen;
    one("#desk-embed-title").textContent = widget ? "Another post or video" : "Add a post or video";
    input.value = widget?.data.url ?? "";
    show("", {});
    dialog.showModal();
    input.select();
    if (input.value) look();
  }

  /* → what the server says of the text in the field, also shown. */
  async function look() {
    const text = input.value.trim();
    if (text === known.text) return known.advice;
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = text ? await ask(text, asked.signal) : {};
      show(text, answer);
      return answer;
    } catch (error) {
      if (error.name === "AbortError") return {};
      show("", NOBODY); // not known: the next look asks again
      return {};
    }
  }

  async function ask(text, signal) {
    const response = await fetch(`${lookup}?${new URLSearchParams({ url: text })}`, { signal });
    if (!response.ok) throw new Error(response.status);
    return response.json();
  }

  function show(text, advice) {
    known = { text, advice };
    words.textContent = advice.words ?? "";
    const wrong = Boolean(advice.words) && !advice.url;
    words.toggleAttribute("data-wrong", wrong);
    input.setAttribute("aria-invalid", String(wrong));
    asLink.hidden = !advice.link;
    card.replaceChildren();
    if (!advice.card) return;
    card.append(...new DOMParser().parseFromString(advice.card, "text/html").body.childNodes);
    // A picture of it, not the thing: nothing in it is to be reached.
    card.inert = true;
  }

  function put(url) {
    const instance = editor.instance();
    dialog.close();
    if (widget) {
      instance.fire("saveSnapshot");
      widget.loadContent(url, { callback: () => instance.fire("saveSnapshot") });
      return;
    }
    const post = document.createElement("oembed");
    post.textContent = url;
    instance.insertHtml(post.outerHTML);
  }

  function putLink(address) {
    const link = document.createElement("a");
    link.href = address;
    link.textContent = address;
    dialog.close();
    editor.instance().insertHtml(link.outerHTML);
  }
}
