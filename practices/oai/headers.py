"""Keeping what harvesters are told true: called where anything public of practices changes."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from taggit.models import Tag

from practices.directory import Directory
from practices.models import (
    HarvestHeader,
    HarvestSet,
    PracticePage,
    PracticeRecord,
    ThemeText,
)
from practices.models.catalogue import renewed
from practices.publication import with_facts_of

from .description import describe


@transaction.atomic
def follow(keys: Iterable[Any]) -> None:
    """Give practices (translation keys) whose public content changed a new datestamp.

    One that is public no more becomes a deleted header; one that never was gets none.
    """
    records = PracticeRecord.objects.filter(translation_key__in=set(keys))
    known = HarvestHeader.objects.in_bulk(list(records.values_list("pk", flat=True)))
    directory = Directory()
    public = describe(directory.published.filter(record__in=records), directory)
    now = timezone.now().replace(microsecond=0)
    changed = {
        pk: HarvestHeader(record_id=pk, datestamp=now, digest=found.digest)
        for pk, found in public.items()
        if pk not in known or known[pk].is_deleted or known[pk].digest != found.digest
    }
    withdrawn = [
        HarvestHeader(record_id=pk, datestamp=now, is_deleted=True)
        for pk, header in known.items()
        if pk not in public and not header.is_deleted
    ]
    HarvestHeader.objects.bulk_create(
        [*changed.values(), *withdrawn],
        update_conflicts=True,
        unique_fields=["record"],
        update_fields=["datestamp", "is_deleted", "digest"],
    )
    _write_sets({pk: set(public[pk].sets) for pk in changed})


def _write_sets(wanted: dict[int, set[str]]) -> None:
    stored = HarvestSet.objects.filter(header__in=list(wanted))
    stale = [row.pk for row in stored if row.spec not in wanted[row.header_id]]
    HarvestSet.objects.filter(pk__in=stale).delete()
    HarvestSet.objects.bulk_create(
        [HarvestSet(header_id=pk, spec=spec) for pk, specs in wanted.items() for spec in specs],
        ignore_conflicts=True,
    )


def follow_catalogue(keys: set[Any], **_kwargs: Any) -> None:
    """Something of practices was published, withdrawn, moved, restricted or deleted."""
    follow(keys)


def follow_theme(instance: ThemeText, **_kwargs: Any) -> None:
    """A theme was renamed."""
    _follow_facts(themes=instance.theme_id)


def follow_tag(instance: Tag, **_kwargs: Any) -> None:
    """A tag was renamed; one that is deleted or merged changes the catalogue."""
    _follow_facts(tags=instance.pk)


def _follow_facts(**conditions: Any) -> None:
    practices = PracticePage.objects.live().filter(with_facts_of(**conditions)).order_by()
    follow(practices.values_list("translation_key", flat=True).distinct())


def connect() -> None:
    """Connect the handlers; called once the app is ready."""
    renewed.connect(follow_catalogue)
    post_save.connect(follow_theme, sender=ThemeText)
    post_delete.connect(follow_theme, sender=ThemeText)
    post_save.connect(follow_tag, sender=Tag)
