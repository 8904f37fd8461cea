/* CKEditor 4 plugin: a photo in the body. It is stored as <figure data-photo="USE_ID"></figure> and
   nothing else; what stands in it while writing (thumbnail, caption, credit) is drawn here from what
   the page answers to the editor's "photoFacts" event. Classic script: the editor loads it itself. */
/* global CKEDITOR */
(() => {
  const ALT = 4456448; // CKEDITOR.ALT
  const isPending = (id) => !/^[0-9]+$/.test(id);

  function draw(editor, figure, id) {
    const facts = editor.fire("photoFacts", { id, facts: null }).facts;
    const parts = [];
    if (facts?.thumb) {
      const image = document.createElement("img");
      image.src = facts.thumb;
      image.alt = facts.alt || "";
      parts.push(image);
    }
    const caption = document.createElement("figcaption");
    if (isPending(id)) caption.textContent = `Uploading ${facts?.caption || "the photo"} …`;
    else if (!facts) caption.textContent = `Photo ${id}`;
    else {
      caption.textContent = facts.caption || "No caption yet";
      const credit = document.createElement("span");
      credit.className = facts.credit ? "desk-credit" : "desk-credit desk-credit--none";
      credit.textContent = facts.credit || "No credit yet";
      caption.append(credit);
    }
    figure.replaceChildren(...parts, caption);
    figure.toggleAttribute("aria-busy", isPending(id));
  }

  /* The photo changes places with the block before or after it. */
  function move(editor, widget, up) {
    const beside = up ? widget.wrapper.getPrevious() : widget.wrapper.getNext();
    if (!beside) return;
    editor.fire("saveSnapshot");
    if (up) widget.wrapper.insertBefore(beside);
    else widget.wrapper.insertAfter(beside);
    widget.focus();
    widget.wrapper.$.scrollIntoView({ block: "nearest" });
    editor.fire("saveSnapshot");
  }

  CKEDITOR.plugins.add("deskphoto", {
    requires: "widget",

    init(editor) {
      editor.widgets.add("deskphoto", {
        pathName: "photo",
        mask: false,
        draggable: true,
        allowedContent: "figure[!data-photo](align-left,align-center,align-right)",
        upcast: (element) => element.name === "figure" && Boolean(element.attributes["data-photo"]),
        downcast(element) {
          const id = this.element.getAttribute("data-photo");
          if (isPending(id)) return new CKEDITOR.htmlParser.text("");
          const attributes = { "data-photo": id };
          const aligned = /\balign-(?:left|center|right)\b/.exec(element.attributes.class || "");
          if (aligned) attributes.class = aligned[0];
          return new CKEDITOR.htmlParser.element("figure", attributes);
        },
        init() {
          const render = () => {
            const id = this.element.getAttribute("data-photo");
            draw(editor, this.element.$, id);
            this.wrapper?.setAttribute("aria-label", this.getLabel());
          };
          render();
          const listener = editor.on("photosChanged", render);
          this.on("destroy", () => listener.removeListener());
          this.on("doubleclick", () => editor.fire("photoEdit", this.element.getAttribute("data-photo")));
          this.on("key", (event) => {
            const key = event.data.keyCode;
            if (key === ALT + 38 || key === ALT + 40) {
              move(editor, this, key === ALT + 38);
              event.cancel();
            } else if (key === 13) {
              editor.fire("photoEdit", this.element.getAttribute("data-photo"));
              event.cancel();
            }
          });
        },
        getLabel() {
          const caption = this.element.findOne("figcaption");
          return `Photo. ${caption ? caption.getText() : ""} Alt and arrow keys move it, Enter opens its caption.`;
        },
      });
      editor.addCommand("deskphoto-pick", { exec: () => editor.fire("photoPick"), async: true });
      editor.ui.addButton("DeskPhoto", { label: "Photo", command: "deskphoto-pick" });
    },
  });
})();
