"""The published versions of a practice, readable as long as it is public."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import Query

from practices.directory import Directory
from practices.models import PracticePage, PracticeVersion, Theme

from .auth import READERS
from .detail_schemas import VersionDetail, Versions
from .details import DetailParameters, references
from .ficha import Ficha
from .language import answering
from .past import Past
from .problems import ProblemSchema, not_found
from .refs import public_version
from .routing import Router

router = Router(tags=["practices"], auth=READERS)


@router.get(
    "/practices/{ref}/versions/",
    operation_id="list_versions",
    url_name="list_versions",
    summary="List the published versions of a practice",
    response={200: Versions, 401: ProblemSchema, 404: ProblemSchema, 422: ProblemSchema},
)
def list_versions(request: HttpRequest, ref: str, parameters: Query[DetailParameters]) -> Any:
    """Every publication of one language version, the newest first.

    Of a practice that is not public any more there are none to read: 404.
    """
    with answering(request, parameters.locale) as language:
        page = public_version(request, ref, language)
        found = list(_versions(page))
        return {
            "code": page.code,
            "items": [_version(request, page, version, found[0]) for version in found],
        }


@router.get(
    "/practices/{ref}/versions/{number}/",
    operation_id="get_version",
    url_name="get_version",
    summary="Read a published version",
    response={200: VersionDetail, 401: ProblemSchema, 404: ProblemSchema, 422: ProblemSchema},
)
def get_version(
    request: HttpRequest, ref: str, number: str, parameters: Query[DetailParameters]
) -> Any:
    """What a version said when it was published.

    Of a translation, shared facts are those of the original as it is now. Links to what is not
    public any more are left out.
    """
    with answering(request, parameters.locale) as language:
        page = public_version(request, ref, language)
        found = list(_versions(page).select_related("revision"))
        version = next((known for known in found if str(known.number) == number), None)
        if version is None or version.revision is None:
            raise not_found()
        return _version(request, page, version, found[0]) | {
            "code": page.code,
            **_said(request, version.revision.as_object(), language),
        }


def _versions(page: PracticePage) -> Any:
    return PracticeVersion.objects.filter(record=page.facts.record, page_id=page.pk).order_by(
        "-number"
    )


def _version(
    request: HttpRequest, page: PracticePage, version: PracticeVersion, newest: PracticeVersion
) -> dict[str, Any]:
    address = reverse("practices_v1:get_version", args=[page.pk, version.number])
    is_there = version.revision_id is not None
    return {
        "number": version.number,
        "locale": version.language,
        "published_at": version.published_at,
        "is_current": version.pk == newest.pk,
        "api_url": request.build_absolute_uri(address) if is_there else None,
    }


def _said(request: HttpRequest, then: PracticePage, language: str) -> dict[str, Any]:
    directory = Directory.of(request)
    past = Past(then, directory)
    keys = [theme.pk for theme in then.facts.themes.all()]
    ficha = Ficha(
        version=then,
        country=directory.countries(language).get(then.country),
        themes=Theme.all_with_texts(pk__in=keys),
        language=language,
        base_url=request.build_absolute_uri("/"),
        raw=past.raw,
        documents=past.documents,
    )
    return {"title": then.title, "ficha": ficha.items(), "references": references(then.facts)}
