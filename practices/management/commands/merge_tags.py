"""List tags that are written in several ways, or merge them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from practices.spellings import Alike, merge_all, spelled_alike


class Command(BaseCommand):
    help = "Lists tags that differ in case, accents, spaces or hyphens alone, or merges them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "names",
            nargs="*",
            help="tags that stay; default: the first one of each group of one language",
        )
        parser.add_argument("--merge", action="store_true", help="merge; without it only list")

    def handle(self, *_args: Any, names: list[str], merge: bool, **_options: Any) -> None:
        wanted = set(names)
        refused = 0
        for group in spelled_alike():
            kept = next((tag for tag in group.tags if tag.name in wanted), group.best)
            if names and kept.name not in wanted:
                continue
            wanted.discard(kept.name)
            if not merge:
                self.stdout.write(self._line(group))
            elif group.crosses_languages and not names:
                self.stdout.write(f"Left, words of several languages: {self._line(group)}")
            elif merge_all(kept, group.others(kept)):
                others = ", ".join(tag.name for tag in group.others(kept))
                self.stdout.write(f"Merged into {kept.name}: {others}")
            else:
                refused += 1
                self.stderr.write(f"Left, in a text under review: {self._line(group)}")
        if wanted:
            raise CommandError(f"No other spelling of: {', '.join(sorted(wanted))}.")
        if refused:
            raise CommandError(f"{refused} groups were not merged.")

    def _line(self, group: Alike) -> str:
        return ", ".join(
            f"{tag.name} ({tag.practices}{''.join(f' {code}' for code in _codes(group, tag))})"
            for tag in group.tags
        )


def _codes(group: Alike, tag: Any) -> list[str]:
    return sorted(group.languages.get(tag.pk, ()))
