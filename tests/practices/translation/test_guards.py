"""wagtail-localize's addresses: nobody's for practices, and by the page's own permissions elsewhere."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import get_resolver, reverse

from home.models import User
from practices.admin import doors
from practices.moderation.access import Role, group_name
from practices.moderation.roles import sync_roles
from tests.factories import make_practice, translate
from tests.practices.moderation.steps import signed_in

from .localized import BUTTONS, CLOSED, SOURCE, TARGET, Work, at_work, gives_away, rows

pytestmark = pytest.mark.django_db

READ = (
    "submit_page_translation",
    "update_translations",
    "convert_to_alias",
    "download_pofile",
    "preview_translation",
)
WRITTEN = (
    *READ,
    "edit_string_translation",
    "edit_override",
    "upload_pofile",
    "machine_translate",
    "stop_translation",
)
GLOBAL = {
    "translations_report": (),
    "translations_report_results": (),
    "snippets_api_listing": ("practices", "theme"),
    "snippets_api_detail": ("practices", "theme", 1),
    "submit_snippet_translation": ("practices", "theme", 1),
}


@pytest.fixture
def practice() -> Work:
    """A practice of Perú with its translation."""
    original = make_practice(title=SOURCE, published=True)
    return at_work(original, translate(original, title=TARGET))


EVERYBODY = (
    "another country",
    "own country",
    "translator",
    "focal point",
    "Secretaría",
    "superuser",
)


@pytest.mark.parametrize("who", EVERYBODY)
def test_practices_are_nobodys(who: str, practice: Work, people: dict[str, User]) -> None:
    client = signed_in(people[who])
    before = rows(practice)
    for name in WRITTEN:
        methods: list[Callable[..., Any]] = [client.post, client.put, client.delete]
        if name != "submit_page_translation":
            methods.append(client.get)
        for method in methods:
            answer = method(practice.address(name))
            assert answer.status_code == CLOSED, (name, method)
            assert not gives_away(answer), name
    assert rows(practice) == before


def test_to_begin_leads_to_our_own_page(people: dict[str, User], practice: Work) -> None:
    other = make_practice(title=SOURCE, published=True)
    address = reverse("wagtail_localize:submit_page_translation", args=[other.pk])
    for who in EVERYBODY:
        answer = signed_in(people[who]).get(address)
        if who in ("Secretaría", "superuser"):
            assert answer["Location"] == reverse("practice_translate", args=[other.pk, "pt-br"])
        else:
            assert answer.status_code == CLOSED
    again = signed_in(people["superuser"]).get(practice.address("submit_page_translation"))
    assert again["Location"] == reverse("practice_coverage")


@pytest.mark.parametrize("who", ["own country", "translator", "Secretaría", "superuser"])
@pytest.mark.parametrize("button", BUTTONS)
def test_buttons_of_the_segment_editor_do_nothing_for_practices(
    who: str, button: str, practice: Work, people: dict[str, User]
) -> None:
    before = rows(practice)
    client = signed_in(people[who])
    edit = reverse("wagtailadmin_pages:edit", args=[practice.target.pk])
    assert client.post(edit, {button: "1"}).status_code == CLOSED
    assert rows(practice) == before
    html = client.get(edit).content.decode()
    assert TARGET in html
    for name in BUTTONS:
        assert f'name="{name}"' not in html


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("name", GLOBAL)
def test_lists_of_everything_are_for_superusers(
    who: str, name: str, practice: Work, people: dict[str, User]
) -> None:
    answer = signed_in(people[who]).get(reverse(f"wagtail_localize:{name}", args=GLOBAL[name]))
    if who != "superuser":
        assert answer.status_code == CLOSED
        assert not gives_away(answer)
    else:
        assert answer.status_code in (200, 404)


def test_the_permission_to_submit_is_the_secretarias_alone() -> None:
    permission = Permission.objects.get(codename="submit_translation")
    for group in Group.objects.all():
        group.permissions.add(permission)
    sync_roles()
    own = [group_name(role, "pe") for role in (Role.EDITOR, Role.TRANSLATOR, Role.FOCAL_POINT)]
    holders = set(Group.objects.filter(permissions=permission).values_list("name", flat=True))
    assert Role.SECRETARIAT in holders
    assert not holders & set(own)


@pytest.mark.parametrize("who", ["another country", "own country", "translator", "focal point"])
def test_other_pages_are_closed_to_who_may_not_edit_them(
    who: str, content: Work, people: dict[str, User]
) -> None:
    user = people[who]
    user.user_permissions.add(Permission.objects.get(codename="submit_translation"))
    client = signed_in(User.objects.get(pk=user.pk))
    before = rows(content)
    for name in WRITTEN:
        for method in (client.get, client.post, client.put, client.delete):
            answer = method(content.address(name), {"publish_translations": "on"})
            assert answer.status_code == CLOSED, (name, method)
            assert not gives_away(answer), name
    assert rows(content) == before


@pytest.mark.parametrize("name", READ)
def test_superusers_read_other_pages(name: str, content: Work, superuser_client: Client) -> None:
    address = content.address(name)
    if name == "submit_page_translation":
        content.translation.delete()
    assert superuser_client.get(address).status_code == 200


def test_every_address_of_wagtail_localize_has_a_guard() -> None:
    names = {pattern.name for pattern in _patterns(get_resolver())}
    assert names == {*WRITTEN, *GLOBAL, "javascript_catalog"}
    for name in WRITTEN:
        assert f"wagtail_localize:{name}" in doors.GUARDS
    assert "wagtail_localize" in doors.GUARDED_NAMESPACES


def _patterns(resolver: Any, *, within: bool = False) -> Any:
    within = within or getattr(resolver, "namespace", "") == "wagtail_localize"
    for pattern in getattr(resolver, "url_patterns", ()):
        if hasattr(pattern, "url_patterns"):
            yield from _patterns(pattern, within=within)
        elif within:
            yield pattern
