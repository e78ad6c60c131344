"""Tags of the plugin's pages in the admin."""

from typing import Any

from django import template

from practices.admin.columns import state_context

register = template.Library()


@register.inclusion_tag("practices/admin/includes/state.html")
def practice_state(practice: Any) -> dict[str, Any]:
    """State of a practice; for one that waits also the days and the traffic light."""
    return state_context(practice)


@register.filter
def get_item(names: dict[str, str], key: str) -> str:
    """The name of a key, or the key itself."""
    return names.get(key, key)
