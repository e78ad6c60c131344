"""Real questions find the right practice among the first three, on whichever database."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client

from home.demo.trees import translation_key

QUERIES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("judged.yaml").read_text(encoding="utf-8")
)
PAGES = {"es": "/es/buscar/", "pt-br": "/pt-br/buscar/"}
CARDS = 3


def test_the_set_holds_what_it_promises() -> None:
    kinds = [judged["kind"] for judged in QUERIES]
    assert len(QUERIES) >= 80
    assert kinds.count("misspelt") >= 12
    assert kinds.count("other") >= 15
    assert len({judged["query"] for judged in QUERIES}) == len(QUERIES)


@pytest.mark.django_db
def test_the_right_practice_is_among_the_first_three(client: Client) -> None:
    missed = []
    for judged in QUERIES:
        page = client.get(PAGES[judged["site"]], {"q": judged["query"]})
        assert page.status_code == 200, judged["query"]
        found = [card.practice for card in page.context["listing"].cards[:CARDS]]
        right = {translation_key(name) for name in judged["right"]}
        if right.isdisjoint(practice.translation_key for practice in found):
            missed.append((judged["kind"], judged["query"], [card.title for card in found]))
    print(*missed, sep="\n")  # noqa: T201
    assert len(missed) <= len(QUERIES) * 0.05, missed
