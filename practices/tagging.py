"""Renaming, merging and deleting tags, with all that hangs on a tag."""

from typing import Any

from django.db import transaction
from django.db.models import Model, ProtectedError
from django.db.models.signals import post_save, pre_delete
from taggit.models import Tag
from wagtail.models import Revision
from wagtail.search import index

from .models import ModerationStatus, PracticePage
from .moderation.states import WAITING
from .querysets import fold


def namesake(name: str, tag: Tag) -> Tag | None:
    """Another tag of the same name, case and accents aside."""
    others = Tag.objects.exclude(pk=tag.pk)
    return next((other for other in others if fold(other.name) == fold(name)), None)


def under_review(tag: Tag) -> list[PracticePage]:
    """Practices under review whose text has the tag: it must not change beneath the reviewer."""
    reviewed = ModerationStatus.objects.filter(state__in=WAITING).values("page")
    practices = PracticePage.objects.filter(pk__in=reviewed).select_related("latest_revision")
    return [
        practice
        for practice in practices
        if practice.latest_revision
        and any(
            row["tag"] == tag.pk
            for row in practice.latest_revision.content.get("tagged_items") or ()
        )
    ]


def keep_reviewed(instance: Tag, **_kwargs: Any) -> None:
    """Let no tag of a text under review be deleted. Raises ProtectedError with the practices."""
    practices = under_review(instance)
    if practices:
        raise ProtectedError(f"The tag “{instance}” is in a text under review.", set(practices))


@transaction.atomic
def merge(tag: Tag, into: Tag) -> int:
    """Give all that has a tag another one instead, and delete the tag; returns how many had it.

    Drafts are included: their text lies in their latest revision. Raises ProtectedError where a
    text under review has the tag.
    """
    keep_reviewed(tag)
    count = 0
    for relation in _relations():
        for row in relation.objects.filter(tag=tag):
            count += 1
            twin = relation.objects.filter(tag=into, **_owner(row))
            if twin.exists():
                row.delete()
            else:
                row.tag = into
                row.save(update_fields=["tag"])
    _merge_in_drafts(tag, into)
    into.save()
    tag.delete()
    return count


def _relations() -> list[Any]:
    """Models whose rows tie a tag to something."""
    related = Tag._meta.related_objects
    return [relation.related_model for relation in related if relation.one_to_many]


def _owner(row: Any) -> dict[str, Any]:
    """What a row of a tag hangs on, as conditions."""
    names = [
        field.attname for field in row._meta.concrete_fields if field.name not in ("id", "tag")
    ]
    return {name: getattr(row, name) for name in names}


def _merge_in_drafts(tag: Tag, into: Tag) -> None:
    latest = PracticePage.objects.order_by().values("latest_revision")
    for revision in Revision.objects.filter(pk__in=latest):
        rows = revision.content.get("tagged_items") or []
        if not any(row["tag"] == tag.pk for row in rows):
            continue
        others = [row for row in rows if row["tag"] != tag.pk]
        if not any(row["tag"] == into.pk for row in others):
            others.append(next(row for row in rows if row["tag"] == tag.pk) | {"tag": into.pk})
        content = revision.content | {"tagged_items": others}
        # Past `save`, which would make it another revision to who is reading it.
        Revision.objects.filter(pk=revision.pk).update(content=content)


def _tagged(tag: Tag) -> list[Model]:
    """Everything that has a tag."""
    return [
        row.content_object
        for relation in _relations()
        for row in relation.objects.filter(tag=tag)
        if row.content_object
    ]


def renew_index(instance: Tag, **_kwargs: Any) -> None:
    """Write what has a tag into the search index anew, once the transaction is over."""
    tagged = _tagged(instance)
    if not tagged:
        return

    def renew() -> None:
        for item in tagged:
            fresh = type(item)._default_manager.filter(pk=item.pk).first()
            if fresh:
                index.insert_or_update_object(fresh)

    transaction.on_commit(renew)


def connect() -> None:
    """Connect the handlers; called once the app is ready."""
    post_save.connect(renew_index, sender=Tag)
    pre_delete.connect(keep_reviewed, sender=Tag)
    pre_delete.connect(renew_index, sender=Tag)
