"""Labels of Wagtail's forms and menus that its messages do not cover.

Wagtail derives them from the names of fields, in English, or fixes them in the language of the
first request. Each can go when Wagtail, or wagtail-localize, marks it for translation.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm
from wagtail.admin.forms.choosers import (
    AnchorLinkChooserForm,
    EmailLinkChooserForm,
    ExternalLinkChooserForm,
    PhoneLinkChooserForm,
)
from wagtail.images.forms import ImageInsertionForm

LABELS: dict[Any, dict[str, Any]] = {
    LoginForm: {"password": _("Password")},
    ExternalLinkChooserForm: {"link_text": _("Link text")},
    AnchorLinkChooserForm: {"link_text": _("Link text")},
    EmailLinkChooserForm: {
        "email_address": _("Email address"),
        "link_text": _("Link text"),
        "subject": _("Subject"),
        "body": _("Body"),
    },
    PhoneLinkChooserForm: {"phone_number": _("Phone number"), "link_text": _("Link text")},
    ImageInsertionForm: {
        "image_is_decorative": _("Image is decorative"),
        "alt_text": _("Alt text"),
    },
}


def label_forms() -> None:
    """Give the fields their labels, for the life of the process."""
    for form, labels in LABELS.items():
        for name, label in labels.items():
            form.base_fields[name].label = label
