"""What templates of mails ask."""

from typing import Any

from django import template

from practices.mail import recipients
from practices.models import PracticePage

register = template.Library()


@register.filter
def concerns(page: Any, user: Any) -> bool:
    """Whether a person may be told about a page; who lost their role for its country may not."""
    return not isinstance(page, PracticePage) or recipients.concerns(page, user)
