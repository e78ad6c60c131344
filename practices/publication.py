"""What publishing, unpublishing, moving and deleting do to a practice as a whole."""

from typing import Any

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.db.models.signals import post_delete, pre_delete, pre_save
from django.utils import timezone
from wagtail.models import TaskState
from wagtail.signals import page_published, page_unpublished, post_page_move

from .completeness import IncompletePracticeError, completeness
from .models import (
    CountryPage,
    PracticeContact,
    PracticeIndexPage,
    PracticePage,
    PracticeRecord,
    PracticeVersion,
    Theme,
)


def record_publication(instance: PracticePage, revision: Any, **_kwargs: Any) -> None:
    """Give a practice its code at first publication, and each publication its version."""
    if not instance.live:  # scheduled for later: Wagtail signals it all the same
        return
    with transaction.atomic():
        record = PracticeRecord.objects.for_publication(instance.facts)
        # The row lock makes version numbers of two publications at once differ.
        PracticeRecord.objects.select_for_update().get(pk=record.pk)
        language = instance.locale.language_code
        last = record.versions.filter(language=language).aggregate(last=Max("number"))["last"]
        PracticeVersion.objects.create(
            record=record,
            language=language,
            number=(last or 0) + 1,
            page_id=instance.pk,
            revision=revision,
            published_at=instance.last_published_at or timezone.now(),
            published_by=revision.user,
        )


def take_translations_down(instance: PracticePage, **_kwargs: Any) -> None:
    """Unpublish the translations of an unpublished original."""
    for version in PracticePage.objects.filter(original=instance, live=True):
        version.unpublish()


def take_descendants_down(instance: Any, **_kwargs: Any) -> None:
    """Unpublish what lies below an unpublished country or index: nothing hidden stays live."""
    for page in instance.get_children().live().specific():
        page.unpublish()


def follow_move(instance: Any, **_kwargs: Any) -> None:
    """Store the new country of a moved practice, and move its translations along."""
    practice = PracticePage.objects.get(pk=instance.pk)
    country = practice.country_page
    PracticePage.objects.filter(pk=practice.pk).update(country=country.iso_code)
    for version in practice.translations.all():
        target = country.get_translation(version.locale)
        if version.get_parent().pk != target.pk:
            version.move(target, pos="last-child")


def delete_translations(instance: PracticePage, **_kwargs: Any) -> None:
    """Delete the translations of an original that is being deleted."""
    for version in PracticePage.objects.filter(original=instance):
        version.delete()


def protect_theme(instance: Theme, **_kwargs: Any) -> None:
    """Keep a theme that practices have. Raises ProtectedError with those practices."""
    practices = instance.in_use()
    if practices:
        raise ProtectedError(f"The theme “{instance}” is in use.", set(practices))


def delete_contact(instance: PracticePage, **_kwargs: Any) -> None:
    """Delete the private contact with the original it belongs to."""
    if instance.is_original:
        PracticeContact.objects.filter(translation_key=instance.translation_key).delete()


def refuse_incomplete(sender: Any, instance: TaskState, **_kwargs: Any) -> None:
    """Let no practice with a fault enter a task of a workflow.

    Raises IncompletePracticeError.
    """
    if not issubclass(sender, TaskState) or instance.pk or instance.revision is None:
        return
    submitted = instance.revision.as_object()
    if isinstance(submitted, PracticePage):
        faults = completeness(submitted)
        if faults:
            raise IncompletePracticeError(submitted, faults)


def connect() -> None:
    """Connect the handlers; called once the app is ready."""
    page_published.connect(record_publication, sender=PracticePage)
    page_unpublished.connect(take_translations_down, sender=PracticePage)
    page_unpublished.connect(take_descendants_down, sender=CountryPage)
    page_unpublished.connect(take_descendants_down, sender=PracticeIndexPage)
    post_page_move.connect(follow_move, sender=PracticePage)
    pre_delete.connect(delete_translations, sender=PracticePage)
    pre_delete.connect(protect_theme, sender=Theme)
    post_delete.connect(delete_contact, sender=PracticePage)
    pre_save.connect(refuse_incomplete)
