"""Addresses of files; the names and forms are Wagtail's, which links and renditions rely on."""

import re

from django.conf import settings
from django.urls import re_path

from .views import serve_document, serve_media

urlpatterns = [
    re_path(r"^documents/(\d{1,18})/(.*)$", serve_document, name="wagtaildocs_serve"),
    re_path(
        rf"^{re.escape(settings.MEDIA_URL.lstrip('/'))}(?P<name>.+)$",
        serve_media,
        name="practices_media",
    ),
]
