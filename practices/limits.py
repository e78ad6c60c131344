"""How often an address may ask for what costs much."""

from ipaddress import ip_address

from django.core.cache import cache
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address of who asks; behind a proxy of the same network, as that proxy saw it.

    What a client writes into `X-Forwarded-For` stands before what the proxy adds, and is not read.
    """
    direct = request.META.get("REMOTE_ADDR", "")
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return forwarded if forwarded and _is_near(direct) else direct


def _is_near(address: str) -> bool:
    """Whether an address is of this machine or network; a socket has none."""
    try:
        return not address or ip_address(address).is_private
    except ValueError:
        return False


def is_too_often(request: HttpRequest, name: str, limit: int, seconds: int) -> bool:
    """Count one more request of an address for `name`; whether there were more than `limit`."""
    return counts_too_many(f"{name}-{client_address(request)}", limit, seconds)


def counts_too_many(name: str, limit: int, seconds: int) -> bool:
    """Count one more of whatever `name` names; whether there were more than `limit`.

    Counted from the first one, for `seconds`, in Django's cache; where that is away, nobody is
    refused.
    """
    key = f"practices-limit-{name}"
    cache.add(key, 0, seconds)
    try:
        count = cache.incr(key)
    except ValueError:  # it ended just now, or the cache is away
        return False
    return bool(count and count > limit)
