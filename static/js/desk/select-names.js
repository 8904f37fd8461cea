/* Django's type-aheads are fields without a name: each gets that of its label, whenever it is drawn. */
import { all, one } from "./dom.js";

function nameAll() {
  for (const field of all("select.admin-autocomplete")) {
    const name = one(`label[for="${field.id}"]`)?.textContent.replace(/:\s*$/, "").trim();
    const box = field.nextElementSibling;
    if (!name || !box) continue;
    for (const part of all("[role=combobox], [role=textbox], [role=searchbox]", box)) part.setAttribute("aria-label", name);
    for (const part of all("[aria-labelledby]", box)) part.removeAttribute("aria-labelledby");
  }
}

new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
nameAll();
