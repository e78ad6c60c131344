from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from practices.erasure import Report, Traces, contacts_of, erase, looked_for
from practices.models import PracticePage, PracticeRecord

SHORTEST = 3
"""Fewer letters than these are in too many texts."""


class Command(BaseCommand):
    help = "Deletes a private contact, and strikes the person out of logs, comments and mails."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", default="", help="e-mail address of the person")
        parser.add_argument("--name", default="", help="full name of the person")
        parser.add_argument("--practice", default="", help="code or page id of a practice")
        parser.add_argument("--no-input", action="store_true", help="do not ask before")
        parser.add_argument("--dry-run", action="store_true", help="change nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        email, name = options["email"].strip(), options["name"].strip()
        if not (email or name or options["practice"]):
            raise CommandError("Say whom: --email, --name or --practice.")
        if email and "@" not in email:
            raise CommandError(f"{email} is no e-mail address.")
        key = self._translation_key(options["practice"]) if options["practice"] else None
        contacts = contacts_of(email, name, key)
        names, addresses = looked_for(contacts, email, name)
        short = [text for text in names | addresses if len(text) < SHORTEST]
        if short:
            raise CommandError(f"“{short[0]}” is too short to look for.")
        if not (contacts or names or addresses):
            raise CommandError("No contact is stored there.")
        traces = Traces(names, addresses)
        self.stdout.write(f"Looking for: {'; '.join(traces.wanted) or 'the contact alone'}")
        if options["dry_run"] or not options["no_input"]:
            with transaction.atomic():
                report = erase(contacts, traces)
                transaction.set_rollback(True)
            self._say(report, "Would be removed")
            if options["dry_run"]:
                return
            if input("Remove it? It cannot be undone. [y/N] ").strip().lower() not in ("y", "yes"):
                self.stdout.write("Nothing was changed.")
                return
        self._say(erase(contacts_of(email, name, key), traces), "Removed")

    def _translation_key(self, given: str) -> Any:
        record = PracticeRecord.objects.filter(code__iexact=given).first()
        if record:
            return record.translation_key
        page = PracticePage.objects.filter(pk=given).first() if given.isdigit() else None
        if page is None:
            raise CommandError(f"There is no practice {given}.")
        return page.translation_key

    def _say(self, report: Report, verb: str) -> None:
        self.stdout.write(f"{verb}:")
        for practice in report.contacts:
            self.stdout.write(f"  private contact of {practice}")
        for place, count in sorted(report.removed.items()):
            self.stdout.write(f"  {place}: {count}")
        if not (report.contacts or report.removed):
            self.stdout.write("  nothing")
        if report.left:
            self.stdout.write("Left as it is; look at it by hand:")
        for place, keys in sorted(report.left.items()):
            self.stdout.write(f"  {place}: {len(keys)} (id {', '.join(keys[:10])})")
