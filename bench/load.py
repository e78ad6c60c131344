"""Filling a database with made-up practices: rows, catalogue and index, in bulk."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.utils.text import slugify
from taggit.models import Tag
from wagtail.models import Locale, Page
from wagtail.search.backends import get_search_backend

from home.demo.fichas import paragraphs
from home.demo.trees import COUNTRIES
from practices.models import (
    CatalogueEntry,
    CountryPage,
    PracticeChoice,
    PracticeEntity,
    PracticePage,
    PracticeRecord,
    PracticeTag,
    Theme,
)
from practices.querysets import fold

from .practices import Practice, Text

AT_ONCE = 500

Row = dict[str, Any]


class Loader:
    """Writes practices below the countries of the database, which has none of ours yet."""

    def __init__(self) -> None:
        self._countries = {
            (page.iso_code, page.locale.language_code): page
            for page in CountryPage.objects.select_related("locale")
        }
        self._locales = {locale.language_code: locale.pk for locale in Locale.objects.all()}
        self._themes = dict(Theme.objects.values_list("code", "pk"))
        self._tags: dict[str, int] = {}
        self._type = ContentType.objects.get_for_model(PracticePage).pk
        self._children = {key: page.numchild for key, page in self._countries.items()}
        self._last = Page.objects.aggregate(last=models.Max("pk"))["last"]
        self._rows: dict[Any, list[Row]] = {}

    def load(self, practices: Iterable[Practice]) -> Iterator[int]:
        """Write practices with catalogue and index; gives how many are done, from time to time."""
        remaining = iter(practices)
        done = 0
        while part := list(islice(remaining, AT_ONCE)):
            self._write(part)
            done += len(part)
            yield done
        for key, page in self._countries.items():
            Page.objects.filter(pk=page.pk).update(numchild=self._children[key])
        _set_sequences()

    @transaction.atomic
    def _write(self, practices: list[Practice]) -> None:
        self._rows = {}
        self._make_tags({tag for made in practices for text in made.texts for tag in text.tags})
        for practice in practices:
            self._add(practice)
        for model, rows in self._rows.items():
            insert(model, rows)
        keys = [row["translation_key"] for row in self._rows[Page]]
        CatalogueEntry.objects.renew(keys)
        pages = PracticePage.objects.filter(pk__in=[row["id"] for row in self._rows[Page]])
        related = ("themes__texts", "entities", "original__entities", "original__themes__texts")
        indexed = pages.with_facts().prefetch_related(*related, "tagged_items__tag", "tags")
        get_search_backend().add_bulk(PracticePage, indexed)

    def _row(self, model: Any, **values: Any) -> None:
        self._rows.setdefault(model, []).append(values)

    def _make_tags(self, names: set[str]) -> None:
        slugs = {slugify(name): name for name in sorted(names)}
        missing = slugs.keys() - self._tags.keys()
        Tag.objects.bulk_create(
            [Tag(name=slugs[slug], slug=slug) for slug in sorted(missing)], ignore_conflicts=True
        )
        self._tags |= dict(Tag.objects.filter(slug__in=missing).values_list("slug", "pk"))

    def _add(self, practice: Practice) -> None:
        key = uuid5(NAMESPACE_URL, f"practice:{practice.number}")
        original = None
        for text in practice.texts:
            self._last += 1
            self._add_page(practice, text, key)
            self._add_version(practice, text, original)
            for slug in {slugify(name) for name in text.tags}:
                self._row(PracticeTag, tag_id=self._tags[slug], content_object_id=self._last)
            original = original or self._last
        for code in practice.themes:
            through = PracticePage.themes.through
            self._row(through, practicepage_id=original, theme_id=self._themes[code])
        for item, keys in practice.choices.items():
            for choice in keys:
                self._row(PracticeChoice, practice_id=original, item=item, key=choice)
        for item, names in practice.entities.items():
            for place, name in enumerate(names):
                values = {"practice_id": original, "item": item, "sort_order": place}
                self._row(PracticeEntity, name=name[:255], **values)
        if practice.published:
            self._row(
                PracticeRecord,
                translation_key=key,
                code=f"OSUMI-{COUNTRIES[practice.country][0]}-{practice.number:06d}",
                original_language=practice.texts[0].language,
                practice_id=original,
            )

    def _add_page(self, practice: Practice, text: Text, key: UUID) -> None:
        place = practice.country, text.language
        parent = self._countries[place]
        self._children[place] += 1
        self._row(
            Page,
            id=self._last,
            path=Page._get_path(parent.path, parent.depth + 1, self._children[place]),
            depth=parent.depth + 1,
            translation_key=key,
            locale_id=self._locales[text.language],
            title=text.title,
            draft_title=text.title,
            slug=practice.slug,
            content_type_id=self._type,
            live=practice.published is not None,
            has_unpublished_changes=practice.published is None,
            url_path=f"{parent.url_path}{practice.slug}/",
            first_published_at=practice.published,
            last_published_at=practice.published,
        )

    def _add_version(self, practice: Practice, text: Text, original: int | None) -> None:
        facts = {} if original else practice.institutions
        self._row(
            PracticePage,
            page_ptr_id=self._last,
            original_id=original,
            country=practice.country,
            sort_title=fold(text.title)[:255],
            sections=stream(text.sections),
            institutional_email="" if original else "general@example.org",
            **facts,
        )


def settle() -> None:
    """Put a database that was just filled into the order that it has after some days of use."""
    get_search_backend().optimise()
    if connection.vendor == "postgresql":  # as its autovacuum does by itself
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def stream(sections: Row) -> list[Row]:
    """Sections as they are stored."""
    return [
        {
            "type": name,
            "value": paragraphs(value)
            if isinstance(value, str)
            else [{"type": "figure", "value": figure} for figure in value],
        }
        for name, value in sections.items()
    ]


def insert(model: Any, rows: list[Row]) -> None:
    """Write rows into the table of a model itself; what they do not say has its default.

    Django's `bulk_create` refuses models that share their row with a parent, as pages do.
    """
    fields = [
        field
        for field in model._meta.local_concrete_fields
        if not isinstance(field, models.AutoField) or field.attname in rows[0]
    ]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(model._meta.db_table)
    defaults = {field.attname: field.get_default() for field in fields}
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",
            [
                [
                    field.get_db_prep_save(
                        row.get(field.attname, defaults[field.attname]), connection
                    )
                    for field in fields
                ]
                for row in rows
            ],
        )


def _set_sequences() -> None:
    """Have the database go on counting after the keys that were given here."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Page]):
            cursor.execute(statement)
