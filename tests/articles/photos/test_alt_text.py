"""Alternative texts that say nothing of the picture, in the spellings that machines have for it."""

import pytest

from articles.photos.alt_text import is_file_name, repeats

NAMES = """
IMG_1234.jpg|IMG_1234|IMG1234|img 1234|_MG_1234|DSC0042|DSC_0042|DSC 0042|DSCF1234 (2)|P1010023
image001|image (3).png|image (3)|image0.jpeg|pier.webp|The pier.JPG|C:\\Users\\ann\\pier.heic
Screenshot (3)|Screenshot|Screenshot 2024-05-01 at 10.11.12|Screen Shot 2020-01-02 at 3.04.05 PM
Screenshot_20240501-101112_Chrome|Bildschirmfoto 2024-05-01 um 10.11.12
Capture d’écran 2024-05-01 à 10.11.12|Captura de pantalla 2024-05-01 a las 10.11.12
Unbenannt-1|Untitled|untitled-2 copy|unnamed|unnamed (1)|Sans titre 4|Copy of IMG_1234|IMG_1234-edited
WhatsApp Image 2024-05-01 at 10.11.12|WhatsApp Image 2024-05-01 at 10.11.12 (1).jpeg
IMG-20240501-WA0003|PXL_20240501_101112345|20240501_101112|20260101|signal-2024-05-01-101112
FB_IMG_1589999999999|received_123456789|FullSizeRender|thumbnail_IMG_0001|download (1)|Scan 12|Foto 3
0b5c8f0e-1c2d-4e5f-8a9b-0c1d2e3f4a5b|0b5c8f0e1c2d4e5f8a9b0c1d2e3f4a5b|a3f9c2d41b07
GettyImages-1234567|gettyimages 1234567|shutterstock_12345678|AdobeStock_123456
pier_at_dusk|pier-at-dusk-1200x800|photo-1589999999-abcdef
photo|Photo|PHOTO.|image|an image|a picture|The photo|picture 1|Bild|JPG|alt text|placeholder
n/a|-|...|?|1
"""
WORDS = """
Image of a pier|A pier|Photo finish|1984 poster|A photo of a pier|The singer at a microphone|Pier
U2|Blink-182|R2-D2 on stage|A380|Apollo 11|Boeing 747-400|Expo 2020|Two men, 1984|Anne-Marie|Jean-Luc
Final shot|The file on the desk|A screenshot of a post by the mayor|Scan of a ticket from 1974
WhatsApp’s logo|A man in a DSC shirt|Screen-printed poster|Rock-n-roll-is-dead|Beyoncé|Кот|猫
A picture of the band in 1999|Small print|A|New copy of an old map
"""


def each_of(listed: str) -> list[str]:
    return [text for line in listed.strip().splitlines() for text in line.split("|")]


@pytest.mark.parametrize("alt", each_of(NAMES))
def test_a_files_name_is_no_alternative_text(alt: str) -> None:
    assert is_file_name(alt)
    assert is_file_name(f"  {alt}\n")


@pytest.mark.parametrize("alt", ["", "  ", *each_of(WORDS)])
def test_words_are_no_files_name(alt: str) -> None:
    assert not is_file_name(alt)


def test_what_is_said_twice_is_known_in_any_spelling() -> None:
    assert repeats("The Café “Quay”.", "the cafe 'quay'")
    assert not repeats("A pier", "A pier at dusk")
    assert not repeats("", "")
    assert not repeats("?!", "...")
