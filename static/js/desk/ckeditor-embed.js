/* CKEditor 4 plugin: the button for a post or video, and the way back into its dialog. The stock
   dialog of "embedsemantic" tells errors by alert(); ours (embed-dialog.js) has words for them.
   Classic script: the editor loads it itself. */
/* global CKEDITOR */
(() => {
  CKEDITOR.plugins.add("deskembed", {
    requires: "embedsemantic",

    init(editor) {
      editor.addCommand("deskembed-pick", { exec: () => editor.fire("embedPick", {}), async: true });
      editor.ui.addButton("DeskEmbed", { label: "Post or video", command: "deskembed-pick" });
      // A double click, or Enter on a post that has the focus.
      editor.widgets.on("instanceCreated", ({ data: widget }) => {
        if (widget.name !== "embedSemantic") return;
        widget.on("edit", (event) => {
          event.cancel();
          editor.fire("embedPick", { widget });
        });
      });
    },
  });
})();
