"""What the desk says of sets: refusals that are read once, and kinds that need no glyph."""

import pytest
from django.contrib.auth.models import User
from selectolax.lexbor import LexborHTMLParser

from reactions.models import ReactionKind, ReactionSet
from tests.reactions.test_admin import desk
from tests.reactions.test_set_editor import LIST, default, form_of, page_of

__all__ = ["default"]
pytestmark = [pytest.mark.django_db, pytest.mark.services]


def test_what_fails_of_the_same_colours_is_said_once(moderator: User, default: ReactionSet) -> None:
    answer = desk(moderator).post(page_of(default), form_of(default, light_text="#aaaaaa"))
    words = answer.context["adminform"].form.errors["light_text"]
    assert [each.split(":")[0] for each in words] == [
        "Label on the button, number on the button", "Label on the chosen button",
    ]  # fmt: skip


def test_a_set_without_a_section_says_so(moderator: User, default: ReactionSet) -> None:
    page = LexborHTMLParser(desk(moderator).get(page_of(default)).content)
    assert page.css_first("#id_section option[selected]").text() == "No section"


def test_what_we_have_no_drawing_of_has_its_label_beside_it(
    moderator: User, default: ReactionSet
) -> None:
    ReactionKind.objects.filter(slug="heart").update(emoji="🫠")
    page = LexborHTMLParser(desk(moderator).get(LIST).content)
    assert page.css_first(".field-kinds_in_order span span").text() == "🫠 Heart"
