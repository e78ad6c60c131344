"""What wagtail-localize is handed of a practice."""

from django.db import transaction
from wagtail.models import COMMENTS_RELATION_NAME, Locale
from wagtail_localize.models import Translation, TranslationSource

from practices.models import PracticePage


@transaction.atomic
def register(original: PracticePage, locale: Locale) -> Translation:
    """wagtail-localize's record of a translation, with the strings of the original's live text."""
    live = PracticePage.objects.get(pk=original.pk)
    # Remarks of people and the title of a draft are nothing to translate.
    setattr(live, COMMENTS_RELATION_NAME, [])
    live.draft_title = live.title
    source, _created = TranslationSource.update_or_create_from_instance(live)
    translation, _created = Translation.objects.get_or_create(
        source=source, target_locale=locale, defaults={"enabled": False}
    )
    return translation
