"""Fills one database where it is not filled yet, measures it and prints the table.

Started by `python -m bench` with the database and the settings in the environment.
"""

import sys
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from home.demo.trees import build_trees  # noqa: E402

from .load import Loader, settle  # noqa: E402
from .practices import Generator  # noqa: E402
from .search import cases, measure  # noqa: E402
from .table import table  # noqa: E402

PORT = 8000


def fill(size: int) -> None:
    """Fill an empty database; says on the way how far it is."""
    call_command("migrate", verbosity=0)
    build_trees(PORT)
    for done in Loader().load(Generator().practices(size)):
        print(f"\r{done:,} of {size:,} practices", end="", file=sys.stderr, flush=True)
    settle()
    print(file=sys.stderr)


def main(size: str, mark: str) -> None:
    """Measure a database; `mark` is the file that tells that it is whole."""
    if not Path(mark).exists():
        fill(int(size))
        Path(mark).touch()
    call_command("migrate", verbosity=0)
    measured = []
    for case in cases():
        print(f"\r{case.name:80}", end="", file=sys.stderr, flush=True)
        measured.append(measure(case))
    print(f"\r{'':80}\r", end="", file=sys.stderr, flush=True)
    print(table(measured))


if __name__ == "__main__":
    main(*sys.argv[1:])
