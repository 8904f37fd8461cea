"""The editor's one configuration: CKEditor 4 as measured to work without eval and inline scripts.

What it may produce is the sanitiser's own allow-list; what it could ask of other hosts is removed.
"""

from typing import Any

from newsroom.lib.html import CKEDITOR_ALLOWED_CONTENT

CKEDITOR_CONFIGS: dict[str, dict[str, Any]] = {
    "default": {
        "customConfig": "",
        "versionCheck": False,
        "width": "100%",
        "height": 480,
        "extraPlugins": "divarea,embedsemantic,autoembed,widget,notification",
        "removePlugins": (
            "exportpdf,scayt,wsc,flash,iframe,forms,preview,print,save,newpage,templates,smiley,"
            "about,pagebreak,language,bidi,uploadimage,filebrowser,div,elementspath"
        ),
        "autoEmbed_widget": "embedSemantic",
        # Unset, the plugin would ask a third party.
        "embed_provider": "/embeds/preview/?url={url}&callback={callback}",
        "allowedContent": CKEDITOR_ALLOWED_CONTENT,
        "disallowedContent": "script; style; *[on*]",
        "disableNativeSpellChecker": False,
        "toolbar": "Story",
        "toolbar_Story": [
            ["Format", "Bold", "Italic", "Blockquote"],
            ["Link", "Unlink", "EmbedSemantic"],
            ["BulletedList", "NumberedList", "Table", "HorizontalRule", "SpecialChar"],
            ["RemoveFormat", "Undo", "Redo", "Source"],
        ],
        "format_tags": "p;h2;h3;h4;pre",
    }
}
