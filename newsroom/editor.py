"""The editor's one configuration: CKEditor 4 as measured to work without eval and inline scripts.

What it may produce is the sanitiser's own allow-list; what it could ask of other hosts is removed.
Photos, headings and the dialog for posts are plugins of ours (static/js/desk/ckeditor-*.js): the
stock Format menu tries an inline script, the stock dialog speaks by alert(), and a photo is a marker that only our own pages can draw.
"""

from typing import Any

from newsroom.lib.html import CKEDITOR_ALLOWED_CONTENT

CKEDITOR_CONFIGS: dict[str, dict[str, Any]] = {
    "default": {
        "customConfig": "",
        "versionCheck": False,
        "width": "100%",
        "height": "auto",  # the text grows with the page (static/css/desk/editor.css)
        "extraPlugins": (
            "divarea,embedsemantic,autoembed,widget,notification,deskphoto,deskheadings,deskembed"
        ),
        # Name, folder, file: the widget hands them to CKEDITOR.plugins.addExternal.
        "external_plugin_resources": [
            ["deskphoto", "/static/js/desk/", "ckeditor-photo.js"],
            ["deskheadings", "/static/js/desk/", "ckeditor-headings.js"],
            ["deskembed", "/static/js/desk/", "ckeditor-embed.js"],
        ],
        "removePlugins": (
            "exportpdf,scayt,wsc,flash,iframe,forms,preview,print,save,newpage,templates,smiley,"
            "about,pagebreak,language,bidi,uploadimage,filebrowser,div,elementspath,format,resize,"
            "contextmenu,pastefromgdocs,tabletools,tableselection,liststyle,image"
        ),
        "autoEmbed_widget": "embedSemantic",
        # Unset, the plugin would ask a third party.
        "embed_provider": "/embeds/preview/?url={url}&callback={callback}",
        "allowedContent": CKEDITOR_ALLOWED_CONTENT,
        "disallowedContent": "script; style; *[on*]",
        "disableNativeSpellChecker": False,
        "toolbar": "Story",
        "toolbar_Story": [
            ["DeskParagraph", "DeskHeading2", "DeskHeading3", "Blockquote"],
            ["Bold", "Italic", "Link"],
            ["DeskPhoto", "DeskEmbed"],
            ["BulletedList", "NumberedList", "Table", "HorizontalRule", "SpecialChar"],
            ["Unlink", "RemoveFormat", "Undo", "Redo", "Source"],
        ],
        # Pictures in a clipboard are uploaded as photos (static/js/desk/editor.js), not written into
        # the text.
        "clipboard_handleImages": False,
        # Upload holds a frame with an inline script; what the others set is not kept anyway.
        "removeDialogTabs": "link:upload;link:target;link:advanced;table:advanced",
        "title": "Body",
    }
}
