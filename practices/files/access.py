"""Who may have a file: everybody when it is public, else those who may choose it."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.permissions import policy_registry

USING = ("choose", "change")
"""What lets a person have a private file: choosing from its collection, or it is their own."""


def may_use(user: Any, file: Any) -> bool:
    """Whether a person may choose a document or an image, or edit it as their own."""
    policy = policy_registry.get_by_type(type(file))
    return policy.user_has_any_permission_for_instance(user, USING, file)


def usable_files(user: Any, model: type[Any]) -> Any:
    """The documents or images that a person may choose, or edit as their own."""
    policy = policy_registry.get_by_type(model)
    return policy.instances_user_has_any_permission_for(user, USING)


def file_permissions(actions: Iterable[str]) -> list[Permission]:
    """The permissions on documents and images that Wagtail asks groups for, collection by collection.

    They are those of Wagtail's own models, whichever models the site takes: its policies ask for
    no others.
    """
    types = ContentType.objects.get_for_models(Document, Image)
    return [
        Permission.objects.get(
            content_type=content_type, codename=f"{action}_{model._meta.model_name}"
        )
        for model, content_type in types.items()
        for action in actions
    ]
