"""Drafts written by the project's own API: under the rules of the admin's form."""

import random
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.models import Page, PageLogEntry

from home.models import User
from practices.models import PracticePage, Theme
from practices.moderation.roles import country_collection
from practices.tokens.terms import make
from tests.factories import make_practice, translate
from tests.forms import draft_of, edit, form_data

from .program import COMPLETE, Program
from .reading import PRACTICES

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(editor: User) -> Program:
    return Program(editor)


def document(iso_code: str) -> Any:
    return get_document_model().objects.create(
        title=f"De {iso_code}",
        file=ContentFile(b"uno,dos\n", name="x.csv"),
        collection=country_collection(iso_code),
    )


def test_a_draft_needs_only_country_and_title(program: Program, editor: User) -> None:
    answer = program.create()
    assert answer.status == 201, answer.body
    page = PracticePage.objects.get(pk=answer.body["id"])
    assert (page.country, page.live, page.owner) == ("pe", False, editor)
    assert page.slug.startswith("por-la-api")
    assert answer.headers["Location"] == f"/api/v1/practices/{page.pk}/"
    assert answer.body["state"] == "draft"
    assert "/summary" in [fault["pointer"] for fault in answer.body["missing"]]
    assert PageLogEntry.objects.filter(page=page.pk, user=editor).exists()
    assert program.create().status == 201


def test_every_item_is_written_and_read_as_it_was_sent(program: Program) -> None:
    items: dict[str, Any] = COMPLETE | {
        "themes": ["human_rights", "other"],
        "themes_other": "Otro tema",
        "parent_entity": "Ministerio",
        "contact_institution": "Institución",
        "replication_conditions": "<ol><li>Una</li><li>Otra</li></ol>",
        "other_considerations": '<p>Ver <a href="https://example.org/">esto</a>.</p>',
        "attachments": [
            {
                "type": "video",
                "title": "Video",
                "url": "https://www.youtube.com/watch?v=abcdefghijk",
            },
            {"type": "document", "title": "Informe", "document": document("pe").pk},
        ],
        "tags": ["por api", "ley, norma"],
        "references": [{"url": "https://example.org/a", "title": "Fuente"}],
    }
    answer = program.create(**items)
    assert answer.status == 201, answer.body
    assert answer.body["missing"] == []
    ficha = answer.body["ficha"]
    for name, value in items.items():
        got = sorted(ficha[name]) if name == "tags" else ficha[name]
        assert got == (sorted(value) if name == "tags" else value), name
    ref = answer.body["id"]
    read = program.get(f"{ref}/draft/")
    assert (read.body["ficha"], read.etag) == (ficha, answer.etag)
    # What was read can be sent as it is.
    again = program.send("PATCH", f"{ref}/", ficha)
    assert again.status == 200, again.body
    assert again.body["ficha"] == ficha


def test_items_that_are_left_out_stay(program: Program) -> None:
    ref = program.create(**COMPLETE).body["id"]
    before = program.get(f"{ref}/draft/").body["ficha"]
    blocks = {b.block_type: b.id for b in draft_of(PracticePage.objects.get(pk=ref)).sections}
    changes: list[dict[str, Any]] = [
        {"title": "Otro título"},
        {"summary": "<p>Otro resumen.</p>"},
        {"categories": ["institutionality"]},
        {"associated_entities": ["Una sola"]},
        {"key_figures": []},
        {"themes": []},
        {"references": [{"url": "https://example.org/b", "title": ""}]},
        {"references": []},
        {"tags": ["una"]},
        {"institutional_email": ""},
    ]
    for items in changes:
        answer = program.send("PATCH", f"{ref}/", items)
        assert answer.status == 200, answer.body
        before |= items
        assert answer.body["ficha"] == before
    after = {b.block_type: b.id for b in draft_of(PracticePage.objects.get(pk=ref)).sections}
    assert after == blocks
    assert program.patch(ref).status == 200


def test_a_published_practice_changes_as_a_draft(program: Program) -> None:
    practice = make_practice(published=True)
    answer = program.patch(practice.code, title="En curso")
    assert (answer.status, answer.body["state"]) == (200, "draft")
    page = PracticePage.objects.get(pk=practice.pk)
    assert (page.title, page.live) == (practice.title, True)
    assert draft_of(practice).title == "En curso"
    assert Program(None).get(f"{practice.code}/").body["id"] == practice.pk


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"titel": "x"}, "/titel"),
    ({"country": "cl"}, "/country"),
    ({"slug": "x"}, "/slug"),
    ({"live": True}, "/live"),
    ({"contact_name": "Ana"}, "/contact_name"),
    ({"title": 5}, "/title"),
    ({"title": None}, "/title"),
    ({"title": ""}, "/title"),
    ({"title": "x" * 256}, "/title"),
    ({"title": "a\x00b"}, "/title"),
    ({"title": "a\nb"}, "/title"),
    ({"summary": "a\x00b"}, "/summary"),
    ({"summary": "\ud800"}, "/summary"),
    ({"summary": {"format": "x"}}, "/summary"),
    ({"summary": "x" * 100_001}, "/summary"),
    ({"themes": ["human_rights", "nada"]}, "/themes/1"),
    ({"themes": "human_rights"}, "/themes"),
    ({"themes": ["\x00"]}, "/themes/0"),
    ({"categories": ["nada"]}, "/categories/0"),
    ({"categories": [["x"]]}, "/categories/0"),
    ({"associated_entities": ["a\nb"]}, "/associated_entities/0"),
    ({"associated_entities": ["a\u2028b"]}, "/associated_entities/0"),
    ({"associated_entities": ["x" * 256]}, "/associated_entities/0"),
    ({"institutional_email": "nada"}, "/institutional_email"),
    ({"key_figures": [{"figure": "1", "wrong": 2}]}, "/key_figures/0/wrong"),
    ({"products": [{"type": "x"}]}, "/products/0/type"),
    ({"products": [{"type": "link", "title": "a", "url": "javascript:x"}]}, "/products/0/url"),
    (
        {
            "background": "<p>x</p>",
            "attachments": [
                {"type": "link", "title": "a", "url": "https://example.org/"},
                {"type": "video", "title": "a", "url": "https://example.org/v"},
            ],
        },
        "/attachments/1/url",
    ),
    ({"products": [{"type": "link", "title": "a", "document": 1}]}, "/products/0/document"),
    (
        {"products": [{"type": "document", "title": "a", "document": 10**30}]},
        "/products/0/document",
    ),
    ({"products": [{"type": "document", "title": "a", "document": True}]}, "/products/0/document"),
    ({"products": [{"type": "document", "title": "a", "document": 99999999}]}, "/products"),
    ({"summary": '<p><a linktype="document" id="99999999">x</a></p>'}, "/summary"),
    ({"picture": 99999999}, "/picture"),
    ({"picture": "1"}, "/picture"),
    ({"picture": 0}, "/picture"),
    ({"tags": ['a "b"']}, "/tags/0"),
    ({"tags": [""]}, "/tags/0"),
    ({"tags": ["x" * 101]}, "/tags/0"),
    ({"references": [{"title": "x"}]}, "/references/0/url"),
    (
        {"references": [{"url": "https://example.org/"}, {"url": "nada"}]},
        "/references/1/url",
    ),
]


@pytest.mark.parametrize(("items", "place"), REFUSED)
def test_what_is_wrong_is_refused_where_it_is(
    items: dict[str, Any], place: str, program: Program
) -> None:
    practice = make_practice()
    number = practice.latest_revision_id
    answer = program.send("PATCH", f"{practice.pk}/", {"parent_entity": "Otra", **items})
    assert answer.status == 422, answer.body
    assert place in answer.pointers, answer.body
    assert all(fault["detail"] for fault in answer.body["errors"])
    practice.refresh_from_db()
    assert practice.latest_revision_id == number
    count = PracticePage.objects.count()
    if "country" not in items:
        assert program.create(**items).status == 422
        assert PracticePage.objects.count() == count


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"", "application/json", 422),
        (b"{", "application/json", 400),
        (b"\xff", "application/json", 400),
        (b"[]", "application/json", 422),
        (b"null", "application/json", 422),
        (b'"x"', "application/json", 422),
        (b"1e999", "application/json", 422),
        (b"[" * 100_000, "application/json", 400),
        (b'{"title":' * 5_000, "application/json", 400),
        (b'{"title": "' + b"x" * 3_000_000 + b'"}', "application/json", 413),
        (b"title=x", "application/x-www-form-urlencoded", 415),
        (b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x", 415),
    ],
)
def test_bodies_that_are_none(
    body: bytes, content_type: str, status: int, program: Program
) -> None:
    practice = make_practice()
    for method, path in (
        ("PATCH", f"{practice.pk}/"),
        ("POST", ""),
        ("PUT", f"{practice.pk}/contact/"),
    ):
        answer = program.send(method, path, body, content_type=content_type)
        assert answer.status in (status, 400), (method, answer.body)
        assert answer.status < 500
    practice.refresh_from_db()
    assert practice.title == "Una experiencia"


def test_messages_are_in_the_language_asked_for(program: Program) -> None:
    practice = make_practice()
    path = f"{practice.pk}/"
    body = {"institutional_email": "nada"}
    spanish = program.send("PATCH", path, body).body["errors"][0]["detail"]
    by_header = program.send("PATCH", path, body, accept_language="pt-BR,pt;q=0.9")
    portuguese = by_header.body["errors"][0]["detail"]
    asked = program.send("PATCH", f"{path}?locale=pt-br", body).body["errors"][0]["detail"]
    assert portuguese == asked != spanish
    assert program.send("PATCH", f"{path}?locale=xx", body).status == 422
    assert program.send("PATCH", f"{path}?wrong=1", body).status == 422


def test_rich_text_is_cleaned_as_in_the_editor(program: Program) -> None:
    html = (
        "<h2>Título</h2><p onclick='x()'>Un <strong>texto</strong> <script>alert(1)</script>"
        "<a href='javascript:alert(1)'>malo</a> <img src=x onerror=y></p>"
    )
    answer = program.create(summary=html)
    assert answer.status == 201, answer.body
    summary = answer.body["ficha"]["summary"]
    assert "<b>texto</b>" in summary
    for trace in ("script", "onclick", "javascript", "<img", "<h2"):
        assert trace not in summary
    removed = " ".join(fault["detail"] for fault in answer.body["removed"])
    assert "script" in removed
    assert {fault["pointer"] for fault in answer.body["removed"]} == {"/summary"}


def test_no_markup_breaks_the_editor(program: Program) -> None:
    ref = program.create().body["id"]
    dice = random.Random(7)  # noqa: S311
    parts = [
        "<p>", "</p>", "<ul>", "</ul>", "<ol>", "<li>", "</li>", "<b>", "</b>", "<i>", "text", " ",
        '<a href="https://example.org">', "</a>", '<a linktype="page" id="x">', "<br>", "<br/>",
        '<a linktype="document" id="">', "<embed>", '<embed embedtype="image" id="1">', "<table>",
        "<td>", "<!-- x -->", "<![CDATA[x]]>", "&nbsp;", "&#0;", "<", ">", "<p", '<a linktype="no">',
        "<hr/>", "<a>", '<a linktype="page" id="3">', '<a linktype="document" id="9999999999">', '<a href="mailto:x@example.org">', "<div>", "</div>", "<?php", "&lt;",
    ]  # fmt: skip
    for _turn in range(120):
        html = "".join(dice.choices(parts, k=dice.randint(1, 14)))
        answer = program.patch(ref, other_considerations=html)
        assert answer.status in (200, 422), (html, answer.body)


def test_who_writes_where(program: Program, secretariat: User) -> None:
    chilean = Program("editor-cl")
    practice = make_practice()
    # A draft of another country is not there.
    assert chilean.patch(practice.pk, title="x").status == 404
    assert chilean.get(f"{practice.pk}/draft/").status == 404
    public = make_practice(published=True, slug="publica")
    assert chilean.patch(public.pk, title="x").status == 404
    assert chilean.create().status == 403
    assert program.create(country="PE").status == 201
    assert program.create(country="cl").status == 403
    assert program.create(country="zz").pointers == ["/country"]
    for name in ("punto-focal-pe", "traduccion-pe"):
        assert Program(name).create().status == 403
        assert Program(name).patch(practice.pk, title="x").status in (403, 404)
    for method, path in (
        ("POST", ""),
        ("PATCH", f"{practice.pk}/"),
        ("GET", f"{practice.pk}/draft/"),
    ):
        answer = Program(None).send(method, path, {"country": "pe", "title": "x"})
        assert answer.status == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert Program(secretariat).patch(practice.pk, title="De la Secretaría").status == 200
    assert draft_of(practice).title == "De la Secretaría"


def test_only_files_that_one_may_use(program: Program, editor: User) -> None:
    own, foreign = document("pe"), document("cl")
    practice = make_practice()
    for kind, items in (
        ("products", {"products": [{"type": "document", "title": "x", "document": foreign.pk}]}),
        ("summary", {"summary": f'<p><a linktype="document" id="{foreign.pk}">x</a></p>'}),
    ):
        answer = program.send("PATCH", f"{practice.pk}/", items)
        assert (answer.status, answer.pointers) == (422, [f"/{kind}"])
        assert "De cl" not in str(answer.body)
        assert program.create(**items).status == 422
    assert (
        program.patch(
            practice.pk, summary=f'<p><a linktype="document" id="{own.pk}">x</a></p>'
        ).status
        == 200
    )


def test_a_translation_takes_its_own_texts_alone(program: Program) -> None:
    original = make_practice(published=True, themes=["other"], themes_other="Otro")
    translation = translate(original)
    for name in ("traduccion-pe", "editor-pe"):
        writer = Program(name)
        answer = writer.patch(translation.pk, title="Título", summary="<p>Um resumo.</p>")
        assert answer.status == 200, answer.body
        assert answer.body["original"] == original.pk
        assert "themes" not in answer.body["ficha"]
        assert answer.body["ficha"]["title"] == "Título"
        assert writer.send("PATCH", f"{translation.pk}/", answer.body["ficha"]).status == 200
        for shared, value in (
            ("categories", ["institutionality"]),
            ("themes", ["human_rights"]),
            ("responsible_entity", "x"),
            ("products", []),
            ("references", []),
            ("picture", None),
        ):
            refused = writer.patch(translation.pk, **{shared: value})
            assert (refused.status, refused.pointers) == (422, [f"/{shared}"])
    by_code = program.send("PATCH", f"{original.code}/?locale=pt-br", {"title": "Pelo código"})
    assert by_code.body["id"] == translation.pk
    assert program.patch(original.code, title="Por el código").body["id"] == original.pk
    assert Program("traduccion-pe").patch(original.pk, title="x").status == 404


def test_two_do_not_undo_each_other(program: Program, editor_client: Client) -> None:
    ref = program.create(**COMPLETE).body["id"]
    seen = program.get(f"{ref}/draft/").etag
    edit(editor_client, PracticePage.objects.get(pk=ref), form_data(title="En el formulario"))
    answer = program.send("PATCH", f"{ref}/", {"title": "Por programa"}, if_match=seen)
    assert answer.status == 412
    assert draft_of(PracticePage.objects.get(pk=ref)).title == "En el formulario"
    seen = program.get(f"{ref}/draft/").etag
    answer = program.send("PATCH", f"{ref}/", {"title": "Por programa"}, if_match=seen)
    assert answer.status == 200
    assert answer.etag not in ("", seen)
    assert program.send("PATCH", f"{ref}/", {"title": "x"}, if_match=seen).status == 412
    assert program.send("PATCH", f"{ref}/", {"title": "x"}, if_match='"x", W/"y"').status == 412
    assert program.send("PATCH", f"{ref}/", {"title": "Sin más"}, if_match="*").status == 200


def test_an_overwritten_revision_is_another_text(program: Program, editor: User) -> None:
    practice = PracticePage.objects.get(pk=program.create().body["id"])
    seen = program.get(f"{practice.pk}/draft/").etag
    page = draft_of(practice)
    page.title = "Guardada sola"
    page.save_revision(user=editor, overwrite_revision=page.get_latest_revision())
    answer = program.send("PATCH", f"{practice.pk}/", {"title": "x"}, if_match=seen)
    assert answer.status == 412


def test_what_others_lock_stays(program: Program, superuser: User) -> None:
    practice = make_practice()
    Page.objects.filter(pk=practice.pk).update(locked=True, locked_by=superuser)
    answer = program.patch(practice.pk, title="x")
    assert answer.status == 409
    assert answer.body["detail"]


@pytest.mark.parametrize(
    "ref", ["0", "99999999", "9" * 30, "OSUMI-PER-9999", "x", "%00", "-1", "ñ"]
)
def test_what_is_not_there(ref: str, program: Program) -> None:
    for method, rest in (
        ("PATCH", ""),
        ("GET", "draft/"),
        ("GET", "moderation/"),
        ("POST", "submit/"),
        ("GET", "contact/"),
    ):
        answer = program.send(method, f"{ref}/{rest}", {} if method != "GET" else None)
        assert answer.status == 404, (method, rest)


def test_drafts_keep_what_is_too_long(program: Program) -> None:
    long = "<p>" + "palabra " * 300 + "</p>"
    answer = program.create(summary=long)
    assert answer.status == 201
    detail = {fault["pointer"]: fault["detail"] for fault in answer.body["missing"]}
    assert "300" in detail["/summary"]


def test_every_theme_can_be_chosen(program: Program) -> None:
    codes = list(Theme.objects.values_list("code", flat=True))
    assert sorted(program.create(themes=codes).body["ficha"]["themes"]) == sorted(codes)


@pytest.mark.parametrize(
    ("language", "needed", "at_least"),
    [
        ("es", "Se necesita un texto.", "Al menos 1."),
        ("pt-br", "É preciso um texto.", "Pelo menos 1."),
    ],
)
def test_faults_of_form_are_told_in_the_language_asked(
    client: Client, editor: User, language: str, needed: str, at_least: str
) -> None:
    _token, key = make(editor, "Programa", 30)
    written = client.post(
        PRACTICES,
        {"country": "pe", "title": 7},
        content_type="application/json",
        headers={"authorization": f"Bearer {key}", "accept-language": language},
    )
    assert written.status_code == 422
    assert written.json()["errors"] == [{"pointer": "/title", "detail": needed}]
    read = client.get(PRACTICES, {"limit": "0", "locale": language})
    assert read.json()["errors"] == [{"parameter": "limit", "detail": at_least}]
