"""Old addresses on the desk. A redirect leads to a page in one hop, so none may lead to another."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django import forms
from django.contrib import admin
from django.utils.http import url_has_allowed_host_and_scheme

from articles.admin.base import DeskAdmin
from articles.models import Redirect
from articles.models.addresses import absolute


class RedirectForm(forms.ModelForm):
    class Meta:
        model = Redirect
        fields = "__all__"  # noqa: DJ007  (hits and last_hit are read only)
        labels = {
            "old_path": "Old address",
            "target_path": "Leads to",
            "target_article": "Or to the story",
            "status": "Answer",
            "source": "Comes from",
        }
        help_texts = {
            "old_path": "Like /2019/old-story/. A whole address may be pasted: its host is left out.",
            "target_path": "A page of this site, like /section/music/.",
            "target_article": "It is followed when the story’s address changes.",
            "status": "301: moved for good. 302: for now. 410: gone, and leads nowhere.",
        }

    def clean_old_path(self) -> str:
        path = path_in(self.cleaned_data["old_path"])
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
        if path.startswith(absolute("/")):
            path = path_in(path)
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


def path_in(address: str) -> str:
    """What the table keeps of an address as a browser's line shows it: path and query, decoded as
    requests are. A path stays one. Raises ValidationError for what no request can ask for.
    """
    if address.startswith(("https://", "http://")):
        try:
            parts = urlsplit(address)
        except ValueError as error:  # "http://[::1/"
            raise forms.ValidationError("This is no address: look at its host.") from error
        address = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    path, mark, query = address.partition("?")
    path = unquote(path)
    if "\0" in path:
        raise forms.ValidationError("An address can’t hold the character %00.")
    return path + mark + query


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
    readonly_fields = ["source", "hits", "last_hit"]
