"""Saved pages for tests, and the command that reads them."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command

PAGE = """Nola Vale (Photo by Lena Whitlock/Getty Images)
<p style="font-weight: 400;">The record is out &; it is loud, says <a href="https://dev.roomtalk.example/other-story/">the band</a>.</p>
 <div class="wpra-reactions-wrap"> <div class="wpra-reactions-container" data-ver="1.3.10" data-post_id="{post_id}" data-show_count="true" data-share_url="https://dev.roomtalk.example/{slug}/"> <div class="wpra-call-to-action">Well?</div> <div class="wpra-reactions"><div class="emoji-8 wpra-reaction" data-count="{count}" data-emoji_id="8"></div></div></div></div>"""


def import_pages(*paths: Path | str, **options: object) -> str:
    out = StringIO()
    call_command("import_page", *map(str, paths), stdout=out, stderr=out, **options)
    return out.getvalue()
