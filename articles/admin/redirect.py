"""Old addresses on the desk. A redirect leads to a page in one hop, so none may lead to another."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.http import url_has_allowed_host_and_scheme

from articles.admin.base import DeskAdmin
from articles.models import Redirect


class RedirectForm(forms.ModelForm):
    class Meta:
        model = Redirect
        fields = "__all__"  # noqa: DJ007  (hits and last_hit are read only)

    def clean_old_path(self) -> str:
        path: str = self.cleaned_data["old_path"]
        if not path.startswith("/") or path.startswith("//") or path == "/":
            raise forms.ValidationError(
                "Give the path as readers ask for it, like /2019/old-story/."
            )
        if self._others().filter(target_path__in=spellings(path)).exists():
            raise forms.ValidationError("Another redirect leads here. Change its target first.")
        return path

    def clean_target_path(self) -> str:
        path: str = self.cleaned_data["target_path"]
        if not path:
            return path
        if not path.startswith("/") or not url_has_allowed_host_and_scheme(path, None):
            raise forms.ValidationError("Give a path of this site, like /section/music/.")
        if self._others().filter(old_path__in=spellings(path)).exists():
            raise forms.ValidationError(
                "This path is redirected itself. Name the page it leads to."
            )
        return path

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("target_path") and data["target_path"] in spellings(data.get("old_path", "")):
            self.add_error(
                "target_path", "This is the old path itself: readers would go in circles."
            )
        return data

    def _others(self) -> Any:
        return Redirect.objects.exclude(pk=self.instance.pk)


def spellings(path: str) -> list[str]:
    """A path with and without its last slash: the table is looked up by both."""
    return [f"{path.rstrip('/')}/", path.rstrip("/")]


@admin.register(Redirect)
class RedirectAdmin(DeskAdmin):
    form = RedirectForm
    list_display = ["old_path", "target_path", "target_article", "status", "source", "hits"]
    list_filter = ["status", "source"]
    list_select_related = ["target_article"]
    search_fields = ["old_path", "target_path"]
    autocomplete_fields = ["target_article"]
    readonly_fields = ["hits", "last_hit"]
