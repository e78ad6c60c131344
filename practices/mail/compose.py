"""Writing one mail, in the language of who gets it: plain text and HTML."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from practices.models import CountryPage, PracticePage
from practices.organisation import secretariat

from .comments import open_comments
from .wording import Wording

TITLE_LENGTH = 80
"""Characters of a title in a subject; the text of the mail has it whole."""


@contextmanager
def language_of(user: Any) -> Iterator[str]:
    """Write in the language that a person chose for the admin, else in the site's."""
    profile = getattr(user, "wagtail_userprofile", None)
    language = (profile.preferred_language if profile else "") or settings.LANGUAGE_CODE
    with translation.override(language):
        yield language


def name_of(user: Any) -> str:
    """How mails call a person."""
    if user is None:
        return _("An administrator")
    return user.get_full_name() or user.get_username()


def admin_address(name: str, *arguments: Any) -> str:
    """Absolute address of a page of the admin."""
    base = getattr(settings, "WAGTAILADMIN_BASE_URL", "") or ""
    return base.rstrip("/") + reverse(name, args=arguments)


def country_name(iso_code: str, language: str) -> str:
    """Name of a country, in a language where it has a page in it."""
    pages = CountryPage.objects.filter(iso_code=iso_code).select_related("locale")
    names = {page.locale.language_code: page.title for page in pages}
    return names.get(language) or next(iter(names.values()), iso_code.upper())


def about_practice(
    user: Any,
    practice: PracticePage,
    wording: Wording,
    *,
    person: Any = None,
    quote: str = "",
    days: int = 0,
    notes: tuple[Any, ...] = (),
    with_comments: bool = False,
) -> EmailMultiAlternatives:
    """A mail on one practice. `quote` is the reason or remark that the wording announces."""
    with language_of(user) as language:
        country = country_name(practice.country, language)
        title = practice.get_latest_revision_as_object().title
        address = practice.full_url if wording.public else None
        lead = wording.lead % {
            "person": name_of(person),
            "country": country,
            "days": days,
            "secretariat": secretariat(),
        }
        context = {
            "country": country,
            "title": title,
            "code": practice.code,
            "lead": lead,
            "notes": [str(note) for note in notes],
            "quote_label": wording.quote if quote else "",
            "quote": quote,
            "comments": open_comments(practice) if with_comments else [],
            "button": wording.button,
            "address": address or admin_address("wagtailadmin_pages:edit", practice.pk),
        }
        subject = f"{country} · {Truncator(title).chars(TITLE_LENGTH)} · {wording.subject}"
        return compose(user, subject, "practices/mail/practice", context)


def compose(
    user: Any, subject: str, template: str, context: dict[str, Any]
) -> EmailMultiAlternatives:
    """A mail from a pair of templates, in the active language."""
    context |= {
        "language": translation.get_language(),
        "subject": subject,
        "site": getattr(settings, "WAGTAIL_SITE_NAME", ""),
        "settings_address": admin_address("wagtailadmin_account"),
    }
    sender = getattr(settings, "WAGTAILADMIN_NOTIFICATION_FROM_EMAIL", settings.DEFAULT_FROM_EMAIL)
    message = EmailMultiAlternatives(
        " ".join(subject.split()),
        render_to_string(f"{template}.txt", context),
        sender,
        [user.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
    return message
