"""What is public, in narrow tables: lists and counts read these and not the wide rows of pages.

They are written in the transaction of each change, from the one definition of what is public.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.db import models, transaction
from django.dispatch import Signal

from practices.facets import COUNTRY, FACET_OF_ITEM, LANGUAGE, TAG, THEME

from .changes import CollectionChange

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""When a practice counts as published that was made live without a date."""

renewed = Signal()
"""Sent with the translation keys of practices (`keys`) once the catalogue says what is public of
them, in the same transaction."""

Pair = tuple[str, str]
"""Name of a facet, value."""

catalogue_changed = Signal()
"""Sent within the transaction after practices entered or left the catalogue, or changed place in it.

Arguments: `changed`, the translation keys of those that are in it, no longer in it, or in it with
another country or other languages, each with whether it was in it before.
"""


class CatalogueValueManager(models.Manager["CatalogueValue"]):
    """Values of facets."""

    def ids(self, pairs: Iterable[Pair]) -> dict[Pair, int]:
        """The primary keys of values, made where they are new."""
        wanted = sorted(set(pairs))
        known = self.known(wanted)
        missing = [pair for pair in wanted if pair not in known]
        if missing:
            self.bulk_create(
                [self.model(facet=facet, value=value) for facet, value in missing],
                ignore_conflicts=True,
            )
            known |= self.known(missing)
        return known

    def known(self, pairs: list[Pair]) -> dict[Pair, int]:
        """The primary keys of those values that there are."""
        values = self.filter(value__in={value for _facet, value in pairs})
        found = {(facet, value): pk for pk, facet, value in values.values_list()}
        return {pair: found[pair] for pair in pairs if pair in found}


class CatalogueValue(models.Model):
    """A value of a facet: a theme, a level, a tag, a language and so on."""

    facet = models.CharField(max_length=20)
    value = models.CharField(max_length=100)

    objects = CatalogueValueManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["facet", "value"], name="catalogue_value_once")
        ]

    def __str__(self) -> str:
        return f"{self.facet}={self.value}"


class CatalogueManager(models.Manager["CatalogueEntry"]):
    """The catalogue and how it is written."""

    @transaction.atomic
    def renew(self, keys: Iterable[Any]) -> None:
        """Write anew what the catalogue says of practices, given by their translation keys."""
        CollectionChange.note()
        wanted = set(keys)
        pages: Any = self.model._meta.get_field("practice").related_model
        # Who waits here reads afterwards what the other has written; in one order, so that none
        # waits for the other for ever.
        originals = pages.objects.filter(translation_key__in=wanted, original=None)
        list(originals.order_by("pk").only("pk").select_for_update(of=("self",)))
        before = self._shown(wanted)
        versions = (
            pages.objects.public()
            .filter(translation_key__in=wanted)
            .defer_streamfields()
            .select_related("locale")
            .prefetch_related("themes", "choices", "tagged_items__tag")
        )
        of_practice: dict[Any, list[Any]] = defaultdict(list)
        for page in versions:
            of_practice[page.original_id or page.pk].append(page)
        listed = {
            page.pk: page for found in of_practice.values() for page in found if page.is_original
        }
        stale = self.filter(practice__translation_key__in=wanted)
        stale.exclude(pk__in=listed).delete()
        self.bulk_create(
            [
                self.model(
                    practice_id=pk,
                    country=page.country,
                    published_at=page.first_published_at or LONG_AGO,
                )
                for pk, page in listed.items()
            ],
            update_conflicts=True,
            unique_fields=["practice"],
            update_fields=["country", "published_at"],
        )
        self._write_texts({pk: of_practice[pk] for pk in listed})
        self._write_values({pk: _values(page, of_practice[pk]) for pk, page in listed.items()})
        after = {
            page.translation_key: (
                page.country,
                {version.locale.language_code for version in of_practice[pk]},
            )
            for pk, page in listed.items()
        }
        keys_of_both = before.keys() | after.keys()
        changed = {key: key in before for key in keys_of_both if before.get(key) != after.get(key)}
        if changed:
            catalogue_changed.send(sender=self.model, changed=changed)
        renewed.send(sender=self.model, keys=wanted)

    def _shown(self, keys: set[Any]) -> dict[Any, tuple[str, set[str]]]:
        """Country and languages of those practices that are in the catalogue."""
        shown: dict[Any, tuple[str, set[str]]] = {}
        texts = CatalogueText.objects.filter(entry__practice__translation_key__in=keys)
        for key, country, language in texts.values_list(
            "entry__practice__translation_key", "entry__country", "language"
        ):
            shown.setdefault(key, (country, set()))[1].add(language)
        return shown

    def _write_texts(self, of_practice: dict[int, list[Any]]) -> None:
        texts = [
            CatalogueText(
                page_id=page.pk,
                entry_id=pk,
                language=page.locale.language_code,
                sort_title=page.sort_title,
            )
            for pk, pages in of_practice.items()
            for page in pages
        ]
        stored = CatalogueText.objects.filter(entry__in=list(of_practice))
        stored.exclude(pk__in=[text.page_id for text in texts]).delete()
        CatalogueText.objects.bulk_create(
            texts,
            update_conflicts=True,
            unique_fields=["page"],
            update_fields=["entry", "language", "sort_title"],
        )

    def _write_values(self, of_practice: dict[int, set[Pair]]) -> None:
        ids = CatalogueValue.objects.ids(set().union(*of_practice.values()))
        rows = CatalogueFact.objects
        wanted = {(pk, ids[pair]) for pk, pairs in of_practice.items() for pair in pairs}
        stored = {
            (entry, value): row
            for row, entry, value in rows.filter(entry__in=list(of_practice)).values_list()
        }
        rows.filter(pk__in=[row for pair, row in stored.items() if pair not in wanted]).delete()
        rows.bulk_create(
            [
                CatalogueFact(entry_id=entry, value_id=value)
                for entry, value in sorted(wanted - stored.keys())
            ],
            ignore_conflicts=True,
        )


def _values(practice: Any, versions: list[Any]) -> set[Pair]:
    """What a practice has of each facet; tags and languages from all its public versions."""
    return {
        (COUNTRY.name, practice.country),
        *((THEME.name, theme.code) for theme in practice.themes.all()),
        *((FACET_OF_ITEM[row.item], row.key) for row in practice.choices.all()),
        *((TAG.name, row.tag.slug) for page in versions for row in page.tagged_items.all()),
        *((LANGUAGE.name, page.locale.language_code) for page in versions),
    }


class CatalogueEntry(models.Model):
    """A public practice, once for all its languages."""

    practice = models.OneToOneField(
        "practices.PracticePage", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    country = models.CharField(max_length=2)
    published_at = models.DateTimeField()
    values = models.ManyToManyField(
        CatalogueValue, through="practices.CatalogueFact", related_name="entries"
    )

    objects = CatalogueManager()

    class Meta:
        indexes = [models.Index(fields=["-published_at", "-practice"], name="catalogue_newest")]

    def __str__(self) -> str:
        return str(self.practice_id)


class CatalogueFact(models.Model):
    """That a practice has a value. Both indexes hold all there is, so that counting reads no row."""

    entry = models.ForeignKey(
        CatalogueEntry, on_delete=models.CASCADE, db_index=False, related_name="facts"
    )
    value = models.ForeignKey(
        CatalogueValue, on_delete=models.CASCADE, db_index=False, related_name="facts"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "value"], name="catalogue_fact_once")
        ]
        indexes = [models.Index(fields=["value", "entry"], name="catalogue_by_value")]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.value_id}"


class CatalogueText(models.Model):
    """A public language version of a practice; `sort_title` is its title without accents."""

    page = models.OneToOneField(
        "practices.PracticePage", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    entry = models.ForeignKey(CatalogueEntry, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=10)
    sort_title = models.CharField(max_length=255)

    class Meta:
        indexes = [
            models.Index(fields=["entry", "language", "sort_title"], name="catalogue_by_title")
        ]

    def __str__(self) -> str:
        return f"{self.page_id} ({self.language})"
