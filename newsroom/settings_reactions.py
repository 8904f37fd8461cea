"""Settings of the reactions, a part of newsroom.settings. What each number does: docs/reactions.md."""

from newsroom import env

# How long the ledger says who voted when; what it says of hours is kept for ever.
REACTIONS_LEDGER_DAYS = env.env_int("REACTIONS_LEDGER_DAYS", 30, minimum=2)
# Boards untouched for so long become sums; 0 keeps every vote.
REACTIONS_SEAL_DAYS = env.env_int("REACTIONS_SEAL_DAYS", 180)
# After `import_wp_reactions --with-voters`: an old site's cookie stands for its reader's votes here.
REACTIONS_OLD_READERS = env.env_bool("REACTIONS_OLD_READERS", False)
# What readers react to now (reactions.heat): after so many hours a reaction is worth half.
REACTIONS_HALF_LIFE_HOURS = env.env_int("REACTIONS_HALF_LIFE_HOURS", 12, minimum=1)

# --- Abuse (docs/reactions.md) --------------------------------------------------------------
# A vote from our script brings a token of this age: no sooner, no later.
REACTIONS_TOKEN_MIN_MS = env.env_int("REACTIONS_TOKEN_MIN_MS", 700)
REACTIONS_TOKEN_MAX_SECONDS = env.env_int("REACTIONS_TOKEN_MAX_SECONDS", 1_800, minimum=60)
# First votes from young cookies of one network on one quiet article before others wait; 0: any.
REACTIONS_QUOTA = env.env_int("REACTIONS_QUOTA", 30)
REACTIONS_QUOTA_SECONDS = env.env_int("REACTIONS_QUOTA_SECONDS", 600, minimum=60)
REACTIONS_YOUNG_SECONDS = env.env_int("REACTIONS_YOUNG_SECONDS", 600)
REACTIONS_BUSY_PER_HOUR = env.env_int("REACTIONS_BUSY_PER_HOUR", 2_000, minimum=1)
REACTIONS_RELEASE_HOURS = env.env_int("REACTIONS_RELEASE_HOURS", 24, minimum=1)
# When five minutes of an article open a case.
REACTIONS_ALARM_MIN_VOTES = env.env_int("REACTIONS_ALARM_MIN_VOTES", 60, minimum=1)
REACTIONS_ALARM_Z = env.env_int("REACTIONS_ALARM_Z", 6, minimum=1)
REACTIONS_ALARM_RATIO = env.env_int("REACTIONS_ALARM_RATIO", 3, minimum=1)
REACTIONS_SHARE_Z = env.env_int("REACTIONS_SHARE_Z", 8, minimum=1)
REACTIONS_FRESH_Z = env.env_int("REACTIONS_FRESH_Z", 6, minimum=1)
# On: votes from young cookies that an alarm is about wait until the case is closed.
REACTIONS_AUTO_QUARANTINE = env.env_bool("REACTIONS_AUTO_QUARANTINE", False)
