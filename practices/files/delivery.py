"""Sending a stored file: headers, conditions, ranges, or the web server's own delivery."""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header, http_date, parse_http_date_safe

PUBLIC_SECONDS = 300
"""How long caches may keep a public file without asking: a page may be unpublished."""

CHUNK = 64 * 1024
SINGLE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})$", re.ASCII)


def deliver(
    request: HttpRequest,
    stored: Any,
    *,
    content_type: str,
    filename: str,
    attachment: bool,
    public: bool,
    etag: str = "",
) -> HttpResponseBase:
    """A response with a stored file (FieldFile). Raises Http404 where the storage has it not.

    `etag` names the contents where something better than their time and size is known.

    With PRACTICES_ACCEL_LOCATION the web server sends the file itself, conditions and ranges
    included; the response only names it.
    """
    location = getattr(settings, "PRACTICES_ACCEL_LOCATION", "")
    if location:
        response: HttpResponseBase = HttpResponse(content_type=content_type)
        response["X-Accel-Redirect"] = f"{location.rstrip('/')}/{quote(stored.name)}"
        disposition = content_disposition_header(attachment, filename)
        if disposition:
            response["Content-Disposition"] = disposition
    else:
        try:
            opened = stored.storage.open(stored.name, "rb")
        except FileNotFoundError:
            raise Http404 from None
        whole = FileResponse(
            opened, content_type=content_type, filename=filename, as_attachment=attachment
        )
        response = _sent(request, stored, opened, whole, public=public, etag=etag)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'"
    if public:
        patch_cache_control(response, public=True, max_age=PUBLIC_SECONDS, must_revalidate=True)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response


def _sent(
    request: HttpRequest,
    stored: Any,
    opened: BinaryIO,
    response: FileResponse,
    *,
    public: bool,
    etag: str,
) -> HttpResponseBase:
    """The opened file, or what the conditions of the request ask for in its place."""
    response["Accept-Ranges"] = "bytes"
    if public:
        # Only public files have validators; of a private one nothing shall be confirmed.
        modified = int(stored.storage.get_modified_time(stored.name).timestamp())
        etag = f'"{etag}"' if etag else f'"{modified:x}-{stored.size:x}"'
        response["ETag"] = etag
        response["Last-Modified"] = http_date(modified)
        answer = get_conditional_response(request, etag, modified)
        if answer is not None:
            opened.close()
            answer["ETag"] = etag
            answer["Last-Modified"] = response["Last-Modified"]
            return answer
    return _ranged(request, response, opened, stored.size)


def _ranged(
    request: HttpRequest, whole: HttpResponseBase, opened: BinaryIO, size: int
) -> HttpResponseBase:
    """The part that a request asks for; the whole where it asks for none or for several."""
    asked = SINGLE_RANGE.match(request.headers.get("Range", ""))
    if not asked or asked.groups() == ("", "") or request.method != "GET":
        return whole
    if not _same_file(request.headers.get("If-Range"), whole):
        return whole
    first, last = asked.groups()
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        opened.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    part = StreamingHttpResponse(_read(opened, start, end + 1 - start), status=206)
    for name, value in whole.items():
        part[name] = value
    part["Content-Range"] = f"bytes {start}-{end}/{size}"
    part["Content-Length"] = str(end + 1 - start)
    return part


def _same_file(condition: str | None, response: HttpResponseBase) -> bool:
    if condition is None:
        return True
    if condition.startswith('"'):
        return condition == response.get("ETag")
    date = parse_http_date_safe(condition)
    return date is not None and http_date(date) == response.get("Last-Modified")


def _read(opened: BinaryIO, start: int, length: int) -> Iterator[bytes]:
    with opened:
        opened.seek(start)
        while length > 0 and (chunk := opened.read(min(CHUNK, length))):
            length -= len(chunk)
            yield chunk
