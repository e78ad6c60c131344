"""The files of publications, below their pages."""

from http import HTTPStatus

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from practices.directory import Directory
from practices.factsheets.making import CONTENT_TYPES
from practices.files.delivery import deliver
from practices.models import PublicationFile, PublicationPage
from practices.organisation import told

from .files import Answer, ask
from .showing import file_name

SECONDS = 20
"""How long who asks for a file that is being made waits before asking again."""


@require_safe
def publication_file(
    request: HttpRequest, path: str, name: str, extension: str
) -> HttpResponseBase:
    """A file of the last edition of the public publication at `path`.

    It is made now where no worker made it; a plain page says so while somebody else does (503),
    and where it cannot be made (500).
    """
    found = Page.route_for_request(request, path)
    page = found.page if found else None
    if (
        not isinstance(page, PublicationPage)
        or name != file_name(page.locale.language_code)
        or page.edition is None
        or Directory.of(request).hides(page)
    ):
        raise Http404
    files = PublicationFile.objects.select_related("edition")
    file = files.filter(edition=page.edition, extension=extension).first()
    if file is None:
        raise Http404
    answer = ask(file)
    if answer is not Answer.MADE:
        return _told(request, answer)
    response = deliver(
        request,
        file.file,
        content_type=CONTENT_TYPES[extension],
        filename=f"{page.slug}-{page.edition.number}.{extension}",
        attachment=extension != "pdf",
        public=True,
        etag=file.digest,
    )
    response["Link"] = f'<{page.full_url}>; rel="canonical"'
    return response


def _told(request: HttpRequest, answer: Answer) -> HttpResponseBase:
    status, text = {
        Answer.BEING_MADE: (
            HTTPStatus.SERVICE_UNAVAILABLE,
            _("This file is being made. This page opens it as soon as it is there."),
        ),
        Answer.FAILED: (
            HTTPStatus.INTERNAL_SERVER_ERROR,
            told(_("This file could not be made; %(secretariat)s knows about it.")),
        ),
    }[answer]
    response = render(request, "practices/no_file.html", {"text": text}, status=status)
    response["Cache-Control"] = "no-store"
    if answer is Answer.BEING_MADE:
        response["Retry-After"] = response["Refresh"] = str(SECONDS)
    return response
