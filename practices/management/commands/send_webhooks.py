from typing import Any

from django.core.management.base import BaseCommand

from practices.webhooks.queue import work_off


class Command(BaseCommand):
    help = "Send the webhook messages that are due, in this process; safe beside the worker."

    def handle(self, *_args: Any, **_options: Any) -> None:
        outcome = work_off()
        self.stdout.write(
            f"{outcome.sent} sent, {outcome.postponed} postponed, {outcome.failed} given up."
        )
