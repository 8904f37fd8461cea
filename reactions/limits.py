"""The rules' numbers, as the operator set them."""

from django.conf import settings

from reactions.alarms import Thresholds


def limits() -> Thresholds:
    """Today's thresholds. Read each time: it is nine attributes."""
    return Thresholds(
        quota=settings.REACTIONS_QUOTA,
        quota_seconds=settings.REACTIONS_QUOTA_SECONDS,
        young_seconds=settings.REACTIONS_YOUNG_SECONDS,
        busy_per_hour=settings.REACTIONS_BUSY_PER_HOUR,
        alarm_min_votes=settings.REACTIONS_ALARM_MIN_VOTES,
        alarm_z=settings.REACTIONS_ALARM_Z,
        alarm_ratio=settings.REACTIONS_ALARM_RATIO,
        share_z=settings.REACTIONS_SHARE_Z,
        fresh_z=settings.REACTIONS_FRESH_Z,
    )
