"""Tokens of the API: who may hold one, for how long, and which are good at the moment."""

from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models.signals import post_save
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import APIToken

LIFETIMES = (30, 90, 365)
"""Days that a person may choose from; the last is the longest that a token lives."""

DEFAULT_LIFETIME = 90
"""Days of a token that was made without a choice, as by Wagtail's command."""


def may_hold(user: Any) -> bool:
    """Whether a person may have tokens: who may enter the admin, and as long as they may.

    So a token ends with the account, and with the last of a person's roles.
    """
    return user.is_active and user.has_perm("wagtailadmin.access_admin")


@transaction.atomic
def make(owner: Any, name: str, days: int) -> tuple[APIToken, str]:
    """A new token of a person with its key, which is stored nowhere."""
    token, key = APIToken.create_token(user=owner, name=name)
    token.term.expires_at = _end(days)
    token.term.save()
    log(token, "wagtail.apitoken.create", user=owner)
    return token, key


@transaction.atomic
def revoke(token: APIToken) -> None:
    """End a token at the wish of its owner. Nothing happens where it is revoked already."""
    if token.revoked_at is None:
        token.revoke()
        log(token, "wagtail.apitoken.revoke", user=token.user)


def has_expired(token: APIToken) -> bool:
    """Whether the term of a token is over, or it never had one."""
    term = getattr(token, "term", None)
    return term is None or term.expires_at <= timezone.now()


def is_good(key: str) -> bool:
    """Whether a key opens anything now.

    Not so an unknown, revoked or expired one, nor that of a person who may hold none any more.
    """
    tokens = APIToken.objects.select_related("user", "term")
    hashes = APIToken.candidate_key_hashes(key)
    token = tokens.filter(key_hash__in=hashes, revoked_at=None).first()
    return token is not None and not has_expired(token) and may_hold(token.user)


def give_term(instance: APIToken, created: bool, raw: bool = False, **_kwargs: Any) -> None:
    """Give a token its end when it is stored, whoever made it."""
    if created and not raw:
        apps.get_model("practices", "TokenTerm").objects.create(
            token=instance, expires_at=_end(DEFAULT_LIFETIME)
        )


def _end(days: int) -> Any:
    return timezone.now() + timedelta(days=days)


def connect() -> None:
    """Connect the handler; called once the app is ready."""
    post_save.connect(give_term, sender=APIToken)
