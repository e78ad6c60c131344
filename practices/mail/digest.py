"""The weekly summary: what waits for a person, and for how long."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from practices.moderation.deadlines import Light, light
from practices.moderation.waiting import everything_for

from . import recipients
from .compose import admin_address, compose, country_name, language_of

HEADINGS = {
    "review": gettext_lazy("To review"),
    "endorse": gettext_lazy("To endorse"),
    "correct": gettext_lazy("Returned, to correct"),
    "translate": gettext_lazy("Translations out of date"),
    "finish": gettext_lazy("Drafts that nobody changed for a while"),
}


@dataclass(frozen=True)
class Entry:
    """One ficha that waits."""

    title: str
    country: str
    waits: str
    light: str
    address: str


@dataclass(frozen=True)
class Group:
    """The fichas that wait for the same thing, oldest first."""

    heading: str
    entries: list[Entry]


def digests() -> Iterator[EmailMultiAlternatives]:
    """The summaries of all who want one and for whom something waits."""
    for user in recipients.digest_readers():
        with language_of(user) as language:
            groups = list(_groups(user, language))
            count = sum(len(group.entries) for group in groups)
            if not count:
                continue
            heading = ngettext(
                "%(count)d ficha waits for you", "%(count)d fichas wait for you", count
            ) % {"count": count}
            site = getattr(settings, "WAGTAIL_SITE_NAME", "")
            context = {"heading": heading, "groups": groups}
            yield compose(user, f"{site} · {heading}", "practices/mail/digest", context)


def _groups(user: Any, language: str) -> Iterator[Group]:
    """What waits for a person, by what they have to do."""
    names: dict[str, str] = {}
    for name, statuses in everything_for(user):
        entries = []
        for status in statuses:
            iso_code = status.page.country
            names.setdefault(iso_code, country_name(iso_code, language))
            entries.append(_entry(name, status, names[iso_code]))
        if entries:
            yield Group(str(HEADINGS[name]), entries)


def _entry(name: str, status: Any, country: str) -> Entry:
    page = status.page
    since = status.since
    if name == "finish":
        since = page.latest_revision_created_at or since
    elif name == "translate":
        since = status.outdated_since
    urgency = light(status)
    return Entry(
        title=page.draft_title or page.title,
        country=country,
        waits=_waits(since),
        light="" if urgency is Light.GREEN else str(urgency.label),
        address=admin_address("wagtailadmin_pages:edit", page.pk),
    )


def _waits(since: datetime) -> str:
    days = (timezone.now() - since).days
    if not days:
        return _("since today")
    return ngettext("for %(count)d day", "for %(count)d days", days) % {"count": days}
