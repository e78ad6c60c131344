"""One practice in full."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from ninja import Query, Schema

from practices.directory import Directory
from practices.factsheets.richtext import absolute
from practices.models import PracticePage, Theme
from practices.models.catalogue import LONG_AGO
from practices.moderation.states import State
from practices.outlets.metadata import PICTURE
from practices.presentation import RELATED, Card
from practices.renditions import rendition
from practices.translation.reading import notice_of

from .auth import READERS
from .detail_schemas import PracticeDetail
from .ficha import Ficha
from .items import files, versions
from .language import answering
from .parameters import language_parameter
from .problems import ProblemSchema
from .refs import public_version
from .routing import Router

router = Router(tags=["practices"], auth=READERS)


class DetailParameters(Schema):
    """The language of a practice."""

    locale: str = language_parameter(
        "Language of the labels; with a code also of the text, where it is public in it: else the "
        "original answers. The id of a page names the text itself."
    )


@router.get(
    "/practices/{ref}/",
    operation_id="get_practice",
    url_name="get_practice",
    summary="Read a practice",
    response={200: PracticeDetail, 401: ProblemSchema, 404: ProblemSchema, 422: ProblemSchema},
)
def get_practice(request: HttpRequest, ref: str, parameters: Query[DetailParameters]) -> Any:
    """The whole ficha, item by item, with what surrounds it.

    `ref` is a code (`OSUMI-PER-0007`), a short code (`PER-7`) or the id of a page.
    """
    with answering(request, parameters.locale) as language:
        return detail(request, public_version(request, ref, language))


def detail(request: HttpRequest, version: PracticePage) -> dict[str, Any]:
    """A public version, as `PracticeDetail` has it."""
    directory = Directory.of(request)
    language = translation.get_language() or ""
    practice = version.facts
    related = with_versions(directory, practice)
    prefetch_related_objects([practice], "choices", "entities", "references")
    themes = Theme.all_with_texts(practices=practice)
    shown = card_of(practice, directory, themes)
    others = [card_of(other, directory) for other in related]
    record = practice.record
    pdf, docx = files(request, shown.url, language)
    url = request.build_absolute_uri(shown.url)
    return {
        "id": version.pk,
        "original_id": practice.pk,
        "code": record.code,
        "title": version.title,
        "locale": version.locale.language_code,
        "locales": versions(practice),
        "country": practice.country,
        "in_force": record.in_force,
        "archived_at": record.archived_at,
        "status": State.PUBLISHED.value,
        "published_at": practice.first_published_at,
        "updated_at": version.last_published_at,
        "translation": translation_state(request, version),
        "ficha": Ficha.of(request, version, shown.country, shown.themes, language).items(),
        "picture": picture(request, practice),
        "references": references(practice),
        "tags": [{"key": tag.slug, "label": tag.name} for tag in version.tags.all()],
        "related": [link(request, card) for card in others],
        "url": url,
        "pdf_url": pdf,
        "docx_url": docx,
        "versions_url": request.build_absolute_uri(
            reverse("practices_v1:list_versions", args=[version.pk])
        ),
    }


def with_versions(directory: Directory, practice: Any) -> list[PracticePage]:
    """The related practices; they and `practice` get their public translations, as cards have them.

    All versions of all of them come in one query.
    """
    chosen = directory.published.related_to(practice)[:RELATED].values("pk")
    wanted = Q(pk__in=chosen) | Q(original__in=chosen) | Q(original=practice.pk)
    found = directory.public.filter(wanted).select_related("locale", "record").order_by("path")
    related = [page for page in found if page.is_original]
    for original in (practice, *related):
        original.public_translations = [page for page in found if page.original_id == original.pk]
    newest = sorted(
        related, key=lambda page: (page.first_published_at or LONG_AGO, page.pk), reverse=True
    )
    return sorted(newest, key=lambda page: page.country == practice.country)


def card_of(practice: Any, directory: Directory, themes: Iterable[Theme] = ()) -> Card:
    """A card of an original, for what is asked of it here: version, country, address."""
    language = translation.get_language() or ""
    country = directory.countries(language).get(practice.country)
    url = directory.url(country) if country else ""
    return Card(practice, language, country, url, list(themes))


def references(practice: Any) -> list[dict[str, str]]:
    """The sources, by title."""
    return [
        {"title": reference.title or reference.url, "url": reference.url}
        for reference in practice.references.all()
    ]


def link(request: HttpRequest, card: Card) -> dict[str, Any]:
    """A card as `PracticeLink` has it."""
    return {
        "id": card.practice.pk,
        "code": card.code,
        "title": card.title,
        "locale": card.text_language,
        "country": card.practice.country,
        "url": request.build_absolute_uri(card.url),
    }


def translation_state(request: HttpRequest, version: PracticePage) -> dict[str, Any] | None:
    """What readers of a translation are told; None for an original."""
    notice = notice_of(version, None)
    if notice is None:
        return None
    return {
        "original_locale": version.facts.locale.language_code,
        "original_id": version.facts.pk,
        "original_url": request.build_absolute_uri(notice.original_url),
        "from_machine": notice.from_machine,
        "outdated_since": notice.outdated_since,
        "outdated_items": [item.key for item in notice.items],
    }


def picture(request: HttpRequest, practice: Any) -> dict[str, Any] | None:
    """The picture of a practice as other sites show it; None where there is none, or no file."""
    image = practice.picture
    shown = rendition(image, PICTURE)
    if shown is None:
        return None
    return {
        "url": absolute(shown.url, request.build_absolute_uri("/")),
        "width": shown.width,
        "height": shown.height,
        "alt": image.default_alt_text,
        "credit": getattr(image, "credit", ""),
        "locale": practice.locale.language_code,
    }
