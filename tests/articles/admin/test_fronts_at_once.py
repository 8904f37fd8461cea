"""Two editors on one front: the slower one loses nothing."""

import pytest
from django.test import Client

from articles.models import Front
from tests import builders
from tests.articles.admin.test_fronts import address, front, put, sent, stored

__all__ = ["front"]
pytestmark = pytest.mark.django_db


def test_the_slower_of_two_editors_gets_both_arrangements(desk: Client, front: Front) -> None:
    shared, theirs, mine = (builders.make_article() for _ in range(3))
    put(front, top=[shared])
    form = sent(desk, front, **{f"headline-{mine.pk}": "My own words"})
    form["place"] = ["slot:lead", f"card:{mine.pk}", "slot:top", f"card:{shared.pk}", "slot:"]
    put(front, lead=[theirs])
    response = desk.post(address(front), form)
    assert response.status_code == 409
    assert stored(front)["lead"] == [theirs.pk]
    html = response.content.decode()
    assert "Someone else has saved this front" in html
    assert "My own words" in html
    assert [card.article for card in response.context["cards"]][:1] == [theirs]
    assert dict(response.context["theirs"])["Lead"] == [(theirs, False)]
    again = {**form, "version": response.context["form"].version}
    assert desk.post(address(front), again).status_code == 302
    assert stored(front) == {"lead": [mine.pk], "top": [shared.pk], "focus": []}
