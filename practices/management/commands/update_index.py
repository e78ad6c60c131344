"""Rebuild the search index and the catalogue of public practices."""

from typing import Any

from wagtail.search.management.commands.update_index import Command as UpdateIndex

from practices.catalogue import renew_all


class Command(UpdateIndex):
    """As Wagtail's, with the catalogue that lists and counts read before it."""

    help = "Rebuild the search index and the catalogue of public practices."

    def handle(self, **options: Any) -> None:
        if options["verbosity"]:
            self.stdout.write("catalogue: practices.PracticePage ", ending="")
        for _done in renew_all():
            if options["verbosity"]:
                self.stdout.write(".", ending="")
                self.stdout.flush()
        if options["verbosity"]:
            self.stdout.write("")
        super().handle(**options)
