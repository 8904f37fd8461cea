"""A day's key, under which networks get their names. Gone when the day after is over."""

from django.db import models


class NetKey(models.Model):
    day = models.DateField(primary_key=True)
    key = models.BinaryField()

    def __str__(self) -> str:
        return f"The key of {self.day}"
