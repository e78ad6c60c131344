"""What a choice comes to: the public practices that it names, or those of its list."""

from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from practices.directory import Directory
from practices.factsheets.codes import full_code, short_code
from practices.factsheets.compiling import AT_ONCE, Order, Wishes
from practices.factsheets.document import MOST_PRACTICES as MOST_LISTED
from practices.listing import Listing
from practices.outlets.lists import in_words, query_of
from practices.presentation import Card, cards

from .choice import MOST_PICKED, Choice


class Content:
    """The practices of a choice, for readers of the active language."""

    def __init__(self, choice: Choice, request: HttpRequest) -> None:
        self.choice = choice
        self._request = request

    @property
    def language(self) -> str:
        """The language of cover, contents and indexes: the reader's where it is asked for."""
        reader = translation.get_language() or ""
        return reader if reader in self.choice.languages else self.choice.languages[0]

    @cached_property
    def listing(self) -> Listing | None:
        """The list that the practices are taken from; None where they are picked by hand."""
        return Listing(self._request) if self.choice.is_list else None

    @cached_property
    def _named(self) -> dict[str, Card]:
        """Cards by short code, of all practices that the address names."""
        codes = {full_code(code) for code in (*self.choice.codes, *self.choice.before)}
        if not codes:
            return {}
        published = Directory.of(self._request).published.filter(record__code__in=codes)
        found = cards(published.for_cards(), self._request)
        return {short_code(card.code): card for card in found}

    @property
    def picked(self) -> dict[str, Card]:
        """Cards of the practices that were picked by hand, by short code, in their order."""
        return {code: self._named[code] for code in self.choice.codes if code in self._named}

    @property
    def missing(self) -> list[str]:
        """Codes that no public practice has."""
        return [code for code in self.choice.codes if code not in self._named]

    @property
    def removed(self) -> list[Card]:
        """Practices that were chosen before."""
        codes = (code for code in self.choice.before if code not in self.choice.codes)
        return [self._named[code] for code in codes if code in self._named]

    @property
    def restored(self) -> str:
        """The query string that has them back."""
        return self.choice.of(self.choice.before).query()

    @property
    def total(self) -> int:
        """How many practices there are."""
        return self.listing.total if self.listing else len(self.picked)

    @property
    def unshown(self) -> int:
        """How many practices of the list the page does not name."""
        return self.total - len(self.listing.cards) if self.listing else 0

    @property
    def is_too_long(self) -> bool:
        return self.total > MOST_LISTED

    @property
    def is_slow(self) -> bool:
        """Whether its files are made in the background."""
        return self.total * len(self.choice.languages) > AT_ONCE

    @property
    def list_query(self) -> str:
        """The query string of the list, `?` included where there is one."""
        return query_of(self.listing) if self.listing else ""

    @property
    def list_words(self) -> str:
        """What the list was narrowed to; empty where the practices are picked by hand."""
        return (in_words(self.listing) or gettext("all practices")) if self.listing else ""

    @cached_property
    def as_picked(self) -> str:
        """The query string of the practices of a list as picked by hand; empty of too many."""
        if not self.listing or not 0 < self.total <= MOST_PICKED:
            return ""
        keys = self.listing.every_practice()
        published = Directory.of(self._request).published.filter(pk__in=keys)
        codes = dict(published.values_list("pk", "record__code"))
        return self.choice.of(short_code(codes[key]) for key in keys if key in codes).query()

    @property
    def query(self) -> str:
        """The query string that asks for the same again."""
        return self.choice.query(self.list_query)

    @property
    def url(self) -> str:
        """The address that asks for the same again, absolute."""
        path = reverse("practices_compilation")
        return self._request.build_absolute_uri(f"{path}?{self.query}" if self.query else path)

    @property
    def order(self) -> Order:
        """What is to be made of it."""
        practices = (
            self.listing.every_practice()[:MOST_LISTED]
            if self.listing
            else [card.practice.pk for card in self.picked.values()]
        )
        wishes = Wishes(
            title=self.choice.title or default_title(self.language),
            language=self.language,
            design=self.choice.design,
            grouping=self.choice.grouping,
            filter=self.list_words,
            url=self.url,
        )
        return Order(
            practices, list(self.choice.languages), wishes, self._request.build_absolute_uri("/")
        )


def default_title(language: str) -> str:
    """The title of a compilation that was given none."""
    with translation.override(language):
        return gettext("Compilation of good practices")
