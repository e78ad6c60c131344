"""Pushing at the doors as somebody, with whatever bodies a browser or a client could send."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection, transaction
from wagtail.models import Page

from home.models import User
from practices.api.v1.preconditions import etag
from practices.models import PracticePage
from tests.factories import country
from tests.forms import complete_data

from .arguments import address, cases
from .doors import Door
from .queries import queries
from .walking import Answers, client_of
from .world import World

Rows = dict[str, list[tuple[Any, ...]]]


def kept(world: World, role: str) -> Rows:
    """What a role must leave as it is: what is others', for the Secretaría the administrator's."""
    return system(world) if role == "Secretaría" else system(world) | foreign(world)


def below(iso_code: str) -> Rows:
    """The pages of a country."""
    pages = Page.objects.descendant_of(country(iso_code)).order_by("pk")
    return {"pages": list(pages.values_list("pk", "path", "live", "latest_revision"))}


SYSTEM = (
    "auth.group",
    "wagtailcore.grouppagepermission",
    "wagtailcore.groupcollectionpermission",
    "wagtailcore.site",
    "wagtailcore.locale",
    "wagtailcore.collection",
    "wagtailcore.workflow",
    "wagtailcore.workflowpage",
    "wagtailcore.workflowtask",
    "wagtailcore.task",
    "wagtailcore.pageviewrestriction",
    "practices.endorsementtask",
)
"""Tables that are the administrator's alone."""


def _rows(label: str, **conditions: Any) -> list[tuple[Any, ...]]:
    manager = apps.get_model(label)._default_manager
    return list(manager.filter(**conditions).order_by("pk").values_list())


def system(world: World) -> Rows:
    """What even the Secretaría leaves as it is: the site's set-up, and accounts of others."""
    found = {label: _rows(label) for label in SYSTEM}
    found["wagtailredirects.redirect"] = _rows("wagtailredirects.redirect", pk=world.redirect.pk)
    found["practices.queuedmail"] = _rows("practices.queuedmail", pk=world.mail.pk)
    found["wagtailcore.apitoken"] = _rows("wagtailcore.apitoken", user=world.administrator)
    accounts = ("admin", "secretaria-2", "secretaria-3")
    found["home.user"] = _rows("home.user", username__in=accounts)
    groups = User.groups.through.objects.filter(user__username__in=accounts).order_by("pk")
    found["home.user.groups"] = list(groups.values_list())
    return found


def foreign(world: World) -> Rows:
    """Every row that belongs to a foreign practice or file, or to its people."""
    pages = [one.page for one in world.named.values() if one.kind == "fgn"]
    keys = [page.pk for page in pages]
    found: Rows = {}

    def note(label: str, **conditions: Any) -> None:
        found[label] = _rows(label, **conditions)

    note("wagtailcore.page", pk__in=keys)
    note("practices.practicepage", pk__in=keys)
    for label in ("practicechoice", "practiceentity", "practicereference"):
        note(f"practices.{label}", practice__in=keys)
    note("practices.practicetag", content_object__in=keys)
    note("practices.moderationstatus", page__in=keys)
    note("practices.moderationevent", page__in=keys)
    note("practices.practicecontact", translation_key__in=[page.translation_key for page in pages])
    note("practices.practicerecord", translation_key__in=[page.translation_key for page in pages])
    note("wagtailcore.revision", object_id__in=map(str, keys))
    note("wagtailcore.workflowstate", object_id__in=map(str, keys))
    note("wagtailcore.taskstate", workflow_state__object_id__in=map(str, keys))
    note("wagtailcore.comment", page__in=keys)
    note("wagtailcore.commentreply", comment__page__in=keys)
    note("home.customdocument", pk=world.document.pk)
    note("home.customimage", pk=world.image.pk)
    note("wagtailcore.uploadedfile")
    note("wagtail_localize.translation")
    note("wagtail_localize.stringtranslation")
    note("wagtail_localize.translationsource")
    note("taggit.tag", pk=world.tag)
    note("practices.theme")
    note("practices.mergedtag")
    note("practices.failedsearch")
    note("practices.webhook")
    note("practices.webhookdelivery")
    note("wagtailsearchpromotions.searchpromotion")
    found["colleague"] = _rows("home.user", pk=world.colleague.pk)
    found["colleague's tokens"] = _rows("wagtailcore.apitoken", user=world.colleague)
    found["colleague's groups"] = list(world.colleague.groups.order_by("pk").values_list("pk"))
    # Nothing new below foreign pages either.
    return found | below("cl")


def body(world: World) -> dict[str, Any]:
    """What a form could send: a complete ficha, and the fields of all the small forms."""
    secretary = Group.objects.get(name="Secretaría")
    return complete_data(title="Cambiado", slug="cambiado") | {
        "comment": "Cambiado",
        "reason": "Cambiado",
        "new_title": "Cambiado",
        "new_slug": "cambiado",
        "new_parent_page": str(country("pe").pk),
        "copy_subpages": "on",
        "publish_copies": "on",
        "position": "0",
        "chooser": str(country("pe").pk),
        "restriction_type": "password",
        "password": "cambiado",
        "password1": "cambiado-123",
        "password2": "cambiado-123",
        "username": "cambiado",
        "name": "Cambiado",
        "first_name": "Cambiado",
        "last_name": "Cambiado",
        "email": "cambiado@example.org",
        "is_superuser": "on",
        "is_active": "on",
        "groups": [str(secretary.pk)],
        "role": str(secretary.pk),
        "mark_as_active": "on",
        "include_descendants": "on",
        "locales": ["2"],
        "value": "Cambiado",
        "tags": "cambiado",
        "collection": "1",
        "old_path": "/cambiado",
        "hostname": "cambiado.example.org",
        "language_code": "pt-br",
        "active": "on",
        "in_force": "no",
        "go_live_at": "2030-01-01 10:00",
        "user": str(world.administrator.pk),
        "revision": str(world.practice("waiting").revision),
        "contact_name": "Cambiado",
        "external-link-chooser-url": "/cambiado",
        "delete": "on",
        "publish": "on",
    }


PRESSED = (
    "",
    "action-submit",
    "action-publish",
    "action-workflow-action",
    "action-cancel-workflow",
)
"""Buttons of the form of a page."""

METHODS = ("POST", "PUT", "PATCH", "DELETE")

JSON_BODIES: dict[str, tuple[dict[str, Any], ...]] = {
    "wagtailapi_v3:detail_page": (
        {"title": "Cambiado"},
        {"title": "Cambiado", "meta": {"action": "publish"}},
    ),
    "practices_v1:list_practices": (
        {"country": "cl", "title": "Cambiado"},
        {"country": "pe", "title": "Cambiado"},
    ),
    "practices_v1:get_practice": ({"title": "Cambiado"},),
    "practices_v1:get_contact": (
        {
            "contact_name": "Cambiado",
            "contact_position": "Cambiado",
            "contact_email": "cambiado@example.org",
        },
    ),
    "wagtailapi_v3:list_sites": ({"hostname": "cambiado.example.org", "port": 80},),
    "wagtailapi_v3:detail_site": ({"hostname": "cambiado.example.org", "port": 80},),
}
"""Bodies that some addresses take."""

REMARK = {"comment": "Cambiado"}
"""What decisions of our own API take; it knows no other keys, and those of v3 read what they know."""

JSON_BODY: dict[str, Any] = {
    "title": "Cambiado",
    "slug": "cambiado",
    "old_path": "/cambiado",
    "language_code": "pt-br",
    "keep_live": False,
    "locale": "pt-br",
}


def json_bodies(door: Door, arguments: dict[str, Any], world: World) -> list[dict[str, Any]]:
    """The bodies with which a door of an API is pushed."""
    if door.name in JSON_BODIES:
        return list(JSON_BODIES[door.name])
    if door.namespace == "practices_v1":
        return [REMARK]
    meta = {"type": "practices.PracticePage", "parent_id": country("cl").pk}
    if door.name == "wagtailapi_v3:list_pages":
        return [
            {"title": "Cambiado", "meta": meta},
            {"title": "Cambiado", "meta": meta | {"action": "publish"}},
        ]
    asked = str(arguments.get("page_id", ""))
    foreign = next((one for one in world.practices if str(one.page.pk) == asked), None)
    return [
        JSON_BODY
        | {
            "revision_id": foreign.first_revision if foreign else 0,
            "destination_id": parent,
            "parent_id": parent,
        }
        for parent in (country("cl").pk, country("pe").pk)
    ]


def bodies(door: Door, world: World) -> list[dict[str, Any]]:
    """The bodies with which a door is pushed."""
    if door.name == "wagtailadmin_pages:add":
        ficha = complete_data(title="Cambiado", slug="cambiado")
        return [ficha | ({button: "1"} if button else {}) for button in PRESSED[:3]]
    if door.name != "wagtailadmin_pages:edit":
        return [body(world)]
    decision = {
        "workflow-action-name": "approve_and_publish",
        "workflow-action-extra-data": json.dumps({"comment": "Cambiado"}),
    }
    ficha = complete_data(title="Cambiado", slug="cambiado") | decision
    return [ficha | ({button: "1"} if button else {}) for button in PRESSED]


UPSTREAM = {
    "wagtailsnippetchoosers_practices_theme:create": "Wagtail's chooser has no form to create with",
    "wagtailsnippetchoosers_taggit_tag:create": "Wagtail's chooser has no form to create with",
}
"""Doors that answer 500 to a body that no browser sends, and why."""


@contextmanager
def noting_writes() -> Iterator[list[str]]:
    """The statements within that write: without any, the state needs no comparing."""
    writes: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        if not sql.lstrip("( ").startswith(("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")):
            writes.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield writes


def push(
    doors: list[Door], role: str, world: World, state: Callable[[], Any]
) -> tuple[Answers, list[str]]:
    """Post at each door; returns what was given away, and where the state became another."""
    answers, changed = Answers(role, world), list[str]()
    client = client_of(role)
    signed_in = {name: morsel.value for name, morsel in client.cookies.items()}
    before = state()
    for door, asked, data in _pushes(doors, world):
        with transaction.atomic():
            with noting_writes() as writes:
                response = client.post(asked, data)
            # After a refusal that undid everything there is nothing to compare.
            if not connection.needs_rollback:
                answers.look(door, asked, response)
                if writes and state() != before:
                    changed.append(f"{door.name} {response.status_code} {asked}")
            transaction.set_rollback(True)
        client.cookies = SimpleCookie(signed_in)
    answers.errors = [error for error in answers.errors if error.split()[0] not in UPSTREAM]
    return answers, changed


def _pushes(doors: list[Door], world: World) -> Iterator[tuple[Door, str, dict[str, Any]]]:
    for door in doors:
        for arguments in cases(door, world):
            asked = f"{address(door, arguments)}?{queries(door, world)[0]}"
            for data in bodies(door, world):
                yield door, asked, data


def push_api(
    doors: list[Door], role: str, world: World, state: Callable[[], Any]
) -> tuple[Answers, list[str]]:
    """Write at each door of the APIs by token, with each method."""
    answers, changed = Answers(role, world), list[str]()
    client = client_of(role, by_token=True)
    before = state()
    for door, method, asked, data, headers in _writes(doors, world):
        with transaction.atomic():
            with noting_writes() as writes:
                response = client.generic(
                    method,
                    asked,
                    json.dumps(data),
                    content_type="application/json",
                    headers=headers,
                )
            answers.look(door, f"{method} {asked}", response)
            if writes and state() != before:
                changed.append(f"{door.name} {response.status_code} {method} {asked}")
            transaction.set_rollback(True)
    return answers, changed


def _writes(
    doors: list[Door], world: World
) -> Iterator[tuple[Door, str, str, dict[str, Any], dict[str, str]]]:
    for door in doors:
        for arguments in cases(door, world):
            # Decisions name the text that was read: here as somebody to whom it was betrayed.
            page = PracticePage.objects.filter(pk=arguments.get("ref")).first()
            headers = {"If-Match": etag(page)} if page else {}
            for method in METHODS:
                for data in json_bodies(door, arguments, world):
                    yield door, method, address(door, arguments), data, headers
