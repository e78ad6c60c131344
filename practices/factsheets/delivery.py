"""Answering a request with a fact sheet: from the cache, made now, or made in the background."""

import logging
from contextlib import suppress
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from practices.files.delivery import deliver as deliver_stored
from practices.limits import is_too_often
from practices.organisation import told

from . import store
from .compiling import AT_ONCE, Order, assemble
from .document import Document
from .failures import make_or_tell
from .jobs import start
from .making import CONTENT_TYPES, digest
from .pdf import RenderError
from .pictures import Pictures

logger = logging.getLogger(__name__)

PATIENCE, SHORT_PATIENCE = 20, 1
"""Seconds that a request waits while the machine is busy: with nothing else to do, and with."""

MOST_MADE, MOST_ASKED, MOST_JOBS, SECONDS = 60, 20, 5, 60
"""How many sheets an address may have made, compilations ask for, and jobs begin, in so many
seconds."""


def deliver(
    request: HttpRequest, document: Document, pictures: Pictures, extension: str, name: str
) -> HttpResponseBase:
    """A file called `name` (without extension) of a document, made unless the cache has it.

    A plain page says what to do where it cannot be made (500), the machine is too busy (503), or
    the address asks too often (429).
    """
    is_made = store.find(digest(document, extension), extension) is not None
    if not is_made and is_too_often(request, "sheet", MOST_MADE, SECONDS):
        return too_often(request)
    try:
        return _made(request, document, pictures, extension, name, patience=PATIENCE)
    except store.BusyError:
        return _busy(request)


def deliver_order(
    request: HttpRequest, order: Order, extension: str, name: str
) -> HttpResponseBase:
    """A compilation: at once where it is small and the machine is free, else by a job (303)."""
    if is_too_often(request, "compilation", MOST_ASKED, SECONDS):
        return too_often(request)
    if len(order.practices) * len(order.languages) <= AT_ONCE:
        document, pictures = assemble(order)
        with suppress(store.BusyError):  # the worker makes it
            return _made(request, document, pictures, extension, name, patience=SHORT_PATIENCE)
    if is_too_often(request, "job", MOST_JOBS, SECONDS):
        return too_often(request)
    job = start(order, extension, name)
    response = redirect("practices_compilation_job", key=job.key)
    response.status_code = HTTPStatus.SEE_OTHER
    return response


def _made(
    request: HttpRequest,
    document: Document,
    pictures: Pictures,
    extension: str,
    name: str,
    *,
    patience: float,
) -> HttpResponseBase:
    """The file of a document from the cache or made now; a page where it cannot be made.

    Raises BusyError.
    """
    key = digest(document, extension)
    try:
        stored = store.find_or_make(
            key, extension, lambda: make_or_tell(document, pictures, extension), patience
        )
    except RenderError:
        return _failed(request)
    except OSError:
        logger.exception("A file could not be kept: %s", request.path)
        return _failed(request)
    return deliver_file(request, stored, key, extension, name)


def deliver_file(
    request: HttpRequest, stored: store.StoredFile, key: str, extension: str, name: str
) -> HttpResponseBase:
    """A file that was made: PDF is shown, Word is saved."""
    return deliver_stored(
        request,
        stored,
        content_type=CONTENT_TYPES[extension],
        filename=f"{name}.{extension}",
        attachment=extension != "pdf",
        public=True,
        etag=key,
    )


def too_often(request: HttpRequest) -> HttpResponse:
    """The answer to an address that asks too often."""
    text = _("Too many files were asked for from your address. Wait a minute and try again.")
    response = _told(request, text, HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(SECONDS)
    return response


def _busy(request: HttpRequest) -> HttpResponse:
    text = _("Many files are being made right now. Wait a minute and try again.")
    response = _told(request, text, HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = "30"
    return response


def _failed(request: HttpRequest) -> HttpResponse:
    text = told(
        _(
            "This file could not be made; %(secretariat)s knows about it. Meanwhile, read and "
            "print the pages of the practices."
        )
    )
    return _told(request, text, HTTPStatus.INTERNAL_SERVER_ERROR)


def _told(request: HttpRequest, text: str, status: int) -> HttpResponse:
    response = render(request, "practices/no_file.html", {"text": text}, status=status)
    response["Cache-Control"] = "no-store"
    return response
