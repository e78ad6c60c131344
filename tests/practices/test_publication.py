"""Codes, versions, and what happens to a practice as a whole."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, Revision
from wagtail.rich_text import RichText

from home.models import User
from practices.completeness import IncompletePracticeError
from practices.models import (
    CodeCounter,
    CountryPage,
    PracticeContact,
    PracticePage,
    PracticeRecord,
    PracticeVersion,
    Theme,
)
from tests.factories import country, make_practice, publish, translate

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


def test_a_copy_is_another_practice() -> None:
    practice = make_practice(published=True)
    copy = practice.copy(update_attrs={"slug": "copia"}, keep_live=False)
    assert copy.translation_key != practice.translation_key
    assert copy.code == ""
    assert copy.choices.count() == practice.choices.count()
    assert publish(PracticePage.objects.get(pk=copy.pk)).code != practice.code


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
    practice = make_practice()
    revision = practice.save_revision(user=editor)
    state = practice.get_workflow().start(practice, editor)
    state.current_task_state.approve(user=secretariat)
    version = PracticeVersion.objects.get(revision=revision)
    assert version.published_by == secretariat
    other = make_practice(slug="otra")
    other.save_revision(user=editor)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    superuser_client.post(f"{url}?id={other.pk}")
    version = PracticeVersion.objects.get(page_id=other.pk)
    assert version.published_by == User.objects.get(username="admin")


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


def test_a_fault_cannot_be_scheduled() -> None:
    practice = make_practice(
        sections={"summary": ""}, go_live_at=timezone.now() + timedelta(days=1)
    )
    with pytest.raises(IncompletePracticeError):
        practice.save_revision().publish()
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


def test_practices_are_never_aliases() -> None:
    practice = make_practice(published=True)
    with pytest.raises(ValidationError):
        practice.create_alias(parent=country("uy"), update_slug="alias")
    assert not Page.objects.filter(alias_of__isnull=False).exists()


def test_copies_stay_in_their_language(superuser_client: Client) -> None:
    practice = make_practice(published=True)
    url = reverse("wagtailadmin_pages:copy", args=[practice.pk])

    def copy(parent: CountryPage, **more: str) -> str:
        data = {"new_title": "Copia", "new_slug": "copia", "new_parent_page": parent.pk} | more
        return superuser_client.post(url, data, follow=True).content.decode()

    assert "idioma" in copy(country("br"))
    assert "alias" in copy(country("uy"), alias="on")
    assert not PracticePage.objects.filter(slug="copia").exists()
    copy(country("uy"))
    assert PracticePage.objects.get(slug="copia").country == "uy"
    with pytest.raises(ValidationError):
        practice.copy(to=country("br"), update_attrs={"slug": "fuera"})


def test_a_country_stands_once(superuser_client: Client) -> None:
    page = country("pe")
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])
    superuser_client.post(
        url, {"new_title": "P", "new_slug": "p", "new_parent_page": 1}, follow=True
    )
    assert CountryPage.objects.filter(iso_code="pe").count() == 2
    double = CountryPage(
        title="Otro", slug="otro", iso_code="pe", alpha3="PEX", source_language="es"
    )
    with pytest.raises(ValidationError, match="iso_code"):
        page.get_parent().add_child(instance=double)


def test_a_move_needs_a_page_for_each_translation() -> None:
    practice = make_practice(published=True)
    translate(practice, published=True)
    assert practice.can_move_to(country("sr"))
    PracticePage.objects.filter(country="sr").delete()
    country("sr", "pt-br").delete()
    assert not practice.can_move_to(country("sr"))


def test_scheduling_is_no_publication() -> None:
    practice = make_practice(go_live_at=timezone.now() + timedelta(days=1))
    practice.save_revision().publish()
    assert not PracticeRecord.objects.filter(translation_key=practice.translation_key).exists()


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


def test_deleting_a_country_deletes_its_practices() -> None:
    practice = make_practice(published=True)
    translate(practice, published=True)
    country().delete()
    assert not PracticePage.objects.filter(translation_key=practice.translation_key).exists()
    assert PracticeRecord.objects.filter(translation_key=practice.translation_key).exists()


def test_unpublishing_an_original_takes_its_translation_down() -> None:
    practice = make_practice(published=True)
    translation = translate(practice, published=True)
    practice.unpublish()
    assert not PracticePage.objects.get(pk=translation.pk).live


def test_unpublishing_a_country_takes_its_practices_down() -> None:
    practice = make_practice(published=True)
    country().unpublish()
    assert not PracticePage.objects.get(pk=practice.pk).live


def test_unpublishing_a_home_page_takes_everything_below_down() -> None:
    practice = make_practice(published=True)
    translation = translate(practice, published=True)
    practice.get_ancestors()[1].specific.unpublish()
    for page in (practice, translation, country()):
        assert not Page.objects.get(pk=page.pk).live


def test_nothing_is_published_below_an_unpublished_country() -> None:
    practice = make_practice()
    CountryPage.objects.filter(pk=country().pk).update(live=False)
    with pytest.raises(IncompletePracticeError, match=r"1\.1"):
        practice.get_latest_revision().publish()


@pytest.mark.parametrize(
    ("name", "value"), [("iso_code", "xx"), ("alpha3", "XXX"), ("source_language", "pt-br")]
)
def test_the_facts_of_a_country_are_fixed(name: str, value: str) -> None:
    for page in (country("pe"), country("pe", "pt-br")):
        setattr(page, name, value)
        with pytest.raises(ValidationError):
            page.full_clean()


def test_a_country_without_practices_agrees_with_its_translation() -> None:
    PracticePage.objects.filter(country="sr").delete()
    page = country("sr")
    page.alpha3 = "SRM"
    with pytest.raises(ValidationError):
        page.full_clean()


def test_a_renamed_theme_is_found_by_its_new_name(
    django_capture_on_commit_callbacks: Any,
) -> None:
    text = Theme.objects.get(code="social_consultation").texts.get(language="es")
    published = PracticePage.objects.published
    assert not published().matching("zarigüeya").exists()
    text.name = "Zarigüeya"
    with django_capture_on_commit_callbacks(execute=True):
        text.save()
    assert published().matching("zarigueya").count() == 5


def test_translations_follow_a_move() -> None:
    practice = make_practice(published=True)
    translation = translate(practice, published=True)
    practice.move(country("uy"), pos="last-child")
    moved = PracticePage.objects.get(pk=translation.pk)
    assert moved.country == "uy"
    assert moved.get_parent().specific == country("uy", "pt-br")


def test_country_cannot_disagree_after_a_revert() -> None:
    practice = make_practice(published=True)
    revision = practice.get_latest_revision()
    practice.move(country("uy"), pos="last-child")
    revision.refresh_from_db()
    revision.publish()
    assert PracticePage.objects.get(pk=practice.pk).country == "uy"


def test_practices_are_born_in_their_source_tree_only() -> None:
    brazil_in_spanish = country("br", "es")
    assert not PracticePage.can_create_at(brazil_in_spanish)
    assert PracticePage.can_create_at(country("br", "pt-br"))
    assert not make_practice().can_move_to(country("br"))
    assert not make_practice(slug="b").can_move_to(brazil_in_spanish)
    with pytest.raises(Exception, match="Brasil"):
        make_practice(brazil_in_spanish)


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


def test_a_theme_in_use_cannot_be_deleted(superuser_client: Client) -> None:
    theme = Theme.objects.get(code="social_consultation")
    with pytest.raises(ProtectedError), transaction.atomic():
        theme.delete()
    with pytest.raises(ProtectedError), transaction.atomic():
        Theme.objects.filter(pk=theme.pk).delete()
    url = f"/admin/snippets/practices/theme/delete/{theme.pk}/"
    response = superuser_client.post(url, follow=True)
    assert Theme.objects.filter(pk=theme.pk).exists()
    used_by = theme.in_use()[0]
    assert used_by.title[:40] in response.content.decode()
    bulk = f"/admin/bulk/practices/theme/delete/?id={theme.pk}"
    superuser_client.post(bulk)
    assert Theme.objects.filter(pk=theme.pk).exists()


def test_an_unused_theme_can_be_deleted(superuser_client: Client) -> None:
    theme = Theme.objects.create(code="sin-uso")
    superuser_client.post(f"/admin/snippets/practices/theme/delete/{theme.pk}/")
    assert not Theme.objects.filter(pk=theme.pk).exists()


def test_the_code_of_a_theme_is_fixed() -> None:
    theme = Theme.objects.get(code="human_rights")
    theme.code = "rights"
    with pytest.raises(Exception, match="code"):
        theme.full_clean()


def test_country_pages_know_their_source_tree() -> None:
    trees = {
        (page.iso_code, page.locale.language_code): page.is_source_tree
        for page in CountryPage.objects.all()
    }
    assert trees[("br", "pt-br")]
    assert not trees[("br", "es")]
    assert trees[("pe", "es")]
    assert len(trees) == 24
