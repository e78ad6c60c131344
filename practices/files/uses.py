"""What is public and what is held, written in the transaction that makes it so."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, Revision, TaskState, WorkflowState

from practices.models import FileHold, FileUse, PracticeVersion

from .references import FileRef, file_models, files_in, kind_of

# What Wagtail writes alone of a page whose text stands unsaved in memory.
BOOKKEEPING = frozenset(
    {"latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes"}
)


def uses_of(kind: str, key: Any) -> "Exists":
    """Condition: a live page uses the file; `key` is its key or an expression for it."""
    return Exists(FileUse.objects.filter(kind=kind, file_id=key))


def public_files(kind: str) -> "QuerySet[Any]":
    """All files of a kind, annotated with `is_public`."""
    return file_models()[kind]._default_manager.annotate(is_public=uses_of(kind, OuterRef("pk")))


def is_held(file: FileRef) -> bool:
    """Whether what is published or in moderation refers to the file."""
    if FileUse.objects.filter(kind=file.kind, file_id=file.pk).exists():
        return True
    holds = FileHold.objects.filter(kind=file.kind, file_id=file.pk)
    return holds.filter(_in_moderation("revision") | _published("revision")).exists()


def held_revisions() -> "QuerySet[Revision]":
    """Revisions in moderation and published ones, whose files stay what they are."""
    return Revision.objects.filter(_in_moderation("pk") | _published("pk"))


def _in_moderation(field: str) -> Q:
    states = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
    )
    return Q(**{f"{field}__in": states.values("revision_id")})


def _published(field: str) -> Q:
    versions = PracticeVersion.objects.filter(revision__isnull=False)
    return Q(**{f"{field}__in": versions.values("revision_id")})


def record_uses(page: Any) -> None:
    """Write which files a page uses, as it stands in memory; none where it is not live."""
    wanted = files_in(page) if page.live else set()
    _replace(FileUse, {"page_id": page.pk}, wanted)


def hold_files(revision: Revision) -> None:
    """Write which files a revision refers to."""
    _replace(FileHold, {"revision_id": revision.pk}, files_in(revision.as_object()))


def _replace(model: Any, source: dict[str, Any], wanted: set[FileRef]) -> None:
    rows = model.objects.filter(**source).values_list("pk", "kind", "file_id")
    stored = {FileRef(kind, file_id): pk for pk, kind, file_id in rows}
    stale = [pk for file, pk in stored.items() if file not in wanted]
    if stale:
        model.objects.filter(pk__in=stale).delete()
    missing = [
        model(**source, kind=file.kind, file_id=file.pk) for file in sorted(wanted - stored.keys())
    ]
    # Two publications of one page at once write the same rows.
    model.objects.bulk_create(missing, ignore_conflicts=True)


def follow_page(
    sender: Any, instance: Any, raw: bool = False, update_fields: Any = None, **_kwargs: Any
) -> None:
    """Keep the uses of a page in step with its row, by whatever way it was saved."""
    if raw or not issubclass(sender, Page):
        return
    if update_fields is not None:
        if set(update_fields) <= BOOKKEEPING:
            return
        # Only some fields were written; the rest of the instance may be a draft.
        record_uses(Page.objects.get(pk=instance.pk).specific)
    else:
        record_uses(instance if sender is instance.specific_class else instance.specific)


def follow_task(sender: Any, instance: TaskState, created: bool, **_kwargs: Any) -> None:
    """Hold the files of what is submitted: a task is about one revision from its start."""
    if created and issubclass(sender, TaskState) and instance.revision:
        hold_files(instance.revision)


def follow_version(instance: PracticeVersion, created: bool, **_kwargs: Any) -> None:
    """Hold the files of what is published."""
    if created and instance.revision:
        hold_files(instance.revision)


def follow_revision(instance: Revision, created: bool, raw: bool = False, **_kwargs: Any) -> None:
    """Hold the files of a revision in moderation that is written over."""
    if not created and not raw and held_revisions().filter(pk=instance.pk).exists():
        hold_files(instance)


def forget_file(sender: Any, instance: Any, **_kwargs: Any) -> None:
    """Delete what was written of a deleted file."""
    kind = kind_of(sender)
    if kind:
        for table in (FileUse, FileHold):
            table.objects.filter(kind=kind, file_id=instance.pk).delete()


def connect() -> None:
    """Connect the handlers; called once the app is ready."""
    post_save.connect(follow_page)
    post_save.connect(follow_task)
    post_save.connect(follow_version, sender=PracticeVersion)
    post_save.connect(follow_revision, sender=Revision)
    post_delete.connect(forget_file)
