/* The story's posts in the rail, drawn anew after each save: as _posts.html draws them at first. */

import { make, one } from "./dom.js";

export function startPosts(box) {
  const list = one("ul", box);

  function line({ provider, author, words, state, why, code, kept, keep }) {
    const what = make("p", { class: "desk-post-line__what" }, make("b", {}, provider));
    what.append(`${author ? ` · ${author}` : ""}: ${words}`);
    const how = make("p", { class: "desk-post-line__state" }, why ? `${state}. ${why}` : state);
    const item = make("li", { class: "desk-post-line", "data-state": code }, what, how);
    if (keep) {
      const unseen = make("span", { class: "desk-unseen" }, ` of ${provider}, in a new tab`);
      const label = kept ? `Kept: ${kept}` : "Keep this post";
      item.append(make("p", {}, make("a", { href: keep, target: "_blank", rel: "noopener" }, label, unseen)));
    }
    return item;
  }

  return {
    show(posts) {
      if (!posts) return; // an answer that knows nothing of them
      box.hidden = !posts.length;
      list.replaceChildren(...posts.map(line));
    },
  };
}
