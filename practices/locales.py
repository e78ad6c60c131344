"""Page trees, one for each language of the settings: what is missing is made, the rest left alone."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models, transaction
from django.utils import translation
from django.utils.translation import gettext, gettext_noop
from wagtail.fields import StreamField
from wagtail.models import Locale, Page

from .languages import content_languages
from .models import (
    CountryPage,
    PracticeIndexPage,
    PracticePage,
    PublicationIndexPage,
    PublicationPage,
    TagIndexPage,
    Theme,
    ThemeIndexPage,
)
from .moderation.roles import sync_roles

INDEX_TITLES: dict[type[Page], str] = {
    PracticeIndexPage: gettext_noop("Practices"),
    ThemeIndexPage: gettext_noop("Themes"),
    TagIndexPage: gettext_noop("Tags"),
    PublicationIndexPage: gettext_noop("Publications"),
}
OF_THE_COLLECTION: tuple[type[Page], ...] = (*INDEX_TITLES, CountryPage)


@dataclass(frozen=True)
class Made:
    """A page that was made, and the one it translates."""

    page: Page
    source: Page


@transaction.atomic
def sync_locales() -> list[Made]:
    """Give each language of the settings its tree, then the roles their place in it. Idempotent.

    Pages that lack in a language are made as translations of those in the site's language.
    Practices are not: they are translated one by one, through moderation. Publications stand in
    one tree.
    """
    for code, _name in content_languages():
        Locale.objects.get_or_create(language_code=code)
    source = Locale.get_default()
    made = [
        Made(_translate(page, locale), page)
        for locale in Locale.objects.exclude(pk=source.pk)
        for page in _missing(source, locale)
    ]
    sync_roles()
    return made


def themes_without_text() -> list[tuple[str, list[Theme]]]:
    """The themes that have no text yet, for each language where there are any."""
    themes = Theme.all_with_texts()
    found = []
    for code, _name in content_languages():
        lacking = [theme for theme in themes if theme.text(code).language != code]
        if lacking:
            found.append((code, lacking))
    return found


def _missing(source: Locale, locale: Locale) -> Iterator[Page]:
    """The pages of a tree that another lacks, parents first, each looked up when its turn comes."""
    indexes = Page.objects.type(*INDEX_TITLES).filter(locale=source)
    roots = {page.path[: 2 * Page.steplen] for page in indexes}
    for root in sorted(roots):
        tree = Page.objects.filter(path__startswith=root, locale=source).order_by("path")
        for page in tree.not_type(PracticePage, PublicationPage):
            if not page.has_translation(locale) and _has_place(page, locale):
                yield page.specific if page.live else page.get_latest_revision_as_object()


def _has_place(page: Page, locale: Locale) -> bool:
    """Whether the parent of a page stands in the tree; whoever took it away meant its children too."""
    parent = page.get_parent()
    return parent.is_root() or parent.has_translation(locale)


def _translate(page: Page, locale: Locale) -> Page:
    """A page in another language; live where its source and its parent are, and it is ours to say."""
    copy = page.copy_for_translation(locale)
    is_around = _is_around_practices(page)
    if is_around:
        _empty_prose(copy)
        if title := INDEX_TITLES.get(type(copy)):
            with translation.override(locale.language_code):
                copy.title = gettext(title)
    revision = copy.save_revision()
    if is_around and page.live and copy.get_parent().live:
        revision.publish(skip_permission_checks=True)
        copy.refresh_from_db()
    return copy


def _is_around_practices(page: Page) -> bool:
    """Whether a page belongs to the collection, or stands above such a page."""
    return (
        isinstance(page, OF_THE_COLLECTION) or page.get_descendants().type(*INDEX_TITLES).exists()
    )


def _empty_prose(page: Page) -> None:
    """Take out the texts that a page may do without: they are in another language."""
    for field in page._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField | StreamField)
        if is_text and field.blank and field.editable and not field.choices:
            setattr(page, field.name, field.get_default())
