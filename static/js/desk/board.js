/* Ctrl+K (on a Mac, ⌘K) goes to the search for a story. */
const field = document.querySelector("[data-jump]");

if (field) {
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}
