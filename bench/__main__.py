"""`python -m bench [SIZE …]`: how fast practices are found, on SQLite and PostgreSQL.

At last, how fast fact sheets of them are made.
"""

import os
import subprocess
import sys

from .databases import databases, postgres

SIZES = [1_000, 10_000, 100_000]


def main(sizes: list[int]) -> None:
    """Measure databases of so many practices, one after the other."""
    if not postgres():
        print("PostgreSQL does not answer and is left out; BENCH_POSTGRES says where it is.")
    for database in databases(sizes):
        if not database.mark.exists():
            database.make()
        print(f"\n### {database.kind}, {database.size:,} practices\n", flush=True)
        command = [sys.executable, "-m", "bench.one", str(database.size), str(database.mark)]
        settings = {
            "DATABASE_URL": database.url,
            "DJANGO_SETTINGS_MODULE": "osumi_site.settings.dev",
            "DEBUG": "0",
        }
        environment = os.environ | settings
        subprocess.run(command, env=environment, check=True)  # noqa: S603
    command = [sys.executable, "-m", "bench.sheets"]
    subprocess.run(command, env=environment, check=True)  # noqa: S603


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
