"""Programs that tests run, and Node packages that are installed for them."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings


def program(name: str) -> str:
    """The path of a program that a test needs; skips the test without it, or fails where CI is set."""
    # Servers lie where the search of a person does not look.
    path = shutil.which(name, path=f"{os.environ.get('PATH', '')}{os.pathsep}/usr/sbin")
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{name} is missing.")
        pytest.skip(f"{name} is not installed.")
    return path


def node_packages(folder: Path) -> Path:
    """Where the packages of a folder's `package.json` lie, installed once into `var/`.

    Each has an exact version there; a lock file would tell where they were fetched from.
    """
    wanted = (folder / "package.json").read_text()
    target = Path(settings.VAR_DIR) / "node" / folder.name
    installed = target / "installed.json"
    if not installed.exists() or installed.read_text() != wanted:
        target.mkdir(parents=True, exist_ok=True)
        (target / "package.json").write_text(wanted)
        options = ("--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts")
        subprocess.run([program("npm"), "install", *options], cwd=target, check=True)
        installed.write_text(wanted)
    return target / "node_modules"


def run_module(path: Path, *arguments: str) -> str:
    """What an ES module prints when Node runs it; fails the test with what it complained of."""
    command = [program("node"), str(path), *arguments]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout
