from typing import Any

from django.core.management.base import BaseCommand

from practices.locales import sync_locales, themes_without_text


class Command(BaseCommand):
    help = "Make the page tree of each language of WAGTAIL_CONTENT_LANGUAGES, and what it lacks."

    def handle(self, *_args: Any, **_options: Any) -> None:
        made = sync_locales()
        for entry in made:
            state = "live" if entry.page.live else "draft"
            place = entry.page.url_path
            self.stdout.write(f"{entry.page.locale.language_code}: {place} ({state})")
        self.stdout.write(f"{len(made)} pages made. Roles are in order.")
        if made:
            self.stdout.write(
                "By hand: titles, introductions, and the drafts, whose texts are copied."
            )
        for code, themes in themes_without_text():
            names = ", ".join(theme.code for theme in themes)
            self.stdout.write(f"By hand: texts in {code} of the themes {names}.")
