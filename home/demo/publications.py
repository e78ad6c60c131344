"""The publications of the demo: one in each language, written and approved by the Secretaría."""

from typing import Any

from django.utils import timezone

from home.models import User
from practices.models import PublicationIndexPage, PublicationPage
from practices.publications.lists import read_list

from .moderation import decide
from .trees import read_yaml, translation_key


def build_publications() -> None:
    """Publish those that were never loaded; others stay as edited."""
    author = User.objects.get(username="secretaria")
    reviewer = User.objects.get(username="secretaria-2")
    for texts in read_yaml("publications.yaml"):
        key = translation_key(texts["slug"])
        if PublicationPage.objects.filter(translation_key=key).exists():
            continue
        page = _draft(texts, author)
        page.save_revision(user=author)
        page.get_workflow().start(PublicationPage.objects.get(pk=page.pk), author)
        decide(page, reviewer, "approve_and_publish")


def _draft(texts: dict[str, Any], author: User) -> PublicationPage:
    parent = PublicationIndexPage.objects.get(locale__language_code=texts["locale"])
    found = read_list(texts["list"], texts["locale"])
    page = PublicationPage(
        title=texts["title"],
        slug=texts["slug"],
        locale=parent.locale,
        owner=author,
        translation_key=translation_key(texts["slug"]),
        live=False,
        preface=texts["preface"],
        list_address=texts["list"],
        frozen=found.practices,
        frozen_at=timezone.now(),
        frozen_words=found.words,
        languages=texts["languages"],
        grouping=texts["grouping"],
    )
    parent.add_child(instance=page)
    return page
