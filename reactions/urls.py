from django.urls import path, register_converter
from django.urls.converters import IntConverter

from reactions import views
from reactions.views.answers import MAX_ID_DIGITS


class BigIntConverter(IntConverter):
    """Numbers that fit a bigint: longer ones would be an error of the database, not a 404."""

    regex = f"[0-9]{{1,{MAX_ID_DIGITS}}}"


register_converter(BigIntConverter, "bigint")

app_name = "reactions"
urlpatterns = [
    path("<bigint:article_id>/vote", views.vote, name="vote"),
    path("<bigint:article_id>/confirm", views.confirm, name="confirm"),
    path("<bigint:article_id>/mine", views.mine, name="mine"),
    path("<bigint:article_id>.json", views.counts, name="counts"),
    path("sets/<bigint:set_id>.<slug:digest>.css", views.set_sheet, name="set_sheet"),
    path("counts.json", views.counts_of_many, name="counts_of_many"),
]
