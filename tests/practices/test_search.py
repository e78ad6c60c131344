"""Words find practices, whatever their case and accents, in any public version."""

from typing import Any

import pytest
from django.test import Client

from practices.models import PracticePage
from tests.factories import make_practice, publish, translate

HOSTILE = [
    '"',
    "'",
    '"hola',
    "\\",
    "%",
    "*",
    "(",
    "a:b",
    "^",
    "-",
    "a\x00b",
    "NEAR",
    "AND",
    "NOT",
    "OR x",
    "🙂",
    "x" * 10_000,
    "   ",
    "\n",
    "{}",
    "<script>",
    "título:*",
    "a AND (",
    "ﬁ",
]


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["regularizacion", "REGULARIZACIÓN", "ninas", "niñas niños"])
def test_case_and_accents_do_not_matter(
    words: str, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        practice = make_practice(published=True, title="Regularización de niñas y niños")
    assert practice in PracticePage.objects.published().matching(words)


@pytest.mark.django_db
def test_words_of_a_translation_find_the_practice(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        practice = make_practice(published=True)
        translation = translate(practice, title="Palavra inconfundível")
    assert practice not in PracticePage.objects.published().matching("inconfundivel")
    with django_capture_on_commit_callbacks(execute=True):
        publish(translation)
    assert list(PracticePage.objects.published().matching("inconfundivel")) == [practice]


@pytest.mark.django_db
def test_tags_and_entities_are_indexed_with_the_first_save(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        practice = make_practice(published=True, tags=["zahorí"], responsible_entity="Ñuñoa SA")
    assert practice in PracticePage.objects.published().matching("zahori")
    assert practice in PracticePage.objects.published().matching("nunoa")


@pytest.mark.django_db
@pytest.mark.parametrize("text", HOSTILE)
def test_anything_may_be_typed(text: str, client: Client) -> None:
    list(PracticePage.objects.published().matching(text))
    response = client.get("/es/buscar/", {"q": text})
    assert response.status_code == 200


@pytest.mark.django_db
def test_the_private_contact_is_not_searchable() -> None:
    assert not PracticePage.objects.published().matching("punto.focal.py24").exists()


@pytest.mark.django_db
def test_what_was_removed_is_found_no_more(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        practice = make_practice(published=True, responsible_entity="Xilófono")
        translate(practice, published=True)
    assert PracticePage.objects.published().matching("xilofono").exists()
    with django_capture_on_commit_callbacks(execute=True):
        practice.responsible_entity = "Tambor"
        publish(practice)
    assert not PracticePage.objects.published().matching("xilofono").exists()
    assert PracticePage.objects.published().matching("tambor").exists()
