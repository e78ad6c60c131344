"""Tags for what leads to a compilation."""

from urllib.parse import urlencode

from django import template
from django.template.context import Context
from django.urls import reverse

from practices.compilation.choice import MOST_PICKED, Choice
from practices.factsheets.codes import short_code
from practices.outlets.lists import query_of

register = template.Library()
register.filter("short_code", short_code)


@register.simple_tag(takes_context=True)
def list_compilation(context: Context) -> str:
    """Address of a compilation of the list that a page shows, as it is filtered."""
    query = Choice(is_list=True, languages=()).query(query_of(context["listing"]))
    return f"{reverse('practices_compilation')}?{query}"


@register.simple_tag
def most_picked() -> int:
    """How many practices may be picked by hand."""
    return MOST_PICKED


@register.simple_tag
def practice_compilation(code: str) -> str:
    """Address of a compilation that begins with a practice."""
    return f"{reverse('practices_compilation')}?{urlencode({'practices': short_code(code)})}"
