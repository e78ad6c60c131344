"""wagtail-localize at work on a page, and what nobody may change on the way."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

SOURCE, TARGET = "zqxoriginalxqz", "zqxtraducidaxqz"
BUTTONS = ("localize-restart-translation", "localize-convert-to-alias")
CLOSED = 403


@dataclass
class Work:
    """wagtail-localize at work on a page."""

    source: Any
    target: Any
    translation: Translation
    segment: StringSegment

    def address(self, name: str) -> str:
        """The address of a view of wagtail-localize for this page."""
        arguments: dict[str, tuple[Any, ...]] = {
            "submit_page_translation": (self.source.pk,),
            "update_translations": (self.translation.source_id,),
            "convert_to_alias": (self.target.pk,),
            "edit_string_translation": (self.translation.pk, self.segment.pk),
            "edit_override": (self.translation.pk, 1),
        }
        return reverse(f"wagtail_localize:{name}", args=arguments.get(name, (self.translation.pk,)))


def at_work(source: Any, target: Any) -> Work:
    stored, _created = TranslationSource.update_or_create_from_instance(source)
    translation = Translation.objects.create(source=stored, target_locale=target.locale)
    segment = StringSegment.objects.filter(source=translation.source).earliest("order")
    return Work(source, target, translation, segment)


def rows(work: Work) -> Any:
    """What nobody may change on the way."""
    return (
        list(
            Page.objects.order_by("pk").values_list(
                "pk", "live", "title", "draft_title", "alias_of"
            )
        ),
        list(work.target.revisions.order_by("pk").values_list("pk", flat=True)),
        list(StringTranslation.objects.values_list("pk", "data")),
        list(Translation.objects.order_by("pk").values_list("pk", "enabled")),
    )


def gives_away(answer: Any) -> bool:
    return any(word.encode() in answer.content for word in (SOURCE, TARGET))
