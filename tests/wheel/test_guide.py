"""docs/plugin.md is followed to the letter, with the wheel in an environment of its own."""

import json
from collections.abc import Iterator
from http import HTTPStatus
from urllib.error import HTTPError

import pytest

from .conftest import Site, read

pytestmark = [pytest.mark.xdist_group("wheel"), pytest.mark.one_database]

ALONE = """
INSTALLED_APPS = ["osumi_search", *INSTALLED_APPS]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "osumi_search.backends"}}
"""


@pytest.fixture(scope="module")
def code(site: Site) -> str:
    """The code of a practice that was published."""
    return site.shell("first_practice.txt", COUNTRY="pe").split()[-1]


@pytest.fixture(scope="module")
def address(site: Site, code: str) -> Iterator[str]:
    with site.served() as address:
        yield address


def test_the_plugin_comes_from_the_wheel_alone(site: Site) -> None:
    told = site.run(
        "python -c 'import practices, osumi_search;"
        " print(practices.__file__, osumi_search.__file__)'"
    )
    assert told.count("site-packages") == 2
    for name in ("osumi_site", "home.demo", "tests", "tools"):
        site.run(f"! python -c 'import {name}' 2>/dev/null")


def test_nothing_is_left_to_do(site: Site) -> None:
    assert "no issues" in site.run("python manage.py check --fail-level WARNING")
    site.run("python manage.py makemigrations --check --dry-run practices osumi_search")


def test_pages_made_once_stay(site: Site) -> None:
    told = site.run("python manage.py start_collection pe:PER:es:Perú")
    assert told.startswith("0 pages made.")


def test_the_practice_is_read(address: str, code: str) -> None:
    url, page = read(f"{address}/ficha/{code}/")
    assert url == f"{address}/es/experiencias/peru/una-experiencia-en-otra-casa/"
    text = page.decode()
    assert "Una experiencia en otra casa" in text
    assert "Resumen de la experiencia" in text  # the compiled catalogue
    assert 'class="shell-header"' in text
    assert "Experiências" in read(f"{address}/pt-br/experiencias/")[1].decode()


def test_its_style_and_files_are_there(address: str, code: str) -> None:
    assert b"@layer" in read(f"{address}/static/practices/practices.css")[1]
    assert read(f"{address}/ficha/{code}.pdf")[1].startswith(b"%PDF")
    assert read(f"{address}/ficha/{code}.docx")[1].startswith(b"PK")


def test_it_is_found(address: str) -> None:
    assert "Una experiencia" in read(f"{address}/es/buscar/?q=orquideas")[1].decode()


def test_it_is_read_by_the_api(address: str, code: str) -> None:
    practice = json.loads(read(f"{address}/api/v1/practices/{code}/")[1])
    assert practice["code"] == code
    assert practice["title"] == "Una experiencia en otra casa"


def test_what_the_api_does_not_have_stays_not_found(address: str) -> None:
    with pytest.raises(HTTPError) as refused:
        read(f"{address}/api/v1/practices/OSUMI-PER-9999/")
    refused.value.close()
    assert refused.value.code == HTTPStatus.NOT_FOUND
    assert refused.value.url == f"{address}/api/v1/practices/OSUMI-PER-9999/"
    assert read(f"{address}/experiencias/")[0] == f"{address}/es/experiencias/"


def test_the_search_can_be_had_alone(site: Site) -> None:
    """A second site, in the same environment, without `practices`."""
    made = Site(site.folder / "alone")
    made.folder.mkdir()
    made.environment |= {"PATH": f"{site.folder / '.venv/bin'}:{made.environment['PATH']}"}
    made.run("wagtail start other .")
    settings = made.folder / "other/settings/base.py"
    settings.write_text(settings.read_text(encoding="utf-8") + ALONE, encoding="utf-8")
    made.run("python manage.py check && python manage.py migrate && python manage.py update_index")
    told = made.run(
        "python manage.py shell",
        stdin=(
            "from wagtail.models import Page\n"
            "home = Page.objects.get(depth=2)\n"
            "home.title = 'Las orquídeas'\n"
            "home.save()\n"
            "print([page.title for page in Page.objects.search('orquidea')])\n"
        ),
    )
    assert "['Las orquídeas']" in told
