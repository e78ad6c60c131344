"""Caches, conditions, compression, other origins, tokens, limits, and errors in one form."""

import gzip
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils import timezone
from django.utils.http import http_date
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import APIToken

from home.models import User
from practices.checks import check_api
from practices.models import CollectionChange, PracticePage, Theme
from tests.factories import make_practice, publish

from .reading import PRACTICES, PROBLEM, V1, ask, bearer, body_of, faults

pytestmark = pytest.mark.django_db

ANSWERS = ["practices/", "practices/PER-1/", "countries/", "themes/", "facets/", "schema/ficha/"]


def not_modified(path: str, **headers: str) -> bool:
    response = ask(path, {name.replace("_", "-"): value for name, value in headers.items()})
    assert response.status_code in {200, 304}
    return response.status_code == 304


@pytest.mark.parametrize("path", ANSWERS)
def test_what_has_not_changed_is_not_sent_again(path: str) -> None:
    response = ask(path)
    etag = response["ETag"]
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    for condition in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        assert not_modified(path, if_none_match=condition), condition
    assert not not_modified(path, if_none_match='"other"')
    same = ask(path, {"if-none-match": etag})
    assert same["ETag"] == etag
    assert same.content == b""


@pytest.mark.parametrize("path", ["practices/", "practices/{pk}/", "facets/"])
def test_publishing_and_withdrawing_change_what_is_known(path: str) -> None:
    practice = make_practice(published=True)
    path = path.format(pk=practice.pk)
    etag = ask(path)["ETag"]
    practice.title = "Otro título"
    practice.themes = Theme.objects.filter(code="consular_assistance")
    practice.save_revision()
    publish(practice)
    changed = ask(path, {"if-none-match": etag})
    assert changed.status_code == 200
    practice.unpublish()
    response = ask(path, {"if-none-match": changed["ETag"]})
    assert response.status_code in {200, 404}


def test_a_renamed_theme_changes_lists_and_details() -> None:
    known = {path: ask(path)["ETag"] for path in ("practices/", "practices/PER-1/", "themes/")}
    for theme in Theme.objects.all():
        for text in theme.texts.all():
            text.name = f"{text.name} (nuevo)"
            text.save()
    for path, etag in known.items():
        assert not not_modified(path, if_none_match=etag)


@pytest.fixture
def changed_long_ago() -> str:
    """`Last-Modified` of a collection that nobody touched for a while."""
    at = timezone.now() - timedelta(hours=1)
    CollectionChange.objects.update_or_create(pk=1, defaults={"at": at})
    return http_date(at.timestamp())


@pytest.mark.parametrize("path", [*ANSWERS, "practices.csv", "practices.geojson"])
def test_the_day_of_the_last_change_is_a_condition_too(path: str, changed_long_ago: str) -> None:
    assert ask(path)["Last-Modified"] == changed_long_ago
    assert not_modified(path, if_modified_since=changed_long_ago)
    earlier = http_date((timezone.now() - timedelta(days=1)).timestamp())
    assert not not_modified(path, if_modified_since=earlier)
    for nonsense in ("yesterday", "", "\x00", "Mon, 99 Foo 9999 99:99:99 GMT"):
        assert not not_modified(path, if_modified_since=nonsense)


def changes(change: str) -> None:
    practice = PracticePage.objects.get(record__code="OSUMI-PER-0001")
    match change:
        case "publish":
            practice.save_revision()
            publish(practice)
        case "unpublish":
            practice.unpublish()
        case "delete":
            practice.delete()
        case "archive":
            practice.record.archived_at = timezone.now()
            practice.record.save()
        case "theme":
            Theme.objects.all()[0].texts.all()[0].save()
        case "tag":
            practice.tags.all()[0].save()
        case "country":
            country = practice.get_parent().specific
            publish_page(country)


def publish_page(page: Any) -> None:
    page.title = "Otro nombre"
    page.save_revision().publish()


@pytest.mark.parametrize(
    "change", ["publish", "unpublish", "delete", "archive", "theme", "tag", "country"]
)
def test_every_change_moves_the_last_one(
    change: str,
    changed_long_ago: str,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        changes(change)
    assert timezone.now() - CollectionChange.objects.get().at < timedelta(minutes=10)
    assert not not_modified("practices/", if_modified_since=changed_long_ago)
    CollectionChange.objects.update(at=timezone.now() - timedelta(seconds=2))
    assert ask("practices/")["Last-Modified"] != changed_long_ago


def test_within_the_second_of_a_change_nothing_is_said() -> None:
    """There may be another change in it. A minute lies ahead: machines may be slow."""
    at = timezone.now() + timedelta(minutes=1)
    CollectionChange.objects.update_or_create(pk=1, defaults={"at": at})
    assert "Last-Modified" not in ask("practices/")


def test_with_a_token_nothing_is_kept(editor: User) -> None:
    for path in ("practices/", "practices/PER-1/", "practices.csv"):
        response = ask(path, bearer(editor))
        assert response["Cache-Control"] == "private, no-store"
        assert "ETag" not in response
        assert "Last-Modified" not in response
        assert "Authorization" in response["Vary"]


def test_answers_vary_by_what_changes_them_alone() -> None:
    varies = {name.strip().lower() for name in ask("practices/")["Vary"].split(",")}
    assert varies == {"authorization", "accept-encoding", "origin"}


def test_answers_are_compressed() -> None:
    for path in ("practices/", "practices.csv", "openapi.json"):
        plain, small = ask(path), ask(path, {"accept-encoding": "gzip"})
        assert small["Content-Encoding"] == "gzip"
        whole = body_of(plain)
        packed = body_of(small)
        assert gzip.decompress(packed) == whole
        if not small.streaming:
            assert len(packed) < len(whole) / 2
            assert not_modified(path, if_none_match=small["ETag"])


def test_any_web_page_may_read_as_nobody() -> None:
    origin = {"origin": "https://observatorio.example"}
    response = ask("practices/", origin)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    preflight = Client().options(
        PRACTICES, headers=origin | {"access-control-request-method": "GET"}
    )
    assert preflight.status_code == 200
    methods = preflight["Access-Control-Allow-Methods"]
    assert {name.strip() for name in methods.split(",")} == {"GET", "HEAD", "OPTIONS"}
    assert "authorization" not in preflight["Access-Control-Allow-Headers"].lower()
    assert ask("nothing/", origin)["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in Client().get("/es/", headers=origin)


def test_head_is_answered_as_get_is() -> None:
    got, head = ask("practices/"), Client().head(PRACTICES)
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == got["ETag"]
    assert head["Content-Length"] == got["Content-Length"]


@pytest.mark.parametrize("path", ["/api/v1/practices/", "/api/v2/pages/", "/api/v3/pages/"])
def test_bad_tokens_are_refused(path: str, editor: User) -> None:
    token, secret = APIToken.create_token(user=editor, name="test")
    headers = {"authorization": f"Bearer {secret}"}
    assert Client().get(path, headers=headers).status_code == 200
    APIToken.objects.filter(pk=token.pk).update(revoked_at=timezone.now())
    bad = (headers, {"authorization": "Bearer x"}, {"authorization": "Bearer"})
    for wrong in (*bad, {"authorization": "bearer ñ\x01"}):
        response = Client().get(path, headers=wrong)
        assert faults(response, 401) == {}
        assert response["WWW-Authenticate"].startswith("Bearer")
        assert response["Cache-Control"] == "private, no-store"


def test_a_token_of_a_deactivated_person_is_refused(editor: User) -> None:
    headers = bearer(editor)
    User.objects.filter(pk=editor.pk).update(is_active=False)
    assert ask("practices/", headers).status_code == 401


@pytest.fixture
def few() -> Iterator[None]:
    """Three requests in a minute for an address, five for the owner of a token."""
    with override_settings(PRACTICES_API_RATE={"address": 3, "owner": 5}):
        yield


@pytest.mark.usefixtures("few")
def test_too_many_requests_are_refused(editor: User, secretariat: User) -> None:
    paths = ("/api/v1/practices/", "/api/v2/pages/", "/api/v3/pages/")
    for path in paths:
        assert Client().get(path).status_code == 200
    for path in paths:
        response = Client().get(path)
        assert faults(response, 429) == {}
        assert response["Retry-After"] == "60"
    assert Client().get(paths[0], REMOTE_ADDR="203.0.113.9").status_code == 200
    first, second = bearer(editor), bearer(editor)
    answers = [ask("countries/", headers).status_code for headers in [first, second] * 3]
    assert answers == [200] * 5 + [429]
    assert ask("countries/", bearer(secretariat)).status_code == 200
    assert Client().get("/es/").status_code == 200


@pytest.mark.usefixtures("few")
def test_guessing_tokens_is_limited() -> None:
    answers = [ask("practices/", {"authorization": f"Bearer {n}"}).status_code for n in range(5)]
    assert answers == [401, 401, 401, 429, 429]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/", 404),
        ("/api/v1/nothing/", 404),
        ("/api/v1/practices/PER-1/nothing/", 404),
        ("/api/nothing/", 404),
        ("/api/v3/nothing/", 404),
        ("/api/v3/documents/", 404),
        ("/api/v3/images/", 404),
        ("/api/v3/pages/?search=x", 422),
        (f"/api/v2/pages/?offset={'9' * 20}", 422),
        (f"/api/v2/pages/?limit={'9' * 5000}", 422),
        (f"/api/v3/pages/?offset={'9' * 20}", 422),
    ],
)
def test_every_error_is_a_problem(path: str, status: int) -> None:
    response = Client().get(path, headers={"accept-language": "pt-BR", "accept": "text/html"})
    found = faults(response, status)
    if "search" in path:
        assert "/api/v1/practices/?q=" in found["search"]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("practices/?limit=x", "É preciso um número inteiro."),
        ("practices/?contry=pe", ""),
        ("practices/?fields=x", ""),
        ("practices/PER-99/?x=1", ""),
    ],
)
def test_errors_are_in_the_language_that_was_asked_for(path: str, words: str) -> None:
    response = Client().get(f"{V1}{path}&locale=pt-br")
    [detail] = faults(response).values()
    assert detail.startswith(words)
    assert detail not in faults(Client().get(f"{V1}{path}")).values()
    assert response["Content-Language"] == "pt-br"


@pytest.mark.parametrize("path", ["v1/practices/", "v2/pages/", "v3/pages/"])
def test_more_parameters_than_are_read_are_refused(path: str, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    response = Client().get(f"/api/{path}?{'country=pe&' * 11}")
    assert faults(response, 400) == {}
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(method: str) -> None:
    response = getattr(Client(), method)(PRACTICES)
    assert faults(response, 405) == {}
    assert "GET" in response["Allow"]


def test_a_fault_of_ours_shows_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr("practices.api.v1.lists.item", broken)
    response = Client().get(PRACTICES)
    assert response.status_code == 500
    assert response["Content-Type"] == PROBLEM
    assert b"secret" not in response.content


def test_the_documents_load_nothing_from_elsewhere() -> None:
    response = ask("docs/")
    html = response.content.decode()
    assert response["Content-Type"].startswith("text/html")
    assert "swagger-ui" in html
    assert "//" not in html.replace("http://testserver", "").replace("<!--", "")


def test_the_host_is_told_what_the_api_lacks(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not check_api()
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "practices.api" not in name]
    # Django would make all addresses anew without the app.
    monkeypatch.setattr("practices.checks.apps.is_installed", lambda _name: False)
    assert {message.id for message in check_api()} == {"practices.E012", "practices.E013"}
    settings.ROOT_URLCONF = "practices.urls"
    assert not check_api()


def test_addresses_without_a_slash_lead_to_those_with_one() -> None:
    response = Client().get(f"{V1}practices")
    assert (response.status_code, response["Location"]) == (301, PRACTICES)
