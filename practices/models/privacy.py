"""View restrictions of a page found in one query."""

from typing import Any

from wagtail.models import PageViewRestriction


class RestrictionsByPathMixin:
    """As `Page.get_view_restrictions`, without reading the ancestors first.

    Only for page types that are never aliases: Wagtail looks an alias's source up as well.
    """

    def get_view_restrictions(self) -> Any:
        path, step = self.path, self.steplen  # type: ignore[attr-defined]
        ancestry = [path[:end] for end in range(step, len(path) + 1, step)]
        return PageViewRestriction.objects.filter(page__path__in=ancestry)
