"""Groups, collections, permissions and workflows, made and repaired from the country pages."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from taggit.models import Tag
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail_localize.models import Translation

from practices.files.access import file_permissions
from practices.models import (
    ApprovalTask,
    CountryPage,
    EndorsementTask,
    ModerationEvent,
    PracticeIndexPage,
    PublicationIndexPage,
    TagIndexPage,
    Theme,
    ThemeIndexPage,
)

from .access import Role, group_name

APPROVAL = "Revisión de la Secretaría"
"""Name of the Secretaría's task; people read it in the history of a practice."""

OF_PUBLICATIONS = "Revisión de publicaciones"
"""Name of the workflow of publications."""


@transaction.atomic
def sync_roles() -> None:
    """Make groups, permissions, collections and workflows what they should be. Idempotent.

    Country editors draft and edit below their country, in each tree, and work with the files of
    their collection; translators edit the translations alone. Focal points have no permission on
    pages but their task. The Secretaría drafts, moderates and keeps the collection. Permissions that these
    groups should not have are taken away; no user is changed.
    """
    secretariat = _secretariat()
    approval, _created = ApprovalTask.objects.get_or_create(name=APPROVAL)
    approval.groups.set([secretariat])
    for iso_code in CountryPage.objects.order_by().values_list("iso_code", flat=True).distinct():
        pages = list(CountryPage.objects.filter(iso_code=iso_code))
        collection = country_collection(iso_code)
        editors = _group(Role.EDITOR, iso_code)
        _grant_pages(editors, pages, ("add", "change"))
        _grant_collection(editors, collection, ("add", "choose"))
        translators = _group(Role.TRANSLATOR, iso_code)
        _grant_pages(
            translators, [page for page in pages if not page.is_source_tree], ("add", "change")
        )
        _grant_collection(translators, collection, ("choose",))
        focal_point = _group(Role.FOCAL_POINT, iso_code)
        _grant_pages(focal_point, [], ())
        _grant_collection(focal_point, collection, ("choose",))
        _sync_workflow(iso_code, pages, focal_point, approval)
    _sync_publications(approval)


def country_collection(iso_code: str) -> Collection:
    """The collection of a country's files, made when missing."""
    name = group_name(Role.EDITOR, iso_code)
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=name).first() or root.add_child(
        instance=Collection(name=name)
    )


def _secretariat() -> Group:
    group = _group(
        Role.SECRETARIAT,
        models=(
            (Theme, ("add", "change", "delete", "view")),
            (Tag, ("change", "delete", "view")),
            (ModerationEvent, ("view",)),
            (Translation, ("submit",)),
            *_recommendations(),
        ),
    )
    sections = [
        page
        for model in (PracticeIndexPage, ThemeIndexPage, TagIndexPage, PublicationIndexPage)
        for page in model.objects.all()
    ]
    _grant_pages(group, sections, ("add", "change", "publish", "lock", "unlock"))
    _grant_collection(group, Collection.get_first_root_node(), ("add", "change", "choose"))
    return group


def _recommendations() -> list[tuple[type[Any], tuple[str, ...]]]:
    """What recommending pages for searches needs, where the site has it."""
    if not apps.is_installed("wagtail.contrib.search_promotions"):
        return []
    model = apps.get_model("wagtailsearchpromotions", "SearchPromotion")
    return [(model, ("add", "change", "delete"))]


def _group(
    role: Role, iso_code: str = "", models: Iterable[tuple[type[Any], Iterable[str]]] = ()
) -> Group:
    """The group of a role, with access to the admin and just these permissions on models."""
    group, _created = Group.objects.get_or_create(name=group_name(role, iso_code))
    permissions = [
        Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin")
    ]
    for model, actions in models:
        permissions += Permission.objects.filter(
            content_type=ContentType.objects.get_for_model(model),
            codename__in=[f"{action}_{model._meta.model_name}" for action in actions],
        )
    group.permissions.set(permissions)
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


def _grant_collection(group: Group, collection: Collection, actions: Iterable[str]) -> None:
    wanted = set()
    for permission in file_permissions(actions):
        grant, _created = GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )
        wanted.add(grant.pk)
    GroupCollectionPermission.objects.filter(group=group).exclude(pk__in=wanted).delete()


def _sync_workflow(
    iso_code: str, pages: Iterable[CountryPage], focal_point: Group, approval: ApprovalTask
) -> None:
    """The workflow of a country: its own endorsement first, then the Secretaría's approval."""
    code = iso_code.upper()
    endorsement, _created = EndorsementTask.objects.get_or_create(
        country=iso_code, defaults={"name": f"Aval del punto focal {code}"}
    )
    endorsement.groups.set([focal_point])
    _set_workflow(f"Revisión {code}", (endorsement, approval), pages)


def _sync_publications(approval: ApprovalTask) -> None:
    """The workflow of publications: the Secretaría's approval alone."""
    _set_workflow(OF_PUBLICATIONS, (approval,), PublicationIndexPage.objects.all())


def _set_workflow(name: str, tasks: tuple[Task, ...], pages: Iterable[Page]) -> None:
    """A workflow of just these tasks, in force below the pages."""
    workflow, _created = Workflow.objects.get_or_create(name=name)
    for part in (*tasks, workflow):
        if not part.active:
            part.active = True
            part.save(update_fields=["active"])
    WorkflowTask.objects.filter(workflow=workflow).exclude(task__in=tasks).delete()
    for order, task in enumerate(tasks):
        WorkflowTask.objects.update_or_create(
            workflow=workflow, task=task, defaults={"sort_order": order}
        )
    for page in pages:
        WorkflowPage.objects.update_or_create(page=page, defaults={"workflow": workflow})
