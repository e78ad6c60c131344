"""The wheel, and a new site that has it from there alone: built once for all tests of this folder.

It takes some minutes and is the same whatever the database of the suite is, hence once, in the
run on SQLite.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from tools.catalogues import compile_all

from .recipe import ROOT, Step, steps

OF_THE_SUITE = ("PYTHONPATH", "DJANGO_SETTINGS_MODULE", "DATABASE_URL", "VIRTUAL_ENV")
PATIENCE = 120
"""Seconds that a server may take to answer."""


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with what `make build` makes: one wheel, one sdist."""
    folder = tmp_path_factory.mktemp("dist")
    compile_all()
    done = subprocess.run(
        [sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT)],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return folder


@pytest.fixture(scope="session")
def wheel(dist: Path) -> Path:
    return next(dist.glob("*.whl"))


class Site:
    """A folder in which people follow the guide."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            name: value for name, value in os.environ.items() if name not in OF_THE_SUITE
        } | {"PIP_CONSTRAINT": str(ROOT / "constraints.txt"), "LC_ALL": "C.UTF-8"}

    def follow(self, step: Step) -> None:
        """Do what a step says."""
        if step.commands:
            self.run(step.commands)
            return
        path = self.folder / step.path
        path.parent.mkdir(exist_ok=True)
        before = f"{path.read_text(encoding='utf-8')}\n" if step.appends else ""
        path.write_text(before + step.code, encoding="utf-8")

    def run(self, commands: str, stdin: str = "") -> str:
        """What commands print, in the environment of the site. Fails with all that they said."""
        activate = "[ ! -d .venv ] || . .venv/bin/activate\n"
        done = subprocess.run(
            ["bash", "-ec", activate + commands],
            cwd=self.folder,
            env=self.environment,
            input=stdin,
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"{commands}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def shell(self, name: str, **environment: str) -> str:
        """What a file of this folder prints, fed to the shell of the site."""
        script = (Path(__file__).parent / name).read_text(encoding="utf-8")
        names = " ".join(f"{key}={value}" for key, value in environment.items())
        return self.run(f"{names} python manage.py shell", stdin=script)

    @contextmanager
    def served(self) -> Iterator[str]:
        """The address of the site while it is being served."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        log = (self.folder / "server.log").open("w", encoding="utf-8")
        python = str(self.folder / ".venv/bin/python")
        server = subprocess.Popen(
            [python, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"],
            cwd=self.folder,
            env=self.environment,
            stdout=log,
            stderr=log,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(address)
            yield address
        finally:
            server.terminate()
            server.wait()
            log.close()


def _wait_for(address: str) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(f"{address}/robots.txt"):  # noqa: S310 (a server of this test)
                return
        except HTTPError:
            raise
        except URLError:
            assert time.monotonic() < until, "The site does not answer."
            time.sleep(0.5)


def read(url: str) -> tuple[str, bytes]:
    """The final address and the body of what answers 200."""
    with urlopen(url) as answer:  # noqa: S310 (a server of this test)
        assert answer.status == HTTPStatus.OK
        return answer.url, answer.read()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Site:
    """A new site, made by the guide step by step, but for the last one, which never ends."""
    made = Site(tmp_path_factory.mktemp("site"))
    (made.folder / wheel.name).write_bytes(wheel.read_bytes())
    for step in steps("Step by step"):
        if "runserver" not in step.commands:
            made.follow(step)
    return made
