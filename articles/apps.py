from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "The paper"

    def ready(self) -> None:
        from django.conf import settings

        from articles.photos import heic
        from newsroom import checks  # noqa: F401  (registers the system checks)

        if settings.HEIC_UPLOADS:
            heic.allow()
