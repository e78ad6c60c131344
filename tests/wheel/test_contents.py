"""What is in the wheel and in the sdist, and what is not."""

import tarfile
import tomllib
from email import message_from_bytes
from pathlib import Path
from zipfile import ZipFile

import pytest

from .recipe import ROOT

pytestmark = [pytest.mark.xdist_group("wheel"), pytest.mark.one_database]

SOURCES = ("practices", "osumi_search")
LEFT_BEHIND = {".po", ".pyc"}


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_every_file_of_the_two_apps(names: set[str]) -> None:
    for package in SOURCES:
        stored = {
            path.relative_to(ROOT).as_posix()
            for path in (ROOT / package).rglob("*")
            if path.is_file() and path.suffix not in LEFT_BEHIND and path.name != ".DS_Store"
        }
        assert stored == {name for name in names if name.startswith(f"{package}/")}


def test_the_wheel_holds_nothing_else(names: set[str]) -> None:
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(SOURCES)


def test_catalogues_types_fonts_and_licences_are_there(names: set[str]) -> None:
    for name in (
        "practices/locale/es/LC_MESSAGES/django.mo",
        "practices/locale/pt_BR/LC_MESSAGES/django.mo",
        "practices/py.typed",
        "osumi_search/py.typed",
        "practices/factsheets/typst/ficha.typ",
        "practices/factsheets/fonts/SourceSans3-Regular.otf",
        "practices/static/practices/practices.css",
        "practices/templates/practices/practice_page.html",
    ):
        assert name in names
    licences = [name for name in names if ".dist-info/licenses/" in name]
    assert len(licences) == 1 + len(list((ROOT / "practices").rglob("*LICENSE*")))


def test_the_sdist_leaves_site_tests_and_data_behind(dist: Path) -> None:
    with tarfile.open(next(dist.glob("*.tar.gz"))) as archive:
        inside = [name.partition("/")[2] for name in archive.getnames()]
    tops = {name.partition("/")[0] for name in inside if "/" in name}
    assert tops == {*SOURCES, "osumi.egg-info"}


def test_what_the_site_alone_needs_is_no_requirement(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith("METADATA"))
        needed = message_from_bytes(archive.read(name)).get_all("Requires-Dist", [])
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    always = [text for text in needed if "extra ==" not in text]
    assert len(always) == len(project["project"]["dependencies"])
    for name in ("gunicorn", "psycopg", "redis", "whitenoise", "environ"):
        assert not any(name in text for text in always)
