"""The search page, and what is suggested while somebody types."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from practices.listing import Listing
from practices.searches import count_if_failed, promoted

from .suggestions import suggestions

MAX_AGE = 300
"""Seconds for which a browser may keep suggestions."""


class SearchView(TemplateView):
    """Practices that hold the words asked for, in any language, with the usual filters."""

    template_name = "practices/search.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        listing = Listing(self.request)
        count_if_failed(listing, self.request)
        recommended = []
        if listing.filter.query and listing.page.number == 1:
            recommended = promoted(listing.filter.query, self.request)
        return super().get_context_data(listing=listing, promoted=recommended, **kwargs)


@require_safe
def suggestions_json(request: HttpRequest) -> JsonResponse:
    """What begins with the words typed so far, and how many that are, in words."""
    found = suggestions(request.GET.get("q", ""), request)
    count = ngettext("%(count)s suggestion", "%(count)s suggestions", len(found))
    response = JsonResponse(
        {
            "suggestions": [one.as_json() for one in found],
            "status": count % {"count": len(found)},
        }
    )
    response["Cache-Control"] = f"public, max-age={MAX_AGE}"
    response["X-Robots-Tag"] = "noindex"
    return response
