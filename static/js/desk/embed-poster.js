/* The picture that is kept of a post: chosen in the photo picker in place of a number. Without this
   module the field takes a photo's number, and the upload beside it works as well. */

import { make, one } from "./dom.js";
import { pickPhotos } from "./photo-picker.js";

const field = one("#id_poster");

if (field) {
  const shown = one("[data-poster]");
  const label = make("span", { class: "post-poster__name", role: "status" });
  const show = () => {
    drop.hidden = !field.value;
    choose.textContent = field.value ? "Choose another photo" : "Choose a photo";
  };
  const choose = make("button", { type: "button", class: "button", onclick: pick });
  const drop = make("button", { type: "button", class: "button", onclick: () => take(null) }, "No picture");

  async function pick() {
    const [photo] = await pickPhotos();
    if (photo) take(photo);
  }

  function take(photo) {
    field.value = photo?.id ?? "";
    shown.replaceChildren(...(photo?.thumb ? [make("img", { src: photo.thumb, alt: "" })] : []));
    label.textContent = photo ? photo.caption || `Photo ${photo.id}` : "";
    show();
  }

  field.classList.add("visually-hidden");
  field.tabIndex = -1;
  one("#lookup_id_poster")?.remove();
  one(".field-poster .help")?.remove();
  field.after(shown, choose, drop, label);
  show();
}
