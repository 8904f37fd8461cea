"""What the lists and the inner rows of the desk have in common."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.forms import BaseModelForm
from django.http import Http404, HttpRequest

from articles.actions.moving import remember_old_page
from articles.models import Photo, public_changed


class ChangesPages(admin.ModelAdmin):
    """What is saved here is on pages: readers' copies of them end with it."""

    def save_related(
        self, request: HttpRequest, form: BaseModelForm, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        public_changed()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        public_changed()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        super().delete_queryset(request, queryset)
        public_changed()


class QuietAdmin(admin.ModelAdmin):
    """No COUNT of the whole table beside a filtered list; 50 rows a page. For rows that no reader
    sees before a verb of their own brings them out.
    """

    show_full_result_count = False
    list_per_page = 50

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        """The row. Raises Http404 where there is none for this login, in place of Django's
        redirect: what may not be read looks like what isn't there.
        """
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404("There is no such row, or you may not see it.")
        return found


class DeskAdmin(ChangesPages, QuietAdmin):
    """For rows that stand on pages as soon as they are saved."""

    def save_model(self, request: HttpRequest, obj: Any, form: BaseModelForm, change: bool) -> None:
        """Also says which picture readers don't get: articles.photos.figure.photo_figure."""
        super().save_model(request, obj, form, change)
        pictures = [field.name for field in obj._meta.fields if field.related_model is Photo]
        for photo in filter(None, (getattr(obj, name) for name in pictures)):
            if not photo.has_credit:
                words = f"Readers don’t see this picture until it has a credit: “{photo}”."
                messages.warning(request, words)


class PagesAdmin(DeskAdmin):
    """For what has a page of its own: with another slug its old address leads to the new one."""

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Any, form: BaseModelForm, change: bool) -> None:
        if change and "slug" in form.changed_data:
            remember_old_page(obj)
        super().save_model(request, obj, form, change)


class RowsMixin:
    """For an inline: what the rows' names are made of comes with them, in one query."""

    named_by: ClassVar[list[str]] = []

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)  # type: ignore[misc]
        return rows.select_related(*self.named_by)


def person(request: HttpRequest) -> AbstractBaseUser | None:
    return request.user if isinstance(request.user, AbstractBaseUser) else None
