from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from home.demo.fichas import FichaError
from home.demo.moderation import build_work_in_progress
from home.demo.people import build_people
from home.demo.practices import build_practices, read_fichas
from home.demo.publications import build_publications
from home.demo.trees import build_trees
from practices.mail.receivers import unannounced
from practices.moderation.roles import sync_roles

FICHAS = Path(__file__).resolve().parent.parent.parent / "demo" / "fichas"


class Command(BaseCommand):
    help = "Load the demo: page trees, groups, users and 24 practices. Loses nothing edited."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="port of the demo's address")
        parser.add_argument("--fichas", type=Path, default=FICHAS, help="folder of the fichas")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo's passwords are public: it loads only with DEBUG on.")
        try:
            fichas = read_fichas(options["fichas"])
        except FichaError as error:
            raise CommandError("; ".join(error.messages)) from error
        with unannounced(), transaction.atomic():
            build_trees(options["port"])
            sync_roles()
            build_people()
            built = build_practices(fichas)
            if built == len(fichas):  # a first run: nobody has worked on it yet
                build_publications()
                build_work_in_progress()
        self.stdout.write(f"Demo ready: {built} practices loaded, {len(fichas) - built} kept.")
