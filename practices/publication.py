"""What publishing, unpublishing, moving and deleting do to a practice as a whole."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Max, ProtectedError, Q
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, TaskState
from wagtail.search.index import insert_or_update_object
from wagtail.signals import page_published, page_unpublished, post_page_move

from .kinds import is_practice, practice_models
from .models import (
    CountryPage,
    ModerationEvent,
    PracticeContact,
    PracticePage,
    PracticeRecord,
    PracticeVersion,
    PublicationPage,
    Theme,
    ThemeText,
)
from .moderation.states import Action


def record_publication(instance: PracticePage, revision: Any, **_kwargs: Any) -> None:
    """Write down each publication as a version of the practice."""
    if not instance.live:  # scheduled for later: Wagtail signals it all the same
        return
    with transaction.atomic():
        # The row lock makes version numbers of two publications at once differ.
        records = PracticeRecord.objects.select_for_update()
        record = records.get(translation_key=instance.translation_key)
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


def name_publisher(instance: PageLogEntry, created: bool, **_kwargs: Any) -> None:
    """Write down who published, in version and log: Wagtail's signal does not say, its log does."""
    if not created or not instance.user_id or instance.action != "wagtail.publish":
        return
    if instance.revision_id:
        PracticeVersion.objects.filter(
            revision_id=instance.revision_id, page_id=instance.page_id
        ).update(published_by=instance.user_id)
    about = Q(page_id=instance.page_id) | Q(publication_id=instance.page_id)
    event = ModerationEvent.objects.filter(about, action=Action.PUBLISHED, user=None).first()
    if event:
        event.user_id = instance.user_id
        event.save(update_fields=["user"])


def take_translations_down(instance: PracticePage, **_kwargs: Any) -> None:
    """Unpublish the translations of an unpublished original, those being approved included."""
    with transaction.atomic():
        instance.hold_translations()
        for version in PracticePage.objects.filter(original=instance, live=True):
            version.unpublish()


def take_descendants_down(instance: Any, **_kwargs: Any) -> None:
    """Unpublish what lies below an unpublished page of the collection: nothing stays live."""
    below = instance.get_descendants().live()
    if below.type(PracticePage, CountryPage, PublicationPage).exists():
        # Asked anew each time: unpublishing one page takes down what lies below it.
        while page := below.first():
            page.specific.unpublish()


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


def index_renamed_theme(instance: ThemeText, **_kwargs: Any) -> None:
    """Index anew the practices that are found by the name of a theme, and their translations."""
    theme = instance.theme
    index_on_commit(lambda: PracticePage.objects.filter(with_facts_of(themes=theme)))


def index_translations(instance: PracticePage, update_fields: Any, **_kwargs: Any) -> None:
    """Index the translations of an original anew: they are found by its entities and themes."""
    if instance.is_original and update_fields is None:
        index_on_commit(instance.translations.all)


def with_facts_of(**conditions: Any) -> Q:
    """Versions of practices whose original fits."""
    of_original = {f"original__{name}": value for name, value in conditions.items()}
    return Q(**conditions) | Q(**of_original)


def index_on_commit(pages: Callable[[], Any]) -> None:
    """Write pages into the search index once what they are found by is stored."""

    def write() -> None:
        for page in pages():
            insert_or_update_object(page.specific)

    transaction.on_commit(write)


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
    """Let no practice or publication with a fault enter a task of a workflow.

    Raises IncompletePracticeError and IncompletePublicationError.
    """
    del sender
    if instance.pk or instance.revision is None:
        return
    submitted = instance.revision.as_object()
    if isinstance(submitted, PracticePage | PublicationPage):
        submitted.require_complete()


def refuse_incomplete_row(instance: Page, **_kwargs: Any) -> None:
    """Let no practice go live with a fault by its row as a plain page.

    Raises IncompletePracticeError.
    """
    if instance.live and instance.pk and is_practice(instance):
        stored = PracticePage.objects.get(pk=instance.pk).specific
        if not stored.live:
            stored.require_complete()


def connect() -> None:
    """Connect the handlers; called once the app is ready."""
    for model in practice_models():
        page_published.connect(record_publication, sender=model)
        page_unpublished.connect(take_translations_down, sender=model)
        post_page_move.connect(follow_move, sender=model)
        post_save.connect(index_translations, sender=model)
    post_save.connect(name_publisher, sender=PageLogEntry)
    page_unpublished.connect(take_descendants_down)
    # A page type that derives from it is deleted with its row here.
    pre_delete.connect(delete_translations, sender=PracticePage)
    post_save.connect(index_renamed_theme, sender=ThemeText)
    post_delete.connect(index_renamed_theme, sender=ThemeText)
    pre_delete.connect(protect_theme, sender=Theme)
    post_delete.connect(delete_contact, sender=PracticePage)
    states: list[type[TaskState]] = [TaskState, *TaskState.__subclasses__()]
    for state in states:
        pre_save.connect(refuse_incomplete, sender=state)
    pre_save.connect(refuse_incomplete_row, sender=Page)
