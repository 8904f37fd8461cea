"""The rankings' addresses, below /most-reacted/."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from reactions.heat import PERIODS
from reactions.views.ranking import RankingFeed, most_reacted


class PeriodConverter(StringConverter):
    regex = "|".join(period.slug for period in PERIODS if period.slug)


register_converter(PeriodConverter, "period")

# Periods before kinds: a kind of such a name would have no page, and nothing else breaks.
urlpatterns = [
    path("", most_reacted, name="most_reacted"),
    path("feed/", RankingFeed(), name="most_reacted_feed"),
    path("<period:period>/", most_reacted, name="most_reacted"),
    path("<slug:kind>/", most_reacted, name="most_reacted"),
    path("<slug:kind>/<period:period>/", most_reacted, name="most_reacted"),
]
