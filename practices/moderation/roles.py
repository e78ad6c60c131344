"""Groups, collections and permissions, made and repaired from the country pages."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from practices.models import (
    CountryPage,
    PracticeIndexPage,
    TagIndexPage,
    Theme,
    ThemeIndexPage,
)

SECRETARIAT = "Secretaría"
WORKFLOW = "Revisión de la Secretaría"


def country_group_name(iso_code: str) -> str:
    """Name of the group of a country's editors (ISO alpha-2)."""
    return f"País {iso_code.upper()}"


@transaction.atomic
def sync_roles() -> None:
    """Make the groups of all countries and of the Secretaría what they should be. Idempotent.

    Country editors draft and edit below their country, in each tree, and work with the files of
    their collection. The Secretaría edits, publishes and moderates the whole collection.
    """
    secretariat = _group(SECRETARIAT)
    sections = [
        page
        for model in (PracticeIndexPage, ThemeIndexPage, TagIndexPage)
        for page in model.objects.all()
    ]
    _grant_pages(
        secretariat, sections, ("add", "change", "publish", "lock", "unlock", "bulk_delete")
    )
    _grant_models(secretariat, Theme, ("add", "change", "delete", "view"))
    _grant_collection(
        secretariat, Collection.get_first_root_node(), ("add", "change", "delete", "choose")
    )
    for iso_code in CountryPage.objects.order_by().values_list("iso_code", flat=True).distinct():
        editors = _group(country_group_name(iso_code))
        pages = CountryPage.objects.filter(iso_code=iso_code)
        _grant_pages(editors, pages, ("add", "change"))
        _grant_collection(editors, country_collection(iso_code), ("add", "choose"))
    _sync_workflow(secretariat)


def country_collection(iso_code: str) -> Collection:
    """The collection of a country's files, made when missing."""
    name = country_group_name(iso_code)
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=name).first() or root.add_child(
        instance=Collection(name=name)
    )


def _group(name: str) -> Group:
    group, _created = Group.objects.get_or_create(name=name)
    access = Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin")
    group.permissions.add(access)
    return group


def _grant_pages(group: Group, pages: Iterable[Page], actions: Iterable[str]) -> None:
    wanted = {(page.pk, f"{action}_page") for page in pages for action in actions}
    current = GroupPagePermission.objects.filter(group=group).select_related("permission")
    for grant in current:
        key = (grant.page_id, grant.permission.codename)
        if key in wanted:
            wanted.remove(key)
        else:
            grant.delete()
    for page_id, codename in sorted(wanted):
        permission = Permission.objects.get(
            codename=codename, content_type__app_label="wagtailcore"
        )
        GroupPagePermission.objects.create(group=group, page_id=page_id, permission=permission)


def _grant_models(group: Group, model: type[Theme], actions: Iterable[str]) -> None:
    content_type = ContentType.objects.get_for_model(model)
    codenames = [f"{action}_{model._meta.model_name}" for action in actions]
    group.permissions.add(
        *Permission.objects.filter(content_type=content_type, codename__in=codenames)
    )


def _grant_collection(group: Group, collection: Collection, actions: Iterable[str]) -> None:
    for model in (get_document_model(), get_image_model()):
        content_type = ContentType.objects.get_for_model(model)
        for action in actions:
            permission = Permission.objects.get(
                content_type=content_type, codename=f"{action}_{model._meta.model_name}"
            )
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=permission
            )


def _sync_workflow(secretariat: Group) -> None:
    task, _created = GroupApprovalTask.objects.get_or_create(name=WORKFLOW)
    task.groups.set([secretariat])
    workflow, _created = Workflow.objects.get_or_create(name=WORKFLOW)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    for index_page in PracticeIndexPage.objects.all():
        WorkflowPage.objects.update_or_create(page=index_page, defaults={"workflow": workflow})
