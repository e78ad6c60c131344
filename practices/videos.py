"""Video addresses that a ficha may link to; nothing is fetched from those hosts."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

HOSTS = {
    "youtube.com": "YouTube",
    "youtu.be": "YouTube",
    "vimeo.com": "Vimeo",
    "facebook.com": "Facebook",
    "fb.watch": "Facebook",
}
"""Allowed hosts (with or without `www.` and `m.`) and the name that readers see."""


def host(url: str) -> str:
    """The host of an address, as people say it."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def provider(url: str) -> str:
    """Name of the service behind a video address, empty where the host is not allowed."""
    return HOSTS.get(host(url).removeprefix("m."), "")


def validate_video_url(url: str) -> None:
    """Refuse addresses outside of the allowed hosts and schemes.

    Raises ValidationError with the names of the allowed services.
    """
    if urlsplit(url).scheme not in {"http", "https"} or not provider(url):
        services = ", ".join(sorted(set(HOSTS.values())))
        raise ValidationError(
            _("Use the address of a video on %(services)s; add others as a link."),
            code="video_host",
            params={"services": services},
        )
