"""Groups, collections and permissions are made and repaired from the countries."""

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
from practices.models import PracticePage
from practices.moderation.roles import SECRETARIAT, WORKFLOW, country_group_name
from tests.factories import country, make_practice

pytestmark = pytest.mark.django_db


def test_each_country_has_its_group_and_collection() -> None:
    for iso_code in ("ar", "br", "ve"):
        group = Group.objects.get(name=country_group_name(iso_code))
        pages = {
            permission.page.specific.iso_code
            for permission in GroupPagePermission.objects.filter(group=group)
        }
        assert pages == {iso_code}
        names = GroupCollectionPermission.objects.filter(group=group).values_list(
            "collection__name", "permission__codename"
        )
        assert {name for name, _action in names} == {country_group_name(iso_code)}
        assert {action.partition("_")[0] for _name, action in names} == {"add", "choose"}


def test_editors_work_in_their_country_alone(editor: User) -> None:
    own, foreign = make_practice(country("pe")), make_practice(country("uy"))
    assert own.permissions_for_user(editor).can_edit()
    assert not own.permissions_for_user(editor).can_publish()
    assert not foreign.permissions_for_user(editor).can_edit()
    assert not foreign.permissions_for_user(editor).can_delete()


def test_the_secretariat_works_everywhere_and_is_no_superuser(secretariat: User) -> None:
    assert not secretariat.is_superuser
    for page in (make_practice(country("pe")), make_practice(country("br"))):
        assert page.permissions_for_user(secretariat).can_publish()
    assert secretariat.has_perm("practices.change_theme")
    assert not secretariat.has_perm("home.change_user")


def test_running_it_again_repairs_and_adds_nothing() -> None:
    def counts() -> list[int]:
        models = (Group, Collection, GroupPagePermission, GroupCollectionPermission, Workflow)
        return [model.objects.count() for model in models] + [WorkflowPage.objects.count()]

    before = counts()
    group = Group.objects.get(name=country_group_name("pe"))
    GroupPagePermission.objects.filter(group=group).delete()
    extra = GroupPagePermission.objects.filter(group__name=SECRETARIAT).first()
    assert extra
    GroupPagePermission.objects.create(group=group, page=country("br"), permission=extra.permission)
    GroupCollectionPermission.objects.filter(group=group).delete()
    call_command("sync_roles", verbosity=0)
    assert counts() == before
    pages = GroupPagePermission.objects.filter(group=group)
    assert {permission.page.specific.iso_code for permission in pages} == {"pe"}


def test_practices_go_through_the_secretariats_workflow() -> None:
    practice = PracticePage.objects.get(pk=make_practice().pk)
    assert practice.get_workflow().name == WORKFLOW
    assert practice.get_workflow().tasks.get().specific.groups.get().name == SECRETARIAT


def test_files_of_the_demo_lie_in_their_countrys_collection() -> None:
    document = get_document_model().objects.get(title__startswith="COMIGRAR")
    assert document.collection.name == country_group_name("br")
    assert get_image_model().objects.get().collection.name == country_group_name("bo")
