from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from practices.collection import CollectionError, Country, start_collection


class Command(BaseCommand):
    help = (
        "Make the indexes and the country pages below the home page, in all languages, and the "
        "roles. What exists is left alone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "countries",
            nargs="+",
            metavar="COUNTRY",
            help="ISO codes, language and name, as in pe:PER:es:Perú",
        )

    def handle(self, *_args: Any, countries: list[str], **_options: Any) -> None:
        try:
            made, translated = start_collection([Country.parse(text) for text in countries])
        except CollectionError as error:
            raise CommandError(str(error)) from error
        for page in (*made, *(entry.page for entry in translated)):
            state = "live" if page.live else "draft"
            self.stdout.write(f"{page.locale.language_code}: {page.url_path} ({state})")
        count = len(made) + len(translated)
        self.stdout.write(f"{count} pages made. Roles are in order.")
        if translated:
            self.stdout.write("By hand: names of countries in the other languages, introductions.")
