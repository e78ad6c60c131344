"""System checks: what the host site must have set for files to be checked and private."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import register as register_check
from django.urls import Resolver404, resolve
from django.utils.module_loading import import_string

FORMS = {
    "WAGTAILDOCS_DOCUMENT_FORM_BASE": "practices.files.forms.DocumentForm",
    "WAGTAILIMAGES_IMAGE_FORM_BASE": "practices.files.forms.ImageForm",
}


def check_forms(**_kwargs: Any) -> list[CheckMessage]:
    """People must be told in the form why a file is refused."""
    missing = [
        (name, path)
        for name, path in FORMS.items()
        if not (asked := getattr(settings, name, ""))
        or not issubclass(import_string(asked), import_string(path))
    ]
    return [
        Error(
            "A refused file would end in an error page instead of a message.",
            hint=f'Add to the settings: {name} = "{path}", or a form that derives from it.',
            id="practices.E008",
        )
        for name, path in missing
    ]


def check_addresses(**_kwargs: Any) -> list[CheckMessage]:
    """No file may be reached around the view that knows what is public."""
    try:
        served = resolve(f"/{settings.MEDIA_URL.lstrip('/')}images/a.png").url_name
        documents = resolve("/documents/1/a.pdf").url_name
    except Resolver404:
        served = documents = ""
    if (served, documents) == ("practices_media", "wagtaildocs_serve"):
        return []
    return [
        Error(
            "Files of drafts would be public, or files of published pages not found.",
            hint=(
                'Put path("", include("practices.files.urls")) into the URLs, in the place of '
                "wagtail.documents.urls and of static(settings.MEDIA_URL, …)."
            ),
            id="practices.E009",
        )
    ]


def register() -> None:
    """Register the checks; called once the app is ready."""
    for check in (check_forms, check_addresses):
        register_check(check)
