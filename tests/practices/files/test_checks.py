"""The checks say what a host site must set for its files."""

from typing import Any

import pytest
from django.core.checks import run_checks
from django.test import override_settings


@pytest.mark.parametrize(
    ("identifier", "changed"),
    [
        ("practices.E008", {"WAGTAILDOCS_DOCUMENT_FORM_BASE": ""}),
        (
            "practices.E008",
            {"WAGTAILIMAGES_IMAGE_FORM_BASE": "wagtail.images.forms.BaseImageForm"},
        ),
        ("practices.E009", {"ROOT_URLCONF": "wagtail.documents.urls"}),
        ("practices.E009", {"MEDIA_URL": "/elsewhere/"}),
    ],
)
def test_each_check_says_what_to_add(identifier: str, changed: dict[str, Any]) -> None:
    assert identifier not in {message.id for message in run_checks()}
    with override_settings(**changed):
        (message,) = [message for message in run_checks() if message.id == identifier]
    assert message.hint
