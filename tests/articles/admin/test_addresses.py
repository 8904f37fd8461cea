"""Addresses that are typed or pasted on the desk."""

import pytest
from django.test import Client

from articles.models import Contributor, Redirect
from articles.models.addresses import absolute
from tests import builders
from tests.articles.admin.filled import add, change, data_of, save

pytestmark = pytest.mark.django_db


def test_an_old_address_may_be_pasted_whole(desk: Client, reader: Client) -> None:
    old = "https://old.example.org/2019/%D9%85%D8%B1/?p=5"
    builders.make_section(slug="x")
    save(desk, add(Redirect), old_path=old, target_path=absolute("/section/x/"))
    row = Redirect.objects.get()
    assert (row.old_path, row.target_path) == ("/2019/مر/?p=5", "/section/x/")
    assert reader.get("/2019/%D9%85%D8%B1/?p=5")["Location"] == "/section/x/"


def test_pages_elsewhere_are_written_one_a_line(desk: Client) -> None:
    lines = "https://example.org/ada\r\n\r\nexample.com/@ada"
    save(desk, add(Contributor), name="Ada", slug="ada", same_as=lines)
    ada = Contributor.objects.get()
    assert ada.same_as == ["https://example.org/ada", "https://example.com/@ada"]
    form = desk.get(change(ada)).context["adminform"].form
    assert form["same_as"].value() == "\n".join(ada.same_as)
    form = type(form)(data_of(desk.get(change(ada))), instance=ada)
    assert "same_as" not in form.changed_data
