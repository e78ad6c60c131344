from typing import Any

from django.core.management.base import BaseCommand

from practices.mail.reminders import remind


class Command(BaseCommand):
    help = "Remind, once, of the practices that wait too long. Run it once a day."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{remind()} reminders.")
