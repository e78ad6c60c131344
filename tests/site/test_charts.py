"""Bars by theme, category and level; what is distinctive of a country, honestly reckoned."""

import re
from html import unescape

import pytest
from django.test import Client

from practices.figures.charts import Bar, Chart, country_charts
from practices.models import PracticePage, Theme
from tests.factories import country, make_practice

pytestmark = pytest.mark.django_db

MORE = "más que en el conjunto de la región"
BAR = re.compile(
    r'<a class="tone-\d" href="([^"]*)">.*?bars__name"[^>]*>([^<]*)<.*?bars__count">(\d+)<',
    re.DOTALL,
)


def html_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def bars_of(html: str) -> list[tuple[str, str, int]]:
    return [(unescape(url), name, int(count)) for url, name, count in BAR.findall(html)]


def themes_of(code: str) -> Chart:
    return country_charts(code, Theme.all_with_texts())[1][0]


def share(chart: Chart, theme: str) -> tuple[int, int | None, bool]:
    bar = next(bar for bar in chart.bars if bar.value == theme)
    return bar.share, bar.usual, bar.is_more


def test_each_bar_of_the_bank_leads_to_as_many_practices(client: Client) -> None:
    bars = bars_of(html_of(client, "/es/matriz/"))
    facets = {re.sub(r".*\?(\w+)=.*", r"\1", url) for url, _name, _count in bars}
    assert facets == {"theme", "category", "level"}
    assert ("/es/experiencias/?level=provincial", "Provincial") in [bar[:2] for bar in bars]
    for url, _name, count in bars:
        assert client.get(url).context["listing"].total == count, url


def test_each_bar_of_a_country_narrows_its_list(client: Client) -> None:
    path = country("br", "es").url or ""
    bars = bars_of(html_of(client, path))
    assert len(bars) > 6
    for url, _name, count in bars:
        query, _hash, place = url.partition("#")
        response = client.get(f"{path}{query}")
        assert response.context["listing"].total == count, url
        assert f'id="{place}"' in response.content.decode()


def test_the_number_of_a_country_stays_when_its_list_is_narrowed(client: Client) -> None:
    path = country("br", "es").url or ""
    for query in ("", "?theme=consular_assistance", "?q=zzzz"):
        html = html_of(client, f"{path}{query}")
        assert '<a href="#practices">5 ' in html
        assert len(bars_of(html)) == len(bars_of(html_of(client, path)))


def test_a_country_with_few_practices_is_compared_with_nobody(client: Client) -> None:
    for _number in range(2):
        assert share(themes_of("pe"), "human_rights")[1] is None
        assert "en la región" not in html_of(client, country("pe").url or "")
        make_practice(country("pe"), published=True, slug=f"otra-{_number}")
    assert share(themes_of("pe"), "human_rights")[1] is not None
    assert "en la región" in html_of(client, country("pe").url or "")


def test_shares_are_of_practices_and_not_of_mentions(client: Client) -> None:
    for practice in PracticePage.objects.originals():
        practice.unpublish()
    both = ["human_rights", "social_consultation"]
    for number in range(3):
        make_practice(country("pe"), published=True, slug=f"pe-{number}", themes=both)
    make_practice(country("cl"), published=True, slug="cl", themes=["human_rights"])
    chart = themes_of("pe")
    assert share(chart, "human_rights") == (100, 100, False)
    assert share(chart, "social_consultation") == (100, 75, True)
    assert share(chart, "consular_assistance") == (0, 0, False)
    html = html_of(client, country("pe").url or "")
    assert html.count(MORE) == 1
    assert "100\xa0% aquí; 75\xa0% en la región" in html


@pytest.mark.parametrize(
    ("count", "share_here", "usual", "expected"),
    [
        (2, 40, 30, True),
        (2, 40, 31, False),
        (1, 33, 5, False),
        (3, 60, None, False),
        (0, 0, 0, False),
    ],
)
def test_more_means_clearly_more_and_not_by_one(
    count: int, share_here: int, usual: int | None, expected: bool
) -> None:
    bar = Bar("theme", "Theme", "es", count, share_here, usual=usual)
    assert bar.is_more is expected


def test_a_country_without_practices_has_no_bars(client: Client) -> None:
    for practice in PracticePage.objects.originals().filter(country="pe"):
        practice.unpublish()
    html = html_of(client, country("pe").url or "")
    assert bars_of(html) == []
    assert "sin experiencias aún" in html


def test_drafts_do_not_count() -> None:
    before = themes_of("br")
    make_practice(country("br"), slug="rascunho", themes=["consular_assistance"])
    assert themes_of("br") == before
