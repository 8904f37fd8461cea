"""Credit lines as agencies, networks, papers and social pages write them, and lines that only
look like credits."""

from typing import Any

import pytest

from articles.photos.credits import format_credit, parse_credit
from tests.articles.photos.test_credits_grammar import of, said
from tests.articles.photos.test_credits_properties import words

LINES = [
    # A. Getty Images and its partners
    ("Nola Vale (Photo by Jane Roe/MG25/Getty Images for The Met Museum/Vogue)", of("Jane Roe", agency="MG25/Getty Images", for_client="The Met Museum/Vogue", kind="agency", caption="Nola Vale")),
    ("Nola Vale (Photo by Jane Roe/VF25/WireImage for Vanity Fair)", of("Jane Roe", agency="VF25/WireImage", for_client="Vanity Fair", kind="agency", caption="Nola Vale")),
    ("Nola Vale (Photo by Jane Roe/BFA.com/Shutterstock)", of("Jane Roe", agency="BFA.com/Shutterstock", kind="agency", caption="Nola Vale")),
    ("Nola Vale (Photo by Jane Roe/BET/Getty Images for BET)", of("Jane Roe", agency="BET/Getty Images", for_client="BET", kind="agency", caption="Nola Vale")),
    ("Nola Vale (Jane Roe/CBS Photo Archive via Getty Images)", of("Jane Roe", agency="CBS Photo Archive", via="Getty Images", kind="archive", caption="Nola Vale")),
    ("Nola Vale (Jane Roe/Paramount+ via AP)", of("Jane Roe", agency="Paramount+", via="AP", kind="agency", caption="Nola Vale")),
    ("Nola Vale (Photo by Jane Roe/2025 GG/Penske Media via Getty Images)", of("Jane Roe", agency="2025 GG/Penske Media", via="Getty Images", kind="agency", caption="Nola Vale")),
    ("Nola Vale (Photo by Jane Roe/Getty Images for The Hollywood Reporter/Disney)", of("Jane Roe", agency="Getty Images", for_client="The Hollywood Reporter/Disney", kind="agency", caption="Nola Vale")),
    ("Nola Vale (Photo by Jane Roe/Variety via Getty Images for Variety, Inc.)", of("Jane Roe", agency="Variety", via="Getty Images", for_client="Variety, Inc.", kind="agency", caption="Nola Vale")),
    ("Nola Vale (Photo by Jane Roe/Getty Images for ELLE, Hulu, and Estée Lauder)", of("Jane Roe", agency="Getty Images", for_client="ELLE, Hulu, and Estée Lauder", kind="agency", caption="Nola Vale")),
    ("Nola Vale (Photo by Jane Roe/Getty Images for Baron & Baron and Apple)", of("Jane Roe", agency="Getty Images", for_client="Baron & Baron and Apple", kind="agency", caption="Nola Vale")),
    ("Nola Vale (Photo by Jane Roe/Getty Images for the Met)", of("Jane Roe", agency="Getty Images", for_client="the Met", kind="agency", caption="Nola Vale")),
    ("Nola Vale (Photo by Jane Roe/Getty Images for dcp)", of("Jane Roe", agency="Getty Images", for_client="dcp", kind="agency", caption="Nola Vale")),
    ("Nola Vale (Photo by Jane Roe/Getty Images for #HARBORfestival)", of("Jane Roe", agency="Getty Images", for_client="#HARBORfestival", kind="agency", caption="Nola Vale")),
    ("Nola Vale (Photo by Jane Roe/Getty Images for (RED))", of("Jane Roe", agency="Getty Images", for_client="RED", kind="agency", caption="Nola Vale")),
    ("Nola Vale (Photo by Jane Roe/Getty Images for “Harbor”)", of("Jane Roe", agency="Getty Images", for_client="Harbor", kind="agency", caption="Nola Vale")),
    ("Nola Vale attends. Jane Roe/MG25/Getty Images for The Met Museum/Vogue", of("Jane Roe", agency="MG25/Getty Images", for_client="The Met Museum/Vogue", kind="agency", caption="Nola Vale attends.")),
    ("Nola Vale (Photo by Jane Roe - FIFA/FIFA via Getty Images)", of("Jane Roe", agency="FIFA", via="Getty Images", kind="agency", caption="Nola Vale")),
    ("Nola Vale (Photo by Jane Roe - Pool/Getty Images)", of("Jane Roe", agency="Pool/Getty Images", kind="agency", caption="Nola Vale")),
    ("Nola Vale (Photo by Jane Roe-Pool/Getty Images)", of("Jane Roe", agency="Pool/Getty Images", kind="agency", caption="Nola Vale")),
    ("(Photo by: Universal Archive/Universal Images Group via Getty Images)", of(agency="Universal Archive/Universal Images Group", via="Getty Images", kind="archive")),
    ("Nola Vale (Photo credit should read JANE ROE/AFP via Getty Images)", of("JANE ROE", agency="AFP", via="Getty Images", kind="agency", caption="Nola Vale")),
    ("Nola Vale (Photo by JOSÉ-MARÍA DE LA ROE/AFP via Getty Images)", of("JOSÉ-MARÍA DE LA ROE", agency="AFP", via="Getty Images", kind="agency", caption="Nola Vale")),
    ("Nola Vale (Photo by J.R. Roe/Getty Images)", of("J.R. Roe", agency="Getty Images", kind="agency", caption="Nola Vale")),
    ("Nola Vale (Getty/Jane Roe)", of("Jane Roe", agency="Getty", kind="agency", caption="Nola Vale")),
    # B. wires and agencies
    ("Nola Vale. Jane Roe-Imagn Images via Reuters Connect", of("Jane Roe", agency="Imagn Images", via="Reuters Connect", kind="agency", caption="Nola Vale.")),
    ("Nola Vale. Jane Roe-Smith-USA TODAY Sports", of("Jane Roe-Smith", agency="USA TODAY Sports", kind="agency", caption="Nola Vale.")),
    ("Nola Vale (Jane Roe – USA TODAY Sports)", of("Jane Roe", agency="USA TODAY Sports", kind="agency", caption="Nola Vale")),
    ("Nola Vale (Photo/Jane Roe)", of("Jane Roe", kind="photographer", caption="Nola Vale")),
    ("Nola Vale. Photo/Jane Roe", of("Jane Roe", kind="photographer", caption="Nola Vale.")),
    ("PHOTO: JANE ROE/AFP", of("JANE ROE", agency="AFP", kind="agency")),
    ("Nola Vale / AFP / Jane Roe", of("Jane Roe", agency="AFP", kind="agency", caption="Nola Vale")),
    ("Nola Vale. Photo: NolaPictures.com", of(agency="NolaPictures.com", kind="agency", caption="Nola Vale.")),
    ("Nola Vale © picture alliance/dpa | Jane Roe", of("Jane Roe", agency="picture alliance/dpa", kind="agency", caption="Nola Vale")),
    ("Foto: Jane Roe | EFE", of("Jane Roe", agency="EFE", kind="agency")),
    ("Photo – Jane Roe/WireImage", of("Jane Roe", agency="WireImage", kind="agency")),
    # broadcasters, studios and their rights
    ("Nola Vale (Jane Roe/Disney via Getty Images)", of("Jane Roe", agency="Disney", via="Getty Images", kind="agency", caption="Nola Vale")),
    ("Nola Vale (Jane Roe/NBC)", of("Jane Roe", agency="NBC", kind="agency", caption="Nola Vale")),
    ("Nola Vale (CBS ©2024)", of(agency="CBS", kind="agency", caption="Nola Vale")),
    ("Photo: Jane Roe/CBS ©2024 CBS Broadcasting, Inc. All Rights Reserved.", of("Jane Roe", agency="CBS", kind="agency")),
    ("© 2024 CBS Broadcasting Inc. All Rights Reserved.", of(agency="CBS Broadcasting Inc", kind="agency")),
    ("Nola Vale. Cr. Jane Roe/Netflix © 2023", of("Jane Roe", agency="Netflix", kind="agency", caption="Nola Vale.")),
    ("Nola Vale. Photo: Jane Roe © 2023 Paramount Pictures", of("Jane Roe", agency="Paramount Pictures", kind="agency", caption="Nola Vale.")),
    ("Nola Vale. Photo: Jane Roe © 2023 Jane Roe", of("Jane Roe", kind="photographer", caption="Nola Vale.")),
    ("© Netflix/courtesy Everett Collection", of(agency="Netflix", courtesy="Everett Collection", kind="courtesy")),
    ("Copyright Jane Roe", of("Jane Roe", kind="photographer")),
    ("Copyright by Jane Roe", of("Jane Roe", kind="photographer")),
    ("Nola Vale. Copyright Jane Roe. All rights reserved.", of("Jane Roe", kind="photographer", caption="Nola Vale.")),
    ("Copyright 2024 Jane Roe/WireImage", of("Jane Roe", agency="WireImage", kind="agency")),
    ("Copyright Jane Roe 2024", of("Jane Roe", kind="photographer")),
    ("(c) Jane Roe", of("Jane Roe", kind="photographer")),
    ("Photos © Jane Roe 2024", of("Jane Roe", kind="photographer")),
    ("Foto (c) Jane Roe", of("Jane Roe", kind="photographer")),
    ("Nola Vale. Photo by Jane Roe. Used with permission.", of("Jane Roe", kind="photographer", caption="Nola Vale.")),
    # C. labels, and what stands before them
    ("Photographer: Jane Roe", of("Jane Roe", kind="photographer")),
    ("Pic: Jane Roe", of("Jane Roe", kind="photographer")),
    ("Photo cred: Jane Roe", of("Jane Roe", kind="photographer")),
    ("Nola Vale (Photo Jane Roe)", of("Jane Roe", kind="photographer", caption="Nola Vale")),
    ("Nola Vale / Photo by Jane Roe", of("Jane Roe", kind="photographer", caption="Nola Vale")),
    ("Nola Vale // Credit: Jane Roe/WireImage", of("Jane Roe", agency="WireImage", kind="agency", caption="Nola Vale")),
    ("Jane Roe / Getty Images", of("Jane Roe", agency="Getty Images", kind="agency")),
    ("Nola Vale // Jane Roe/WireImage", of("Jane Roe", agency="WireImage", kind="agency", caption="Nola Vale")),
    ("Nola Vale / Jane Roe/WireImage", of("Jane Roe", agency="WireImage", kind="agency", caption="Nola Vale")),
    ("Nola Vale • Photo by Jane Roe", of("Jane Roe", kind="photographer", caption="Nola Vale")),
    ("Nola Vale » Photo: Jane Roe", of("Jane Roe", kind="photographer", caption="Nola Vale")),
    ("Nola Vale > Photo: Jane Roe", of("Jane Roe", kind="photographer", caption="Nola Vale")),
    ("Nola Vale ~ Photo by Jane Roe", of("Jane Roe", kind="photographer", caption="Nola Vale")),
    ("Nola Vale -- Photo by Jane Roe", of("Jane Roe", kind="photographer", caption="Nola Vale")),
    ("Nola Vale ■ Jane Roe/WireImage", of("Jane Roe", agency="WireImage", kind="agency", caption="Nola Vale")),
    ("Nola Vale · Getty Images", of(agency="Getty Images", kind="agency", caption="Nola Vale")),
    ("Nola Vale PHOTO: JANE ROE", of("JANE ROE", kind="photographer", caption="Nola Vale")),
    ("Nola Vale Photo Credit: Jane Roe", of("Jane Roe", kind="photographer", caption="Nola Vale")),
    ("Nola Vale performing in Accra Photo by Jane Roe", of("Jane Roe", kind="photographer", caption="Nola Vale performing in Accra")),
    ('Nola Vale <span class="photo-credit">Photo: Jane Roe</span>', of("Jane Roe", kind="photographer", caption="Nola Vale")),
    ("<figcaption>Nola Vale<cite>Jane Roe/Getty Images</cite></figcaption>", of("Jane Roe", agency="Getty Images", kind="agency", caption="Nola Vale")),
    ("Words: Nola Vale / Photos: Jane Roe", of("Jane Roe", kind="photographer", caption="Words: Nola Vale")),
    # D. social
    ("Nola Vale (Nola Vale / Instagram Story)", of("Nola Vale", platform="instagram", kind="social", caption="Nola Vale")),
    ("Nola Vale (@nolavale/X)", of(platform="x", handle="@nolavale", kind="social", caption="Nola Vale")),
    ("Nola Vale (via Twitter)", of(platform="twitter", kind="social", caption="Nola Vale")),
    ("IG: nolavale", of(platform="instagram", handle="nolavale", kind="social")),
    ("Photo via @nolavale", of(handle="@nolavale", kind="social")),
    ("Photo: Nola Vale’s Instagram", of("Nola Vale", platform="instagram", kind="social")),
    ("(Photo from Nola Vale's Instagram)", of("Nola Vale", platform="instagram", kind="social")),
    ("Image via Nola Vale / YouTube", of("Nola Vale", platform="youtube", kind="social")),
    ("Courtesy of @nolavale", of(handle="@nolavale", kind="social")),
    ("(iStock.com/janeroe)", of("janeroe", agency="iStock.com", kind="agency")),
    # E. courtesy and handouts
    ("Courtesy: HBO", of(courtesy="HBO", kind="courtesy")),
    ("Courtesy Everett Collection", of(courtesy="Everett Collection", kind="courtesy")),
    ("Photo by Jane Roe. Courtesy of HBO", of("Jane Roe", courtesy="HBO", kind="courtesy")),
    ("Nola Vale (Courtesy of the artist)", of(courtesy="the artist", kind="courtesy", caption="Nola Vale")),
    ("Photo: Supplied", of(kind="handout")),
    ("Nola Vale (Provided)", of(kind="handout", caption="Nola Vale")),
    ("Photo DR", of(kind="handout")),
    # F. papers
    ("Nola Vale (Jane Roe / Special to the Chronicle)", of("Jane Roe", for_client="the Chronicle", kind="photographer", caption="Nola Vale")),
    ("Nola Vale (Jane Roe/Special to the Chronicle via AP)", of("Jane Roe", via="AP", for_client="the Chronicle", kind="agency", caption="Nola Vale")),
    ("Nola Vale (Special to The Chronicle)", of(for_client="The Chronicle", kind="handout", caption="Nola Vale")),
    ("Nola Vale poses. Jane Roe for The New York Times", of("Jane Roe", for_client="The New York Times", kind="photographer", caption="Nola Vale poses.")),
    ("Nola Vale poses. Jane Roe for the Los Angeles Times", of("Jane Roe", for_client="the Los Angeles Times", kind="photographer", caption="Nola Vale poses.")),
    ("Nola Vale poses. Jane Roe for Harbor Bee", of("Jane Roe", for_client="Harbor Bee", kind="photographer", caption="Nola Vale poses.")),
    ("Jane Roe for The Washington Post", of("Jane Roe", for_client="The Washington Post", kind="photographer")),
    ("Nola Vale (Staff/Jane Roe)", of("Jane Roe", agency="Staff", kind="staff", caption="Nola Vale")),
    # H. damaged
    ("Nola Vale (Photo by Jane RoeGetty Images)", of("Jane Roe", agency="Getty Images", kind="agency", caption="Nola Vale")),
    ("Nola Vale (Photo byJane Roe/WireImage)", of("Jane Roe", agency="WireImage", kind="agency", caption="Nola Vale")),
    ("Nola Vale (Photo by Jane Roe/Getty Images)…", of("Jane Roe", agency="Getty Images", kind="agency", caption="Nola Vale")),
    ("NOLA VALE PHOTO BY JANE ROE/GETTY IMAGES", of("JANE ROE", agency="GETTY IMAGES", kind="agency", caption="NOLA VALE")),
    ("Getty Images (2)", of(agency="Getty Images", kind="agency")),
    # languages
    ("(撮影・高橋健)", of("高橋健", kind="photographer")),
    ("Фото из Instagram", of(platform="instagram", kind="social")),
    ("Фото з Instagram", of(platform="instagram", kind="social")),
    ("Фото: пресс-служба HBO", of(kind="handout")),
    ("Fot. materiały prasowe", of(kind="handout")),
    ("Foto: Archivo", of(kind="file")),
    ("PHOTO FOURNIE PAR HBO", of(courtesy="HBO", kind="handout")),
    ("Imagen de Jane Roe en Pixabay", of("Jane Roe", agency="Pixabay", kind="agency")),
    ("Bildquelle: Jane Roe", of("Jane Roe", kind="photographer")),
    ("Crédit photo : Jane Roe / AFP", of("Jane Roe", agency="AFP", kind="agency")),
    ("Źródło: Instagram/@nolavale", of(platform="instagram", handle="@nolavale", kind="social")),
    ("Світлина: Джейн Роу", of("Джейн Роу", kind="photographer")),
]  # fmt: skip


@pytest.mark.parametrize(("line", "expected"), LINES)
def test_it_reads_what_the_trade_writes(line: str, expected: dict[str, Any]) -> None:
    assert said(line) == expected


# Without its mark an account of a picture library is only a word.
NAMED = [
    line
    for line, said in LINES
    if said.keys() - {"caption", "kind", "for_client"} and "iStock" not in line
]


@pytest.mark.parametrize("line", NAMED)
def test_the_house_form_of_each_reads_back_the_same(line: str) -> None:
    credit = parse_credit(line)
    again = parse_credit(format_credit(credit))
    assert again.caption == ""
    for name in ("photographers", "agency", "via", "for_client", "courtesy", "platform", "handle"):
        assert getattr(again, name) == getattr(credit, name)


@pytest.mark.parametrize(
    ("line", "parts", "caption"),
    [
        ("Nola Vale: Jane Roe/Getty Images; Dex Romero: John Doe/WireImage", ["Jane Roe/Getty Images", "John Doe/WireImage"], "Nola Vale; Dex Romero"),
        ("Nola Vale: Jane Roe/AP, Dex Romero: John Doe/AFP, Lux Marsh: Getty Images.", ["Jane Roe/AP", "John Doe/AFP", "Getty Images"], "Nola Vale, Dex Romero, Lux Marsh"),
        ("Nola Vale: Jane Roe/AP; Dex Romero: John Doe/AFP;", ["Jane Roe/AP", "John Doe/AFP"], "Nola Vale; Dex Romero"),
        ("Nola Vale: Photo by Jane Roe/AP; Dex Romero: Photo by John Doe/AFP", ["Jane Roe/AP", "John Doe/AFP"], "Nola Vale; Dex Romero"),
        ("From left: Nola Vale: Jane Roe/AP; Dex Romero: John Doe/AFP", ["Jane Roe/AP", "John Doe/AFP"], "From left: Nola Vale; Dex Romero"),
        ("Nola Vale (left: Jane Roe/AP; right: John Doe/AFP)", ["Jane Roe/AP", "John Doe/AFP"], "Nola Vale"),
        ("Left: Jane Roe/AP. Right: John Doe/AFP.", ["Jane Roe/AP", "John Doe/AFP"], ""),
        ("Photo: Jane Roe/AP; Foto: John Doe/AFP", ["Jane Roe/AP", "John Doe/AFP"], ""),
        ("Jane Roe/AP, John Doe/AFP", ["Jane Roe/AP", "John Doe/AFP"], ""),
        ("Photos: Getty Images (2), AP", ["Getty Images", "AP"], ""),
        ("Photos by Getty Images (left) and AP (right)", ["Getty Images", "AP"], ""),
    ],
)  # fmt: skip
def test_it_reads_whose_credit_is_whose(line: str, parts: list[str], caption: str) -> None:
    credit = parse_credit(line)
    assert [format_credit(part).removeprefix("Photo: ") for part in credit.parts] == parts
    assert credit.caption == caption


def test_a_courtesy_before_the_credit_is_one_too() -> None:
    credit = parse_credit("Courtesy of Blue Harbor Festival | photo by Jane Roe")
    assert (credit.courtesy, credit.photographers) == ("Blue Harbor Festival", ("Jane Roe",))
    assert credit.caption == ""
    credit = parse_credit("Courtesy car at the gate | photo by Jane Roe")
    assert (credit.courtesy, credit.caption) == (None, "Courtesy car at the gate")


@pytest.mark.parametrize(
    "line",
    [
        "Nola Vale sings. Dex Romero for President", "Nola Vale sings. Dex Romero for Mayor",
        "Nola Vale sings. Dex Romero for The Win", "Nola Vale sings. Dex Romero for the People",
        "Nola Vale sings. Dex Romero for Best Actor", "Nola Vale sings. Thank Heaven for The Beatles",
        "Nola Vale sings. Dex Romero for NBC", "Nola Vale writes for The New York Times",
        "Nola Vale poses. She posed for The New York Times", "Nola Vale waits. Romero for The Times",
        "Dex Romero for The New York Times Bestseller", "A film by Jane Roe for The New York Times",
        "Nola Vale special to The Porch fans", "A day special to the town",
        "Netflix Special to The Moon", "Nola Vale (special to me)", "Nola Vale has a Special to Announce",
        "Copyright law in the digital age", "Copyright Infringement Suit", "Copyright Office stuns Nola Vale",
        "Copyright Reform", "Nola Vale in Copyright Squad Goals", "Copyright Troll Sues Nola Vale", "Nola Vale wins the Copyright Case",
        "All rights reserved", "(c) none of the above", "Nola Vale (c) with Dex Romero", "Used with permission",
        "Nola Vale: vocals/guitar; Dex Romero: bass", "Nola Vale: Vocals/Guitar; Dex Romero: Bass",
        "Nola Vale: Getty Museum; Dex Romero: Louvre", "Nola Vale: 3/5; Dex Romero: 4/5",
        "Cast: Nola Vale/Dex Romero; Crew: Lux Marsh/Ari Vale", "Left: Nola Vale; Right: Dex Romero",
        "Nola Vale (left: Vocals; right: Guitar)", "Nola Vale: a; b: c; d: e; f: g; h: i; j: k; l: m; n: o; p: q; r: s; t: u; v: w; x: y",
        "Nola Vale / Photo Shoot", "Nola Vale / Photo: 2016", "Nola Vale / Getty Villa",
        "Nola Vale – Dex Romero/Lux Marsh", "Nola Vale | Dex Romero | Lux Marsh", "Nola Vale → Dex Romero",
        "Photo/Video Booth", "Photo/video exhibition", "Photo Booth", "(Photo Nola Vale posted)", "Photo Nola Vale posted",
        "Viral Photo: Nola Vale", "Best Picture: Nola Vale", "See the Viral Photo: Nola Vale",
        "Nola Vale Shares New Photo: Dex Romero", "Tax Credit: Nola Vale Explains", "Extra Credit: Nola Vale",
        "Nola Vale Gets Credit: Dex Romero Agrees", "Source: close to Nola Vale", "Photo: Nola Vale (left)",
        "Courtesy: A Lost Art", "Courtesy of the weather, the show ended early", "Courtesy is dead",
        "Supplied by the band, the songs", "Provided you come", "Supplied", "Nola Vale (nolavale.com)",
        "Nola Vale on X", "Nola Vale’s Instagram Story", "Nola Vale (via Zoom)", "Nola Vale, Paramount",
        "Nola Vale (AC/DC)", "Nola Vale (24/7)", "Nola Vale (2)", "Nola Vale (left)", "Nola Vale (MG25)",
    ],
)  # fmt: skip
def test_it_leaves_what_only_looks_like_a_credit(line: str) -> None:
    credit = parse_credit(line)
    assert (credit.caption, credit.raw, credit.understood) == (line, None, False)


@pytest.mark.parametrize(
    "unit",
    ["Photo ", "Nola: A B/AP; ", "Copyright A B ", "© 2024 ", "Photo – ", "AbAb ", " // ", ", A: b",
     "Courtesy: ", "left: . ", "a.b.c.", '<i class="credit">'],
)  # fmt: skip
def test_it_takes_more_of_anything(unit: str) -> None:
    line = unit * (20_000 // len(unit))
    assert len(words(parse_credit(line).caption)) <= len(words(line))
