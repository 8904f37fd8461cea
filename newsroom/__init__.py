"""The project: configuration on top, a model-free library below (newsroom.lib)."""

from newsroom.celery import app as celery_app

__all__ = ["celery_app"]
