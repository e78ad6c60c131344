"""Counts and dates as each language writes them."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from practices.finding.statement import Found, Statement
from practices.templatetags.practices_tags import day, number
from tests.messages import of_pages, source_of, templates
from tests.site.test_foreign_texts import Walk

pytestmark = pytest.mark.one_database

# Spanish parts thousands by a space that does not break, as its academies say.
THOUSANDS = {"es": "1\xa0234\xa0567", "pt-br": "1.234.567", "en": "1,234,567"}
DAYS = {"es": "3 de mayo de 2026", "pt-br": "3 de maio de 2026", "en": "May 3, 2026"}
LANGUAGES = ["es", "pt-br"]


@pytest.mark.parametrize("language", THOUSANDS)
def test_thousands_are_grouped(language: str) -> None:
    with override(language):
        assert number(1_234_567) == THOUSANDS[language]
        assert number(999) == "999"


@pytest.mark.parametrize("language", DAYS)
def test_days_are_written_out(language: str) -> None:
    with override(language):
        assert day(datetime(2026, 5, 3, tzinfo=UTC)) == DAYS[language]
        assert day(None) == ""


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_write_their_counts_so(
    language: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nobody waits for so many practices to be made.
    find = Statement.find

    def find_many(*args: Any) -> Found:
        return replace(find(*args), total=1_234_567, practices=[])

    monkeypatch.setattr("practices.finding.statement.Statement.find", find_many)
    monkeypatch.setattr("home.models.total", lambda _counts: 1_234_567)
    for path in ("", "experiencias/", "experiencias/peru/", "buscar/", "temas/"):
        texts = [text for text, _said in Walk(read(client, f"/{language}/{path}")).texts]
        assert not [text for text in texts if "1234567" in text]
        if path != "temas/":
            assert [text for text in texts if THOUSANDS[language] in text], path


def read(client: Client, url: str) -> str:
    return client.get(url).content.decode()


COUNT = re.compile(
    r"\{\{[^}]*\b(?<!:)(?:count|length|total)\b(?![\w|]*\|(?:number|percent_of))[^}]*\}\}"
)
MESSAGE = re.compile(r"\{% blocktranslate count (?!counter=).*?%\}")


@pytest.mark.parametrize("template", templates())
def test_no_template_of_a_page_leaves_a_count_bare(template: str) -> None:
    if template.partition("templates/")[2] not in of_pages():
        return
    source = source_of(template)
    messages = re.compile(r"\{% blocktranslate .*?\{% endblocktranslate %\}")
    assert MESSAGE.findall(source) == []
    assert COUNT.findall(messages.sub("", source)) == []
    for message in re.findall(r"\{% blocktranslate count .*?%\}", source):
        # A script puts the number into some; others name what they count.
        assert "|number" in message or "'{total}'" in message or "|join" in message
