"""The word that was meant."""

import random
from time import perf_counter

import pytest

from osumi_search.models import Word
from osumi_search.spelling import candidates_q, closest, distance

WORDS = [
    ("migramovil", 9), ("migracion", 300), ("regularizacion", 80), ("regularizacao", 60),
    ("naturalizacion", 7), ("cucayo", 4), ("grande", 20), ("obmigra", 8), ("comigrar", 9),
    ("residencia", 90), ("residente", 30), ("casa", 12), ("cosa", 3), ("intersectorial", 5),
    ("hijos", 20), ("envio", 2), ("consulados", 14),
]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("migramobil", "migramovil"),
        ("regularisasion", "regularizacion"),
        ("natrualizacion", "naturalizacion"),
        ("cucallo", "cucayo"),
        ("grnade", "grande"),
        ("obmirga", "obmigra"),
        ("comigra", "comigrar"),
        ("residensia", "residencia"),
        ("ijos", "hijos"),
        ("embio", "envio"),
        ("conzulados", "consulados"),
        ("intersetorail", "intersectorial"),
    ],
)
def test_what_was_meant(typed: str, meant: str) -> None:
    assert closest(typed, WORDS) == meant


@pytest.mark.parametrize("typed", ["xyzxyz", "13445", "co2", "cas", "", "移民", "migrsmopel"])
def test_nothing_is_near(typed: str) -> None:
    assert closest(typed, WORDS) is None


def test_of_equally_near_words_the_more_frequent() -> None:
    assert closest("caza", [("cama", 5), ("cata", 90), ("capa", 30)]) == "cata"
    assert closest("caza", [("casa", 1), ("cata", 90)]) == "casa", "it sounds the same"


@pytest.mark.parametrize(
    ("one", "other", "errors"),
    [
        ("casa", "casa", 0), ("casa", "cas", 1), ("casa", "caas", 1), ("casa", "cosa", 1),
        ("casa", "casas", 1), ("casa", "acas", 2), ("casa", "perro", 3), ("", "", 0), ("", "ab", 2),
    ],
)  # fmt: skip
def test_distance(one: str, other: str, errors: int) -> None:
    assert distance(one, other, 2) == errors
    assert distance(other, one, 2) == errors


@pytest.mark.django_db
def test_candidates_of_fifty_thousand_words_come_at_once() -> None:
    chance = random.Random(1)  # noqa: S311
    syllables = [a + b for a in "bcdfglmnprstv" for b in "aeiou"]
    endings = ["cion", "dad", "miento", "r", "do", "s", "les"]
    made = {
        "".join(chance.choices(syllables, k=chance.randint(2, 4))) + chance.choice(endings)
        for _ in range(52_000)
    } | {"migramovil", "regularizacion"}
    Word.objects.bulk_create(
        [Word.of(word, word) for word in sorted(made)], ignore_conflicts=True, batch_size=5000
    )
    for typed, meant in (("migramobil", "migramovil"), ("regularisasion", "regularizacion")):
        start = perf_counter()
        found = Word.objects.filter(candidates_q(typed)).values_list("word", "count")
        assert closest(typed, found) == meant
        # Measured: 10 ms. The rest is for a machine that does something else as well.
        assert perf_counter() - start < 0.1
