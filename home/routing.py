"""Finding a page by its address with one query a level instead of two."""

from typing import Any

from django.http import Http404, HttpRequest


class DeferredRouteMixin:
    """For pages that many others lie below: children are found without their own columns.

    As `Page.route`, which reads each child twice, once as a page and once as its own type.
    A page that is served loads the rest when a template asks for it.
    """

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        if not path_components:
            return super().route(request, path_components)  # type: ignore[misc]
        if any("\x00" in component for component in path_components):
            raise Http404  # PostgreSQL answers a query with NUL by an error
        child = self.get_children().filter(slug=path_components[0]).first()  # type: ignore[attr-defined]
        if child is None:
            raise Http404
        child._cached_parent_obj = self
        return child.specific_deferred.route(request, path_components[1:])
