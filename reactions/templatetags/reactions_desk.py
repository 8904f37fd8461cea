"""What the pages of the reactions' desk share."""

from typing import Any

from django import template

from reactions.admin.tabs import tabs
from reactions.charts import number

register = template.Library()
register.filter("number", number)  # {{ 12345|number }}: 12,345


@register.inclusion_tag("admin/reactions/_tabs.html", takes_context=True)
def reaction_tabs(context: Any) -> dict[str, Any]:
    """{% reaction_tabs %}: the row of tabs (reactions.admin.tabs), none in a pop-up."""
    return {"tabs": [] if context.get("is_popup") else tabs(context["request"])}
