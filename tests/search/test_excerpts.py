"""The sentence shown under a result, and what is marked in it."""

import unicodedata
from time import perf_counter

import pytest

from osumi_search.analysis import is_stop, stem, words
from osumi_search.excerpts import Wanted, excerpt, mark

TEXT = """Consulados móviles
La Cancillería programa cada año jornadas en otros países. Un equipo consular se traslada con \
los sistemas en línea y ofrece el pasaporte. La misma visita sirve para la protección consular.
Ley N.º 13.445 de migración. Art. 5 sobre la no devolución, y no antes."""


def wanted(query: str, *exact: str, prefixes: tuple[str, ...] = ()) -> Wanted:
    stems = frozenset(stem(word) for word in words(query) if not is_stop(word))
    return Wanted(stems, frozenset(exact), prefixes)


def shown(text: str, what: Wanted, limit: int = 240) -> str:
    """The excerpt, with brackets around what is marked."""
    return "".join(f"[{part}]" if marked else part for part, marked in excerpt(text, what, limit))


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        (
            wanted("equipos en línea"),
            "Un [equipo] consular se traslada con los sistemas en [línea] y ofrece el pasaporte.",
        ),
        (wanted("proteccion"), "La misma visita sirve para la [protección] consular."),
        (wanted("proteção consulares"), "La misma visita sirve para la [protección] [consular]."),
        (wanted("13445"), "Ley N.º [13.445] de migración."),
        (wanted("13.445"), "Ley N.º [13.445] de migración."),
        (
            wanted("", prefixes=("cancil",)),
            "La [Cancillería] programa cada año jornadas en otros países.",
        ),
        (
            wanted("devolución", "no"),
            "Art. 5 sobre la [no] [devolución], y no antes.",
        ),
        (wanted("de la"), TEXT.replace("\n", " ")),
    ],
)
def test_the_sentence_with_most_words(what: Wanted, expected: str) -> None:
    assert shown(TEXT, what, 400) == expected


def test_a_sentence_ranks_before_a_heading() -> None:
    assert shown("Residencias\nSe otorgan residencias.", wanted("residencia")) == (
        "Se otorgan [residencias]."
    )


def test_nothing_found_gives_the_beginning() -> None:
    assert shown(TEXT, wanted("xyz"), 60) == (
        "Consulados móviles La Cancillería programa cada año jornadas…"
    )
    assert shown(TEXT, Wanted(), 18) == "Consulados móviles…"
    assert excerpt("", wanted("xyz")) == []
    assert shown("Corto.", wanted("xyz")) == "Corto."


def test_a_long_sentence_is_cut_between_words_around_what_was_found() -> None:
    text = f"{'previo ' * 100}la migración y el refugio {'después ' * 100}fin."
    result = shown(text, wanted("refugio migraciones"), 80)
    assert "la [migración] y el [refugio]" in result
    assert result.startswith("…previo ")
    assert result.endswith(" después…")
    assert len(result) <= 80 + len("……[][]")
    start = shown(text, wanted("previo"), 40)
    assert start == "[previo] [previo] [previo] [previo] [previo]…"
    end = shown(text, wanted("fin"), 40)
    assert end.endswith("después [fin].")
    assert end.startswith("…")


def test_the_words_shown_are_those_that_stand_together() -> None:
    text = f"Refugio {'y otra cosa ' * 50} migración con refugio {'y más cosas ' * 50} migración."
    assert "[migración] con [refugio]" in shown(text, wanted("migracion refugio"), 100)


def test_texts_without_spaces() -> None:
    assert shown("a" * 1000, wanted("xyz"), 50) == "a" * 50 + "…"
    result = shown(f"{'a' * 500} migración {'b' * 500}", wanted("migracion"), 50)
    assert "[migración]" in result
    assert len(result) <= 54
    assert shown("移民政策" * 100, wanted("移民"), 40) == "移民政策" * 10 + "…"
    assert shown("政策 移民 政策。", wanted("移民")) == "政策 [移民] 政策。"
    assert shown("x" * 500, wanted("x" * 500), 40).startswith("x" * 40)


def test_letters_are_those_of_the_text() -> None:
    text = 'La <b>Migración</b> & "MIGRAÇÕES" 😀, año ½ de ﬁchas; mi\u00adgrar.'
    pieces = excerpt(text, wanted("migracion"))
    assert "".join(part for part, _ in pieces) == text
    assert [part for part, marked in pieces if marked] == [
        "Migración",
        "MIGRAÇÕES",
        "mi\u00adgrar",
    ]


def test_decomposed_accents() -> None:
    text = unicodedata.normalize("NFD", "La migración, a acolhida e a proteção.")
    result = shown(text, wanted("migração protección acogidas"))
    assert unicodedata.normalize("NFC", result) == "La [migración], a [acolhida] e a [proteção]."
    assert shown("El q\u0303ala es", wanted("qala")) == "El [q\u0303ala] es"


def test_words_are_whole() -> None:
    assert shown("La inmigración de_migrar xmigrar.", wanted("migrar")) == (
        "La inmigración de_[migrar] xmigrar."
    )


def test_a_title_is_marked_whole() -> None:
    assert mark(
        "MigraMóvil: jornadas. Otras jornadas", wanted("jornada", prefixes=("migramo",))
    ) == [
        ("MigraMóvil", True),
        (": ", False),
        ("jornadas", True),
        (". Otras ", False),
        ("jornadas", True),
    ]


def test_twenty_long_texts_at_once() -> None:
    texts = [(TEXT + "\n") * 34 for _ in range(20)]
    what = wanted("protección de migrantes en línea")
    excerpt(TEXT, what)
    start = perf_counter()
    for text in texts:
        excerpt(text, what)
    # Measured: 10 ms. The rest is for a machine that does something else as well.
    assert perf_counter() - start < 0.1
