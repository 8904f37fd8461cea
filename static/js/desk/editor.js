/* The body's editor as the rest of the screen sees it. Where it can't start (no scripts of its own,
   an old browser) the plain text field stands in, and everything else works all the same. */

import { cleanPaste } from "./editor-paste.js";
import { notice } from "./dom.js";

const ID = "id_body_html";

/* → {ready, sync(), html(), text(), focus(), set(html), instance()}; `changed` is called on input. */
export function startEditor(textarea, { changed, upload }) {
  const state = { editor: null };
  const ready = new Promise((resolve) => {
    if (!window.CKEDITOR) {
      textarea.addEventListener("input", changed);
      resolve(null);
      return;
    }
    window.CKEDITOR.on("instanceReady", ({ editor }) => {
      if (editor.name !== ID) return;
      state.editor = editor;
      editor.on("change", changed);
      nameMasks(editor);
      editor.on("mode", () => editor.mode === "source" && watchSource(editor, changed));
      resolve(editor);
    });
    window.CKEDITOR.on("instanceCreated", ({ editor }) => {
      if (editor.name === ID) takePastes(editor, upload);
    });
  });
  const read = () => (state.editor ? state.editor.getData() : textarea.value);
  return {
    ready,
    instance: () => state.editor,
    html: read,
    sync: () => state.editor?.updateElement(),
    text: () => (state.editor?.mode === "wysiwyg" ? textOf(state.editor.editable().$) : plain(read())),
    focus: () => (state.editor ? state.editor.focus() : textarea.focus()),
    set(html) {
      textarea.value = html;
      state.editor?.setData(html);
    },
  };
}

/* The picture that the editor lays over a post has no text of its own; it says so here. */
function nameMasks(editor) {
  const name = (widget) => widget.wrapper?.findOne(".cke_widget_mask")?.setAttribute("alt", "");
  Object.values(editor.widgets.instances).forEach(name);
  editor.widgets.on("instanceCreated", ({ data: widget }) => widget.on("ready", () => name(widget)));
}

/* The editor's buttons are links to "javascript:", which the policy refuses to follow. They have
   handlers that do the work; following them was never the point. */
document.addEventListener(
  "click",
  (event) => {
    if (event.target.closest('[class*="cke_"] a[href^="javascript:"]')) event.preventDefault();
  },
  true,
);

function watchSource(editor, changed) {
  editor.editable().on("input", changed);
}

const plain = (html) => new DOMParser().parseFromString(html, "text/html").body.innerText;

/* The words of the story, without the captions and cards that only stand in for something. */
function textOf(area) {
  const words = [];
  for (const block of area.children) {
    if (!block.matches(".cke_widget_wrapper, [data-cke-hidden-sel]")) words.push(block.innerText);
  }
  return words.join("\n");
}

let pasted = 0;
const nextToken = () => `pending-${(pasted += 1)}`;

function takePastes(editor, upload) {
  // After the filters for Word and Google Docs (3), before the editor's own (6).
  editor.on("paste", (event) => takePaste(editor, event, upload), null, null, 4);
}

function takePaste(editor, event, upload) {
  const { data } = event;
  if (data.dataTransfer.getTransferType(editor) !== window.CKEDITOR.DATA_TRANSFER_EXTERNAL) return;
  const files = pictureFiles(data.dataTransfer);
  if (files.length && !data.dataTransfer.getData("text/html")) {
    const tokens = files.map(() => nextToken());
    data.dataValue = tokens.map((token) => `<figure data-photo="${token}"></figure>`).join("");
    data.type = "html";
    data.dontFilter = true;
    later(editor, files.map((file, place) => ({ file, token: tokens[place] })), upload);
    return;
  }
  if (!data.dataValue || data.type === "text") return;
  const clean = cleanPaste(data.dataValue, nextToken);
  data.dataValue = clean.html;
  data.dontFilter = true;
  later(editor, clean.files, upload);
  if (clean.elsewhere.length) tellOfPictures(clean.elsewhere);
}

function later(editor, uploads, upload) {
  if (uploads.length) editor.once("afterPaste", () => upload(uploads));
}

function pictureFiles(transfer) {
  const files = [];
  for (let place = 0; place < transfer.getFilesCount(); place += 1) {
    const file = transfer.getFile(place);
    if (file?.type.startsWith("image/")) files.push(file);
  }
  return files;
}

/* Pictures of other sites are never linked to from here, and never fetched while someone writes. */
function tellOfPictures(addresses) {
  const several = addresses.length > 1;
  notice(
    `${several ? `${addresses.length} pictures were` : "A picture was"} not copied: ` +
      `${addresses.join(" · ")}. If we may use ${several ? "them" : "it"}, save ` +
      `${several ? "them" : "it"} and add ${several ? "them" : "it"} with “Photo”.`,
    { kind: "warning" },
  );
}
