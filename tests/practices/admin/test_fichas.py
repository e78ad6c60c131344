"""The list of practices over all countries that a person may see."""

import csv
import re
from collections.abc import Iterable
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from home.models import User
from practices.models import ModerationStatus, PracticePage
from practices.moderation.access import Role
from practices.outlets.cells import FORMULA_MARKS, safe_cell
from tests.factories import country, make_practice, translate
from tests.queries import count_queries

from .conftest import Person, SignIn, decide, submitted

pytestmark = pytest.mark.django_db

LIST = "/admin/fichas/"


def titles(client: Client, **parameters: Any) -> list[str]:
    response = client.get(LIST, parameters)
    assert response.status_code == 200
    return [practice.draft_title for practice in response.context["object_list"]]


def csv_rows(client: Client, **parameters: Any) -> list[list[str]]:
    response = client.get(LIST, parameters | {"export": "csv"})
    assert response.status_code == 200
    content = b"".join(response.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))


def xlsx_rows(client: Client, **parameters: Any) -> list[tuple[Any, ...]]:
    response = client.get(LIST, parameters | {"export": "xlsx"})
    content = b"".join(response.streaming_content)
    return list(load_workbook(BytesIO(content)).active.iter_rows(values_only=True))


def test_an_editor_lists_their_country_in_both_trees(editor_client: Client) -> None:
    make_practice(country("br"), title="Rascunho alheio")
    translate(make_practice(published=True, title="Original"), title="Tradução")
    found = titles(editor_client)
    assert {"Original", "Tradução"} <= set(found)
    assert "Rascunho alheio" not in found
    assert len(found) == PracticePage.objects.filter(country="pe").count()


def test_a_foreign_draft_is_found_by_no_search_filter_or_export(editor_client: Client) -> None:
    make_practice(country("br"), title="Rascunho alheio")
    assert titles(editor_client, q="alheio") == []
    for row in csv_rows(editor_client, q="alheio", country="br"):
        assert "Rascunho alheio" not in row
    assert "br" not in {practice.country for practice in listed(editor_client, country="br")}


def listed(client: Client, **parameters: Any) -> Iterable[PracticePage]:
    return client.get(LIST, parameters).context["object_list"]


def test_the_secretariat_lists_all(secretariat: User, sign_in: SignIn) -> None:
    assert len(titles(sign_in(secretariat))) == PracticePage.objects.count()


def test_a_focal_point_lists_what_is_in_their_task(
    focal_point: User, editor: User, sign_in: SignIn
) -> None:
    make_practice(title="Borrador")
    practice = submitted(editor, title="En mi tarea")
    client = sign_in(focal_point)
    assert titles(client) == ["En mi tarea"]
    page = client.get(LIST).content.decode()
    links = set(re.findall(rf'href="(/admin/pages/{practice.pk}/[^"]*)"', page))
    assert links == {f"/admin/pages/{practice.pk}/edit/"}
    assert client.get(links.pop()).status_code == 200
    assert titles(client, q="Borrador") == []
    decide(practice, focal_point, "endorse")
    assert titles(client) == []


def test_a_translator_lists_the_translations(translator: User, sign_in: SignIn) -> None:
    translate(make_practice(published=True, title="Original"), title="Tradução")
    assert all(practice.original_id for practice in listed(sign_in(translator)))
    assert "Tradução" in titles(sign_in(translator))


def test_who_has_no_role_and_no_pages_is_sent_away(person: Person, sign_in: SignIn) -> None:
    assert Client().get(LIST).status_code == 302
    assert sign_in(person("nadie")).get(LIST).status_code == 302
    assert sign_in(person("nadie-2")).get(f"{LIST}?export=csv").status_code == 302


def test_filters(editor: User, secretariat: User, sign_in: SignIn) -> None:
    client = sign_in(secretariat)
    draft = make_practice(country("uy"), title="Borrador", themes=["border_information_systems"])
    waiting = submitted(editor, title="En espera")
    ModerationStatus.objects.filter(page=waiting).update(since=timezone.now() - timedelta(days=11))
    original = make_practice(published=True, title="Original", themes=["consular_assistance"])
    translate(original, title="Tradução")
    mine = {"Borrador", "En espera", "Original", "Tradução"}

    def found(**parameters: Any) -> set[str]:
        return mine & set(titles(client, **parameters))

    assert found(state="submitted") == {"En espera"}
    assert found(state=["submitted", "draft"]) == {"En espera", "Borrador", "Tradução"}
    assert found(country="uy") == {"Borrador"}
    assert found(waiting="any") == found(waiting="red") == {"En espera"}
    assert found(waiting="green") == set()
    assert found(theme="consular_assistance") == {"Original", "Tradução"}
    assert found(theme=["consular_assistance", "border_information_systems"]) == {
        "Borrador",
        "Original",
        "Tradução",
    }
    assert found(version="translation") == found(locale="pt-br") == {"Tradução"}
    assert found(version="original") == mine - {"Tradução"}
    assert found(public="yes") == {"Original"}
    assert found(public="no") == mine - {"Original"}
    assert found(country=["uy", "pe"], state="published") == {"Original"}
    PracticePage.objects.filter(pk=draft.pk).update(
        latest_revision_created_at=timezone.now() - timedelta(days=800)
    )
    limit = (timezone.now() - timedelta(days=700)).date()
    assert titles(client, updated_to=limit) == ["Borrador"]


def test_search_finds_titles_codes_and_words_without_accents(
    secretariat: User, sign_in: SignIn, django_capture_on_commit_callbacks: Any
) -> None:
    client = sign_in(secretariat)
    with django_capture_on_commit_callbacks(execute=True):
        practice = make_practice(
            published=True,
            title="Atención a la niñez",
            sections={"summary": "<p>Un ornitorrinco cruzó.</p>"},
        )
    for text in ("atencion a la ninez", "niñe", "ornitorrinco", practice.code, practice.code[-4:]):
        assert "Atención a la niñez" in titles(client, q=text), text
    for text in ('"', "*", "(", "a" * 5000, "' OR 1=1 --", "%", "\\"):
        assert client.get(LIST, {"q": text}).status_code == 200, text


@pytest.mark.parametrize(
    "ordering",
    ["sort_title", "country", "locale__language_code", "moderation__since", "nonsense"],
)
def test_sorting(ordering: str, secretariat: User, sign_in: SignIn) -> None:
    client = sign_in(secretariat)
    rising = titles(client, ordering=ordering)
    assert len(rising) == len(titles(client, ordering=f"-{ordering}"))
    if ordering == "sort_title":
        assert rising == [p.draft_title for p in PracticePage.objects.order_by("sort_title")]


@pytest.mark.parametrize("parameter", ["country", "state", "waiting", "theme", "version", "public"])
def test_a_value_that_does_not_exist_is_no_error(
    parameter: str, secretariat: User, sign_in: SignIn
) -> None:
    response = sign_in(secretariat).get(LIST, {parameter: "'nonsense"})
    assert response.status_code == 200


def test_each_row_leads_to_the_ficha_and_its_history(editor_client: Client) -> None:
    practice = make_practice(published=True)
    page = editor_client.get(LIST).content.decode()
    for url in (f"/admin/pages/{practice.pk}/edit/", f"/admin/pages/{practice.pk}/history/"):
        assert f'href="{url}"' in page
        assert editor_client.get(url).status_code == 200
    assert practice.code in page


def test_exports_have_no_private_items(secretariat: User, sign_in: SignIn) -> None:
    practice = make_practice(published=True, title="Con contacto")
    contact = practice.private_contact()
    contact.contact_name, contact.contact_email = "Zutano Pérez", "zutano@example.org"
    contact.save()
    client = sign_in(secretariat)
    cells = {str(cell) for row in [*csv_rows(client), *xlsx_rows(client)] for cell in row}
    assert "Con contacto" in cells
    assert not any("utano" in cell for cell in cells)


@pytest.mark.parametrize("mark", FORMULA_MARKS)
def test_no_cell_begins_as_a_formula(mark: str) -> None:
    assert safe_cell(f"{mark}cmd") == f"'{mark}cmd"


def test_formulas_in_titles_come_out_as_text(secretariat: User, sign_in: SignIn) -> None:
    hostile = ["=HYPERLINK(1)", "+1+1", "-2+3", "@SUM(A1)"]
    for title in hostile:
        make_practice(title=title, slug=f"f-{hostile.index(title)}")
    make_practice(title="Con \x0b carácter de control")
    client = sign_in(secretariat)
    for rows in (csv_rows(client), xlsx_rows(client)):
        cells = [str(cell) for row in rows for cell in row if cell is not None]
        assert not [cell for cell in cells if cell.startswith(FORMULA_MARKS)]
        assert {f"'{title}" for title in hostile} <= set(cells)


def test_exports_follow_the_filters_and_say_their_day(secretariat: User, sign_in: SignIn) -> None:
    make_practice(country("uy"), title="Única", themes=["other"], themes_other="Otro")
    client = sign_in(secretariat)
    rows = csv_rows(client, country="uy", state="draft")
    assert "Única" in {cell for row in rows[1:] for cell in row}
    assert len(rows) == 1 + len(titles(client, country="uy", state="draft"))
    for kind in ("csv", "xlsx"):
        name = client.get(LIST, {"export": kind}).headers["Content-Disposition"]
        assert f"fichas-{timezone.localdate().isoformat()}.{kind}" in name


@pytest.mark.parametrize("username", ["editor-pe", "secretaria"])
@pytest.mark.parametrize("parameters", [{}, {"q": "experiencia"}, {"theme": "human_rights"}])
def test_more_practices_need_no_more_queries(
    username: str, parameters: dict[str, str], editor: User, sign_in: SignIn
) -> None:
    client = sign_in(User.objects.get(username=username))
    for number in range(2):
        translate(make_practice(published=True, title=f"Una experiencia {number}"))
        submitted(editor, title=f"Otra experiencia {number}")
    before = count_queries(client, LIST, **parameters)
    for number in range(2, 7):
        translate(make_practice(published=True, title=f"Una experiencia {number}"))
        submitted(editor, title=f"Otra experiencia {number}")
    assert count_queries(client, LIST, **parameters) == before


def test_exports_need_no_more_queries_for_more_practices(
    secretariat: User, sign_in: SignIn
) -> None:
    client = sign_in(secretariat)
    counts = []
    for step in range(2):
        for number in range(4):
            translate(make_practice(published=True, title=f"Una {step} {number}"))
        csv_rows(client)
        with CaptureQueriesContext(connection) as captured:
            csv_rows(client)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_person_of_two_roles_lists_both(person: Person, sign_in: SignIn, editor: User) -> None:
    ana = person("ana", (Role.EDITOR, "uy"), (Role.FOCAL_POINT, "pe"))
    submitted(editor, title="En mi tarea")
    make_practice(title="Borrador peruano")
    found = titles(sign_in(ana))
    assert "En mi tarea" in found
    assert "Borrador peruano" not in found
    assert {practice.country for practice in listed(sign_in(ana))} == {"uy", "pe"}
