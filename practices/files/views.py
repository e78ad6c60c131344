"""The one way to an uploaded file: documents by key, everything in MEDIA_ROOT by name."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import OuterRef
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail.documents.models import document_served
from wagtail.images import get_image_model

from .access import may_use
from .delivery import deliver
from .kinds import FileKind
from .references import file_models
from .uses import public_files, uses_of

IMAGE_TYPES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}


@require_safe
def serve_document(request: HttpRequest, document_id: str, filename: str) -> HttpResponseBase:
    """A document of the library. 404 for all who may not have it, as if there were none."""
    documents = public_files(FileKind.DOCUMENT).select_related("collection")
    document = get_object_or_404(documents, pk=document_id)
    if document.filename != filename:
        raise Http404
    return _deliver_document(request, document)


@require_safe
def serve_media(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file of MEDIA_ROOT: a rendition, an image, a document or the portrait of a person.

    404 for all who may not have it, and for every file that belongs to none of these.
    """
    if "\x00" in name:
        raise Http404
    rendition = _renditions().filter(file=name).first()
    if rendition:
        return _deliver_image(request, rendition, rendition.image, rendition.is_public)
    image = public_files(FileKind.IMAGE).select_related("collection").filter(file=name).first()
    if image:
        return _deliver_image(request, image, image, image.is_public)
    document = (
        public_files(FileKind.DOCUMENT).select_related("collection").filter(file=name).first()
    )
    if document:
        return _deliver_document(request, document)
    return _deliver_portrait(request, name)


def _renditions() -> Any:
    renditions = get_image_model().get_rendition_model()._default_manager
    return renditions.select_related("image__collection").annotate(
        is_public=uses_of(FileKind.IMAGE, OuterRef("image_id"))
    )


def _deliver_document(request: HttpRequest, document: Any) -> HttpResponseBase:
    if not (document.is_public or may_use(request.user, document)):
        raise Http404
    document_served.send(
        sender=file_models()[FileKind.DOCUMENT], instance=document, request=request
    )
    return deliver(
        request,
        document.file,
        content_type=document.content_type,
        filename=document.filename,
        attachment=document.content_disposition != "inline",
        public=document.is_public,
    )


def _deliver_image(request: HttpRequest, shown: Any, image: Any, public: bool) -> HttpResponseBase:
    if not (public or may_use(request.user, image)):
        raise Http404
    return _deliver_picture(request, shown.file, public)


def _deliver_portrait(request: HttpRequest, name: str) -> HttpResponseBase:
    """The portrait that a person gave their account: colleagues in the admin see it."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404
    for profile in _portraits(name):
        return _deliver_picture(request, profile.avatar, public=False)
    raise Http404


def _portraits(name: str) -> Iterator[Any]:
    if name and apps.is_installed("wagtail.users"):
        yield from apps.get_model("wagtailusers", "UserProfile").objects.filter(avatar=name)[:1]


def _deliver_picture(request: HttpRequest, stored: Any, public: bool) -> HttpResponseBase:
    filename = stored.name.rpartition("/")[2]
    content_type = IMAGE_TYPES.get(filename.rpartition(".")[2].lower(), "")
    return deliver(
        request,
        stored,
        content_type=content_type or "application/octet-stream",
        filename=filename,
        attachment=not content_type,
        public=public,
    )
