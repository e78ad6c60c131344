"""Telling people in the admin that a file stays."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.documents import get_document_model

from .protection import FileInUseError, in_use_text


def answer(request: HttpRequest, error: FileInUseError) -> HttpResponse:
    """A message above the form of the file; 409 with the text for requests of scripts."""
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        text = in_use_text(error.file)
        return JsonResponse({"success": False, "error_message": text}, status=409)
    messages.error(request, in_use_text(error.file))
    library = "wagtaildocs" if isinstance(error.file, get_document_model()) else "wagtailimages"
    return redirect(reverse(f"{library}:edit", args=[error.file.pk]))
