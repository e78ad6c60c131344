"""The page types of practices: the plugin's own, and those that a host site derives from it."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error
from django.core.exceptions import FieldDoesNotExist
from wagtail.models import Page

from . import vocabulary

INDISPENSABLE = frozenset(
    item.key
    for item in (
        vocabulary.COUNTRY,
        vocabulary.TITLE,
        vocabulary.THEMES,
        vocabulary.RESPONSIBLE_ENTITY,
    )
)
MAY_BE_LEFT_OUT = frozenset(item.key for item in vocabulary.PROFILE) - INDISPENSABLE
"""The items that a page type may do without: those of section 1 that nothing else stands on."""


def practice_models() -> list[Any]:
    """`PracticePage` and all page types that derive from it, itself first."""
    own = apps.get_model("practices", "PracticePage")
    derived = [model for model in apps.get_models() if issubclass(model, own) and model is not own]
    return [own, *derived]


def practice_model() -> Any:
    """The page type of new practices: the host site's where it has one, else the plugin's."""
    return practice_models()[-1]


def is_practice(page: Page) -> bool:
    """Whether a page, at hand as whatever class, is a practice."""
    own = apps.get_model("practices", "PracticePage")
    return issubclass(page.specific_class or Page, own)


def read_specific(pages: Iterable[Any]) -> None:
    """Read what derived page types hold beyond `PracticePage`, for all pages together."""
    pages = list(pages)
    for model in practice_models()[1:]:
        keys = [page.pk for page in pages if page.specific_class is model]
        found = model.objects.in_bulk(keys) if keys else {}
        for page in pages:
            if page.pk in found:
                page.__dict__["specific"] = found[page.pk]


def check_kinds(**_kwargs: Any) -> list[CheckMessage]:
    """Page types that derive from `PracticePage` may add and leave out some items only."""
    return [
        Error(
            f"{model._meta.label} {fault}.",
            hint='docs/plugin.md says under "One item more, one less" what a page type may do.',
            obj=model,
            id="practices.E024",
        )
        for model in practice_models()
        for fault in _faults(model)
    ]


def _faults(model: Any) -> Iterable[str]:
    for key in sorted(model.left_out - MAY_BE_LEFT_OUT):
        yield f"cannot leave out “{key}”"
    known = {item.key for item in vocabulary.ITEMS}
    for item in model.added_items:
        if item.key in known:
            yield f"adds “{item.key}”, which the ficha has"
        if item.kind is not vocabulary.Kind.TEXT or item.private or item.choices:
            yield f"adds “{item.key}”, which is no public text"
        try:
            model._meta.get_field(item.key)
        except FieldDoesNotExist:
            yield f"adds “{item.key}”, for which it has no field"
