"""Django's admin, loaded by what serves it (newsroom.urls) or checks it: the worker does neither, and
a third of the code in memory is forms.
"""

from typing import Any

from django.contrib.admin import autodiscover
from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.admin.checks import check_admin_app, check_dependencies
from django.core import checks


class DeskConfig(SimpleAdminConfig):
    def ready(self) -> None:
        checks.register(check_dependencies, checks.Tags.admin)
        checks.register(check_desk, checks.Tags.admin)


def check_desk(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Django's own check of what is registered, once everything is."""
    autodiscover()
    return list(check_admin_app(app_configs, **kwargs))
