"""A table for each production of the credit grammar."""

from typing import Any

import pytest

from articles.photos.credits import parse_credit

FIELDS = (
    "caption", "agency", "via", "for_client", "kind", "courtesy", "platform", "handle", "url",
)  # fmt: skip


def said(line: str) -> dict[str, Any]:
    """What a line says, without what it leaves open and without the raw line."""
    credit = parse_credit(line)
    fields = {name: getattr(credit, name) for name in FIELDS}
    fields["people"] = list(credit.photographers)
    return {name: value for name, value in fields.items() if value}


def of(*people: str, **fields: str) -> dict[str, Any]:
    return {"people": list(people), **fields} if people else fields


BY_LENA = of("Lena Whitlock", agency="Getty Images", kind="agency", caption="Nola Vale")


@pytest.mark.parametrize(
    "line",
    [
        "Nola Vale (Photo by Lena Whitlock/Getty Images)",
        "Nola Vale (Photo by: Lena Whitlock / Getty Images)",
        "Nola Vale ( Photo by Lena Whitlock/Getty Images )",
        "Nola Vale ((Photo by Lena Whitlock/Getty Images))",
        "Nola Vale (Photo by Lena Whitlock/Getty Images]",
        "Nola Vale (Photo by Lena Whitlock/Getty Images).",
        "Nola Vale (Photo by Lena Whitlock/Getty Images.)",
        "Nola Vale(Photo byLena Whitlock//Getty Images)",
        "Nola Vale (Photo by Lena Whitlock\\Getty Images)",
        "Nola Vale (Photo by Lena Whitlock - Getty Images)",
        "Nola Vale (Photo by Lena Whitlock#Getty Images)",
        "Nola Vale (Photo by Lena Whitlock, Getty Images)",
        "Nola Vale (Photo by Lena Whitlock Getty Images)",
        "Nola Vale (Photo: Lena Whitlock (Getty Images))",
        "Nola Vale (Getty Images/Lena Whitlock)",
        "Nola Vale (Getty Images Photo by Lena Whitlock)",
        "Nola Vale (Lena Whitlock/Getty Images)",
        "Nola Vale (Lena Whitlock, Getty Images)",
        "Nola Vale. © 2022 Lena Whitlock/Getty Images. All rights reserved.",
        "Nola Vale © Lena Whitlock/Getty Images",
        "Nola Vale (Mandatory Credit: Photo by Lena Whitlock/Getty Images (123456a))",
        "Nola Vale (Featured image credit: Lena Whitlock/Getty Images, 2022)",
        "Nola Vale (Photo credit – Lena Whitlock/Getty Images)",
        "Nola Vale | Lena Whitlock/Getty Images",
        "Nola Vale — Lena Whitlock/Getty Images",
        "Nola Vale, photo by Lena Whitlock/Getty Images",
        "Nola Vale<br>Photo by Lena Whitlock/Getty Images",
        "<p>Nola Vale</p><p>Lena Whitlock/Getty Images</p>",
        "Nola Vale &#40;Photo by Lena&amp;nbsp;Whitlock/Getty&nbsp;Images&#41;",
        "Nola Vale （Photo by Lena Whitlock／Getty Images）",
        "(Photo by Lena Whitlock/Getty Images) Nola Vale",
        "Lena Whitlock/Getty Images | Nola Vale",
        "Photo: Lena Whitlock/Getty Images | Nola Vale",
        "Nola Vale (Unbekanntes: Lena Whitlock/Getty Images)",
        "Nola Vale (Photo Lena Whitlock/Getty Images)",
        "Nola Vale (Photo by Lena Whitlock/Getty Images / 12345678)",
    ],
)
def test_it_reads_one_credit_in_many_forms(line: str) -> None:
    found = said(line)
    found["caption"] = found["caption"].rstrip(".")
    assert found == BY_LENA


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # people
        ("Photo by A. J. Osgood, Priya Keller and Amos Mwangi", of("A. J. Osgood", "Priya Keller", "Amos Mwangi", kind="photographer")),
        ("Photo: José Ortega y Gasset & Lux Marsh", of("José Ortega y Gasset", "Lux Marsh", kind="photographer")),
        ("Foto: María Paz Rey y Lux Marsh", of("María Paz Rey", "Lux Marsh", kind="photographer")),
        ("Photo by Sam Lee, Jr./AP", of("Sam Lee, Jr.", agency="AP", kind="agency")),
        ("Photo by María de la Cruz/AP", of("María de la Cruz", agency="AP", kind="agency")),
        ("photo by lena whitlock", of("lena whitlock", kind="photographer")),
        ("Photo by Axelle/Bauer-Griffin/FilmMagic", of("Axelle", agency="Bauer-Griffin/FilmMagic", kind="agency")),
        ("Photo by Rex Harrison", of("Rex Harrison", kind="photographer")),
        # agencies
        ("(AP Photo/Nadia Petrov)", of("Nadia Petrov", agency="AP", kind="agency")),
        ("AP Photo by Nadia Petrov", of("Nadia Petrov", agency="AP", kind="agency")),
        ("(Photo by Smith Collection/Gado/Getty Images)", of(agency="Smith Collection/Gado/Getty Images", kind="agency")),
        ("(Lena Whitlock/Los Angeles Times/TNS)", of("Lena Whitlock", agency="Los Angeles Times/TNS", kind="agency")),
        ("Photo: The Porch", of(agency="The Porch", kind="agency")),
        ("Credit: LAPD", of(agency="LAPD", kind="agency")),
        ("Photo: Priya Keller, The Porch", of("Priya Keller", agency="The Porch", kind="agency")),
        ("Photo: Priya Keller (Blue Harbor Studios)", of("Priya Keller", agency="Blue Harbor Studios", kind="agency")),
        ("(Priya Keller | The Porch)", of("Priya Keller", agency="The Porch", kind="agency")),
        ("Photo by Michael Ochs Archives/Getty Images", of(agency="Michael Ochs Archives/Getty Images", kind="archive")),
        ("Archival photo by Lena Whitlock", of("Lena Whitlock", kind="archive")),
        ("Nola Vale – Getty Images", of(agency="Getty Images", kind="agency", caption="Nola Vale")),
        ("She left. Nadia Petrov/REUTERS TPX IMAGES OF THE DAY", of("Nadia Petrov", agency="REUTERS", kind="agency", caption="She left.")),
        # via, on, for
        ("(Nadia Petrov/The Porch via AP, File)", of("Nadia Petrov", agency="The Porch", via="AP", kind="file")),
        ("Photo: Nadia Petrov via The Porch", of("Nadia Petrov", via="The Porch", kind="agency")),
        ("Photo: Priya Keller/Getty Images for BET (Getty Images)", of("Priya Keller", agency="Getty Images", for_client="BET", kind="agency")),
        ("Photo: Priya Keller/NBC (Getty Images)", of("Priya Keller", agency="NBC", via="Getty Images", kind="agency")),
        ("(Lena Whitlock/ABC via Getty Images for BET)", of("Lena Whitlock", agency="ABC", via="Getty Images", for_client="BET", kind="agency")),
        ("Image by Tansy Lark from Pixabay", of("Tansy Lark", agency="Pixabay", kind="agency")),
        ("(Photo by Lena Whitlock/Getty Images for Netflix, Inc.)", of("Lena Whitlock", agency="Getty Images", for_client="Netflix, Inc.", kind="agency")),
        ("(Photo by Lena Whitlock/Getty Images for The Met Museum/Vogue)", of("Lena Whitlock", agency="Getty Images", for_client="The Met Museum/Vogue", kind="agency")),
        ("Photo by Lena Whitlock for The Porch/AP", of("Lena Whitlock", agency="AP", for_client="The Porch", kind="agency")),
        ("Foto: Lena Whitlock/Getty Images für BET", of("Lena Whitlock", agency="Getty Images", for_client="BET", kind="agency")),
        ("(Priya Keller, Special to The Porch)", of("Priya Keller", for_client="The Porch", kind="photographer")),
        ("Nola Vale, Priya Keller/Special to The Porch", of("Priya Keller", for_client="The Porch", kind="photographer", caption="Nola Vale")),
        # kinds
        ("(Priya Keller, Staff)", of("Priya Keller", agency="Staff", kind="staff")),
        ("Staff photo by Priya Keller", of("Priya Keller", kind="staff")),
        ("(Gwen Osgood/Pool via AP)", of("Gwen Osgood", agency="Pool", via="AP", kind="agency")),
        ("REUTERS/Nadia Petrov/File Photo", of("Nadia Petrov", agency="REUTERS", kind="file")),
        ("(File photo)", of(kind="file")),
        ("(Handout via REUTERS)", of(via="REUTERS", kind="handout")),
        ("(LAPD/Handout via AP)", of(agency="LAPD", via="AP", kind="handout")),
        ("Family photo by Ines Marsh", of("Ines Marsh", kind="handout")),
        ("(Photo provided by Ines Marsh)", of(courtesy="Ines Marsh", kind="handout")),
        ("Foto: Divulgação", of(kind="handout")),
        ("Photo courtesy of Ines Marsh via AP", of(courtesy="Ines Marsh", via="AP", kind="courtesy")),
        ("(Courtesy photo)", of(kind="courtesy")),
        ("(Courtesy Everett Collection)", of(courtesy="Everett Collection", kind="courtesy")),
        ("Photo: HBO / Courtesy", of(courtesy="HBO", kind="courtesy")),
        ("Photo by Lena Whitlock, courtesy of HBO", of("Lena Whitlock", courtesy="HBO", kind="courtesy")),
        ("Nola Vale. Courtesy of the artist.", of(courtesy="the artist", kind="courtesy", caption="Nola Vale.")),
        ("(Courtesy of Ines Marsh/Instagram)", of(courtesy="Ines Marsh", platform="instagram", kind="social")),
        ("(Courtesy of @ines on Instagram)", of(platform="instagram", handle="@ines", kind="social")),
        # social and screenshots
        ("(@ari.vale via Instagram)", of(platform="instagram", handle="@ari.vale", kind="social")),
        ("(IG: @arivale)", of(platform="instagram", handle="@arivale", kind="social")),
        ("(X/@arivale)", of(platform="x", handle="@arivale", kind="social")),
        ("(Twitter/X @arivale)", of(platform="twitter", handle="@arivale", kind="social")),
        ("(Instagram/arivale)", of(platform="instagram", handle="arivale", kind="social")),
        ("(Instagram Stories)", of(platform="instagram", kind="social")),
        ("Photo by Ari Vale/Instagram", of("Ari Vale", platform="instagram", kind="social")),
        ("Photo by Lena Whitlock (@lena)", of("Lena Whitlock", handle="@lena", kind="social")),
        ("Nola Vale @nola/TikTok", of(kind="none", caption="Nola Vale @nola/TikTok")),
        ("Nola Vale, @nola/TikTok", of(platform="tiktok", handle="@nola", kind="social", caption="Nola Vale")),
        ("(YouTube screenshot)", of(platform="youtube", kind="screenshot")),
        ("Screenshot from @nola on TikTok", of(platform="tiktok", handle="@nola", kind="screenshot")),
        ("(Screenshot: Netflix)", of(agency="Netflix", kind="screenshot")),
        ("(Screenshot)", of(kind="screenshot")),
        ("Nola Vale 📸: @amos", of(handle="@amos", kind="social", caption="Nola Vale")),
        ("(Lena Whitlock @lena)", of("Lena Whitlock", handle="@lena", kind="social")),
        ("Photo: Ana Lee (12a) (13a) (14a)", of("Ana Lee", kind="photographer")),
        ("Photo: Ana Lee/AP, File, 2016, 2017", of("Ana Lee", agency="AP", kind="file")),
        ("iStock/Getty Images", of(agency="iStock/Getty Images", kind="agency")),
        ("Nola Vale smiled; Amos Mwangi/AP", of("Amos Mwangi", agency="AP", kind="agency", caption="Nola Vale smiled")),
        # languages
        ("Foto: Ana Lee para BET", of("Ana Lee", for_client="BET", kind="photographer")),
        ("Crédit photo : Piet Haines/AFP", of("Piet Haines", agency="AFP", kind="agency")),
        ("Photo AFP", of(agency="AFP", kind="agency")),
        ("Фото: Иван Петров/ТАСС", of("Иван Петров", agency="ТАСС", kind="agency")),
        ("Bild: Piet Haines/Keystone", of("Piet Haines", agency="Keystone", kind="agency")),
        ("Foto de Piet Haines/EFE", of("Piet Haines", agency="EFE", kind="agency")),
        ("Foto: Cortesía de Ines Marsh", of(courtesy="Ines Marsh", kind="courtesy")),
        ("Foto: Reprodução/Instagram", of(platform="instagram", kind="screenshot")),
        ("(fot. Piet Haines/PAP)", of("Piet Haines", agency="PAP", kind="agency")),
        ("ノラ・ベール（写真：高橋健／アフロ）", of("高橋健", agency="アフロ", kind="agency", caption="ノラ・ベール")),
        ("写真提供：HBO", of(courtesy="HBO", kind="courtesy")),
        ("ノラ・ベール 写真=高橋健", of("高橋健", kind="photographer", caption="ノラ・ベール")),
        ("(Photo bu Lena Whitlock/AP)", of("Lena Whitlock", agency="AP", kind="agency")),
        ("(Photo by Lena Whitlock of The Porch)", of("Lena Whitlock", agency="The Porch", kind="agency")),
        ("(Photo by “Lena Whitlock”/AP via)", of("Lena Whitlock", agency="AP", kind="agency")),
        ("Nola Vale “{Photo by Lena Whitlock/AP}”", of("Lena Whitlock", agency="AP", kind="agency", caption="Nola Vale")),
        ("Nola Vale. Nadia Petrov—Getty Images", of("Nadia Petrov", agency="Getty Images", kind="agency", caption="Nola Vale.")),
        ("Tansy Lark, CC BY-SA 4.0, via Wikimedia Commons", of("Tansy Lark", via="Wikimedia Commons", kind="agency")),
        ("Via @nola", of(handle="@nola", kind="social")),
        ("Photo by @nola and @lena", of(handle="@nola", kind="social")),
        ("(Marsh family photo)", of(kind="handout")),
        ("Nola (Photo by Lena Whitlock/AP) — HARBOR", of("Lena Whitlock", agency="AP", kind="agency", caption="Nola — HARBOR")),
        ("(사진=연합뉴스)", of(agency="연합뉴스", kind="agency")),
        ("图片来源：视觉中国", of(agency="视觉中国", kind="agency")),
    ],
)  # fmt: skip
def test_it_reads_every_production(line: str, expected: dict[str, Any]) -> None:
    assert said(line) == expected
