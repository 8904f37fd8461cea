"""The admin's own forms in the paper's dress."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page

from articles.models import Front
from tests import builders
from tests.e2e.conftest import Visit

pytestmark = pytest.mark.django_db(transaction=True)
GROUND = "(element) => getComputedStyle(element).backgroundColor"


@pytest.mark.parametrize("width", [360, 1280])
def test_deleting_does_not_look_like_saving_and_moments_look_like_fields(
    width: int, visit: Callable[..., Visit], sign_in: Callable[[Page, User], None], editor: User
) -> None:
    page = visit("/admin/login/", width=width).page
    sign_in(page, editor)
    photo = builders.make_photo()
    page.goto(f"/admin/articles/photo/{photo.pk}/change/")
    save, delete = page.locator(".submit-row [name=_save]"), page.locator(".deletelink")
    assert save.evaluate(GROUND) != delete.evaluate(GROUND)
    written, moment = page.locator("#id_copyright"), page.locator("#id_rights_until")
    assert written.evaluate(GROUND) == moment.evaluate(GROUND)
    if width < 768:
        assert height(moment) >= 44
        assert height(delete) >= 40


def height(element: Locator) -> float:
    box = element.bounding_box()
    return box["height"] if box else 0


CUT = """() => [...document.querySelectorAll(".form-row :is(input, select, textarea)")]
  .filter((field) => field.offsetParent && field.type !== "file" && !field.closest(".select2"))
  .filter((field) => field.getBoundingClientRect().right >
    field.closest(".form-row").getBoundingClientRect().right + 0.5)
  .map((field) => field.name)"""


def test_no_field_is_cut_at_the_edge_of_a_phone(
    visit: Callable[..., Visit], sign_in: Callable[[Page, User], None], editor: User
) -> None:
    front = Front.objects.create()
    front.slots.create(key="lead")
    page = visit("/admin/login/", width=360, has_touch=True, is_mobile=True).page
    sign_in(page, editor)
    page.goto(f"/admin/articles/front/{front.pk}/change/")
    assert page.locator("[name=slots-0-key]").is_visible()
    assert page.evaluate(CUT) == []
