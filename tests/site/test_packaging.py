"""What pyproject.toml asks for, and the files that pin its lowest and newest versions."""

import re
import tomllib
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent.parent


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def asked() -> dict[str, Requirement]:
    """The requirements of run time: those of the wheel, and of the site."""
    data = project()
    texts = [*data["project"]["dependencies"], *data["dependency-groups"]["site"]]
    return {canonicalize_name(found.name): found for found in map(Requirement, texts)}


def pins(name: str) -> dict[str, Version]:
    """The versions that a file of constraints pins."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    pairs = (line.split("==") for line in lines if "==" in line)
    return {canonicalize_name(package): Version(version) for package, version in pairs}


def lowest(requirement: Requirement) -> Version:
    """The lower bound of a requirement."""
    bounds = [part for part in requirement.specifier if part.operator in {">=", "~="}]
    assert len(bounds) == 1, requirement
    return Version(bounds[0].version)


def test_the_lowest_versions_are_those_of_pyproject() -> None:
    stored = pins("constraints-lowest.txt")
    assert stored == {name: lowest(requirement) for name, requirement in asked().items()}


def test_the_newest_versions_are_allowed() -> None:
    stored = pins("constraints.txt")
    for name, requirement in asked().items():
        assert requirement.specifier.contains(stored[name]), requirement


def test_the_lowest_versions_run_in_ci() -> None:
    assert re.search(r"^make lowest$", (ROOT / ".ci/run").read_text(encoding="utf-8"), re.MULTILINE)
