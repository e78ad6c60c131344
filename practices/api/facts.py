"""API v3 shows the shared facts of a translation as readers see them: those of its original."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.apps import apps


def read_through_original(model: type[Any], names: Iterable[str]) -> None:
    """Make v3's answers for a practice take these fields and relations from its original.

    Must run before v3's routes are imported (see `strict.py`).
    """
    if not apps.is_installed("wagtail.api.v3"):
        return
    from wagtail.api.v3.registry import registry

    found = registry.get(model._meta.label)
    if found is None or found.read_schema is None:
        return
    resolvers = {f"resolve_{name}": staticmethod(_resolver(name)) for name in names}
    read: Any = type(found.read_schema.__name__, (found.read_schema,), resolvers)
    registry.register(replace(found, read_schema=read))


def _resolver(name: str) -> Any:
    def resolve(practice: Any) -> Any:
        value = getattr(practice.facts, name)
        return list(value.all()) if hasattr(value, "all") else value

    return resolve
