"""Headers of a sent file; conditional requests, ranges, and nginx that sends it itself."""

import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.servers.basehttp import (
    ThreadedWSGIServer,
    WSGIRequestHandler,
    get_internal_wsgi_application,
)
from django.test import Client, override_settings

from home.models import CustomDocument, User
from tests.factories import publish
from tests.programs import program

from .samples import make_document, make_image, pdf
from .test_access import with_files

CONTENT = pdf("Un informe " * 500)


@pytest.fixture
def public_document(db: None) -> CustomDocument:
    document = make_document(content=CONTENT)
    publish(with_files(document, None))
    return document


def body(response: Any) -> bytes:
    return b"".join(response)


def test_headers_of_a_public_document(public_document: CustomDocument) -> None:
    response = Client().get(public_document.url)
    assert body(response) == CONTENT
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(CONTENT))
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert response["Cache-Control"] == "public, max-age=300, must-revalidate"
    assert "Content-Encoding" not in response
    assert "Set-Cookie" not in response


@pytest.mark.django_db
def test_a_private_file_confirms_nothing(editor_client: Client) -> None:
    document = make_document(content=CONTENT)
    response = editor_client.get(document.url)
    assert response["Cache-Control"] == "private, no-store"
    assert "ETag" not in response
    assert "Last-Modified" not in response
    for condition in (f'"{document.file_hash}"', "*", document.file_hash):
        asked = {"If-None-Match": condition, "If-Match": condition}
        assert editor_client.get(document.url, headers=asked).status_code == 200
        assert Client().get(document.url, headers=asked).status_code == 404


@pytest.mark.django_db
def test_headers_of_pictures() -> None:
    image = make_image()
    publish(with_files(make_document(), image))
    rendition = image.get_rendition("width-20|format-webp")
    for url, content_type in ((image.file.url, "image/png"), (rendition.url, "image/webp")):
        response = Client().get(url)
        assert response["Content-Type"] == content_type
        assert response["Content-Disposition"].startswith("inline")
        assert response["X-Content-Type-Options"] == "nosniff"


def test_head_has_the_length_and_no_body(public_document: CustomDocument) -> None:
    response = Client().head(public_document.url)
    assert response["Content-Length"] == str(len(CONTENT))
    assert body(response) == b""


def test_conditions_are_answered(public_document: CustomDocument) -> None:
    first = Client().get(public_document.url)
    etag, modified = first["ETag"], first["Last-Modified"]
    for asked in ({"If-None-Match": etag}, {"If-Modified-Since": modified}):
        again = Client().get(public_document.url, headers=asked)
        assert again.status_code == 304
        assert body(again) == b""
        assert again["Cache-Control"] == first["Cache-Control"]
    other = Client().get(public_document.url, headers={"If-None-Match": '"other"'})
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-9", 0, 9),
        ("bytes=10-", 10, len(CONTENT) - 1),
        ("bytes=-5", len(CONTENT) - 5, len(CONTENT) - 1),
        ("bytes=0-999999", 0, len(CONTENT) - 1),
    ],
)
def test_a_range_is_cut_out(
    public_document: CustomDocument, asked: str, first: int, last: int
) -> None:
    response = Client().get(public_document.url, headers={"Range": asked})
    assert response.status_code == 206
    assert body(response) == CONTENT[first : last + 1]
    assert response["Content-Range"] == f"bytes {first}-{last}/{len(CONTENT)}"
    assert response["Content-Length"] == str(last + 1 - first)


@pytest.mark.parametrize("asked", ["bytes=0-1,3-4", "bytes=-", "lines=1-2", "bytes=a-b"])
def test_other_ranges_give_the_whole(public_document: CustomDocument, asked: str) -> None:
    response = Client().get(public_document.url, headers={"Range": asked})
    assert (response.status_code, body(response)) == (200, CONTENT)


@pytest.mark.parametrize("asked", ["bytes=999999-", "bytes=9-2", "bytes=-0"])
def test_ranges_outside_are_refused(public_document: CustomDocument, asked: str) -> None:
    response = Client().get(public_document.url, headers={"Range": asked})
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(CONTENT)}"


def test_a_range_of_another_version_gives_the_whole(public_document: CustomDocument) -> None:
    first = Client().get(public_document.url)
    for condition, status in (
        (first["ETag"], 206),
        (first["Last-Modified"], 206),
        ('"other"', 200),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 200),
    ):
        asked = {"Range": "bytes=0-1", "If-Range": condition}
        assert Client().get(public_document.url, headers=asked).status_code == status


@override_settings(PRACTICES_ACCEL_LOCATION="/protected-media/")
def test_the_web_server_is_told_what_to_send(public_document: CustomDocument) -> None:
    hidden = make_document()
    hidden.file.name = "documents/año y más.pdf"
    CustomDocument.objects.filter(pk=hidden.pk).update(file=hidden.file.name)
    client = Client()
    assert "X-Accel-Redirect" not in client.get(hidden.url)
    response = client.get(public_document.url)
    assert response["X-Accel-Redirect"] == f"/protected-media/{public_document.file.name}"
    assert response.content == b""
    client.force_login(User.objects.get(username="editor-pe"))
    response = client.get(hidden.url)
    assert response["X-Accel-Redirect"] == "/protected-media/documents/a%C3%B1o%20y%20m%C3%A1s.pdf"


CONFIGURATION = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass {upstream};
            proxy_set_header Host localhost;
        }}
        location /protected-media/ {{
            internal;
            alias {media}/;
            add_header X-Content-Type-Options nosniff always;
            add_header Content-Security-Policy "default-src 'none'" always;
        }}
    }}
}}
"""


class QuietHandler(WSGIRequestHandler):
    """Requests without a line on the screen for each."""

    def log_message(self, *_args: Any) -> None:
        pass


@pytest.fixture
def application() -> Iterator[str]:
    """The site on a port; Django's own live server would hand out MEDIA_ROOT by itself."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietHandler)
    server.set_app(get_internal_wsgi_application())
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def nginx(application: str, tmp_path: Path) -> Iterator[str]:
    executable = program("nginx")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    tmp_path.chmod(0o755)
    configuration = tmp_path / "nginx.conf"
    configuration.write_text(
        CONFIGURATION.format(
            folder=tmp_path, port=port, upstream=application, media=settings.MEDIA_ROOT
        )
    )
    command = [executable, "-c", str(configuration), "-e", str(tmp_path / "error.log")]
    process = subprocess.Popen(command)
    try:
        for _attempt in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        with override_settings(PRACTICES_ACCEL_LOCATION="/protected-media/"):
            yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=10)


def fetch(url: str, **headers: str) -> tuple[int, Any, bytes]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    address = urlsplit(url)
    connection = HTTPConnection(str(address.hostname), address.port, timeout=60)
    connection.request("GET", address.path, headers=named)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, answer.headers, content


@pytest.mark.django_db(transaction=True)
def test_nginx_sends_what_the_application_allows(site_data: None, nginx: str) -> None:
    document, hidden = make_document(content=CONTENT), make_document(content=CONTENT)
    publish(with_files(document, None))
    status, headers, content = fetch(f"{nginx}{document.url}")
    assert (status, content) == (200, CONTENT)
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Cache-Control"] == "public, max-age=300, must-revalidate"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'"
    assert headers["Content-Disposition"].startswith("attachment")
    assert "X-Accel-Redirect" not in headers
    status, _headers, content = fetch(f"{nginx}{document.url}", Range="bytes=0-4")
    assert (status, content) == (206, CONTENT[:5])
    status, _headers, _content = fetch(f"{nginx}{document.url}", If_None_Match=headers["ETag"])
    assert status == 304
    for path in (hidden.url, hidden.file.url, f"/protected-media/{hidden.file.name}"):
        assert fetch(f"{nginx}{path}")[0] == 404
    assert fetch(f"{nginx}/protected-media/{document.file.name}")[0] == 404

    client = Client()
    client.force_login(User.objects.get(username="editor-pe"))
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    status, headers, content = fetch(f"{nginx}{hidden.url}", Cookie=cookie)
    assert (status, content) == (200, CONTENT)
    assert headers["Cache-Control"] == "private, no-store"
