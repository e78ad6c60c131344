"""The language of an address is in the address; the browser decides on two doors only."""

import re

import pytest
from django.test import Client
from django.utils.translation import gettext, override

from practices.models import PracticePage
from tests.factories import make_practice, translate

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("pt-BR,pt;q=0.9", "pt-br"),
        ("pt-PT", "pt-br"),
        ("es-AR,es;q=0.8", "es"),
        ("fr", "es"),
        ("", "es"),
        ("pt;q=0.2,es;q=0.9", "es"),
    ],
)
def test_the_root_asks_the_browser(client: Client, accept: str, language: str) -> None:
    response = client.get("/", headers={"accept-language": accept})
    assert response.status_code == 302
    assert response["Location"] == f"/{language}/"
    assert "Accept-Language" in response["Vary"]


def test_a_code_leads_to_the_readers_language(client: Client) -> None:
    practice = make_practice(published=True, slug="con-codigo")
    translate(practice, published=True)
    url = f"/ficha/{practice.code}/"
    for accept, start in (("es", "/es/"), ("pt-BR", "/pt-br/")):
        response = client.get(url, headers={"accept-language": accept})
        assert response.status_code == 302
        assert response["Location"] == f"{start}experiencias/peru/con-codigo/"
        assert "Accept-Language" in response["Vary"]
    assert client.get(url.lower()).status_code == 302


def test_a_code_of_an_untranslated_practice_keeps_the_language(client: Client) -> None:
    practice = PracticePage.objects.get(country="gy")
    response = client.get(f"/ficha/{practice.code}/", headers={"accept-language": "pt"})
    assert response["Location"].startswith("/pt-br/")
    assert client.get(response["Location"]).status_code == 200


def test_codes_of_what_is_not_public_lead_nowhere(client: Client) -> None:
    practice = make_practice(published=True)
    practice.unpublish()
    assert client.get(f"/ficha/{practice.code}/").status_code == 404
    assert client.get("/ficha/OSUMI-XXX-0001/").status_code == 404
    assert client.get('/ficha/"%00/').status_code == 404


def test_no_other_address_looks_at_the_browser(client: Client) -> None:
    response = client.get("/es/", headers={"accept-language": "pt-br"})
    assert response["Content-Language"] == "es"
    assert "Accept-Language" not in response.get("Vary", "")
    client.cookies["django_language"] = "pt-br"
    assert client.get("/es/")["Content-Language"] == "es"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/api/v3/pages/999999/", "application/problem+json"),
        ("/api/v2/pages/999999/", "application/json"),
        ("/documents/999999/nada.pdf", "text/html"),
        ("/media/nada.jpg", "text/html"),
        ("/nada/", "text/html"),
        ("/es/nada/", "text/html"),
        ("/experiencias/", "text/html"),
    ],
)
def test_not_found_is_never_a_redirect(client: Client, path: str, kind: str) -> None:
    response = client.get(path, headers={"accept-language": "pt-br"})
    assert response.status_code == 404
    assert response["Content-Type"].startswith(kind)


def test_not_found_speaks_the_language_of_the_address(client: Client) -> None:
    assert "No encontramos esta página" in client.get("/es/nada/").content.decode()
    assert "Não encontramos esta página" in client.get("/pt-br/nada/").content.decode()


@pytest.mark.parametrize("language", ["es", "pt-br"])
def test_a_server_error_shows_no_trace(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr("home.models.HomePage.get_context", broken)
    response = Client(raise_request_exception=False).get(f"/{language}/")
    assert response.status_code == 500
    html = response.content.decode()
    with override(language):
        assert gettext("Something went wrong on our side") in html
    assert "secret" not in html
    assert f'<html lang="{language}">' in html


@pytest.mark.parametrize("accept", ["pt-BR,pt;q=0.9", "es", "nl,en;q=0.5", "*", "xx-YY"])
@pytest.mark.parametrize(
    "path",
    [
        "/api/v2/pages/",
        "/api/v2/pages/999999/",
        "/api/v2/nothing/",
        "/api/v3/pages/",
        "/api/v3/pages/999999/",
        "/api/v3/images/",
        "/api/v3/nothing/",
        "/api/nothing/",
        "/admin/api/main/pages/",
        "/admin/api/main/pages/999999/",
        "/admin/api/nothing/",
        "/admin/nothing/",
        "/admin/pages/999999/",
        "/documents/999999/nothing.pdf",
        "/documents/nothing",
        "/media/nothing.jpg",
        "/media/images/",
        "/static/nothing.css",
        "/ficha/NOTHING/",
        "/password/a/b/",
    ],
)
def test_no_address_without_a_language_leads_to_one(
    client: Client, superuser_client: Client, path: str, accept: str
) -> None:
    for reader in (client, superuser_client):
        reader.cookies["django_language"] = "pt-br"
        response = reader.get(path, headers={"accept-language": accept})
        place = response.get("Location", "")
        assert not re.match(r"(https?://[^/]+)?/(es|pt-br)(/|$)", place), place
        assert response.status_code in {200, 404} or place.startswith("/admin/login/")


@pytest.mark.parametrize("method", ["post", "put", "delete", "head", "options"])
def test_nor_does_it_for_what_is_sent(client: Client, method: str) -> None:
    for path in (
        "/api/v3/pages/999999/",
        "/api/v2/pages/",
        "/api/nothing",
        "/admin/api/main/pages/",
    ):
        response = getattr(client, method)(path, headers={"accept-language": "pt-BR"})
        place = response.get("Location", "")
        assert not place or place.startswith("/admin/login/"), (path, response.status_code)
