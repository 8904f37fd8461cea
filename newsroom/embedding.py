"""What a newsroom chooses about embed providers.

Apart from settings.py, which asks the registry of providers for its Content-Security-Policy.
"""

from newsroom import env

# The servers whose posts are embeds: anyone may run one, so each is a matter of trust.
MASTODON_HOSTS = env.env_list(
    "MASTODON_HOSTS",
    [
        "mastodon.social",
        "mastodon.online",
        "mstdn.social",
        "mas.to",
        "hachyderm.io",
        "fosstodon.org",
        "mastodon.world",
        "infosec.exchange",
        "journa.host",
        "newsie.social",
    ],
)
# The newsroom's own player at Dailymotion, which wants to know whose frame it is.
DAILYMOTION_PLAYER = env.env_str("DAILYMOTION_PLAYER")
