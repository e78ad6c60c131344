"""Renaming, merging and deleting tags, with all that hangs on a tag."""

from typing import Any

from django.db import transaction
from django.db.models import Model, ProtectedError, Q
from django.db.models.signals import post_delete, post_save, pre_delete
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag
from wagtail.log_actions import LogFormatter, log
from wagtail.models import Revision
from wagtail.search import index

from .models import CatalogueEntry, MergedTag, ModerationStatus, PracticePage, PracticeTag
from .moderation.states import WAITING

MERGED = "practices.tag.merge"
"""What Wagtail's log calls a merge."""

AT_ONCE = 500
"""Practices that are written into the catalogue together."""


def tags_under_review() -> dict[int, list[PracticePage]]:
    """Practices under review by the tags (primary keys) that their texts have."""
    reviewed = ModerationStatus.objects.filter(state__in=WAITING).values("page")
    practices = PracticePage.objects.filter(pk__in=reviewed).defer_streamfields()
    found: dict[int, list[PracticePage]] = {}
    for practice in practices.select_related("latest_revision"):
        content = practice.latest_revision.content if practice.latest_revision else {}
        for row in content.get("tagged_items") or ():
            found.setdefault(row["tag"], []).append(practice)
    return found


def under_review(tag: Tag) -> list[PracticePage]:
    """Practices under review whose text has the tag: it must not change beneath the reviewer."""
    return tags_under_review().get(tag.pk, [])


def keep_reviewed(instance: Tag, **_kwargs: Any) -> None:
    """Let no tag of a text under review be deleted. Raises ProtectedError with the practices."""
    practices = under_review(instance)
    if practices:
        raise ProtectedError(f"The tag “{instance}” is in a text under review.", set(practices))


@transaction.atomic
def merge(tag: Tag, into: Tag) -> int:
    """Give all that has a tag another one instead, and delete the tag; returns how many had it.

    Drafts are included: their text lies in their latest revision. The address of a tag that was
    public leads to the other one from now on. Raises ProtectedError where a text under review has
    the tag.
    """
    keep_reviewed(tag)
    log(instance=tag, action=MERGED, data={"into": into.name})
    count = 0
    keys = _practices(tag)
    _redirect(tag, into)
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
    _renew_catalogue(keys)
    return count


def _redirect(tag: Tag, into: Tag) -> None:
    """Lead from the addresses of a tag to another one; from one that nobody could open, nowhere."""
    was_public = PracticePage.objects.public().filter(tags=tag).exists()
    MergedTag.objects.filter(tag=tag).update(tag=into)
    MergedTag.objects.filter(slug=into.slug).delete()
    if was_public:
        MergedTag.objects.update_or_create(slug=tag.slug, defaults={"tag": into})


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
    # A database writes the text of JSON with a space, or without.
    named = Q(content__tagged_items__icontains=f'"tag": {tag.pk}') | Q(
        content__tagged_items__icontains=f'"tag":{tag.pk}'
    )
    for revision in Revision.objects.filter(named, pk__in=latest):
        rows = revision.content.get("tagged_items") or []
        if not any(row["tag"] == tag.pk for row in rows):
            continue
        others = [row for row in rows if row["tag"] != tag.pk]
        if not any(row["tag"] == into.pk for row in others):
            others.append(next(row for row in rows if row["tag"] == tag.pk) | {"tag": into.pk})
        content = revision.content | {"tagged_items": others}
        # Past `save`, which would make it another revision to who is reading it.
        Revision.objects.filter(pk=revision.pk).update(content=content)


def _practices(tag: Tag) -> list[Any]:
    """The translation keys of the practices that have a tag."""
    rows = PracticeTag.objects.filter(tag=tag).order_by()
    return list(rows.values_list("content_object__translation_key", flat=True).distinct())


def _renew_catalogue(keys: list[Any]) -> None:
    for start in range(0, len(keys), AT_ONCE):
        CatalogueEntry.objects.renew(keys[start : start + AT_ONCE])


def note_practices(instance: Tag, **_kwargs: Any) -> None:
    """Remember which practices lose a tag; their rows are gone when it is."""
    instance.__dict__["_losing_practices"] = _practices(instance)


def renew_catalogue(instance: Tag, **_kwargs: Any) -> None:
    """Write anew what the catalogue says of practices that lost a tag."""
    _renew_catalogue(instance.__dict__.pop("_losing_practices", []))


def register_log_actions(actions: Any) -> None:
    """Tell Wagtail's log the name of a merge."""

    @actions.register_action(MERGED)
    class MergeFormatter(LogFormatter):
        label: Any = _("Merge tags")

        def format_message(self, log_entry: Any) -> str:
            return gettext("Merged with the tag “%(tag)s”") % {"tag": log_entry.data["into"]}


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
    pre_delete.connect(note_practices, sender=Tag)
    post_delete.connect(renew_catalogue, sender=Tag)
