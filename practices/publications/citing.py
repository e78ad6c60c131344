"""How a publication is cited."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from practices.organisation import collection_name, publisher


@dataclass(frozen=True)
class PublicationCitation:
    """A citation in parts: author (year). *title* (edition). collection. address."""

    author: str
    year: int
    title: str
    edition: str
    collection: str
    url: str

    def __str__(self) -> str:
        title = f"{self.title} ({self.edition})" if self.edition else self.title
        return f"{self.author} ({self.year}). {title}. {self.collection}. {self.url}"


def citation_of(page: Any, year: int, number: int = 1) -> PublicationCitation:
    """The citation of an edition, in the active language; the first one is not named."""
    return PublicationCitation(
        author=publisher(),
        year=year,
        title=page.title,
        edition=_("edition %(number)s") % {"number": number} if number > 1 else "",
        collection=collection_name(),
        url=page.full_url or "",
    )
