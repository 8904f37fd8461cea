/* CKEditor 4 plugin: paragraph and headings as plain buttons. The stock Format menu opens a frame with
   an inline script, which the admin's policy refuses. Classic script: the editor loads it itself. */
/* global CKEDITOR */
(() => {
  const BUTTONS = [
    ["DeskParagraph", "p", "Text"],
    ["DeskHeading2", "h2", "H2"],
    ["DeskHeading3", "h3", "H3"],
  ];
  const SHORTCUTS = { p: 48, h2: 50, h3: 51 }; // Ctrl+Alt+0, 2, 3

  CKEDITOR.plugins.add("deskheadings", {
    init(editor) {
      for (const [name, element, label] of BUTTONS) {
        const style = new CKEDITOR.style({ element });
        const command = `deskformat-${element}`;
        editor.addCommand(
          command,
          new CKEDITOR.styleCommand(style, { allowedContent: element, contextSensitive: true }),
        );
        editor.attachStyleStateChange(style, (state) => {
          if (!editor.readOnly) editor.getCommand(command).setState(state);
        });
        editor.setKeystroke(CKEDITOR.CTRL + CKEDITOR.ALT + SHORTCUTS[element], command);
        editor.ui.addButton(name, { label, command });
      }
    },
  });
})();
