"""`manage.py merge_tags` lists tags that are written in several ways, and merges them when told."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from taggit.models import Tag

from practices.models import PracticePage
from practices.spellings import merge_all, spelling
from tests.factories import country, make_practice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tags() -> None:
    """Two groups, and one that stands alone."""
    Tag.objects.update(name=Concat(Value("demo"), Cast("pk", CharField())))
    for name in ("refugio", "Refugió", "mesa-técnica", "mesa tecnica", "sola"):
        tag = Tag.objects.create(name=name)
        make_practice(published=True, title=f"Con {name}", tags=[tag])


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("merge_tags", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def left() -> set[str]:
    return set(Tag.objects.exclude(name__startswith="demo").values_list("name", flat=True))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Refugio", "REFUGIO"),
        ("acción", "accion"),
        ("a b", "a-b"),
        ("a  b", "ab"),
        ("niñez", "NINEZ"),
    ],
)
def test_one_word_in_two_spellings(one: str, other: str) -> None:
    assert spelling(one) == spelling(other)


@pytest.mark.parametrize(("one", "other"), [("país", "países"), ("a, b", "a b"), ("c+", "c")])
def test_two_words(one: str, other: str) -> None:
    assert spelling(one) != spelling(other)


def test_it_lists_and_changes_nothing() -> None:
    assert run().splitlines() == [
        "mesa-técnica (1 es), mesa tecnica (1 es)",
        "Refugió (1 es), refugio (1 es)",
    ]
    assert len(left()) == 5


def test_it_merges_all_when_told() -> None:
    said = run("--merge")
    assert "Merged into mesa-técnica: mesa tecnica" in said
    assert left() == {"Refugió", "mesa-técnica", "sola"}
    practice = PracticePage.objects.get(title="Con refugio")
    assert list(practice.tags.names()) == ["Refugió"]
    assert run("--merge") == run() == ""


def test_it_merges_one_group_into_a_name() -> None:
    run("--merge", "refugio")
    assert left() == {"refugio", "mesa-técnica", "mesa tecnica", "sola"}
    for wrong in ("sola", "nada"):
        with pytest.raises(CommandError, match=wrong):
            run("--merge", wrong)


def test_words_of_two_languages_are_merged_by_name_alone() -> None:
    make_practice(country("br"), published=True, title="Uma", tags=["refugiô"])
    assert "Left, words of several languages" in run("--merge")
    assert {"Refugió", "refugio", "refugiô"} <= left()
    run("--merge", "refugio")
    assert left() == {"refugio", "mesa-técnica", "sola"}


def test_a_text_under_review_keeps_its_tag(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    refused = Tag.objects.get(name="refugio")
    monkeypatch.setattr("practices.tagging.under_review", lambda tag: [tag] * (tag == refused))
    with pytest.raises(CommandError, match="1 groups"):
        run("--merge")
    assert left() == {"Refugió", "refugio", "mesa-técnica", "sola"}


def test_who_comes_second_merges_nothing() -> None:
    kept, gone = Tag.objects.get(name="Refugió"), Tag.objects.get(name="refugio")
    assert merge_all(kept, [gone])
    assert not merge_all(kept, [gone])
    assert not merge_all(gone, [kept])
