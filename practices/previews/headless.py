"""Drafts for a front end: stored by `wagtail-headless-preview`, behind links that expire.

Of the package come the table, the setting and the page around the front end. Its own links are
good until somebody makes another preview a day later, so links are made and read here.
"""

import json
import secrets
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from wagtail.models import Site
from wagtail_headless_preview.models import PagePreview, get_client_root_url_from_site

from practices.models import PracticePage

MAX_AGE = timedelta(hours=1)
"""How long a link shows a draft."""

KEPT = 20
"""Previews of one page: the editor makes one whenever somebody pauses in writing."""

signer = TimestampSigner(salt="practices.previews")


def serve_preview(page: PracticePage, request: HttpRequest) -> HttpResponse:
    """Store the draft, and show the front end with a link to it.

    Raises PermissionDenied for who may not edit the page.
    """
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    root = get_client_root_url_from_site(page.get_site() or Site.find_for_request(request))
    query = urlencode({"content_type": page._meta.label_lower, "token": store(page)})
    return render(
        request, "wagtail_headless_preview/preview.html", {"preview_url": f"{root}?{query}"}
    )


@transaction.atomic
def store(page: PracticePage) -> str:
    """Store a draft as it is in memory; returns the token that reads it for `MAX_AGE`."""
    forget_expired()
    token = signer.sign(f"{page.pk}.{secrets.token_urlsafe(12)}")
    first = not _stored().exists()
    _stored().create(content_type=_content_type(), token=token, content_json=page.to_json())
    newest = _of(page).order_by("-pk").values_list("pk", flat=True)
    _of(page).filter(pk__in=list(newest[KEPT:])).delete()
    if first:
        plan_forgetting()
    return token


def find(token: str) -> PracticePage | None:
    """The draft that a token reads; None when it was deleted, with a publication for example.

    Raises BadSignature for a token that is not ours, SignatureExpired for an old one.
    """
    key = signer.unsign(token, max_age=MAX_AGE)
    preview = _stored().filter(token=token).first()
    page = PracticePage.objects.filter(pk=key.partition(".")[0]).first()
    if preview is None or page is None:
        return None
    # As a revision is read: what belongs to the practice and not to a text stays the stored one.
    return page.with_content_json(json.loads(preview.content_json))


def forget(page: PracticePage) -> None:
    """Delete the previews of a page."""
    _of(page).delete()


def forget_expired() -> bool:
    """Delete what no link shows any more; returns whether others are left."""
    expired = [pk for pk, token in _stored().values_list("pk", "token") if not _is_valid(token)]
    _stored().filter(pk__in=expired).delete()
    return _stored().exists()


def plan_forgetting() -> None:
    """Have the background worker delete previews once they have expired."""
    transaction.on_commit(partial(_enqueue), robust=True)


def _enqueue() -> None:
    # The background queue is a setting of the host, read when it is first needed.
    from .tasks import forget_previews

    if forget_previews.get_backend().supports_defer:
        later = timezone.now() + MAX_AGE + timedelta(minutes=1)
        forget_previews.using(run_after=later).enqueue()


def origins() -> Iterator[str]:
    """Where the front ends are: scheme, host and port, as browsers name them."""
    for site in Site.objects.all():
        parts = urlsplit(get_client_root_url_from_site(site))
        yield f"{parts.scheme}://{parts.netloc}"


def _is_valid(token: str) -> bool:
    try:
        signer.unsign(token, max_age=MAX_AGE)
    except BadSignature:
        return False
    return True


def _content_type() -> Any:
    return ContentType.objects.get_for_model(PracticePage)


def _stored() -> "QuerySet[Any]":
    return PagePreview.objects.filter(content_type=_content_type())


def _of(page: PracticePage) -> "QuerySet[Any]":
    return _stored().filter(token__startswith=f"{page.pk}.")
