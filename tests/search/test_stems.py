"""One stem for the forms of a word in both languages, and another for other words."""

from collections import defaultdict
from itertools import chain
from pathlib import Path

import pytest

from osumi_search import stems
from osumi_search.stems import stem

Family = tuple[list[str], list[str]]


def _families() -> tuple[list[Family], list[Family]]:
    """Families from the practices, and those that the rules were not made for."""
    text = Path(__file__).with_name("families.txt").read_text()
    text = text[text.index("\nmigracion") :]
    from_practices, unseen = text.strip().split("\n\n")

    def read(lines: str) -> list[Family]:
        parts = (line.split("|") for line in lines.splitlines())
        return [(forms.split(), others.split()) for forms, others in parts]

    return read(from_practices), read(unseen)


FROM_PRACTICES, UNSEEN = _families()
# Words of one origin, or homographs: who finds one by the other is not misled, or not often.
ALIKE = {
    "cas", "consul", "coordin", "document", "famel", "inform", "jener", "port",
    "program", "publis", "refuj", "siudadan", "trabaj", "trat",
}  # fmt: skip


@pytest.mark.parametrize("family", FROM_PRACTICES, ids=lambda family: family[0][0])
def test_forms_of_a_word_have_one_stem(family: Family) -> None:
    assert len({stem(form) for form in family[0]}) == 1, {form: stem(form) for form in family[0]}


def test_nearly_all_words_a_person_types_for_another_do() -> None:
    split = [
        forms[0]
        for forms, others in FROM_PRACTICES
        if len({stem(form) for form in (*forms, *others)}) > 1
    ]
    assert set(split) <= {"residente", "solicitante"}


def test_words_that_the_rules_were_not_made_for() -> None:
    split = [forms[0] for forms, others in UNSEEN if len({*map(stem, forms + others)}) > 1]
    assert len(split) <= len(UNSEEN) * 0.06, split


def test_other_words_have_other_stems() -> None:
    joined = defaultdict(set)
    for forms, others in FROM_PRACTICES + UNSEEN:
        for form in (*forms, *others):
            joined[stem(form)].add(forms[0])
    assert {found: words for found, words in joined.items() if len(words) > 1}.keys() <= ALIKE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("universidad", "universal"), ("nacion", "nacional"), ("nacional", "nacionalidad"),
        ("persona", "personal"), ("estado", "estatuto"), ("parte", "partido"),
        ("regular", "regularizar"), ("comun", "comunidad"), ("comunal", "comunidad"),
        ("ministro", "ministerio"), ("pueblo", "poblacion"), ("ciudad", "ciudadano"),
        ("migrar", "emigrar"), ("emigrar", "inmigrar"), ("identidad", "identificar"),
        ("redes", "redaccion"), ("reglamento", "regla"), ("departamento", "departir"),
    ],
)  # fmt: skip
def test_near_words_are_told_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("people", "country"),
    [
        ("argentinas", "argentina"), ("bolivianos", "bolivia"), ("brasilenos", "brasil"),
        ("brasileira", "brasil"), ("chilena", "chile"), ("colombianas", "colombia"),
        ("ecuatorianos", "ecuador"), ("equatorianas", "equador"), ("guyaneses", "guyana"),
        ("paraguaia", "paraguay"), ("peruanas", "peru"), ("surinamesa", "suriname"),
        ("uruguayo", "uruguai"), ("venezolanos", "venezuela"), ("venezuelanas", "venezuela"),
    ],
)  # fmt: skip
def test_a_country_and_its_people_find_each_other(people: str, country: str) -> None:
    assert stem(people) == stem(country)


@pytest.mark.parametrize(
    "word", ["", "a", "de", "13445", "co2", "aaaaaaa", "ssss", "eses", "移民", "s" * 5000]
)
def test_anything_has_a_stem(word: str) -> None:
    assert bool(stem(word)) == bool(word)


def test_stems_begin_as_they_say() -> None:
    every = chain.from_iterable((*forms, *others) for forms, others in FROM_PRACTICES + UNSEEN)
    for word in (*every, "irmaos", "quatro", "avaliar", "zona", "yo", "vivir", "saude", "ejercer"):
        found = stem(word)
        assert word[0] in stems.OPENINGS.get(found[0], found[0]), word
