from django.urls import path, register_converter
from django.urls.converters import IntConverter

from reactions import views


class BigIntConverter(IntConverter):
    """Numbers that fit a bigint: longer ones would be an error of the database, not a 404."""

    regex = f"[0-9]{{1,{views.MAX_ID_DIGITS}}}"


register_converter(BigIntConverter, "bigint")

app_name = "reactions"
urlpatterns = [
    path("<bigint:article_id>/vote", views.vote, name="vote"),
    path("<bigint:article_id>/confirm", views.confirm, name="confirm"),
    path("<bigint:article_id>/mine", views.mine, name="mine"),
    path("<bigint:article_id>.json", views.counts, name="counts"),
    path("counts.json", views.counts_of_many, name="counts_of_many"),
]
