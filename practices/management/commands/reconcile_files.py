"""Compare which files are public or held with what pages say, and repair it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from practices.files.reconciliation import reconcile


class Command(BaseCommand):
    help = "Compares which files are public or held with what live pages and revisions say."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="only report; exit with 1 on any difference"
        )

    def handle(self, *_args: Any, check: bool, **_options: Any) -> None:
        differences = 0
        for line in reconcile(repair=not check):
            differences += 1
            self.stdout.write(line)
        if check and differences:
            raise CommandError(f"{differences} differences.")
        state = "differ" if check else "repaired"
        self.stdout.write(f"Files: {differences} {state}.")
