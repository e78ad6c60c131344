"""Codes, versions, and what happens to a practice as a whole."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, Revision
from wagtail.rich_text import RichText

from home.models import User
from practices.completeness import IncompletePracticeError
from practices.models import (
    CodeCounter,
    PracticeContact,
    PracticePage,
    PracticeRecord,
    PracticeVersion,
)
from tests.factories import country, make_practice, publish, translate
from tests.practices.moderation.steps import decide, seen, signed_in

pytestmark = pytest.mark.django_db


def test_the_code_comes_with_the_first_publication() -> None:
    practice = make_practice()
    assert practice.code == ""
    last = CodeCounter.objects.get(country="PER").last
    practice = publish(practice)
    assert practice.code == f"OSUMI-PER-{last + 1:04d}"
    assert publish(practice).code == practice.code


def test_codes_are_never_given_twice() -> None:
    first = make_practice(published=True)
    code, key = first.code, first.translation_key
    first.delete()
    assert PracticeRecord.objects.get(translation_key=key).code == code
    second = make_practice(published=True, slug="otra")
    assert second.code > code


def test_the_code_survives_revert_move_and_translation() -> None:
    practice = make_practice(published=True)
    code, revision = practice.code, practice.get_latest_revision()
    practice.title = "Otro título"
    practice = publish(practice)
    revision.publish()
    practice.move(country("uy"), pos="last-child")
    moved = PracticePage.objects.get(pk=practice.pk)
    translation = translate(moved, published=True)
    assert moved.code == code == translation.code
    assert moved.country == "uy"


def test_each_publication_is_a_version(secretariat: User) -> None:
    practice = publish(make_practice(), secretariat)
    practice.title = "Segunda versión"
    practice = publish(practice, secretariat)
    translate(practice, published=True)
    versions = PracticeVersion.objects.filter(record__translation_key=practice.translation_key)
    assert [(v.language, v.number) for v in versions] == [("es", 1), ("es", 2), ("pt-br", 1)]
    assert versions[1].published_by == secretariat
    assert versions[1].revision == practice.live_revision
    assert versions[1].published_at == practice.last_published_at


def test_a_version_names_who_published_it(
    editor: User, secretariat: User, superuser_client: Client
) -> None:
    User.objects.filter(groups__name="Punto focal PE").delete()
    practice = make_practice()
    revision = practice.save_revision(user=editor)
    practice.get_workflow().start(practice, editor)
    decide(signed_in(secretariat), practice, "approve_and_publish", seen(practice))
    version = PracticeVersion.objects.get(revision=revision)
    assert version.published_by == secretariat
    other = make_practice(slug="otra")
    other.save_revision(user=editor)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    superuser_client.post(f"{url}?id={other.pk}")
    version = PracticeVersion.objects.get(page_id=other.pk)
    assert version.published_by == User.objects.get(username="admin")


def test_what_happens_later_does_not_change_who_published(editor: User, secretariat: User) -> None:
    practice = publish(make_practice(), secretariat)
    practice.get_workflow().start(practice, editor)
    version = PracticeVersion.objects.get(page_id=practice.pk)
    assert version.revision == practice.get_latest_revision()
    assert version.published_by == secretariat


def test_a_practice_is_never_live_without_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_country: str) -> int:
        raise RuntimeError("no number")

    practice = make_practice()
    monkeypatch.setattr(CodeCounter, "take", broken)
    with pytest.raises(RuntimeError):
        practice.get_latest_revision().publish()
    assert not PracticePage.objects.get(pk=practice.pk).live


@pytest.mark.parametrize("way", ["page", "update_fields", "unclean"])
def test_no_row_goes_live_with_a_fault(way: str) -> None:
    practice = make_practice(responsible_entity="")
    page = Page.objects.get(pk=practice.pk) if way == "page" else practice
    page.live = True
    options: dict[str, dict[str, Any]] = {
        "page": {},
        "update_fields": {"update_fields": ["live"]},
        "unclean": {"clean": False},
    }
    with pytest.raises(IncompletePracticeError):
        page.save(**options[way])
    assert not Page.objects.get(pk=practice.pk).live


@pytest.mark.parametrize("name", ["go_live_at", "expire_at"])
def test_no_practice_is_scheduled(name: str) -> None:
    practice = make_practice()
    setattr(practice, name, timezone.now() + timedelta(days=1))
    with pytest.raises(ValidationError, match="fecha"):
        practice.save()
    revision = practice.get_latest_revision()
    revision.content[name] = (timezone.now() + timedelta(days=1)).isoformat()
    revision.save()
    with pytest.raises(ValidationError, match="fecha"):
        revision.publish()
    stored = PracticePage.objects.get(pk=practice.pk)
    assert not stored.live
    assert not PracticeRecord.objects.filter(translation_key=practice.translation_key).exists()
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


@pytest.mark.parametrize(
    ("kind", "url"),
    [("link", "javascript:alert(1)"), ("video", "https://evil.example/1"), ("link", "nada")],
)
def test_code_cannot_publish_a_bad_address(kind: str, url: str) -> None:
    products = [(kind, {"title": "Título", "url": url})]
    practice = make_practice(sections={"products": products})
    with pytest.raises(IncompletePracticeError, match=r"2\.5"):
        practice.get_latest_revision().publish()


def test_published_revisions_are_never_purged() -> None:
    practice = make_practice(published=True)
    published = practice.live_revision_id
    practice.title = "Un borrador"
    draft = practice.save_revision()
    practice.title = "Otro borrador"
    practice.save_revision()
    call_command("purge_revisions", stdout=StringIO())
    kept = set(Revision.objects.for_instance(practice).values_list("pk", flat=True))
    assert published in kept
    assert draft.pk not in kept


def test_deleting_a_page_frees_its_revisions(superuser_client: Client) -> None:
    practice = make_practice(published=True)
    translation = translate(practice, published=True)
    PracticeContact.objects.create(translation_key=practice.translation_key, contact_name="Persona")
    response = superuser_client.post(f"/admin/pages/{practice.pk}/delete/")
    assert response.status_code == 302
    assert not Page.objects.filter(pk__in=[practice.pk, translation.pk]).exists()
    record = PracticeRecord.objects.get(translation_key=practice.translation_key)
    assert record.practice is None
    assert record.versions.filter(revision__isnull=True).count() == 2
    assert not PracticeContact.objects.filter(translation_key=practice.translation_key).exists()
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_translation_holds_no_shared_fact() -> None:
    practice = make_practice(published=True)
    translation = translate(practice, published=True)
    stored = PracticePage.objects.get(pk=translation.pk)
    assert stored.responsible_entity == stored.institutional_email == ""
    for relation in ("choices", "entities", "references", "themes"):
        assert not getattr(stored, relation).exists(), relation
    assert {block.block_type for block in stored.sections}.isdisjoint({"products", "attachments"})
    content = stored.live_revision.content
    assert content["responsible_entity"] == "" == content["institutional_email"]
    assert content["choices"] == content["entities"] == content["references"] == []
    assert content["themes"] == []
    assert stored.facts.responsible_entity == "Dirección de Migraciones"
    assert stored.section("products") == practice.section("products")


def test_the_slug_is_fixed_at_first_publication() -> None:
    practice = make_practice(slug="primera")
    translation = translate(practice)
    practice.slug = "segunda"
    practice.save()
    assert PracticePage.objects.get(pk=translation.pk).slug == "segunda"
    practice = publish(practice)
    practice.slug = "tercera"
    practice = publish(practice)
    assert practice.slug == "segunda"
    assert practice.url.endswith("/segunda/")
    assert translate_url_slug(practice) == "segunda"


def translate_url_slug(practice: PracticePage) -> str:
    return practice.get_translation(Locale.objects.get(language_code="pt-br")).slug


def test_sections_are_put_in_order_on_save() -> None:
    practice = make_practice()
    practice.sections = list(reversed([(b.block_type, b.value) for b in practice.sections]))
    practice.save()
    types = [block.block_type for block in PracticePage.objects.get(pk=practice.pk).sections]
    assert types[:3] == ["background", "summary", "results"]
    assert types[-1] == "attachments"


def test_a_section_given_twice_is_joined() -> None:
    practice = make_practice()
    blocks = [(block.block_type, block.value) for block in practice.sections]
    practice.sections = [
        *blocks,
        ("summary", RichText("<p>Segunda parte.</p>")),
        ("products", [("video", {"title": "Video", "url": "https://youtu.be/a"})]),
    ]
    practice.save()
    stored = PracticePage.objects.get(pk=practice.pk)
    types = [block.block_type for block in stored.sections]
    assert len(types) == len(set(types))
    assert "Segunda parte" in stored.section_html("summary")
    assert "Una frase breve" in stored.section_html("summary")
    assert [part.block_type for part in stored.section("products")] == ["link", "video"]


def test_a_new_practice_opens_with_all_sections() -> None:
    assert [block.block_type for block in PracticePage().sections] == [
        "background",
        "summary",
        "results",
        "key_figures",
        "products",
        "why_good_practice",
        "replication_conditions",
        "other_considerations",
        "attachments",
    ]
