"""Dependencies point one way, and modules stay small."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SITE = {"home", "osumi_search", "osumi_site", "tests", "tools", "bench"}


def imports(path: Path) -> Iterator[str]:
    """Top-level packages that a module imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module.partition(".")[0]


def test_the_plugin_imports_nothing_of_the_site() -> None:
    for path in (ROOT / "practices").rglob("*.py"):
        assert SITE.isdisjoint(imports(path)), path


def test_the_plugin_names_no_model_of_the_site() -> None:
    for path in (ROOT / "practices").rglob("*"):
        if path.suffix in {".py", ".html"}:
            text = path.read_text(encoding="utf-8")
            for name in ("home.User", "home.Custom", "CustomImage", "CustomDocument", "HomePage"):
                assert name not in text, path


def test_modules_are_small() -> None:
    for package in ("practices", "home", "osumi_search", "osumi_site", "tools", "bench"):
        for path in (ROOT / package).rglob("*.py"):
            if "migrations" not in path.parts and path.name != "vocabulary.py":
                lines = path.read_text(encoding="utf-8").count("\n")
                assert lines <= 300, f"{path} has {lines} lines"


def test_no_drawers() -> None:
    names = {path.stem for path in ROOT.glob("[a-z]*/**/*.py")}
    assert names.isdisjoint({"utils", "helpers", "misc", "common"})
