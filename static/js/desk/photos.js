/* The photos of the article: rows in the rail, figures in the body, and the ways in: the picker, a
   picture dropped or pasted. A use of a photo is a row on the server before it is named anywhere. */

import { all, notice, one, watchDrops } from "./dom.js";
import { goTo } from "./checklist.js";
import { focalOf, showCrop } from "./photo-crop.js";
import { uploadPhotos, usePhoto } from "./photo-api.js";
import { pickPhotos } from "./photo-picker.js";

export function startPhotos(rows, editor, { articleId }) {
  const uploads = new Map(); // token of a figure → name of the file on its way
  const value = (row, name) => rows.field(row, name).value;
  const leadRow = () => rows.rows().find((row) => value(row, "slot") === "lead");
  const rowOf = (id) => rows.rows().find((row) => value(row, "use") === String(id));

  function factsOf(row) {
    return {
      thumb: row.dataset.thumb,
      // Empty, the photo's own words stand: they are what the field shows in grey.
      caption: value(row, "caption") || row.dataset.caption,
      alt: value(row, "alt") || row.dataset.alt,
      credit: value(row, "credit_override") || row.dataset.credit,
    };
  }

  function draw() {
    for (const row of rows.rows()) {
      row.dataset.slot = value(row, "slot");
      const { thumb, credit } = factsOf(row);
      const image = one(".desk-photo__thumb", row);
      image.hidden = !thumb;
      if (thumb && image.getAttribute("src") !== thumb) image.src = thumb;
      showCrop(row, thumb, value(row, "ratio"));
      rows.field(row, "caption").placeholder = row.dataset.caption;
      rows.field(row, "alt").placeholder = row.dataset.alt;
      const line = one(".desk-photo__credit", row);
      line.textContent = credit || "No credit yet";
      line.toggleAttribute("data-none", !credit);
    }
    one("#desk-lead-empty").hidden = Boolean(leadRow());
    editor.instance()?.fire("photosChanged");
  }

  /* One photo into one slot → the number of its use. */
  async function place(photo, slot) {
    const id = await articleId();
    if (!id) throw new Error("The article could not be saved.");
    const { use, photo: facts } = await usePhoto(id, photo.id, slot);
    if (slot === "lead") leadsToBody();
    const row = rows.add({ use, photo: facts.id, slot }, { first: slot === "lead" });
    const { thumb, credit, caption, alt } = facts;
    Object.assign(row.dataset, { thumb, credit, caption, alt });
    focalOf(row, facts);
    draw();
    return use;
  }

  /* One lead at a time: the former one goes to the body's photos. */
  function leadsToBody() {
    for (const row of rows.rows()) {
      if (value(row, "slot") === "lead") rows.field(row, "slot").value = "body";
    }
  }

  async function pick(slot) {
    const id = await articleId();
    const chosen = (await pickPhotos({ multiple: slot !== "lead", articleId: id })) ?? [];
    for (const photo of chosen) {
      try {
        const use = await place(photo, slot);
        if (slot === "body") insert(use);
      } catch (error) {
        notice(`The photo was not added: ${error.message}`, { kind: "error" });
      }
    }
  }

  function insert(use) {
    const instance = editor.instance();
    if (!instance) return;
    instance.focus();
    instance.insertHtml(`<figure data-photo="${Number(use)}"></figure>`);
  }

  const figuresOf = (token) =>
    Object.values(editor.instance()?.widgets.instances ?? {}).filter(
      (widget) => widget.element.getAttribute("data-photo") === token,
    );

  /* Files that stand in the body as "on their way": each becomes a photo, or goes with a word why. */
  async function upload(pending) {
    for (const { token, file } of pending) uploads.set(token, file.name);
    draw();
    for (const { token, file } of pending) {
      try {
        const use = await place(await uploaded(file), "body");
        for (const widget of figuresOf(token)) widget.element.setAttribute("data-photo", String(use));
      } catch (error) {
        for (const widget of figuresOf(token)) editor.instance().widgets.del(widget);
        notice(`${file.name} was not uploaded: ${error.message}`, { kind: "error" });
      }
      uploads.delete(token);
      draw();
      editor.instance().fire("change");
    }
  }

  async function dropOnLead(files) {
    try {
      await place(await uploaded(files[0]), "lead");
    } catch (error) {
      notice(`The picture was not uploaded: ${error.message}`, { kind: "error" });
    }
  }

  for (const button of all("[data-pick]", rows.box)) {
    button.hidden = false;
    button.addEventListener("click", () => pick(button.dataset.pick));
  }
  for (const event of ["input", "toggle"]) rows.box.addEventListener(event, draw, true);
  watchDrops(rows.box, dropOnLead);
  editor.ready.then((instance) => {
    instance?.on("photoPick", () => pick("body"));
    instance?.on("photoEdit", ({ data: id }) => goTo(rowOf(id) ? `${rowOf(id).querySelector("[name$=-caption]").name}` : "photos", editor));
    draw();
  });
  leadRow()?.parentNode.prepend(leadRow());
  draw();

  return {
    upload,
    draw,
    pending: () => uploads.size > 0,
    lead: () => (leadRow() ? factsOf(leadRow()) : null),
    facts(id) {
      if (uploads.has(id)) return { caption: uploads.get(id) };
      const row = rowOf(id);
      return row ? factsOf(row) : null;
    },
  };
}

/* The photo that a file has become. Throws an Error that says why it was refused. */
async function uploaded(file) {
  const { photos, refused } = await uploadPhotos([file]);
  if (!photos.length) throw new Error(refused[0]?.reason ?? "The server did not take it.");
  return photos[0];
}
