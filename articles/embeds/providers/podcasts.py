"""Podcasts: single episodes, and whole shows."""

from articles.embeds.provider import Hook, OEmbed
from articles.embeds.table import TableProvider

APPLE_PODCASTS = TableProvider(
    slug="apple_podcasts",
    name="Apple Podcasts",
    kind="podcast",
    sites=("podcasts.apple.com", "embed.podcasts.apple.com", "itunes.apple.com"),
    # Country and title of the show may stand before its number.
    parts={
        "page": "(?:[a-z]{2}/)?podcast/(?:[^/]+/)?",
        "show": "[0-9]{5,15}",
        "id": "[0-9]{5,15}",
    },
    addresses=("/{page}id{show}?i={id}", "/{page}id{id}"),
    canonical=(
        "https://podcasts.apple.com/{page}id{show}?i={id}",
        "https://podcasts.apple.com/{page}id{id}",
    ),
    frames=(
        ("https://embed.podcasts.apple.com/{page}id{show}?i={id}", "audio"),
        ("https://embed.podcasts.apple.com/{page}id{id}", "tracks"),
    ),
    shortcodes=("applepodcasts",),
    oembed=OEmbed(
        endpoint="https://podcasts.apple.com/api/oembed", hosts=frozenset({"podcasts.apple.com"})
    ),
)

MEGAPHONE = TableProvider(
    slug="megaphone",
    name="Megaphone",
    kind="podcast",
    parts={"id": "[A-Za-z0-9]{6,24}", "show": "[A-Za-z0-9_-]{2,64}", "channel": "[^/]+"},
    addresses=(
        "player.megaphone.fm/{id}",
        "playlist.megaphone.fm/?e={id}",
        "cms.megaphone.fm/channel/{channel}?selected={id}",
        "megaphone.link/{id}",
        "player.megaphone.fm/playlist/{show}",
        "playlist.megaphone.fm/?p={show}",
    ),
    canonical=("https://player.megaphone.fm/{id}", "https://playlist.megaphone.fm/?p={show}"),
    media_id=("{id}", "{show}"),
    frames=(
        ("https://player.megaphone.fm/{id}", "audio"),
        ("https://playlist.megaphone.fm/?p={show}", "tracks"),
    ),
    hooks=(
        Hook("amp-megaphone", ("data-episode",), template="https://player.megaphone.fm/{}"),
        Hook("amp-megaphone", ("data-playlist",), template="https://playlist.megaphone.fm/?p={}"),
    ),
    shortcodes=("megaphone",),
    id_url="https://player.megaphone.fm/{}",
)

ROWS = (APPLE_PODCASTS, MEGAPHONE)
