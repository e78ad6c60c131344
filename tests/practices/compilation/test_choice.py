"""Reading the address of a compilation: nothing that is typed breaks it, and it says the same again."""

import re
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from practices.compilation.choice import LONGEST_TITLE, MOST_PICKED, Choice
from tests.hostile import HOSTILE

NAMES = ["practices", "list", "title", "lang", "design", "group", "add", "before", "country", "x"]
WORDS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    st.sampled_from(
        ["PER-7", "per-0007", "OSUMI-ARG-0001", "PER-7.ARG-1", "BRA-2,", "es", "theme"]
    ),
)


def parse(query: str) -> Choice:
    return Choice.parse(QueryDict(query))


def test_an_empty_address() -> None:
    with translation.override("pt-br"):
        assert parse("") == Choice(languages=("pt-br",))
        assert parse("").query() == ""


def test_a_whole_address() -> None:
    query = (
        "practices=PER-7.ARG-1&title=Regularizaci%C3%B3n+2026&lang=es&lang=pt-br"
        "&design=summary&group=country"
    )
    choice = parse(query)
    assert choice.codes == ("PER-7", "ARG-1")
    assert choice.title == "Regularización 2026"
    assert choice.languages == ("es", "pt-br")
    assert (choice.design, choice.grouping) == ("summary", "country")
    assert choice.query() == query


def test_what_goes_without_saying_is_not_said() -> None:
    with translation.override("es"):
        choice = parse("practices=PER-7&title=+&lang=es&design=full&group=none&add=&before=")
        assert choice.query() == "practices=PER-7"
    with translation.override("pt-br"):
        assert parse("practices=PER-7&lang=es").query() == "practices=PER-7&lang=es"


@pytest.mark.parametrize(
    "written",
    [
        "PER-7.ARG-1",
        "PER-7,ARG-1",
        "per-0007 arg-01",
        "OSUMI-PER-0007; OSUMI-ARG-0001",
        "PER-7.ARG-1.PER-7.per-07",
        " .PER-7..ARG-1|\n",
    ],
)
def test_codes_are_read_as_people_write_them(written: str) -> None:
    assert parse(urlencode({"practices": written})).codes == ("PER-7", "ARG-1")
    both = parse(urlencode([("practices", "PER-7"), ("practices", "ARG-1")]))
    assert both.codes == ("PER-7", "ARG-1")


def test_typed_codes_come_last() -> None:
    assert parse("add=BRA-2+PER-7&practices=PER-7.ARG-1").codes == ("PER-7", "ARG-1", "BRA-2")


def test_words_that_are_no_codes_are_told() -> None:
    choice = parse(urlencode({"practices": "PER-7", "add": "hola PERU-7 BRA-2 7-PER PER-1234567"}))
    assert choice.codes == ("PER-7", "BRA-2")
    assert choice.rejected == ("hola", "PERU-7", "7-PER", "PER-1234567")


def test_at_most_a_hundred() -> None:
    codes = [f"PER-{number}" for number in range(1, MOST_PICKED + 4)]
    choice = parse(urlencode({"practices": ".".join(codes)}))
    assert list(choice.codes) == codes[:MOST_PICKED]
    assert choice.left_out == 3


def test_a_list_stands_for_itself_unless_practices_are_named() -> None:
    choice = parse("list=1&country=pe&title=Lista")
    assert choice.is_list
    assert choice.query("?country=pe&theme=human_rights") == (
        "list=1&country=pe&theme=human_rights&title=Lista"
    )
    assert not parse("list=1&practices=PER-7").is_list


def test_a_title_is_one_line_of_a_bounded_length() -> None:
    assert parse(urlencode({"title": " a\x00\n\u2028b\t c "})).title == "a b c"
    assert parse(urlencode({"title": "x" * 10_000})).title == "x" * LONGEST_TITLE


def test_unknown_wishes_are_as_if_not_there() -> None:
    with translation.override("es"):
        choice = parse("practices=PER-7&lang=xx&lang=&design=pretty&group=colour")
        assert choice.languages == ("es",)
        assert choice.query() == "practices=PER-7"


def test_moving() -> None:
    choice = Choice(("A", "B", "C"), title="Una")
    assert choice.moved("C", -1).codes == ("A", "C", "B")
    assert choice.moved("A", 1).codes == ("B", "A", "C")
    assert choice.moved("A", -1).codes == choice.moved("C", 1).codes == ("A", "B", "C")
    assert choice.moved("D", 1).codes == ("A", "B", "C")
    assert choice.moved("A", 1).title == "Una"


def test_what_is_removed_can_be_had_back() -> None:
    choice = parse("practices=PER-7.ARG-1.BRA-2&title=Una")
    removed = parse(choice.without("ARG-1").query(undoable=True))
    assert removed.codes == ("PER-7", "BRA-2")
    assert removed.of(removed.before) == choice
    emptied = parse(choice.emptied().query(undoable=True))
    assert emptied.codes == ()
    assert emptied.of(emptied.before) == choice
    assert "before" not in removed.query()


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("name", NAMES)
def test_hostile_words(name: str, hostile: str) -> None:
    is_sound(parse(urlencode({name: hostile})))


@given(st.lists(st.tuples(st.sampled_from(NAMES), WORDS), max_size=12))
def test_whatever_is_asked(pairs: list[tuple[str, str]]) -> None:
    is_sound(parse(urlencode(pairs)))


def is_sound(choice: Choice) -> None:
    """Within its limits, and the same when its own address is read."""
    assert all(re.fullmatch(r"[A-Z]{3}-[0-9]{1,6}", code) for code in choice.codes)
    assert len(set(choice.codes)) == len(choice.codes) <= MOST_PICKED
    assert len(choice.title) <= LONGEST_TITLE
    assert choice.title.isprintable() or not choice.title.isascii()
    again = parse(choice.query(undoable=True))
    told = ("rejected", "left_out")
    for name in Choice.__dataclass_fields__:
        if name not in told:
            assert getattr(again, name) == getattr(choice, name), name
    assert again.query() == choice.query()
