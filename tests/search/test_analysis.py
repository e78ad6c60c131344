"""Folding, words, stop words."""

import unicodedata

import pytest

from osumi_search.analysis import fold, is_stop, prepare, stem, words


def test_folding_takes_case_and_accents() -> None:
    assert fold("Migração, NIÑEZ, Perú, ÉXITO") == "migracao, ninez, peru, exito"


def test_folding_keeps_every_position() -> None:
    for code in range(0x110000):
        assert len(fold(chr(code))) == 1, hex(code)


def test_folding_does_not_depend_on_what_stands_beside() -> None:
    assert fold("Çã 移民 Đ") == fold("Çã") + " 移民 d"
    # One letter that is not in the code page must not change how the others fold.
    latin = "".join(chr(code) for code in range(0x20, 0x250))
    assert fold(latin + "移")[:-1] == "".join(fold(letter) for letter in latin)


def test_composed_and_decomposed_accents_are_the_same_word() -> None:
    for text in ("Migración", "interiorização", "niñez", "q\u0303ala"):
        assert words(unicodedata.normalize("NFD", text)) == words(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ley N.º 13.445/2017", ["ley", "n", "o", "13445", "2017"]),
        ("13445", ["13445"]),
        ("unas 1.729.000 personas, el 7.5", ["unas", "1729000", "personas", "el", "7", "5"]),
        ("Bienvenid@s a «Casa»_x", ["bienvenid", "s", "a", "casa", "x"]),
        ("ﬁcha ｆｉｃｈａ CO²", ["ficha", "ficha", "co2"]),
        ("mi\u00adgrante a\x00b mi\u200dgrar \ud800", ["migrante", "ab", "migrar"]),
        ("una\nlínea\totra", ["una", "linea", "otra"]),
        ("移民 Миграция 😀", ["移民", "миграция"]),
        ("\"' \\ % ( * : ^ -", []),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_what_is_prepared_can_be_kept_by_a_database() -> None:
    prepared = prepare("".join(map(chr, range(0x110000))))
    assert "\x00" not in prepared
    prepared.encode("utf-8")
    assert prepare(prepared) == prepared


def test_stop_words_of_both_languages_are_folded() -> None:
    for word in ("para", "los", "pela", "nao", "entre", "sao", "mas", "tambien", "tambem"):
        assert is_stop(word), word
    for word in ("pais", "ley", "lei", "casa", "refugio", "trata"):
        assert not is_stop(word), word


def test_a_stem_is_the_same_with_or_without_accents() -> None:
    assert {
        stem(*words(form))
        for form in ("migracion", "Migración", "migraciones", "migrações", "MIGRAÇÃO")
    } == {"migr"}
