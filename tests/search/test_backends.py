"""The backend as Wagtail's own code meets it: any model, any queryset, Wagtail's queries."""

from io import StringIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from modelsearch.backends.base import FilterFieldError, SearchFieldError
from modelsearch.query import MATCH_ALL, And, Boost, Fuzzy, Not, Or, Phrase, PlainText
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from home.models import CustomDocument
from osumi_search.models import Entry, Word
from practices.models import CountryPage, PracticePage, Theme
from tests.factories import make_practice
from tests.hostile import HOSTILE

pytestmark = pytest.mark.django_db


@pytest.fixture
def practices(django_capture_on_commit_callbacks: Any) -> dict[str, PracticePage]:
    """Three practices that share some words of their titles."""
    titles = {"one": "Zafra de caña", "two": "Zafra de trigo", "three": "Trigo sin caña"}
    with django_capture_on_commit_callbacks(execute=True):
        return {name: make_practice(title=title) for name, title in titles.items()}


def titles(query: Any, **options: Any) -> list[str]:
    return sorted(page.title for page in PracticePage.objects.search(query, **options))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (PlainText("zafra cana"), ["one"]),
        (PlainText("zafras canas"), ["one"]),
        (PlainText("cana trigo", operator="or"), ["one", "three", "two"]),
        (Phrase("zafra de trigo"), ["two"]),
        (Phrase("trigo zafra"), []),
        (And([PlainText("zafra"), Not(PlainText("caña"))]), ["two"]),
        (And([PlainText("zafra"), Not(MATCH_ALL)]), []),
        (Or([Phrase("zafra de caña"), PlainText("sin trigo")]), ["one", "three", "two"]),
        (And([Boost(PlainText("trigo"), 2), MATCH_ALL]), ["three", "two"]),
        (Fuzzy("zafra trigo", operator="and"), ["two"]),
        (PlainText("zafra") & PlainText("trigo"), ["two"]),
    ],
)
def test_wagtails_queries(
    practices: dict[str, PracticePage], query: Any, expected: list[str]
) -> None:
    assert titles(query) == sorted(practices[name].title for name in expected)


@pytest.mark.usefixtures("practices")
def test_everything_and_nothing() -> None:
    assert PracticePage.objects.search(MATCH_ALL).count() == PracticePage.objects.count()
    assert not PracticePage.objects.search(Not(MATCH_ALL)).count()
    assert not PracticePage.objects.search("").count()
    assert not PracticePage.objects.search("¿?").count()


def test_any_queryset_can_be_searched(practices: dict[str, PracticePage]) -> None:
    wanted = PracticePage.objects.filter(translations__isnull=True).filter(
        pk__in=PracticePage.objects.filter(choices__key="national").values("pk")
    )
    assert titles_of(wanted.search("zafra")) == [practices["one"].title, practices["two"].title]
    assert list(PracticePage.objects.published().search("zafra")) == []
    below = Page.objects.descendant_of(practices["one"].get_parent())
    assert len(below.search("trigo")) == 2
    assert len(below.specific().search("trigo")) == 2


def titles_of(results: Any) -> list[str]:
    return sorted(page.title for page in results)


@pytest.mark.usefixtures("practices")
def test_fields_are_restricted_by_their_class() -> None:
    assert titles("zafra", fields=["title"])
    assert not titles("zafra", fields=["entity_names"])
    assert not titles("zafra", fields=["section_texts"])
    assert titles("ministerio salud", fields=["entity_names"])
    with pytest.raises(SearchFieldError):
        titles("zafra", fields=["nothing"])


@pytest.mark.usefixtures("practices")
def test_results_are_sliced_counted_scored_and_faceted() -> None:
    results = PracticePage.objects.search("zafra OR trigo", operator="or")
    assert results.count() == len(list(results)) == 3
    assert [page.pk for page in results[1:3]] == [page.pk for page in list(results)[1:3]]
    assert results[1:3].count() == 2
    assert results[5:9].count() == 0
    assert results[:0].count() == 0
    scored = results.annotate_score("relevance")
    scores = [page.relevance for page in scored]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[-1] > 0
    by_title = PracticePage.objects.order_by("title").search("trigo", order_by_relevance=False)
    assert [page.title for page in by_title] == ["Trigo sin caña", "Zafra de trigo"]
    assert results.facet("country") == {"pe": 3}
    with pytest.raises(FilterFieldError):
        results.facet("sections")


@pytest.mark.usefixtures("practices")
def test_autocomplete_takes_the_beginning_of_the_last_word() -> None:
    for text in ("zaf", "ZÁF", "zafra tri"):
        assert Page.objects.autocomplete(text).count()
    assert not Page.objects.autocomplete("tri zafra").count()
    assert not Page.objects.autocomplete("minister").count(), "titles alone are completed"


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_is_typed_breaks_it(text: str) -> None:
    for model in (Page, PracticePage, CustomDocument, Theme):
        for found in (
            model.objects.search if hasattr(model.objects, "search") else searching(model),
            completing(model),
        ):
            for operator in ("and", "or"):
                list(found(text, operator=operator))
    backend = get_search_backend()
    list(backend.search(Phrase(text), Page))


def searching(model: Any) -> Any:
    return lambda text, **options: get_search_backend().search(text, model, **options)


def completing(model: Any) -> Any:
    return lambda text, **options: get_search_backend().autocomplete(text, model, **options)


def test_other_models_are_found_without_any_change(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        document = CustomDocument.objects.create(
            title="Cartilla de ñandúes", file=ContentFile(b"texto", name="a.txt")
        )
    backend = get_search_backend()
    assert list(backend.search("nandues", CustomDocument)) == [document]
    assert list(backend.autocomplete("ñand", CustomDocument)) == [document]
    with django_capture_on_commit_callbacks(execute=True):
        document.delete()
    assert not backend.search("nandues", CustomDocument).count()
    assert CountryPage.objects.search("Perú").count() >= 1
    call_command("update_index", verbosity=0)  # themes come with a migration, without an index
    assert backend.search("direitos humanos", Theme)[0].code == "human_rights"


def test_a_page_deleted_as_a_plain_page_leaves_the_index(
    practices: dict[str, PracticePage],
) -> None:
    entry = Entry.objects.get(object_id=str(practices["one"].pk))
    assert entry.content_type.model == "practicepage"
    Page.objects.get(pk=practices["one"].pk).delete()
    assert not Entry.objects.filter(pk=entry.pk).exists()


@pytest.mark.usefixtures("practices")
def test_rebuilding_gives_the_same_and_takes_out_what_is_gone() -> None:
    call_command("update_index", verbosity=0)
    before = {(entry.content_type_id, entry.object_id) for entry in Entry.objects.all()}
    found = titles("zafra")
    stray = Entry.objects.create(content_type=Entry.objects.all()[0].content_type, object_id="9999")
    Entry.objects.filter(object_id=str(PracticePage.objects.latest("pk").pk)).delete()
    output = StringIO()
    call_command("update_index", stdout=output)
    assert {(entry.content_type_id, entry.object_id) for entry in Entry.objects.all()} == before
    assert not Entry.objects.filter(pk=stray.pk).exists()
    assert titles("zafra") == found
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM osumi_search_words")
        assert cursor.fetchone() == (len(before),)
    assert "osumi_search_words" in output.getvalue()


@pytest.mark.usefixtures("practices")
def test_words_are_counted_and_forgotten_when_the_index_is_rebuilt() -> None:
    assert Word.objects.get(word="cana").shown == "caña"
    Word.objects.create(word="nadie", shown="nadie", stem="nadi", length=5)
    call_command("update_index", stdout=StringIO())
    assert Word.objects.get(word="zafra").count == 2
    assert not Word.objects.filter(word="nadie").exists()


def test_resetting_empties_the_index() -> None:
    get_search_backend().reset_indexes()
    assert not Entry.objects.exists()
    assert not Page.objects.search("Perú").count()
