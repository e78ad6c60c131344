"""Lists of practices: what is public, or what the owner of a token may edit."""

from typing import Any

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _
from ninja import Query
from wagtail.models import Page
from wagtail.permissions import policy_registry

from practices.filters import Facet
from practices.listing import Selection
from practices.models import PracticePage

from .auth import READERS
from .items import draft, item, sparse
from .language import answering
from .parameters import ListParameters, chosen_fields, require_alone, require_known
from .problems import ProblemSchema, invalid_parameter, unauthenticated
from .routing import Router
from .schemas import ListAnswer, ListItem

router = Router(tags=["practices"], auth=READERS)

FIELDS = list(ListItem.model_fields)


@router.get(
    "/practices/",
    operation_id="list_practices",
    summary="List practices",
    response={200: ListAnswer, 401: ProblemSchema, 422: ProblemSchema},
    exclude_unset=True,
)
def list_practices(request: HttpRequest, parameters: Query[ListParameters]) -> Any:
    """Public practices, each once for all its languages, as the site's own lists find them.

    A token changes nothing of that, unless `status=draft` asks for what its owner may edit.
    """
    fields = chosen_fields(parameters.fields, FIELDS)
    with answering(request, parameters.locale):
        if parameters.status == "published":
            return _published(request, parameters, fields)
        if parameters.status == "draft":
            return _drafts(request, parameters, fields)
    raise invalid_parameter("status", _("Known ones: %(names)s.") % {"names": "published, draft"})


def _published(
    request: HttpRequest, parameters: ListParameters, fields: set[str] | None
) -> dict[str, Any]:
    selection = Selection(request, parameters.offset, parameters.limit)
    require_known(selection.filter)
    found = [item(card, request) for card in selection.cards]
    answer: dict[str, Any] = {"count": selection.total, "items": sparse(found, fields)}
    if selection.filter.query:
        reading = selection.reading
        manner = reading.manner.replace(" ", "_")
        answer["reading"] = {"text": reading.text, "manner": manner}
    if parameters.facets:
        answer["facets"] = facets(selection.facets)
    return answer


def facets(found: list[Facet]) -> list[dict[str, Any]]:
    """Facets as `FacetSchema` has them."""
    language = translation.get_language() or ""
    return [
        {
            "name": facet.name,
            "label": str(facet.label),
            "values": [
                {
                    "value": option.value,
                    "label": str(option.label),
                    "locale": option.language or language,
                    "count": option.count,
                    "selected": option.selected,
                }
                for option in facet.options
            ],
        }
        for facet in found
    ]


def _drafts(
    request: HttpRequest, parameters: ListParameters, fields: set[str] | None
) -> dict[str, Any]:
    if not request.user.is_authenticated:
        raise unauthenticated()
    require_alone(request)
    editable = policy_registry.get_by_type(Page).instances_user_has_permission_for(
        request.user, "change"
    )
    pages = PracticePage.objects.filter(pk__in=editable.order_by().values("pk"))
    if countries := [code for code in parameters.country if code]:
        pages = pages.in_country(code for code in countries if "\x00" not in code)
    pages = pages.defer_streamfields().select_related(
        "locale", "record", "original__record", "moderation"
    )
    pages = pages.order_by("-latest_revision_created_at", "-pk")
    part = pages[parameters.offset : parameters.offset + parameters.limit]
    found = [draft(page, request) for page in part]
    return {"count": pages.count(), "items": sparse(found, fields)}
