"""API v3 refuses what it cannot write, instead of answering 200 and forgetting it."""

from dataclasses import replace
from typing import Any

from django.apps import apps


def refuse_unknown_fields(model: type[Any], **defaults: list[Any]) -> None:
    """Make v3's input schemas of a page type answer 422 to fields that they do not write.

    `defaults` are lists that a new page gets where they are left out. Must run before v3's routes are
    imported, that is, from an app's `ready()` that stands above Wagtail's in INSTALLED_APPS.
    """
    if not apps.is_installed("wagtail.api.v3"):
        return
    from pydantic import ConfigDict
    from wagtail.api.v3.registry import registry

    found = registry.get(model._meta.label)
    if found is None or found.create_schema is None or found.patch_schema is None:
        return
    namespace: dict[str, Any] = {"model_config": ConfigDict(extra="forbid")}
    namespace |= {"__annotations__": dict.fromkeys(defaults, list[Any]), **defaults}
    create: Any = type(found.create_schema.__name__, (found.create_schema,), namespace)
    patch: Any = type(
        found.patch_schema.__name__,
        (found.patch_schema,),
        {"model_config": ConfigDict(extra="forbid")},
    )
    registry.register(replace(found, create_schema=create, patch_schema=patch))
