"""The addresses of fact sheets: below the page of a practice, and by its code."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from practices.directory import Directory
from practices.models import CompilationJob, PracticeIndexPage, PracticePage
from practices.views import practice_by_code

from . import jobs, store
from .addresses import DESIGNS
from .blank import blank
from .delivery import deliver, deliver_file
from .document import ficha
from .freshness import Answer, Answers, database_state
from .gathering import gather
from .making import digest
from .pictures import Pictures
from .sheet import Sheet

_answers = Answers()


@require_safe
def practice_file(request: HttpRequest, path: str, name: str, extension: str) -> HttpResponseBase:
    """The fact sheet of the practice at `path`, in the language of the address."""
    address = request.build_absolute_uri(request.path)
    state = database_state()
    answer = _answers.get(address, state)
    stored = store.find(answer.digest, extension) if answer else None
    if answer and stored:
        response = deliver_file(request, stored, answer.digest, extension, answer.name)
    else:
        sheet, pictures = _sheet(request, path)
        document = ficha(sheet, DESIGNS[name])
        called = f"{sheet['code'].lower()}-{name}-{sheet['language']}"
        answer = Answer(digest(document, extension), called, iri_to_uri(sheet["url"]))
        response = deliver(request, document, pictures, extension, called)
        if response.status_code == HTTPStatus.OK:
            _answers.keep(address, state, answer)
    if response.status_code == HTTPStatus.OK:
        response["Link"] = f'<{answer.page}>; rel="canonical"'
    return response


def _sheet(request: HttpRequest, path: str) -> tuple[Sheet, Pictures]:
    """The sheet of the practice at a path, in the active language. Raises Http404."""
    found = Page.route_for_request(request, path)
    page = found.page if found else None
    if not isinstance(page, PracticePage):
        raise Http404
    pictures = Pictures()
    base_url = request.build_absolute_uri("/")
    language = translation.get_language() or ""
    sheets = gather([page.facts.pk], language, Directory.of(request), base_url, pictures)
    if not sheets:
        raise Http404
    return sheets[0], pictures


@require_safe
def practice_file_by_code(request: HttpRequest, code: str, extension: str) -> HttpResponse:
    """Lead from a citable code to the fact sheet, in the browser's language (302)."""
    return practice_by_code(request, code, f"ficha.{extension}")


@require_safe
def blank_file(request: HttpRequest, path: str, name: str, extension: str) -> HttpResponseBase:
    """The empty ficha, to be filled in without this site, in the language of the address."""
    found = Page.route_for_request(request, path)
    if not found or not isinstance(found.page, PracticeIndexPage):
        raise Http404
    document: Any = blank(translation.get_language() or "", Directory.of(request))
    return deliver(request, document, Pictures(), extension, name)


@require_safe
def compilation_job(request: HttpRequest, key: str) -> HttpResponse:
    """How far a compilation is, and where its file is once it is made."""
    job = jobs.looked_at(get_object_or_404(CompilationJob, key=key))
    is_under_way = job.state in jobs.UNDER_WAY
    stored = jobs.file_of(job)
    response = render(
        request,
        "practices/compilation_job.html",
        {
            "job": job,
            "is_under_way": is_under_way,
            "percent": 100 * job.done // max(job.total, 1),
            "size": stored.size if stored else 0,
        },
    )
    if is_under_way:
        response["Refresh"] = "3"
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def compilation_job_file(request: HttpRequest, key: str) -> HttpResponseBase:
    """The file that a job made; while it is not there, the page that says so."""
    job = get_object_or_404(CompilationJob, key=key)
    stored = jobs.file_of(job)
    if not jobs.is_public(job):
        return render(
            request,
            "practices/no_file.html",
            {
                "text": _(
                    "A practice of this compilation is not published any more. Make the "
                    "compilation again."
                )
            },
            status=HTTPStatus.GONE,
        )
    if stored is None:
        return redirect("practices_compilation_job", key=key)
    response = deliver_file(request, stored, job.digest, job.extension, job.name)
    response["X-Robots-Tag"] = "noindex"
    return response
