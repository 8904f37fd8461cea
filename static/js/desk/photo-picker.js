/* The photo picker: a dialog to find a photo or to upload some. Nothing is put into a story here. */
import { afterPause, make } from "./dom.js";
import { ACCEPTED, findPhotos, uploadPhotos } from "./photo-api.js";
import { factsForm } from "./photo-facts.js";
import { photoGrid } from "./photo-grid.js";

const PAUSE_MS = 250;
let dialogs = 0;

/* pickPhotos({multiple: true}) → Promise<[photo, …]>; [] when the dialog is closed without a choice.
   A photo: {id, thumb, width, height, caption, credit, alt, decorative, has_credit, state, read, …}. */
export function pickPhotos({ multiple = false, files = [] } = {}) {
  const before = document.activeElement;
  return new Promise((resolve) => {
    const picker = new Picker(multiple);
    picker.dialog.addEventListener("close", () => {
      picker.dialog.remove();
      before?.focus?.();
      resolve(picker.result);
    });
    document.body.append(picker.dialog);
    picker.dialog.showModal();
    picker.search.focus();
    picker.look();
    if (files.length) picker.upload(files);
  });
}

class Picker {
  result = [];
  uploads = 0; // begun and ended, each counts

  constructor(multiple) {
    const title = `photo-picker-${(dialogs += 1)}`;
    this.grid = photoGrid({ multiple, changed: () => this.count(), chosen: () => this.finish() });
    this.search = make("input", {
      type: "search", class: "picker__search", placeholder: "Caption, photographer, agency, person",
      "aria-label": "Find a photo", autocomplete: "off",
      oninput: afterPause(PAUSE_MS, () => this.look()),
      onkeydown: (event) => this.fromSearch(event),
    });
    this.input = make("input", {
      type: "file", accept: ACCEPTED, multiple: true, hidden: true, onchange: () => this.upload(this.input.files),
    });
    this.status = make("p", { class: "picker__status", role: "status" });
    this.progress = make("progress", { max: 1, value: 0, hidden: true, "aria-label": "Upload" });
    this.news = make("div", { class: "picker__news" });
    this.more = make("button", { type: "button", hidden: true, onclick: () => this.look(this.next) }, "Show more");
    this.use = make("button", { type: "button", class: "picker__use", disabled: true, onclick: () => this.finish() });
    this.dialog = make(
      "dialog", { class: "picker", "aria-labelledby": title },
      make(
        "header", { class: "picker__head" },
        make("h2", { id: title }, multiple ? "Choose photos" : "Choose a photo"),
        make("button", { type: "button", class: "picker__close", "aria-label": "Close", onclick: () => this.dialog.close() }, "×"),
        this.search,
        make("button", { type: "button", class: "picker__upload", onclick: () => this.input.click() }, "Upload photos"),
        this.input,
      ),
      make("div", { class: "picker__body" }, this.progress, this.status, this.news, this.grid.element, this.more),
      make("footer", { class: "picker__foot" }, make("p", { class: "picker__hint" }, "Drop files anywhere in this window to upload them."), this.use),
    );
    this.catchDrops();
    this.count();
  }

  catchDrops() {
    const over = (on) => (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      this.dialog.classList.toggle("picker--drop", on);
    };
    this.dialog.addEventListener("dragover", over(true));
    this.dialog.addEventListener("dragleave", over(false));
    this.dialog.addEventListener("drop", (event) => {
      over(false)(event);
      if (event.dataTransfer?.files.length) this.upload(event.dataTransfer.files);
    });
  }

  fromSearch(event) {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      this.grid.focus();
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.look();
    }
  }

  async look(page = 1) {
    this.asked?.abort();
    const asked = (this.asked = new AbortController());
    const words = this.search.value.trim();
    const uploads = this.uploads;
    try {
      const { photos, next } = await findPhotos(words, page, asked.signal);
      this.next = next;
      this.more.hidden = next === null;
      // An upload meanwhile has its own word to say, and its photos are not in this answer.
      const overtaken = uploads !== this.uploads;
      this.grid.show(photos, { keep: page > 1 || overtaken });
      if (overtaken) return;
      const none = words ? `No photo fits “${words}”. Search for fewer words, or upload it.` : "There are no photos yet. Upload the first.";
      this.status.textContent = photos.length || page > 1 ? "" : none;
    } catch (error) {
      if (error.name !== "AbortError") this.status.textContent = error.message;
    }
  }

  async upload(files) {
    const many = files.length;
    this.uploads += 1;
    this.status.textContent = `Uploading ${many} ${many === 1 ? "file" : "files"} …`;
    this.progress.hidden = false;
    const { photos, refused } = await uploadPhotos(files, (part) => (this.progress.value = part));
    this.uploads += 1;
    this.progress.hidden = true;
    this.input.value = "";
    const there = photos.filter((photo) => photo.duplicate).length;
    this.status.textContent = [
      `${photos.length} of ${many} taken in.`, there ? `${there} here already.` : "", refused.length ? `${refused.length} refused:` : "",
    ].filter(Boolean).join(" ");
    this.news.prepend(
      ...(refused.length ? [make("ul", { class: "picker__refused" }, ...refused.map(({ name, reason }) => make("li", {}, `${name}: ${reason}`)))] : []),
      ...photos.map((photo) => factsForm(photo, (changed) => this.grid.update(changed))),
    );
    this.grid.add(photos);
    this.news.querySelector("summary")?.focus();
  }

  count() {
    const many = this.grid.selected().length;
    this.use.disabled = many === 0;
    this.use.textContent = many > 1 ? `Use ${many} photos` : "Use photo";
  }

  finish() {
    this.result = this.grid.selected();
    if (this.result.length) this.dialog.close();
  }
}
