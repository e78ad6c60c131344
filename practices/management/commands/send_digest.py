from typing import Any

from django.core.mail import get_connection
from django.core.management.base import BaseCommand, CommandParser

from practices.mail.digest import digests


class Command(BaseCommand):
    help = "Mail to each person what waits for them, and for how long. Run it once a week."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="print the mails instead of sending them"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        mails = list(digests())
        if options["dry_run"]:
            for mail in mails:
                self.stdout.write(f"To: {mail.to[0]}\nSubject: {mail.subject}\n\n{mail.body}\n")
        else:
            get_connection().send_messages(mails)
        self.stdout.write(f"{len(mails)} summaries.")
