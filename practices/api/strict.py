"""API v3 refuses what it cannot write, instead of answering 200 and forgetting it."""

from typing import Any

from django.apps import apps

from practices.blocks import empty_sections


def refuse_unknown_fields(model: type[Any]) -> None:
    """Make v3's input schemas of a practice answer 422 to fields that they do not write.

    A new draft may leave everything but the title out, as in the admin: it then has no theme and
    opens with all sections, empty. Must run before v3's routes are
    imported, that is, from an app's `ready()` that stands above Wagtail's in INSTALLED_APPS.
    """
    if not apps.is_installed("wagtail.api.v3"):
        return
    from pydantic import ConfigDict
    from wagtail.api.v3.registry import ContentTypeRegistration, registry

    found = registry.get(model._meta.label)
    if found is None or found.create_schema is None or found.patch_schema is None:
        return
    create: Any = type(
        found.create_schema.__name__,
        (found.create_schema,),
        {
            "model_config": ConfigDict(extra="forbid"),
            "__annotations__": {"themes": list[int], "sections": list[Any]},
            "themes": [],
            "sections": [{"type": key, "value": value} for key, value in empty_sections()],
        },
    )
    patch: Any = type(
        found.patch_schema.__name__,
        (found.patch_schema,),
        {"model_config": ConfigDict(extra="forbid")},
    )
    registry.register(
        ContentTypeRegistration(
            name=found.name,
            label=found.label,
            read_schema=found.read_schema,
            create_schema=create,
            patch_schema=patch,
        )
    )
