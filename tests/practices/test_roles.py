"""Groups, collections, permissions and workflows are made and repaired from the countries."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Workflow,
    WorkflowPage,
)

from home.models import User
from practices.models import CountryPage, EndorsementTask, PracticePage
from practices.moderation.access import Role, group_name, role_of_group
from tests.factories import country, make_practice

pytestmark = pytest.mark.django_db


def pages_of(role: Role, iso_code: str) -> set[tuple[str, str]]:
    """Country and language of the pages that a role's group has permissions on."""
    grants = GroupPagePermission.objects.filter(group__name=group_name(role, iso_code))
    pages = [grant.page.specific for grant in grants]
    return {(page.iso_code, page.locale.language_code) for page in pages}


@pytest.mark.parametrize("iso_code", ["ar", "br", "ve"])
def test_each_country_has_its_groups_and_collection(iso_code: str) -> None:
    translated = "es" if iso_code == "br" else "pt-br"
    assert pages_of(Role.EDITOR, iso_code) == {(iso_code, "es"), (iso_code, "pt-br")}
    assert pages_of(Role.TRANSLATOR, iso_code) == {(iso_code, translated)}
    assert pages_of(Role.FOCAL_POINT, iso_code) == set()
    names = GroupCollectionPermission.objects.filter(
        group__name=group_name(Role.EDITOR, iso_code)
    ).values_list("collection__name", "permission__codename")
    assert {name for name, _action in names} == {group_name(Role.EDITOR, iso_code)}
    assert {action.partition("_")[0] for _name, action in names} == {"add", "choose"}


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Secretaría", (Role.SECRETARIAT, "")),
        ("País PE", (Role.EDITOR, "pe")),
        ("Punto focal BR", (Role.FOCAL_POINT, "br")),
        ("Traducción UY", (Role.TRANSLATOR, "uy")),
        ("País", None),
        ("País PER", None),
        ("País PE.", None),
        ("Moderators", None),
        ("Secretaría PE", None),
    ],
)
def test_a_group_stands_for_a_role_by_its_exact_name(
    name: str, role: tuple[Role, str] | None
) -> None:
    assert role_of_group(name) == role


def test_editors_work_in_their_country_alone(editor: User) -> None:
    own, foreign = make_practice(country("pe")), make_practice(country("uy"))
    assert own.permissions_for_user(editor).can_edit()
    assert not own.permissions_for_user(editor).can_publish()
    assert not foreign.permissions_for_user(editor).can_edit()
    assert not foreign.permissions_for_user(editor).can_delete()


def test_editors_do_not_edit_the_page_of_their_country(editor: User, secretariat: User) -> None:
    for page in CountryPage.objects.filter(iso_code="pe"):
        may = page.permissions_for_user(editor)
        assert not any((may.can_edit(), may.can_delete(), may.can_move(), may.can_publish()))
        assert not may.can_publish_subpage()
        assert page.permissions_for_user(secretariat).can_edit()
        assert not page.permissions_for_user(secretariat).can_delete()
        assert not page.permissions_for_user(secretariat).can_publish_subpage()
        assert not page.permissions_for_user(secretariat).can_submit_for_moderation()
    assert country("pe").permissions_for_user(editor).can_add_subpage()
    assert not country("pe", "pt-br").permissions_for_user(editor).can_add_subpage()


def test_the_secretariat_works_everywhere_and_is_no_superuser(secretariat: User) -> None:
    assert not secretariat.is_superuser
    for page in (make_practice(country("pe")), make_practice(country("br"))):
        assert page.permissions_for_user(secretariat).can_edit()
        assert not page.permissions_for_user(secretariat).can_publish()
    live = PracticePage.objects.live().first()
    assert live.permissions_for_user(secretariat).can_unpublish()
    assert not live.permissions_for_user(secretariat).can_delete()
    assert secretariat.has_perm("practices.change_theme")
    assert not secretariat.has_perm("home.change_user")
    assert not secretariat.has_perm("home.add_user")


def test_a_run_repairs_what_was_changed() -> None:
    group = Group.objects.get(name=group_name(Role.EDITOR, "pe"))
    stranger = Group.objects.get(name=group_name(Role.EDITOR, "uy"))
    home = country("uy").get_parent()
    permission = GroupPagePermission.objects.filter(group=group).first().permission
    GroupPagePermission.objects.create(group=group, page=home, permission=permission)
    GroupPagePermission.objects.filter(group=stranger).delete()
    grant = GroupCollectionPermission.objects.filter(group=group).first()
    GroupCollectionPermission.objects.create(
        group=group, collection=Collection.get_first_root_node(), permission=grant.permission
    )
    group.permissions.add(*Group.objects.get(name="Secretaría").permissions.all())
    WorkflowPage.objects.all().delete()
    task = EndorsementTask.objects.get(country="pe")
    task.groups.set([stranger])
    call_command("sync_roles")
    assert pages_of(Role.EDITOR, "pe") == {("pe", "es"), ("pe", "pt-br")}
    assert pages_of(Role.EDITOR, "uy") == {("uy", "es"), ("uy", "pt-br")}
    collections = GroupCollectionPermission.objects.filter(group=group)
    assert {grant.collection.name for grant in collections} == {"País PE"}
    assert [p.codename for p in group.permissions.all()] == ["access_admin"]
    assert country("pe").get_workflow().name == "Revisión PE"
    assert [group.name for group in task.groups.all()] == ["Punto focal PE"]


def test_a_second_run_changes_nothing() -> None:
    models = (Group, GroupPagePermission, GroupCollectionPermission, Workflow, WorkflowPage)
    before = [list(model.objects.order_by("pk").values()) for model in models]
    call_command("sync_roles")
    assert [list(model.objects.order_by("pk").values()) for model in models] == before


def test_each_country_has_a_workflow_with_its_own_endorsement() -> None:
    for iso_code in ("pe", "br"):
        practice = make_practice(country(iso_code))
        endorsement, approval = (task.specific for task in practice.get_workflow().tasks)
        assert [g.name for g in endorsement.groups.all()] == [f"Punto focal {iso_code.upper()}"]
        assert [g.name for g in approval.groups.all()] == ["Secretaría"]
    assert country("pe", "pt-br").get_workflow() == country("pe").get_workflow()


def test_files_of_the_demo_lie_in_the_collections_of_their_countries() -> None:
    document = get_document_model().objects.get(title__startswith="COMIGRAR")
    assert document.collection.name == group_name(Role.EDITOR, "br")
    assert get_image_model().objects.get().collection.name == group_name(Role.EDITOR, "bo")
