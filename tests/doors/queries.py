"""Queries that could open more than an address alone."""

from collections.abc import Callable

from tests.factories import country

from .arguments import pages_of
from .doors import Door
from .world import WORD, World

LISTS = ("", f"q={WORD}", "export=csv")
"""What addresses without an argument are asked."""


def queries(door: Door, world: World) -> list[str]:
    """Queries of an address that could open more than the address alone."""
    if door.name in QUERIES:
        return QUERIES[door.name](world)
    return list(LISTS) if not door.parameters else [""]


def _ids(pks: list[int]) -> str:
    return "&".join(f"id={pk}" for pk in pks)


def _chooser(world: World) -> list[str]:
    return [
        "",
        f"q={WORD}",
        f"q={WORD}&page_type=practices.PracticePage",
        "page_type=practices.PracticePage&multiple=1",
        "page_type=practices.CountryPage,practices.PracticePage",
        f"q={WORD}&multiple=1&allow_external_link=true",
    ]


def _api(world: World) -> list[str]:
    return [
        "",
        "fields=*&limit=100",
        f"search={WORD}&limit=100",
        f"search={WORD}&type=practices.PracticePage&version=draft",
        "type=practices.PracticePage&fields=*&limit=100&order=-id",
        f"child_of={country('cl').pk}&limit=100",
        f"translation_of={world.practice('edited').page.pk}",
        f"descendant_of={country('cl').pk}&limit=100&for_explorer=1",
    ]


def _user(world: World) -> list[str]:
    return [*LISTS, f"user={world.colleague.pk}", "export=xlsx"]


def _chosen(name: str) -> Callable[[World], list[str]]:
    return lambda world: [
        f"id={getattr(world, name).pk}",
        f"id={getattr(world, name).pk}&multiple=1",
    ]


QUERIES: dict[str, Callable[[World], list[str]]] = {
    "wagtail_bulk_action": lambda world: [
        f"{_ids(pages_of(world))}&next=/admin/",
        "id=all",
        f"id=all&childOf={country('cl').pk}",
        _ids([world.document.pk, world.image.pk, world.tag]),
        _ids([world.administrator.pk, world.colleague.pk]),
    ],
    "wagtailadmin_explore": lambda _world: ["", f"q={WORD}", "ordering=ord", "export=csv"],
    "wagtailadmin_choose_page": _chooser,
    "wagtailadmin_choose_page_search": _chooser,
    "wagtailadmin_choose_page_child": lambda _world: ["", "multiple=1"],
    "wagtailadmin_choose_page_chosen_multiple": lambda world: [_ids(pages_of(world))],
    "wagtailadmin_tag_autocomplete": lambda _world: ["term=Que", "term=zqx"],
    "wagtailadmin_tag_model_autocomplete": lambda _world: ["term=Que", "term=zqx"],
    "wagtailadmin_api:pages:listing": _api,
    "wagtailadmin_api:documents:listing": _api,
    "wagtailadmin_api:images:listing": _api,
    "wagtailadmin_api:pages:detail": lambda _world: ["", "fields=*"],
    "wagtailadmin_api:pages:find": lambda world: [f"id={pk}" for pk in pages_of(world)],
    "wagtailadmin_api:documents:find": lambda world: [f"id={world.document.pk}"],
    "wagtailadmin_api:images:find": lambda world: [f"id={world.image.pk}"],
    "wagtailapi:pages:listing": _api,
    "wagtailapi:pages:detail": lambda _world: ["", "fields=*"],
    "wagtailapi:pages:find": lambda world: [
        *(f"id={pk}" for pk in pages_of(world)),
        *(f"html_path={practice.page.url}" for practice in world.practices),
    ],
    "wagtailapi_v3:list_pages": _api,
    "wagtailapi_v3:detail_page": lambda _world: ["", "version=draft", "rich_text_format=html"],
    "wagtailapi_v3:find_page": lambda world: [
        *(f"id={pk}" for pk in pages_of(world)),
        *(f"html_path={practice.page.url}" for practice in world.practices),
    ],
    "wagtailapi_v3:list_page_revisions": lambda _world: ["", f"object_str={WORD}"],
    "wagtailapi_v3:detail_page_revision": lambda _world: ["", "version=draft"],
    "practices_v1:list_practices": lambda _world: [
        "",
        f"q={WORD}&limit=100&facets=true",
        "status=draft&limit=100",
    ],
    "wagtailadmin_reports:site_history": _user,
    "wagtailadmin_reports:site_history_results": _user,
    "wagtailadmin_reports:workflow": _user,
    "wagtailadmin_reports:workflow_tasks": _user,
    "wagtailadmin_reports:locked_pages": lambda world: [
        *LISTS,
        f"locked_by={world.colleague.pk}",
    ],
    "fichas:index": lambda _world: [*LISTS, "export=xlsx", "country=cl", "state=draft"],
    "fichas:index_results": lambda _world: [*LISTS, "country=cl"],
    "practices_moderationevent_modeladmin_index": lambda _world: [
        *LISTS,
        "export=xlsx",
        "country=cl",
    ],
    "practice_failed_searches": lambda _world: [*LISTS, "export=xlsx", "language=es"],
    "wagtailsearchpromotions:index": lambda _world: list(LISTS),
    "wagtailsearchpromotions:chooser": lambda _world: ["", f"q={WORD}"],
    "wagtaildocs_chooser:choose": lambda _world: ["", f"q={WORD}", "collection_id=1"],
    "wagtaildocs_chooser:choose_results": lambda _world: ["", f"q={WORD}"],
    "wagtailimages_chooser:choose": lambda _world: ["", f"q={WORD}", "select_format=true"],
    "wagtailimages_chooser:choose_results": lambda _world: ["", f"q={WORD}"],
    "wagtaildocs_chooser:chosen_multiple": _chosen("document"),
    "wagtailimages_chooser:chosen_multiple": _chosen("image"),
    "wagtailsnippetchoosers_taggit_tag:chosen_multiple": lambda world: [f"id={world.tag}"],
    "wagtailadmin_pages:view_draft": lambda _world: ["", "mode=print"],
    "wagtailadmin_pages:copy": lambda _world: ["", "next=/admin/"],
    "wagtailadmin_pages:history": lambda _world: ["", "export=csv"],
    "wagtailadmin_pages:type_use": lambda _world: list(LISTS),
    "wagtailadmin_pages:type_use_results": lambda _world: list(LISTS),
    "wagtailadmin_login": lambda world: [
        f"next=/admin/pages/{world.practice('draft').page.pk}/edit/"
    ],
    "wagtail_serve": lambda _world: [""],
    "practices_search": lambda _world: ["", f"q={WORD}", f"q={WORD}&country=cl&page=2"],
    "practices_oai": lambda _world: [
        "verb=ListRecords&metadataPrefix=oai_dc",
        "verb=ListIdentifiers&metadataPrefix=oai_dc&set=country:cl",
    ],
    "practices_oembed": lambda world: [
        *(f"url=http://testserver{practice.page.url}" for practice in world.practices),
        f"url=http://testserver/ficha/{world.practice('unpublished').page.record.code}/",
    ],
    "practices_suggestions": lambda _world: [f"q={WORD}", "q=expe", "q=etiq"],
}
"""What else addresses are asked, by their names."""
