// The theme switch. Loaded blocking in the head, before the first paint, so that a reader's choice
// never flashes. Without it the page follows the system.
(() => {
  "use strict";
  const KEY = "theme";
  const root = document.documentElement;
  const systemDark = matchMedia("(prefers-color-scheme: dark)");

  const saved = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // storage refused: the choice lasts as long as the page
    }
  };
  const keep = (theme) => {
    try {
      if (theme) localStorage.setItem(KEY, theme);
      else localStorage.removeItem(KEY);
    } catch {
      // see above
    }
  };
  const isDark = () => (root.dataset.theme || (systemDark.matches ? "dark" : "light")) === "dark";
  const apply = (theme) => {
    if (theme === "dark" || theme === "light") root.dataset.theme = theme;
    else delete root.dataset.theme;
  };

  root.classList.add("js");
  apply(saved(KEY));

  addEventListener("DOMContentLoaded", () => {
    // Who allowed other sites' posts for good can take it back on any page.
    const allowed = document.querySelector("[data-embeds-allowed]");
    if (allowed && saved("embeds")) import(allowed.dataset.embedsAllowed);
    const button = document.querySelector("[data-theme-switch]");
    if (!button) return;
    const show = () => button.setAttribute("aria-pressed", String(isDark()));
    button.addEventListener("click", () => {
      const dark = !isDark();
      // Back at the system's own theme: follow it again.
      const theme = dark === systemDark.matches ? null : dark ? "dark" : "light";
      keep(theme);
      apply(theme);
      show();
    });
    systemDark.addEventListener("change", show);
    addEventListener("storage", (event) => {
      if (event.key !== KEY) return;
      apply(event.newValue);
      show();
    });
    show();
  });
})();
