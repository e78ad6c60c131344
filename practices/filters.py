"""The query string of every list of practices, read once and here.

`?q=&country=ar&country=co&theme=human_rights&level=&category=&documentation=&need=&criterion=&tag=
&language=&sort=`, on pages also `page`: values of one facet widen (or), facets narrow (and).
Unknown parameters are ignored; an unknown value fits nothing and is named to the reader.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import OuterRef, Subquery, Value
from django.db.models.lookups import In
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from .facets import COUNTRY, FACETS, LANGUAGE, TAG, THEME, FacetType
from .finding.statement import COUNTRY as BY_COUNTRY
from .finding.statement import NEWEST, RELEVANCE, TITLE
from .languages import content_languages
from .models.catalogue import CatalogueText, CatalogueValue, Pair
from .querysets import MAX_QUERY_LENGTH
from .vocabulary import Label

if TYPE_CHECKING:
    from .directory import Directory

Choice = tuple[str, Label, str]
"""Value, label and language of the label; the reader's where it is empty."""

SORTS: dict[str, Label] = {
    RELEVANCE: _("relevance"),
    NEWEST: _("newest"),
    TITLE: _("title"),
    BY_COUNTRY: _("country"),
}
TAGS_SHOWN = 20
TEXTS_ASKED = 20
"""Texts of a tag that are asked for their language."""
UNFOLDED = 8
"""Values of a long facet that are seen before one asks for more."""


@dataclass(frozen=True)
class Option:
    """A value of a facet; `count` is how many practices one would get by ticking it alone."""

    value: str
    label: Label
    count: int
    selected: bool
    language: str


@dataclass(frozen=True)
class Facet:
    """A facet as it is shown."""

    name: str
    label: Label
    options: list[Option]
    is_whole: bool = False

    @property
    def selected(self) -> list[Option]:
        return [option for option in self.options if option.selected]

    @property
    def shown(self) -> list[Option]:
        """The values that are seen at once; all of a facet that stays whole, as no country hides."""
        fits = self.is_whole or len(self.options) <= UNFOLDED + 1
        return self.options if fits else self.options[:UNFOLDED]

    @property
    def folded(self) -> list[Option]:
        """The other values."""
        return self.options[len(self.shown) :]

    @property
    def is_unfolded(self) -> bool:
        """Whether one of the other values is chosen."""
        return any(option.selected for option in self.folded)


@dataclass(frozen=True)
class PracticeFilter:
    """What a reader asked for.

    `values` maps facets to the known values asked for, `unknown` to those that do not exist.
    `fixed` is the pair of facet and value that the page itself decides; `language` is the reader's.
    """

    query: str
    sort: str
    unknown_sort: str
    language: str
    values: dict[str, list[str]]
    unknown: dict[str, list[str]]
    fixed: Pair | None
    choices: dict[str, list[Choice]] = field(repr=False)

    @classmethod
    def parse(
        cls, parameters: QueryDict, directory: "Directory", language: str, fixed: Pair | None = None
    ) -> "PracticeFilter":
        """Read a query string, for a reader of a language."""
        choices = {
            facet.name: _choices(facet, directory, language)
            for facet in FACETS
            if not fixed or facet.name != fixed[0]
        }
        values, unknown = {}, {}
        for name, offered in choices.items():
            asked = [value for value in dict.fromkeys(parameters.getlist(name)) if value]
            known = {value for value, _label, _language in offered}
            if asked and name == TAG.name:
                known = _known_tags(asked)
            values[name] = [value for value in asked if value in known]
            unknown[name] = [value for value in asked if value not in known]
        query = parameters.get("q", "").replace("\x00", "").strip()[:MAX_QUERY_LENGTH]
        sort = parameters.get("sort", "")
        return cls(
            query=query,
            sort=_sort(sort, query),
            unknown_sort="" if sort in SORTS else sort[:MAX_QUERY_LENGTH],
            language=language,
            values=values,
            unknown={name: asked for name, asked in unknown.items() if asked},
            fixed=fixed,
            choices=choices,
        )

    @property
    def is_active(self) -> bool:
        return bool(self.query or self.unknown or any(self.values.values()))

    @property
    def default_sort(self) -> str:
        return _sort("", self.query)

    def chosen(self) -> dict[str, list[int]]:
        """Primary keys of `CatalogueValue` by facet; none where nothing fits what was asked."""
        pairs = [(name, value) for name, values in self.values.items() for value in values]
        pairs += [self.fixed] if self.fixed else []
        keys = CatalogueValue.objects.known(pairs) if pairs else {}
        chosen: dict[str, list[int]] = {name: [] for name in self.unknown}
        for pair in pairs:
            chosen.setdefault(pair[0], []).extend([keys[pair]] if pair in keys else [])
        return chosen

    def facets(self, counts: Mapping[Pair, int]) -> list[Facet]:
        """Facets with counts; values that nothing has are left out of most of them."""
        shown = []
        for facet in FACETS:
            if facet.name not in self.choices:
                continue
            asked = self.values[facet.name]
            choices = self.choices[facet.name]
            if facet is TAG:
                choices = _most_used(counts, asked, self.language)
            options = [
                Option(value, label, count, value in asked, language)
                for value, label, language in choices
                for count in [counts.get((facet.name, value), 0)]
                if count or facet.always_whole or value in asked
            ]
            if options:
                shown.append(Facet(facet.name, facet.label, options, facet.always_whole))
        return shown

    def query_string(
        self,
        without: Iterable[Pair] = (),
        sort: str | None = None,
        query: str | None = None,
    ) -> str:
        """The canonical query string of this filter, less some pairs of name and value."""
        words = self.query if query is None else query
        pairs = [("q", words)] if words else []
        pairs += [(name, value) for name, values in self.values.items() for value in values]
        order = self.sort if sort is None else sort
        if order != self.default_sort:
            pairs.append(("sort", order))
        dropped = set(without)
        return urlencode([pair for pair in pairs if pair not in dropped])


def _sort(asked: str, query: str) -> str:
    """The order asked for; by relevance only where there are words."""
    default = RELEVANCE if query else NEWEST
    return asked if asked in SORTS and (query or asked != RELEVANCE) else default


def _choices(facet: FacetType, directory: "Directory", language: str) -> list[Choice]:
    """Values with labels and their languages, in the order in which they are shown."""
    if facet.item:
        return [(key, label, "") for key, label in facet.item.choice_labels]
    if facet is COUNTRY:
        pages = directory.countries(language)
        return [(code, page.title, page.locale.language_code) for code, page in pages.items()]
    if facet is THEME:
        return [(theme.code, theme.short_name, theme.language) for theme in directory.themes]
    if facet is LANGUAGE:
        return [(code, name, "") for code, name in content_languages()]
    return []


def _known_tags(slugs: list[str]) -> set[str]:
    """Those of the tags that some public practice has had."""
    longest = CatalogueValue._meta.get_field("value").max_length or 0
    # PostgreSQL answers a query with NUL by an error.
    possible = [slug for slug in slugs if len(slug) <= longest and "\x00" not in slug]
    known = CatalogueValue.objects.known([(TAG.name, slug) for slug in possible])
    return {slug for _facet, slug in known}


def _most_used(counts: Mapping[Pair, int], asked: list[str], language: str) -> list[Choice]:
    """The tags of most practices, and those asked for; in the reader's language where they are."""
    slugs = [slug for name, slug in counts if name == TAG.name]
    slugs.sort(key=lambda slug: (-counts[TAG.name, slug], slug))
    shown = [*slugs[:TAGS_SHOWN], *(slug for slug in asked if slug not in slugs[:TAGS_SHOWN])]
    texts = CatalogueText.objects.filter(page__tagged_items__tag=OuterRef("pk"))
    tags = Tag.objects.filter(slug__in=shown).annotate(
        # A few texts tell: a tag of the other language may have thousands.
        is_own=In(Value(language), texts.values("language")[:TEXTS_ASKED]),
        other=Subquery(texts.values("language")[:1]),
    )
    names = {tag.slug: (tag.name, "" if tag.is_own else tag.other or "") for tag in tags}
    return [(slug, *names[slug]) for slug in shown if slug in names]
