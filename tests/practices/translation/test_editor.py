"""The form of a translation: the original stands beside it, for whom it is."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, override
from wagtail.models import Locale

from home.models import User
from practices.models import PracticeContact, PracticePage
from practices.moderation.access import Role
from practices.translation.beside import words_changed
from practices.translation.sections import SectionState
from tests.practices.moderation.steps import person, signed_in, stored
from tests.queries import count_queries

from .editing import (
    NEW,
    OLD,
    OWN,
    badge,
    box,
    edit_url,
    machine_draft,
    opened,
    piece,
    row,
    save,
    sent,
    submit,
)
from .texts import republish

pytestmark = pytest.mark.django_db

SECRET = "Persona Reservada Quispe"


def test_each_section_stands_beside_the_original_in_its_language(
    translator_client: Client, original: PracticePage, page: PracticePage
) -> None:
    form = opened(translator_client, page)
    for key, text in {
        "title": original.title,
        "themes_other": "Trabajo de las mujeres en el campo",
        "summary": "La oficina atiende a las personas migrantes los lunes.",
        "key_figures": "Personas atendidas",
    }.items():
        shown = piece(form, key).select_one(".ficha-piece__text")
        assert text in shown.get_text(" ", strip=True)
        assert shown["lang"] == "es"
    absent = "#original-territorial_level_other, [name=territorial_level_other]"
    assert not form.select(absent)
    assert "consulados" in form.select_one(".ficha-piece__tags").get_text()


def test_the_state_of_each_section_says_who_and_when(
    translator_client: Client, page: PracticePage, translator: User
) -> None:
    save(translator_client, page, sent(page, opened(translator_client, page), summary=OWN))
    form = opened(translator_client, page)
    assert badge(form, "summary") == SectionState.TRANSLATED
    state = form.find(id="original-summary-state").get_text(" ")
    assert translator.get_username() in state
    with override("es"):
        assert date_format(row(page, "summary").at, "SHORT_DATETIME_FORMAT") in state


def test_a_new_translation_says_that_it_is_only_copied(
    translator_client: Client, original: PracticePage
) -> None:
    page = original.copy_for_translation(Locale.objects.get(language_code="pt-br"))
    form = opened(translator_client, page)
    assert badge(form, "summary") == SectionState.COPIED
    # A whole sentence cannot be the same in two languages: nobody can say so.
    assert box(form, "summary") is None


def test_what_changed_in_the_original_is_shown_by_word(
    translator_client: Client, original: PracticePage, page: PracticePage
) -> None:
    republish(original, summary=NEW)
    form = opened(translator_client, page)
    assert badge(form, "summary") == "outdated"
    change = piece(form, "summary").select_one(".ficha-piece__words")
    assert change["lang"] == "es"
    for mark, word in {"del": "lunes", "ins": "martes"}.items():
        assert any(word in found.get_text() for found in change.select(mark))
        assert all(found.select_one(".w-sr-only") for found in change.select(mark))
    assert "oficina" not in "".join(found.get_text() for found in change.select("ins, del"))
    assert piece(form, "summary").select_one(".ficha-piece__text b").get_text() == "migrantes"
    assert not piece(form, "results").select(".ficha-piece__change")


def test_a_changed_link_is_told_from_changed_words(
    translator_client: Client, original: PracticePage, page: PracticePage
) -> None:
    linked = OLD.replace("oficina", '<a href="https://example.org/o">oficina</a>')
    republish(original, summary=linked)
    form = opened(translator_client, page)
    with override("es"):
        told = gettext("Only its links or its form changed; the words are the same.")
    assert told in piece(form, "summary").get_text()
    link = piece(form, "summary").select_one(".ficha-piece__text a")
    assert (link["href"], link["target"]) == ("https://example.org/o", "_blank")


def test_an_earlier_text_that_is_gone_is_not_made_up(
    translator_client: Client, original: PracticePage, page: PracticePage
) -> None:
    republish(original, summary=NEW)
    page.section_states.update(source_revision=None)
    form = opened(translator_client, page)
    assert badge(form, "summary") == "outdated"
    assert not piece(form, "summary").select("ins, del")


def test_a_changed_word_is_escaped() -> None:
    assert "<script>" not in words_changed("a", "a <script>alert(1)</script>")


def test_an_original_has_no_original_beside_it(
    editor_client: Client, original: PracticePage
) -> None:
    form = opened(editor_client, original)
    assert not form.select(".ficha-piece, .ficha-facts, [name^=translation_]")


def test_under_review_the_original_is_shown_without_boxes(
    translator_client: Client, original: PracticePage, page: PracticePage, secretariat: User
) -> None:
    machine_draft(page, "summary")
    submit(
        translator_client, page, sent(page, opened(translator_client, page), checked=["summary"])
    )
    republish(original, results=NEW)
    for reader in (translator_client, signed_in(secretariat)):
        form = opened(reader, page)
        assert badge(form, "results") == "outdated"
        assert piece(form, "results").select("ins")
        assert not form.select("[name=translation_checked]")
    data = sent(page, form) | {
        "translation_boxes": ["results"],
        "translation_checked": ["results"],
    }
    save(signed_in(secretariat), page, data)
    assert row(page, "results").outdated_since


def test_facts_of_the_original_are_read_and_not_written(
    translator_client: Client, editor_client: Client, original: PracticePage, page: PracticePage
) -> None:
    form = opened(translator_client, page)
    facts = form.select_one(".ficha-facts")
    text = facts.get_text(" ", strip=True)
    for fact in (
        "Dirección de Migraciones",
        "Ministerio de Salud",
        "general@example.org",
        "Manual",
        "https://example.org/fuente",
    ):
        assert fact in text
    assert not facts.select("input, textarea, select")
    links = [link["href"] for link in facts.select("a")]
    # Translators do not edit the original: they are led to its page.
    assert edit_url(original) not in links
    assert original.get_url() in links
    links = [link["href"] for link in opened(editor_client, page).select(".ficha-facts a")]
    assert edit_url(original) in links


def test_the_private_contact_is_nowhere_in_the_form(
    translator_client: Client, editor_client: Client, superuser_client: Client, page: PracticePage
) -> None:
    PracticeContact.objects.create(
        translation_key=page.translation_key,
        contact_name=SECRET,
        contact_position=SECRET,
        contact_email="reservada@example.org",
    )
    for reader in (translator_client, editor_client, superuser_client):
        content = reader.get(edit_url(page)).content.decode()
        assert SECRET not in content
        assert "reservada@example.org" not in content


def test_a_draft_of_an_unpublished_original_is_not_told_to_translators(
    translator_client: Client, editor_client: Client, original: PracticePage, page: PracticePage
) -> None:
    practice = stored(original)
    practice.unpublish()
    practice = stored(original)
    practice.sections = [
        (block.block_type, NEW if block.block_type == "summary" else block.value)
        for block in practice.sections
    ]
    practice.responsible_entity = "Entidad todavía sin anunciar"
    practice.save()
    for reader, told in ((translator_client, False), (editor_client, True)):
        content = reader.get(edit_url(page)).content.decode()
        assert ("los martes y los jueves" in content) is told
        assert ("Entidad todavía sin anunciar" in content) is told
    assert not opened(translator_client, page).select("[name^=translation_]")


def test_others_have_no_way_in(page: PracticePage) -> None:
    other = signed_in(person("de-fora", (Role.TRANSLATOR, "co")))
    assert other.get(edit_url(page)).status_code == 302


def test_opening_the_form_costs_the_same_whatever_is_out_of_date(
    translator_client: Client, original: PracticePage, page: PracticePage
) -> None:
    original = republish(original, summary=NEW)
    one = count_queries(translator_client, edit_url(page))
    linked = NEW.replace("jueves", '<a href="https://example.org/o">sábado</a>')
    original = republish(original, results=linked)
    republish(original, background=NEW, why_good_practice=NEW, title="Otro título del todo")
    assert len(opened(translator_client, page).select(".ficha-badge--outdated")) == 5
    assert count_queries(translator_client, edit_url(page)) == one


def test_changes_between_revisions_are_shown(translator_client: Client, page: PracticePage) -> None:
    save(translator_client, page, sent(page, opened(translator_client, page), summary=OWN))
    first, last = page.revisions.order_by("pk").first(), page.revisions.order_by("pk").last()
    url = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, last.pk])
    assert "segunda" in translator_client.get(url).content.decode()
    url = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk])
    assert translator_client.get(url).status_code == 200


def test_preview_shows_what_is_being_written(translator_client: Client, page: PracticePage) -> None:
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    data = sent(page, opened(translator_client, page), summary=OWN)
    assert translator_client.post(url, data).json()["is_valid"]
    assert "segunda-feira" in translator_client.get(url, {"mode": ""}).content.decode()
    assert row(page, "summary").state == SectionState.TRANSLATED
