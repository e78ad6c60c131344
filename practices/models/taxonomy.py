"""Themes (data of the Secretaría) and free tags."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.search import index

from practices.languages import content_languages


class Tone(models.TextChoices):
    """Colours of the design that a theme may take; the style sheet defines each."""

    TEAL = "tone-1", _("Teal")
    GREEN = "tone-2", _("Green")
    PLUM = "tone-3", _("Plum")
    OCHRE = "tone-4", _("Ochre")
    BLUE = "tone-5", _("Blue")
    GREY = "tone-6", _("Grey")


class Icon(models.TextChoices):
    """Drawings of the icon sheet that a theme may take."""

    BORDER = "theme-border_information_systems", _("Border")
    CONSULTATION = "theme-social_consultation", _("Conversation")
    RIGHTS = "theme-human_rights", _("Rights")
    CONSULATE = "theme-consular_assistance", _("Assistance")
    INSTITUTION = "theme-institutional_restructuring", _("Institution")
    OTHER = "theme-other", _("Other")


class Theme(index.Indexed, ClusterableModel):
    """A theme of item 1.3. It has no language; its texts have (`ThemeText`).

    `code` is what filters, API and exports use and never changes.
    """

    code = models.SlugField(_("code"), max_length=60, unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    colour = models.CharField(_("colour"), max_length=10, choices=Tone, default=Tone.GREY)
    icon = models.CharField(_("icon"), max_length=60, choices=Icon, default=Icon.OTHER)

    texts_at_hand: "list[ThemeText] | None" = None

    panels = [
        FieldPanel("code"),
        FieldPanel("order"),
        FieldPanel("colour"),
        FieldPanel("icon"),
        InlinePanel("texts", heading=_("Texts"), label=_("Texts in a language"), min_num=1),
    ]

    search_fields = [
        index.SearchField("names", boost=2),
        index.AutocompleteField("names"),
        index.FilterField("code"),
    ]

    class Meta:
        ordering = ["order", "code"]
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.pk and type(self).objects.filter(pk=self.pk).exclude(code=self.code).exists():
            raise ValidationError(
                {"code": _("The code of a theme cannot change; addresses and data hold it.")}
            )

    @classmethod
    def all_with_texts(cls, **conditions: Any) -> "list[Theme]":
        """All themes that have a text, in their order, with their texts: one query.

        `conditions` narrow them: `practices=practice` for those of a practice.
        """
        themes: dict[int, Theme] = {}
        of_themes = {f"theme__{name}": value for name, value in conditions.items()}
        texts = ThemeText.objects.filter(**of_themes).select_related("theme")
        for text in texts.order_by("theme__order", "theme__code", "language"):
            theme = themes.setdefault(text.theme_id, text.theme)
            theme.texts_at_hand = [*(theme.texts_at_hand or ()), text]
        return list(themes.values())

    def in_use(self) -> list[Any]:
        """The practices that have the theme, be it in a text that is not public yet."""
        practices = self.practices.model.objects
        stored = list(self.practices.order_by("title"))
        known = {practice.pk for practice in stored}
        changed = practices.filter(has_unpublished_changes=True).exclude(pk__in=known)
        return stored + [
            practice
            for practice in changed.select_related("latest_revision").order_by("title")
            if practice.latest_revision
            and self.pk in practice.latest_revision.content.get("themes", ())
        ]

    def text(self, language: str | None = None) -> "ThemeText":
        """Texts in a language (default: the active one), else in the site's, else any."""
        texts = {text.language: text for text in self._texts()}
        for wanted in (language or get_language(), settings.LANGUAGE_CODE):
            if wanted in texts:
                return texts[wanted]
        return next(iter(texts.values()), ThemeText(name=self.code, short_name=self.code))

    def _texts(self) -> "list[ThemeText]":
        return list(self.texts.all()) if self.texts_at_hand is None else self.texts_at_hand

    def has_slug(self, slug: str) -> bool:
        """Whether the theme has this address in any language."""
        return any(text.slug == slug for text in self._texts())

    @property
    @admin.display(description=_("name"))
    def name(self) -> str:
        return self.text().name

    @property
    def short_name(self) -> str:
        return self.text().short_name

    @property
    def language(self) -> str:
        """Language of the text that is shown; empty where there is none."""
        return self.text().language

    @property
    def names(self) -> str:
        """Names in all languages, for the search index."""
        return " ".join(f"{text.name} {text.short_name}" for text in self.texts.all())


class ThemeText(models.Model):
    """Name, short name, description and address of a theme in one language."""

    theme = ParentalKey(Theme, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=10, choices=content_languages)
    name = models.CharField(_("name"), max_length=160)
    short_name = models.CharField(_("short name"), max_length=60)
    slug = models.SlugField(_("slug"), max_length=80)
    description = models.TextField(_("description"), blank=True)

    panels = [
        FieldPanel("language"),
        FieldPanel("name"),
        FieldPanel("short_name"),
        FieldPanel("slug"),
        FieldPanel("description"),
    ]

    class Meta:
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(fields=["theme", "language"], name="theme_text_per_language"),
            models.UniqueConstraint(fields=["language", "slug"], name="theme_slug_per_language"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"


class PracticeTag(TaggedItemBase):
    """A free tag on one language version of a practice."""

    content_object = ParentalKey(
        "practices.PracticePage", on_delete=models.CASCADE, related_name="tagged_items"
    )

    class Meta(TaggedItemBase.Meta):
        verbose_name = _("tag of a practice")
        verbose_name_plural = _("tags of practices")

    def __str__(self) -> Any:
        return self.tag.name
