"""Comparing what is written of files with what pages really say, and putting it right."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from wagtail.models import Page

from practices.models import FileHold, FileUse

from .references import FileRef, files_in
from .uses import held_revisions, hold_files, record_uses

BATCH = 100


def reconcile(*, repair: bool) -> Iterator[str]:
    """One line for each difference; `repair` writes what is right."""
    for page in Page.objects.live().specific().iterator(chunk_size=BATCH):
        lines = list(_compare(FileUse.objects.filter(page=page), files_in(page), f"page {page.pk}"))
        yield from lines
        if lines and repair:
            _rewrite_page(page.pk)
    for use in FileUse.objects.filter(page__live=False).order_by("pk"):
        yield f"page {use.page_id}: {use.kind} {use.file_id} is written, but the page is not live"
        if repair:
            use.delete()
    for revision in held_revisions().order_by("pk").iterator(chunk_size=BATCH):
        holds = FileHold.objects.filter(revision=revision)
        lines = list(_compare(holds, files_in(revision.as_object()), f"revision {revision.pk}"))
        yield from lines
        if lines and repair:
            hold_files(revision)


@transaction.atomic
def _rewrite_page(pk: int) -> None:
    record_uses(Page.objects.get(pk=pk).specific)


def _compare(rows: Any, wanted: set[FileRef], source: str) -> Iterator[str]:
    stored = {FileRef(kind, pk) for kind, pk in rows.values_list("kind", "file_id")}
    for file in sorted(wanted - stored):
        yield f"{source}: {file.kind} {file.pk} is used, but not written"
    for file in sorted(stored - wanted):
        yield f"{source}: {file.kind} {file.pk} is written, but not used"
