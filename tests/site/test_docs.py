"""The documentation names what there is, and its links lead somewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import get_commands

from osumi_site.settings.base import env

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
OUR_APPS = {"practices", "home", "osumi_search"}

LINK = re.compile(r"\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]+))?\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
PACKAGE_HOST = re.compile(r"py[p]i|python[h]osted|npm[j]s|registry\.|/simple/", re.IGNORECASE)
MACHINE_PATH = re.compile(
    r"(?<![\w.:/-])/(?:home|root|work|tmp|opt|usr|etc|mnt|srv|var|Users)/|\b[A-Z]:\\"
)


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def code_words(paths: list[Path]) -> set[str]:
    """Everything that stands in pages between back-quotes or in blocks of code."""
    text = "\n".join(read(path) for path in paths)
    pieces = re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL)
    return {word for piece in pieces for word in re.findall(r"[\w.]+", piece)}


def anchors(path: Path) -> set[str]:
    """The anchors that a reader of Markdown makes of the headings of a page."""
    titles = (re.sub(r"[^\w\- ]", "", title).strip() for title in HEADING.findall(read(path)))
    return {title.lower().replace(" ", "-") for title in titles}


def links(page: Path) -> Iterator[tuple[Path, str]]:
    """File and anchor of each relative link of a page."""
    for target, anchor in LINK.findall(read(page)):
        yield ((page.parent / target).resolve() if target else page), anchor


def own_commands() -> list[str]:
    return sorted(name for name, app in get_commands().items() if app in OUR_APPS)


def check_ids() -> list[str]:
    sources = "".join(read(path) for path in (ROOT / "practices").rglob("*.py"))
    return sorted(set(re.findall(r'"(practices\.[EWI]\d{3})"', sources)))


def plugin_settings() -> list[str]:
    sources = "".join(read(path) for path in (ROOT / "practices").rglob("*.py"))
    return sorted(set(re.findall(r'"(PRACTICES_[A-Z_]+)"', sources)))


def make_targets() -> list[str]:
    return re.findall(r"^([a-z]+):.*##", read(ROOT / "Makefile"), re.MULTILINE)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_there_is_something_to_look_for() -> None:
    assert env.scheme
    assert own_commands()
    assert check_ids()
    assert plugin_settings()
    assert make_targets()


@pytest.mark.parametrize("name", sorted(env.scheme))
def test_each_variable_is_in_the_table_of_operations(name: str) -> None:
    assert re.search(rf"^\| `{name}` \|", read(DOCS / "operations.md"), re.MULTILINE)


def test_the_table_of_operations_holds_no_other_variable() -> None:
    section = read(DOCS / "operations.md").partition("## Environment variables")[2]
    table = section.partition("\n## ")[0]
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", table, re.MULTILINE)) == set(env.scheme)


@pytest.mark.parametrize("name", own_commands())
def test_each_command_is_explained(name: str) -> None:
    assert name in code_words([DOCS / "operations.md"])


@pytest.mark.parametrize("identifier", check_ids())
def test_each_check_is_explained(identifier: str) -> None:
    assert identifier in code_words([DOCS / "operations.md"])


@pytest.mark.parametrize("name", plugin_settings())
def test_each_setting_of_the_plugin_is_explained(name: str) -> None:
    assert name in code_words([DOCS / "plugin.md"])


@pytest.mark.parametrize("target", make_targets())
def test_each_make_target_is_explained(target: str) -> None:
    assert f"`make {target}`" in read(DOCS / "operations.md")


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    for target, anchor in links(page):
        assert target.exists(), f"{target} does not exist"
        assert target.is_relative_to(ROOT)
        if anchor:
            assert anchor in anchors(target), f"{target} has no heading {anchor}"


def test_the_index_leads_to_each_page() -> None:
    linked = {target for target, _anchor in links(DOCS / "README.md")}
    assert set(DOCS.rglob("*.md")) - {DOCS / "README.md"} <= linked


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_no_page_names_a_machine(page: Path) -> None:
    for pattern in (PACKAGE_HOST, MACHINE_PATH):
        found = pattern.search(read(page))
        assert found is None, found
