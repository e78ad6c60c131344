"""Words find practices, whatever their case and accents, in any public version."""

from typing import Any

import pytest
from django.test import Client, override_settings

from practices.models import FailedSearch, PracticePage
from tests.factories import make_practice, publish, translate
from tests.hostile import HOSTILE

pytestmark = pytest.mark.django_db


def found(words: str, **parameters: Any) -> list[PracticePage]:
    """The practices on the first page of a search, in their order."""
    response = Client().get("/es/buscar/", {"q": words, **parameters})
    assert response.status_code == 200
    return [card.practice for card in response.context["listing"].cards]


@pytest.mark.parametrize("words", ["regularizacion", "REGULARIZACIÓN", "ninas", "niñas niños"])
def test_case_and_accents_do_not_matter(
    words: str, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        practice = make_practice(published=True, title="Regularización de niñas y niños")
    assert practice in found(words)


def test_forms_of_a_word_find_the_same_in_both_languages(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for title in ("Apostillación de títulos", "Apostillaciones", "La apostillacion"):
            make_practice(published=True, title=title)
    forms = ("apostillacion", "Apostillación", "apostillaciones", "apostillações", "apostillação")
    results = [{page.pk for page in found(form)} for form in forms]
    assert len(results[0]) >= 3
    assert all(result == results[0] for result in results)


def test_words_of_a_translation_find_the_practice(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        practice = make_practice(published=True)
        translation = translate(practice, title="Palavra inconfundível")
    assert practice not in found("inconfundivel")
    with django_capture_on_commit_callbacks(execute=True):
        publish(translation)
    assert found("inconfundivel") == [practice]


def test_a_translation_is_found_by_the_facts_of_its_original(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        practice = make_practice(published=True, responsible_entity="Xilófono")
        translate(practice, published=True, title="Palavra inconfundível")
    assert found("inconfundivel xilofono") == [practice]
    with django_capture_on_commit_callbacks(execute=True):
        practice.responsible_entity = "Tambor"
        publish(practice)
    assert found('inconfundivel "xilofono"') != [practice]
    assert found("inconfundivel tambor") == [practice]


def test_tags_and_entities_are_indexed_with_the_first_save(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        practice = make_practice(published=True, tags=["zahorí"], responsible_entity="Ñuñoa SA")
    assert found("zahori") == [practice]
    assert found("nunoa") == [practice]


@pytest.mark.parametrize("text", HOSTILE)
def test_anything_may_be_typed(text: str, client: Client) -> None:
    for address in ("/es/buscar/", "/pt-br/experiencias/", "/es/experiencias/peru/"):
        assert client.get(address, {"q": text}).status_code == 200, address
    for address in ("/api/v2/pages/", "/api/v3/pages/"):
        response = client.get(address, {"search": text})
        assert response.status_code in (200, 422), address


def test_bytes_that_are_no_text_may_be_sent(client: Client) -> None:
    for query in ("%ED%A0%80", "%ff", "%00", "%C3"):
        for address in ("/es/buscar/?q=", "/es/sugerencias.json?q=", "/api/v2/pages/?search="):
            assert client.get(f"{address}{query}").status_code == 200, (address, query)


@pytest.mark.parametrize("text", HOSTILE)
def test_anything_may_be_typed_in_the_admin(text: str, superuser_client: Client) -> None:
    for address in (
        "/admin/pages/search/",
        "/admin/choose-page/search/",
        "/admin/pages/",
        "/admin/fichas/",
        "/admin/documents/",
        "/admin/images/",
        "/admin/translations/",
    ):
        response = superuser_client.get(address, {"q": text}, follow=True)
        assert response.status_code == 200, address


def test_the_private_contact_is_not_searchable() -> None:
    assert not found('"punto.focal.py24"')


def test_what_was_removed_is_found_no_more(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        practice = make_practice(published=True, responsible_entity="Xilófono")
        translate(practice, published=True)
    assert found("xilofono") == [practice]
    with django_capture_on_commit_callbacks(execute=True):
        practice.responsible_entity = "Tambor"
        publish(practice)
    assert practice not in found("xilofono")
    assert found("tambor") == [practice]


def test_what_was_unpublished_is_found_no_more(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        practice = make_practice(published=True, title="Xilófono")
    with django_capture_on_commit_callbacks(execute=True):
        practice.unpublish()
    assert not found("xilofono")


def test_exact_forms_come_before_other_forms(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        plural = make_practice(published=True, title="Zafras en el campo")
        singular = make_practice(published=True, title="Zafra en el campo")
    assert found("zafra") == [singular, plural]
    assert found("zafras") == [plural, singular]


def test_titles_come_before_entities_and_these_before_sections(
    django_capture_on_commit_callbacks: Any,
) -> None:
    text = "<p>Una frase breve sobre la experiencia con zafra.</p>"
    with django_capture_on_commit_callbacks(execute=True):
        in_section = make_practice(published=True, sections={"background": text})
        in_entity = make_practice(published=True, responsible_entity="Zafra")
        in_title = make_practice(published=True, title="Zafra de una experiencia")
        in_summary = make_practice(published=True, sections={"summary": text})
    order = found("zafra")
    assert set(order[:2]) == {in_title, in_summary}
    assert order[2:] == [in_entity, in_section]


def test_phrases_and_words_left_out(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first = make_practice(published=True, title="Zafra de caña")
        second = make_practice(published=True, title="Caña de zafra")
    assert found('"zafra de caña"') == [first]
    assert found('zafra -"caña de zafra"') == [first]
    assert set(found("zafra caña")) == {first, second}
    assert found("zafra -caña") == []


def test_a_phrase_does_not_reach_from_one_value_into_the_next(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        make_practice(published=True, responsible_entity="Zafra", parent_entity="Caña")
    assert len(found("zafra caña")) == 1
    assert not found('"zafra caña"')


def test_a_word_still_being_typed_finds(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        practice = make_practice(published=True, title="Xilofonistas itinerantes")
    assert found("itinerantes xilofon") == [practice]


def test_a_mistyped_word_is_corrected(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        practice = make_practice(published=True, title="Xilófonistas itinerantes")
    listing = Client().get("/es/buscar/", {"q": "xilofonitsas"}).context["listing"]
    assert [card.practice for card in listing.cards] == [practice]
    assert listing.reading.is_corrected
    assert listing.reading.text == "xilófonistas"


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("xilofonitsas -zafra", "xilófonistas -zafra"),
        ('"xilofonitsas itinerantes"', '"xilófonistas itinerantes"'),
        ("itinerantes xilofonitsas -zafrra", "itinerantes xilófonistas -zafrra"),
    ],
)
def test_a_correction_keeps_quotes_and_what_is_left_out(
    typed: str, understood: str, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        practice = make_practice(published=True, title="Xilófonistas itinerantes")
        make_practice(published=True, title="Xilófonistas itinerantes de la zafra")
    listing = Client().get("/es/buscar/", {"q": typed}).context["listing"]
    assert listing.reading.text == understood
    assert practice in [card.practice for card in listing.cards]


def test_words_to_leave_out_alone_find_nothing_and_are_no_failure(client: Client) -> None:
    response = client.get("/es/buscar/", {"q": "-visa"})
    assert response.context["listing"].total == 0
    assert "Escriba al menos una palabra" in response.content.decode()
    assert not FailedSearch.objects.exists()


@pytest.mark.parametrize("text", HOSTILE)
def test_anything_may_be_typed_with_wagtails_own_backend(text: str, client: Client) -> None:
    backends = {"default": {"BACKEND": "wagtail.search.backends.database"}}
    with override_settings(WAGTAILSEARCH_BACKENDS=backends):
        assert client.get("/es/buscar/", {"q": text}).status_code == 200


def test_a_very_long_search_is_cut(client: Client) -> None:
    listing = client.get("/es/buscar/", {"q": "x" * 10_000}).context["listing"]
    assert len(listing.filter.query) == 200


def test_words_of_drafts_correct_nothing(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        make_practice(title="Xilófonistas itinerantes")
    listing = Client().get("/es/buscar/", {"q": "xilofonitsas"})
    assert "ilófonistas" not in listing.content.decode()


def test_the_excerpt_is_in_the_language_of_the_version_that_matched(
    django_capture_on_commit_callbacks: Any,
) -> None:
    text = "<p>Primeira frase sem nada. Aqui está o xilofone marcado.</p>"
    with django_capture_on_commit_callbacks(execute=True):
        practice = make_practice(published=True)
        translate(practice, published=True)
        translation = practice.translations.get()
        translation.sections = [
            (block.block_type, text if block.block_type == "background" else block.value)
            for block in translation.sections
        ]
        publish(translation)
    card = Client().get("/es/buscar/", {"q": "xilofones"}).context["listing"].cards[0]
    assert card.excerpt.language == "pt-br"
    assert ("xilofone", True) in card.excerpt.pieces
    assert card.text_language == "es"


def test_the_code_finds_its_practice() -> None:
    practice = PracticePage.objects.published().select_related("record").last()
    assert found(practice.code)[0] == practice
