"""The moderation of the demo: how its practices were approved, and what waits just now."""

from typing import Any

from wagtail.models import Comment, Page

from home.models import User
from practices.models import PracticePage
from practices.moderation.access import Role, people
from practices.moderation.review import RETURN

from .people import editor_name
from .trees import translation_key


def submit(practice: PracticePage, author: User) -> None:
    """Send the latest text of a practice for review."""
    practice.get_workflow().start(PracticePage.objects.get(pk=practice.pk), author)


def decide(practice: Page, user: User, action: str, comment: str = "") -> None:
    """Take the decision that the practice or publication waits for, about its latest text."""
    page = Page.objects.get(pk=practice.pk).specific
    state = page.current_workflow_task_state
    revision = page.get_latest_revision()
    state.task.specific.on_action(
        state,
        user,
        action,
        comment=comment,
        revision=revision.pk,
        revision_created_at=revision.created_at.isoformat(),
    )


def publish_through_review(practice: PracticePage, author: User, secretary: User) -> None:
    """Publish the practice as it stands in memory, by the whole workflow."""
    practice.save_revision(user=author)
    submit(practice, author)
    for focal_point in people(Role.FOCAL_POINT, practice.country)[:1]:
        if practice.is_original:
            decide(practice, focal_point, "endorse")
    decide(practice, secretary, "approve_and_publish")


def build_work_in_progress() -> None:
    """New texts of published practices in several states of review, so that lists show some."""
    secretary = User.objects.get(username="secretaria")
    _edit("25-peru-mesa-intersectorial-gestion-migratoria")
    practice, author = _edit("14-chile-sello-migrante")
    submit(practice, author)
    practice, author = _edit("29-uruguay-residencia-permanente-mercosur")
    submit(practice, author)
    Comment.objects.create(
        page=practice,
        user=secretary,
        text="¿De qué año es la cifra? Indique la fuente.",
        contentpath="responsible_entity",
        position="",
    )
    decide(practice, secretary, RETURN, "Indique el año y la fuente de las cifras.")


def _edit(name: str) -> tuple[PracticePage, User]:
    """Save a practice of the demo with a slightly different title, as its editor."""
    practice: Any = PracticePage.objects.originals().get(translation_key=translation_key(name))
    author = User.objects.get(username=editor_name(practice.country))
    draft = practice.get_latest_revision_as_object()
    draft.title = f"{draft.title} (actualización)"
    draft.save_revision(user=author)
    return practice, author
