"""The search page."""

from typing import Any

from django.views.generic import TemplateView

from practices.directory import Directory
from practices.listing import Listing


class SearchView(TemplateView):
    """Practices that hold the words asked for, in any language, with the usual filters."""

    template_name = "search/search.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        listing = Listing(self.request, Directory.of(self.request).published)
        return super().get_context_data(listing=listing, **kwargs)
