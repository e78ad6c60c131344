"""What publishing means for translations: what readers have, and what fell behind; their editor."""

from typing import Any

from django.db.models.signals import pre_save
from django.utils import timezone
from wagtail.signals import page_published
from wagtail_localize.models import Translation

from practices.kinds import practice_models
from practices.models import PracticePage
from practices.moderation import events
from practices.moderation.finish import is_approved
from practices.moderation.states import Action

from .reading import outdated_sections
from .sections import SectionState, item_of
from .states import follow, states_of


def note_publication(instance: PracticePage, revision: Any, **_kwargs: Any) -> None:
    """Write down what was published, or which translations fell behind it."""
    if not instance.live:
        return
    if instance.is_original:
        compare_translations(instance)
    else:
        note_translation(instance, revision)


def note_translation(page: PracticePage, revision: Any) -> None:
    """Write down which text of the original the public translation was made from.

    Its sections are approved where the Secretaría approved this very text.
    """
    version = page.public_version()
    if version is None:
        return
    states = states_of(revision.as_object())
    version.sources = {
        state.section: {"digest": state.source_digest, "revision": state.source_revision_id}
        for state in states
    }
    version.from_machine = any(state.from_machine for state in states)
    outdated = [state.outdated_since for state in states if state.outdated_since]
    version.outdated_since = min(outdated, default=None)
    version.save(update_fields=["sources", "from_machine", "outdated_since"])
    page.section_states.update(before_check=None, before_copy=None)
    if not is_approved(revision):
        return
    approval = page.moderation_events.filter(action=Action.APPROVED).first()
    for state in states:
        if state.pk and not state.is_open:
            state.state = SectionState.APPROVED
            state.before_check = state.before_copy = None
            state.at = timezone.now()
            state.by_id = approval.user_id if approval else None
            state.save()


def compare_translations(original: PracticePage) -> None:
    """See which sections of the translations an original's new public text leaves behind.

    `PracticePage.publish` holds them: who saves or approves one comes before or after.
    """
    for page in PracticePage.objects.filter(original=original).order_by("pk"):
        latest = page.get_latest_revision_as_object()
        states = page.section_states
        before = set(states.exclude(outdated_since=None).values_list("section", flat=True))
        behind = [
            state.section
            for state in follow(latest, None)
            if state.outdated_since and state.state != SectionState.COPIED
        ]
        _compare_public(page, original)
        if new := [section for section in behind if section not in before]:
            numbers = dict.fromkeys(item_of(section).number for section in new)
            events.record(page, Action.OUTDATED, None, comment=", ".join(numbers))


def _compare_public(page: PracticePage, original: PracticePage) -> None:
    """The same for the text that readers have."""
    version = page.public_version()
    if version is None:
        return
    is_behind = bool(outdated_sections(version, original))
    if is_behind != bool(version.outdated_since):
        version.outdated_since = original.last_published_at if is_behind else None
        version.save(update_fields=["outdated_since"])


def keep_native_editor(instance: Translation, **_kwargs: Any) -> None:
    """Never hand a practice over to the segment editor, which knows no workflow and no locks."""
    model = instance.source.specific_content_type.model_class()
    if model and issubclass(model, PracticePage):
        instance.enabled = False


def connect() -> None:
    """Connect the handlers; called once the app is ready, after those that write versions."""
    for model in practice_models():
        page_published.connect(note_publication, sender=model)
    pre_save.connect(keep_native_editor, sender=Translation)
