"""Where requests may go: addresses of the public internet, looked up once."""

import socket
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

UNICAST = ip_network("2000::/3")
"""All of version 6 that is public; what holds an address of version 4 is outside, or below."""

OF_PROTOCOLS = [
    ip_network(network) for network in ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2002::/16")
]
"""Teredo, 6to4 and other protocols (IANA's registries), which Python calls global in part."""


class RefusedAddressError(ValueError):
    """An address that nothing is sent to; the text says why, for people."""


@dataclass(frozen=True)
class Place:
    """An address, taken apart. `host` is what a certificate has to name."""

    secure: bool
    host: str
    port: int
    target: str


def local_allowed() -> bool:
    """Whether this machine itself may be told, without encryption: in development and tests."""
    return getattr(settings, "PRACTICES_WEBHOOKS_LOCAL", False)


def place_of(url: str) -> Place:
    """The parts of an address that may be told, as far as its text says. Raises RefusedAddressError."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port
    except ValueError as error:  # UnicodeError among them
        raise RefusedAddressError(_("This is no address.")) from error
    if parts.scheme != "https" and not (parts.scheme == "http" and local_allowed()):
        raise RefusedAddressError(_("The address has to begin with https://."))
    if not host or not url.isascii() or any(sign.isspace() for sign in url) or parts.fragment:
        raise RefusedAddressError(_("This is no address."))
    if parts.username is not None or parts.password is not None:
        raise RefusedAddressError(_("The address may hold no user or password."))
    secure = parts.scheme == "https"
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Place(secure, host, port or (443 if secure else 80), target)


def resolve(place: Place) -> list[str]:
    """The numbers that a place's name stands for now, each checked.

    Raises RefusedAddressError when one of them is not public, OSError when there is none.
    """
    found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    numbers = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for number in numbers:
        if not is_public(number) and not (local_allowed() and _is_local(number)):
            raise RefusedAddressError(
                _("%(host)s leads to %(number)s, which is no public address.")
                % {"host": place.host, "number": number}
            )
    return numbers


def is_public(number: str) -> bool:
    """Whether an IP address is one of the public internet."""
    try:
        address = ip_address(number)
    except ValueError:  # such as fe80::1%eth0
        return False
    if isinstance(address, IPv6Address) and address not in UNICAST:
        return False
    if any(address in network for network in OF_PROTOCOLS):
        return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified
    )


def _is_local(number: str) -> bool:
    try:
        return ip_address(number).is_loopback
    except ValueError:
        return False
