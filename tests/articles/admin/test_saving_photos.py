"""The photos of a story on its form: words, credit and crop of each placement, there and back."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.articles.admin.filled import change, data_of, save
from tests.articles.photos.test_figure import MANIFEST

pytestmark = pytest.mark.django_db


def test_a_photos_place_has_words_a_credit_and_a_crop_of_its_own(
    desk: Client, reader: Client
) -> None:
    article = builders.make_story()
    photo = builders.make_photo(manifest=MANIFEST, caption_default="Theirs", alt_default="Theirs")
    for slot in ("body", "gallery"):
        article.photo_uses.create(photo=photo, slot=slot)
    builders.make_lead(article, photo=photo, caption="", alt="")
    uses = list(article.photo_uses.all())
    said = {
        f"photos-{place}-{name}": value.format(use.slot)
        for place, use in enumerate(uses)
        for name, value in {
            "caption": "Here as {}", "alt": "Seen as {}", "credit_override": "Taken for {}",
            "ratio": "16:9", "focal_x": "0.2", "focal_y": "1",
        }.items()
    }  # fmt: skip
    body = f'<p>Words.</p><figure data-photo="{next(use.pk for use in uses if use.slot == "body")}"></figure>'
    save(desk, change(article), body_html=body, **said)
    for use in article.photo_uses.all():
        assert (use.caption, use.alt) == (f"Here as {use.slot}", f"Seen as {use.slot}")
        assert use.credit_override == f"Taken for {use.slot}"
        assert use.crop == {"ratio": "16:9", "x": 0.2, "y": 1.0}
    sent = data_of(desk.get(change(article)))
    assert {name: str(sent[name]) for name in said} == said | {
        name: "1.0" for name in said if name.endswith("focal_y")
    }
    page = desk.get(reverse("admin:articles_article_preview", args=[article.pk])).content.decode()
    assert page.count('data-ratio="16:9" data-focal-x="2" data-focal-y="10"') == 3
    save(
        desk,
        change(article),
        **dict.fromkeys((n for n in said if "focal" in n or "ratio" in n), ""),
    )
    assert [use.crop for use in article.photo_uses.all()] == [{}, {}, {}]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"focal_x": "0.5"}, "Say both how far from the left and from the top, or neither."),
        ({"focal_y": "0.5"}, "Say both how far from the left and from the top, or neither."),
        ({"focal_x": "1.5", "focal_y": "0.5"}, "less than or equal to 1"),
        ({"focal_x": "left", "focal_y": "0.5"}, "Enter a number"),
        ({"ratio": "21:9"}, "not one of the available choices"),
    ],
)
def test_a_crop_beside_the_picture_is_refused_in_words(
    sent: dict[str, str], words: str, desk: Client
) -> None:
    article = builders.make_draft()
    builders.make_lead(article, crop={"ratio": "1:1"})
    response = save(desk, change(article), **{f"photos-0-{n}": v for n, v in sent.items()})
    assert words in str(response.context["adminform"].form.errors)
    assert article.photo_uses.get().crop == {"ratio": "1:1"}
