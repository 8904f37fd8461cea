"""By what right a photo is shown. Stored as text: what an import wrote beside these stays."""

from django.db import models


class RightsClass(models.TextChoices):
    STAFF = "staff", "Staff photo"
    COMMISSIONED = "commissioned", "Commissioned"
    SUBSCRIPTION = "agency_subscription", "Agency, by subscription"
    PER_USE = "agency_per_use", "Agency, paid per use"
    HANDOUT = "handout", "Handout"
    PERMISSION = "permission", "By permission (social media, readers)"
    FREE = "free", "Public domain or Creative Commons"
    QUOTED = "quotation", "Quotation, screenshot"
    OTHER = "other", "Something else"
