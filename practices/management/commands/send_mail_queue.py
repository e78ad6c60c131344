from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from practices.mail.notices import retry_unwritten
from practices.mail.queue import retry_failed
from practices.mail.tasks import work_off


class Command(BaseCommand):
    help = "Hand over the mails that are due, in this process; safe beside the worker."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--retry-failed", action="store_true", help="try the mails that were given up as well"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["retry_failed"]:
            self.stdout.write(f"{retry_failed() + retry_unwritten()} put back into the queue.")
        outcome = work_off()
        self.stdout.write(
            f"{outcome.sent} sent, {outcome.postponed} postponed, {outcome.failed} given up."
        )
