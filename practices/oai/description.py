"""A public practice in Dublin Core: one description for all its languages."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import prefetch_related_objects
from django.urls import reverse

from practices import vocabulary
from practices.directory import Directory
from practices.presentation import Text
from practices.words import visible_text

if TYPE_CHECKING:
    from practices.querysets import PracticeQuerySet

FORMATS = ("text/html", "application/pdf")


@dataclass(frozen=True)
class Description:
    """What harvesters get of a practice. Addresses are paths, so that it is the same on any host.

    `pages` are the addresses of the original and of its translations, in that order. Institutions
    stand in it, persons never.
    """

    code: str
    sets: list[str]
    titles: list[Text]
    creator: Text
    subjects: list[Text]
    summaries: list[Text]
    countries: list[Text]
    published: str
    languages: list[str]
    pages: list[str]
    references: list[str]

    @property
    def digest(self) -> str:
        """Tells this description from any other."""
        text = json.dumps(asdict(self), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def elements(
        self, absolute: Callable[[str], str], publisher: str
    ) -> Iterator[tuple[str, Text]]:
        """The elements of Dublin Core by name, empty ones left out; a text without language is data.

        `absolute` gives the whole address of a path.
        """
        by_code = absolute(reverse("practice_by_code", args=[self.code]))
        sheet = absolute(reverse("practice_file_by_code", args=[self.code, "pdf"]))
        original, *translations = self.pages
        data = {
            "date": [self.published],
            "type": ["Text"],
            "format": FORMATS,
            "identifier": [absolute(original), by_code, self.code],
            "language": self.languages,
            "relation": [*map(absolute, translations), sheet, *self.references],
        }
        found: list[tuple[str, Iterable[Text]]] = [
            ("title", self.titles),
            ("creator", [self.creator]),
            ("subject", self.subjects),
            ("description", self.summaries),
            ("publisher", [Text(publisher, "")]),
            *((name, [Text(text, "") for text in texts]) for name, texts in data.items()),
            ("coverage", self.countries),
        ]
        for name, texts in found:
            yield from ((name, text) for text in texts if text.text)


def describe(practices: "PracticeQuerySet", directory: Directory) -> dict[int, Description]:
    """Descriptions of public originals by the keys of their records, in a fixed number of queries."""
    found = list(practices.for_cards().prefetch_related("references"))
    versions = [text for practice in found for text in (practice, *practice.public_translations)]
    prefetch_related_objects(versions, "tagged_items__tag")
    return {practice.record.pk: _describe(practice, directory) for practice in found}


def _describe(practice: Any, directory: Directory) -> Description:
    translations = sorted(
        practice.public_translations, key=lambda version: version.locale.language_code
    )
    versions = {page.locale.language_code: page for page in (practice, *translations)}
    homes = {code: directory.countries(code).get(practice.country) for code in versions}
    first = practice.first_published_at
    return Description(
        code=practice.record.code,
        sets=sets_of(practice),
        titles=[Text(page.title, code) for code, page in versions.items()],
        creator=Text(practice.responsible_entity, practice.locale.language_code),
        subjects=_subjects(practice, versions, directory),
        summaries=[
            Text(visible_text(page.section_html(vocabulary.SUMMARY.key)), code)
            for code, page in versions.items()
        ],
        countries=_once(
            Text(home.title, home.locale.language_code) for home in homes.values() if home
        ),
        published=first.date().isoformat() if first else "",
        languages=list(versions),
        pages=[
            f"{directory.url(home)}{page.slug}/" if home else page.get_url() or ""
            for home, page in zip(homes.values(), versions.values(), strict=True)
        ],
        references=[row.url for row in practice.references.all() if row.url],
    )


def sets_of(practice: Any) -> list[str]:
    """The sets of a practice: its country and its themes."""
    themes = sorted(theme.code for theme in practice.themes.all())
    return [f"country:{practice.country}", *(f"theme:{code}" for code in themes)]


def _subjects(practice: Any, versions: dict[str, Any], directory: Directory) -> list[Text]:
    """Names of themes in the languages of the texts, own words for “other”, tags."""
    themes = directory.with_texts(practice.themes.all())
    texts = [theme.text(code) for theme in themes for code in versions]
    has_other = any(theme.code == vocabulary.OTHER for theme in themes)
    found = [Text(text.name, text.language) for text in texts]
    for code, page in versions.items():
        if has_other:
            found.append(Text(page.other_text(vocabulary.THEMES), code))
        tags = sorted(row.tag.name for row in page.tagged_items.all())
        found += [Text(name, code) for name in tags]
    return _once(found)


def _once(texts: Iterable[Text]) -> list[Text]:
    return list(dict.fromkeys(texts))
