"""The page on which readers put a compilation together, and its files."""

from dataclasses import replace
from http import HTTPStatus
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from practices.factsheets.compiling import COUNTRY, NONE, THEME
from practices.factsheets.delivery import deliver_order
from practices.factsheets.document import FULL, MOST_PRACTICES, SUMMARY
from practices.languages import content_languages
from practices.outlets.cells import dated

from .choice import LONGEST_TITLE, MOST_PICKED, Choice, codes_in
from .content import Content, default_title

CHOSEN = "#chosen"
"""The place of the page where the practices stand."""

DESIGNS = [
    (FULL, _("Whole fact sheets"), _("All items of each practice, on two pages or more.")),
    (SUMMARY, _("One page each"), _("The essential of each practice: summary, figures, contact.")),
]
GROUPINGS = [
    (NONE, _("None: in the order of the list")),
    (COUNTRY, _("By country")),
    (THEME, _("By theme")),
]
"""Values and labels; of a design also what it means."""

LONGEST_NAME = 60
"""Characters of the name of a file, day and extension aside."""


@require_safe
def compilation(request: HttpRequest) -> HttpResponse:
    """The practices that the address names, to be ordered, described and downloaded.

    The buttons of the page without its script lead here as well, and on to the address that
    stands for what they did.
    """
    content = Content(Choice.parse(request.GET), request)
    done, place = _acted(request, content)
    if done is None:
        return _page(request, content)
    query = done.query(content.list_query, undoable=True)
    if content.choice.rejected:  # what was typed and is no code stays, to be told
        query = "&".join(
            filter(None, [query, urlencode({"add": " ".join(content.choice.rejected)})])
        )
    path = reverse("practices_compilation")
    return redirect(f"{path}?{query}{place}" if query else f"{path}{place}")


@require_safe
def compilation_file(request: HttpRequest, extension: str) -> HttpResponseBase:
    """A compilation as a file; the page (400) where there is nothing to be made, or too much."""
    content = Content(Choice.parse(request.GET), request)
    if not content.total or content.is_too_long:
        return _page(request, content, HTTPStatus.BAD_REQUEST)
    order = content.order
    title = slugify(order.wishes.title) or slugify(default_title(content.language))
    name = dated(title[:LONGEST_NAME].strip("-"))
    response = deliver_order(request, order, extension, name)
    response["X-Robots-Tag"] = "noindex"
    return response


def _acted(request: HttpRequest, content: Content) -> tuple[Choice | None, str]:
    """What a button makes of a choice, and the place of the page to go on at; None without one."""
    choice, asked = content.choice, request.GET
    for name, step in (("up", -1), ("down", 1)):
        if name in asked:
            code = _code(asked, name)
            return choice.moved(code, step), f"#{code}" if code else CHOSEN
    if "remove" in asked:
        return choice.without(_code(asked, "remove")), CHOSEN
    if "clear" in asked:
        return choice.emptied(), CHOSEN
    if "tidy" in asked:
        return choice.of(content.picked), CHOSEN
    is_clear = not choice.rejected and not choice.left_out
    if is_clear and ("add" in asked or "apply" in asked):
        return replace(choice, before=()), CHOSEN
    return None, ""


def _code(parameters: QueryDict, name: str) -> str:
    return next(iter(codes_in(parameters.getlist(name))[0]), "")


def _page(
    request: HttpRequest, content: Content, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    context = {
        "choice": content.choice,
        "content": content,
        "listed": content.listing,
        "list_pairs": parse_qsl(content.list_query.removeprefix("?")),
        "languages_offered": content_languages(),
        "designs": DESIGNS,
        "groupings": GROUPINGS,
        "default_title": default_title(content.language),
        "longest_title": LONGEST_TITLE,
        "most_picked": MOST_PICKED,
        "most_listed": MOST_PRACTICES,
        "is_refused": status == HTTPStatus.BAD_REQUEST,
    }
    response = render(request, "practices/compilation.html", context, status=status)
    if request.GET:
        response["X-Robots-Tag"] = "noindex"
    return response
