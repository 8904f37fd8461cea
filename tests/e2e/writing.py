"""The writing screen for tests: the way to it, what clipboards hold, a picture to upload."""

from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from articles.models import Article

EDITOR = "CKEDITOR.instances.id_body_html"
READY = "() => window.CKEDITOR?.instances.id_body_html?.status === 'ready'"
NEW = "/admin/articles/article/add/"
PASTE = """([type, data]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData(type, data);
  const paste = new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true});
  document.querySelector(".cke_editable").dispatchEvent(paste);
}"""
# What Word 365 puts on the clipboard, shortened to one of each kind of thing.
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8">
<meta name=ProgId content=Word.Document><meta name=Generator content="Microsoft Word 15">
<link rel=File-List href="file:///C:/Users/ada/AppData/Local/Temp/msohtmlclip1/01/clip_filelist.xml">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- @font-face {font-family:Calibri;} p.MsoNormal {margin:0cm; font-size:11.0pt;} --></style>
</head><body lang=EN-GB style='tab-interval:36.0pt;word-wrap:break-word'><!--StartFragment-->
<h1><span lang=EN-GB>The tide table<o:p></o:p></span></h1>
<p class=MsoNormal style='margin-bottom:8.0pt'><span lang=EN-GB style='font-size:12.0pt;
font-family:"Calibri",sans-serif;mso-ascii-theme-font:minor-latin;color:#1F3864'>The harbour was
<b style='mso-bidi-font-weight:normal'>quiet</b> and <i>cold</i>, said
<a href="https://example.org/office">the <u>office</u></a>.<o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if
!supportLists]><span style='font-family:Symbol;mso-fareast-font-family:Symbol'><span
style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;
</span></span></span><![endif]>the first bell<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if
!supportLists]><span style='font-family:Symbol;mso-fareast-font-family:Symbol'><span
style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;
</span></span></span><![endif]>the second bell<o:p></o:p></p>
<!--EndFragment--></body></html>"""
WORD_CLEAN = (
    "<h2>The tide table</h2>\n"
    "<p>The harbour was <strong>quiet</strong> and <em>cold</em>, said "
    '<a href="https://example.org/office" rel="noopener noreferrer">the office</a>.</p>\n'
    "<ul><li>the first bell</li><li>the second bell</li></ul>"
)
# Google Docs wraps all of it into a <b> that is not bold.
DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-0f1e2d3c-7fff">
<h2 dir="ltr" style="line-height:1.38;margin-top:18pt;"><span style="font-size:16pt;font-weight:400;
font-family:Arial,sans-serif;">The tide table</span></h2><p dir="ltr" style="line-height:1.38;"><span
style="font-size:11pt;font-weight:700;">Quiet</span><span style="font-weight:400;"> and </span><span
style="font-style:italic;">cold</span><span>, said </span><a href="https://example.org/office"
style="text-decoration:none;"><span style="color:#1155cc;">the office</span></a>.</p></b>"""
DOCS_CLEAN = (
    "<h2>The tide table</h2>\n<p><strong>Quiet</strong> and <em>cold</em>, said "
    '<a href="https://example.org/office" rel="noopener noreferrer">the office</a>.</p>'
)
WORDPRESS = """<!-- wp:heading --><h2 class="wp-block-heading has-large-font-size">The tide table</h2>
<!-- /wp:heading --><!-- wp:paragraph --><p class="has-text-color" style="color:#cf2e2e">The harbour
was <strong>quiet</strong>.</p><!-- /wp:paragraph --><!-- wp:image {"id":5} --><figure
class="wp-block-image size-large"><img src="https://old.example.org/2019/pier.jpg" class="wp-image-5"
alt=""/></figure><!-- /wp:image --><div class="sharedaddy">
</div>"""
WORDPRESS_CLEAN = "<h2>The tide table</h2>\n<p>The harbour was <strong>quiet</strong>.</p>"
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGA"
    "WjR9awAAAABJRU5ErkJggg=="
)


def change(article: Article) -> str:
    return f"/admin/articles/article/{article.pk}/change/"


def open_screen(page: Page, path: str) -> Locator:
    """The screen with the editor ready; the place to type into."""
    page.goto(path)
    page.wait_for_function(READY)
    return page.locator(".cke_editable")


def expect_saved(page: Page) -> None:
    expect(page.locator("#desk-saved[data-state=saved]")).to_be_visible()


def paste(page: Page, type_: str, data: str) -> None:
    page.evaluate(PASTE, [type_, data])


def jump(page: Page, name: str) -> None:
    """To a field, by keyboard: Ctrl+K, some of its name, Enter."""
    page.keyboard.press("Control+k")
    expect(page.locator("#desk-jump-list [role=option]").first).to_be_visible()
    page.keyboard.type(name)
    only = page.locator("#desk-jump-list [role=option]")
    expect(only).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#desk-jump-dialog")).to_be_hidden()


def tab_to(page: Page, target: Locator) -> None:
    """On with the Tab key until the target has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{target} can't be reached by Tab")


def picture_file(folder: Path, name: str = "pier.jpg") -> Path:
    path = folder / name
    Image.linear_gradient("L").resize((960, 640)).convert("RGB").save(path, quality=70)
    return path
