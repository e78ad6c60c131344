"""Beginning the translation of a practice: who may, what they get."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale

from practices.languages import content_locales
from practices.models import CountryPage, PracticePage
from practices.moderation.access import may_translate
from practices.moderation.review import lock

from .source import register


class TranslationRefusedError(ValidationError):
    """A translation that cannot begin; the message says why and what to do."""


def home_of(original: PracticePage, locale: Locale) -> CountryPage | None:
    """The page of a practice's country in a language; None where that tree has none."""
    return original.country_page.get_translation_or_none(locale)


def startable(original: PracticePage, user: Any) -> list[Locale]:
    """The languages into which a person may begin the translation of a practice."""
    if not original.is_original or not original.live:
        return []
    present = {original.locale_id, *original.translations.values_list("locale_id", flat=True)}
    found = []
    for locale in content_locales():
        home = None if locale.pk in present else home_of(original, locale)
        if home and home.permissions_for_user(user).can_begin_translations():
            found.append(locale)
    return found


def require_startable(original: PracticePage, locale: Locale, user: Any) -> None:
    """Refuse who may not add a page below the country in that language, and what is not public.

    Raises PermissionDenied or TranslationRefusedError.
    """
    home = home_of(original, locale)
    if home is None:
        if not may_translate(user, original.country):
            raise PermissionDenied
        raise TranslationRefusedError(
            _(
                "The country has no page in this language yet: %(language)s. An administrator "
                "makes it with the command sync_locales."
            )
            % {"language": locale.get_display_name()}
        )
    if not home.permissions_for_user(user).can_begin_translations():
        raise PermissionDenied
    if not PracticePage.objects.published().filter(pk=original.pk).exists():
        raise TranslationRefusedError(
            _("A translation begins from a public text: publish the original first.")
        )


@transaction.atomic
def begin(original_pk: int, locale: Locale, user: Any) -> tuple[PracticePage, bool]:
    """The translation of an original, and whether it was made just now, as a draft of `user`.

    Of two at once the second gets what the first made. Raises PermissionDenied or
    TranslationRefusedError.
    """
    original = lock(original_pk)
    existing = original.translations.filter(locale=locale).first()
    if existing:
        return existing, False
    require_startable(original, locale, user)
    translation = original.copy_for_translation(locale)
    translation.owner = user
    translation.save_revision(user=user)
    PracticePage.objects.filter(pk=translation.pk).update(owner=user)
    register(original, locale)
    return translation, True
