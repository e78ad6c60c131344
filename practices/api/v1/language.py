"""The language of an answer: of what is public as `locale` says, never as a browser prefers."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import get_language_from_request
from django.utils.translation import gettext as _
from ninja import Query

from practices.languages import content_languages

from .problems import invalid_parameter


@contextmanager
def answering(request: HttpRequest, locale: str) -> Iterator[str]:
    """Answer a request in the language `locale`. Raises Problem (422) for one that there is not."""
    known = [code for code, _name in content_languages()]
    if locale not in known:
        names = ", ".join(known)
        raise invalid_parameter("locale", _("Known ones: %(names)s.") % {"names": names})
    request.LANGUAGE_CODE = locale
    with translation.override(locale):
        yield locale


LOCALE: Any = Query(  # type: ignore[type-arg]
    None,
    description="Language of messages, else the one preferred (`Accept-Language`). With a code also "
    "the language version that is meant, else the original; the id of a page names one itself.",
    enum=[code for code, _name in content_languages()],
)
"""The parameter of operations with a token."""


def spoken(request: HttpRequest, locale: str | None) -> str:
    """The language of the messages of an operation that writes: `locale`, else the one preferred.

    Such answers are kept by nobody, so that they may follow `Accept-Language`.
    """
    return locale or get_language_from_request(request)
