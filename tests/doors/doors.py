"""Every address of the site."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern
from django.utils import translation
from django.utils.regex_helper import normalize

PARAMETER = re.compile(r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>")


@dataclass(frozen=True)
class Door:
    """One pattern of the resolver."""

    name: str
    form: str
    """The address, with “%(name)s” for each argument."""
    parameters: tuple[str, ...]
    callback: Any

    @property
    def namespace(self) -> str:
        return self.name.rpartition(":")[0]


def _form(pattern: Any) -> tuple[str, tuple[str, ...]]:
    """One pattern of an address, with “%(name)s” for its parameters, and their names."""
    route = str(pattern)
    if isinstance(pattern, RegexPattern):
        form, names = normalize(route)[-1]
        return form, tuple(names)
    names = [found["name"] for found in PARAMETER.finditer(route)]
    form = PARAMETER.sub(lambda found: f"%({found['name']})s", route.replace("%", "%%"))
    return form, tuple(names)


def _walk(
    resolver: URLResolver, before: str, parameters: tuple[str, ...], namespace: str
) -> Iterator[Door]:
    for pattern in resolver.url_patterns:
        form, names = _form(pattern.pattern)
        form, names = before + form, parameters + names
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern, form, names, inner)
        elif isinstance(pattern, URLPattern):
            name = namespace + (pattern.name or f"/{form}")
            yield Door(name, f"/{form}", names, pattern.callback)


def doors() -> list[Door]:
    """Every pattern, those of the page tree in both languages; each address once."""
    found: dict[str, Door] = {}
    for language in ("es", "pt-br"):
        with translation.override(language):
            for door in _walk(get_resolver(), "", (), ""):
                found.setdefault(door.form, door)
    return list(found.values())


NOT_WALKED = {
    "wagtailadmin_error_test": "raises an error on purpose",
    "wagtailadmin_logout": "signs out",
    "wagtailapi_v3:list_documents": "closed: an address before it answers 404",
    "wagtailapi_v3:detail_document": "closed: an address before it answers 404",
    "wagtailapi_v3:list_images": "closed: an address before it answers 404",
    "wagtailapi_v3:detail_image": "closed: an address before it answers 404",
}
"""Patterns that are not walked, and why."""
