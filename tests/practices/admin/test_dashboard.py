"""What each meets on entering the admin."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from home.models import User
from practices.admin.overview import Overview
from practices.models import ModerationStatus, PracticePage
from practices.moderation.access import Role, group_name
from practices.progress import progress
from tests.factories import country, make_practice, translate
from tests.queries import count_queries

from .conftest import Person, SignIn, decide, submitted

pytestmark = pytest.mark.django_db

HOME = "/admin/"


def html(client: Client, url: str = HOME) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def since(practice: PracticePage, days: int) -> None:
    ModerationStatus.objects.filter(page=practice).update(
        since=timezone.now() - timedelta(days=days)
    )


def test_an_editor_sees_what_was_returned_first_and_why(
    editor: User, secretariat: User, editor_client: Client
) -> None:
    make_practice(title="Un borrador", owner=editor)
    returned = submitted(editor, title="Una devuelta")
    decide(returned, secretariat, "return", "Falta la fuente de <b>2.4</b>")
    submitted(editor, title="Una en espera")
    page = html(editor_client)
    order = ["Una devuelta", "Falta la fuente de &lt;b&gt;2.4", "Un borrador", "Una en espera"]
    places = [page.index(text) for text in order]
    assert places == sorted(places)
    assert page.index("ficha-group--published") > places[-1]


def test_an_editor_sees_only_their_country(editor: User, editor_client: Client) -> None:
    make_practice(country("br"), title="Um rascunho alheio")
    make_practice(title="Un borrador propio")
    page = html(editor_client)
    assert "Un borrador propio" in page
    assert "Um rascunho alheio" not in page
    assert "queue-section" not in page


def test_the_button_for_a_new_practice_leads_to_the_source_tree(
    editor_client: Client, sign_in: SignIn, person: Person, secretariat: User
) -> None:
    new = "/admin/fichas/choose_parent/"
    assert new in html(editor_client)
    add = "/admin/pages/add/practices/practicepage/{}/"
    assert editor_client.get(new).headers["Location"] == add.format(country("pe").pk)
    both = sign_in(person("ana", (Role.EDITOR, "pe"), (Role.EDITOR, "br")))
    page = html(both, new)
    assert add.format(country("pe").pk) in page
    assert add.format(country("br").pk) in page
    assert add.format(country("br", "es").pk) not in page
    assert html(sign_in(secretariat), new).count("/admin/pages/add/") == 12


@pytest.mark.parametrize("role", [Role.FOCAL_POINT, Role.TRANSLATOR])
def test_who_begins_no_practices_has_no_button(role: Role, sign_in: SignIn, person: Person) -> None:
    client = sign_in(person("ana", (role, "pe")))
    assert "/admin/fichas/choose_parent/" not in html(client)
    assert client.get("/admin/fichas/choose_parent/").status_code == 302


def test_the_secretariat_sees_the_queue_with_the_oldest_first(
    editor: User, secretariat: User, sign_in: SignIn
) -> None:
    new, old = submitted(editor, title="Recién enviada"), submitted(editor, title="La más antigua")
    since(old, 12)
    since(new, 6)
    page = html(sign_in(secretariat))
    assert page.index("La más antigua") < page.index("Recién enviada")
    assert page.index("ficha-light--red") < page.index("ficha-light--yellow")
    assert "País PE OSUMI" in page


def test_what_the_focal_point_has_is_apart_from_what_waits_for_the_secretariat(
    editor: User, secretariat: User, focal_point: User, sign_in: SignIn
) -> None:
    submitted(editor, title="Espera el aval")
    endorsed = submitted(editor, title="Ya con aval")
    decide(endorsed, focal_point, "endorse")
    since(PracticePage.objects.get(title="Espera el aval"), 30)
    page = html(sign_in(secretariat))
    assert page.index("Ya con aval") < page.index("Espera el aval")


def test_the_table_of_countries_and_themes_leads_to_the_filtered_list(
    editor: User, secretariat: User, sign_in: SignIn
) -> None:
    submitted(editor, title="Con dos temas", themes=["human_rights", "consular_assistance"])
    client = sign_in(secretariat)
    page = html(client)
    link = "/admin/fichas/?version=original&amp;country=pe&amp;theme=consular_assistance"
    assert f'href="{link}&amp;waiting=any"' in page
    assert "ficha-cell--empty" in page
    found = client.get(
        "/admin/fichas/",
        {"version": "original", "country": "pe", "theme": "human_rights", "waiting": "any"},
    )
    assert "Con dos temas" in [practice.title for practice in found.context["object_list"]]
    assert {practice.country for practice in found.context["object_list"]} == {"pe"}


def test_the_totals_count_a_practice_once(editor: User) -> None:
    def waiting() -> tuple[int, int, int]:
        overview = Overview.of_all()
        row = next(row for row in overview.rows if row.code == "pe")
        assert len(overview.rows) == 12
        assert overview.total.published == PracticePage.objects.published().count()
        return overview.total.waiting, row.total.waiting, sum(cell.waiting for cell in row.cells)

    before = waiting()
    submitted(editor, themes=["human_rights", "consular_assistance"])
    assert [now - then for now, then in zip(waiting(), before, strict=True)] == [1, 1, 2]


def test_the_secretariat_sees_what_nobody_touched_for_a_year(
    secretariat: User, sign_in: SignIn
) -> None:
    practice = PracticePage.objects.originals().live().filter(country="ar").first()
    assert practice is not None
    PracticePage.objects.filter(pk=practice.pk).update(
        latest_revision_created_at=timezone.now() - timedelta(days=366)
    )
    client = sign_in(secretariat)
    page = html(client)
    assert practice.title in page[page.index("untouched-section") :]
    practice.record.archived_at = timezone.now()
    practice.record.save()
    page = html(client)
    assert practice.title not in page[page.index("untouched-section") :]


def test_a_focal_point_sees_what_waits_for_their_endorsement_alone(
    editor: User, focal_point: User, sign_in: SignIn
) -> None:
    make_practice(title="Todavía borrador")
    submitted(editor, title="Espera mi aval")
    submitted(User.objects.get(username="editor-br"), "br", title="De outro país")
    client = sign_in(focal_point)
    page = html(client)
    assert "Espera mi aval" in page
    assert "Todavía borrador" not in page
    assert "De outro país" not in page
    practice = PracticePage.objects.get(title="Espera mi aval")
    assert client.get(f"/admin/pages/{practice.pk}/edit/").status_code == 200
    decide(practice, focal_point, "endorse")
    assert "Espera mi aval" not in html(client)


def test_a_translator_sees_the_translations_of_their_country(
    translator: User, sign_in: SignIn
) -> None:
    translate(make_practice(published=True, title="Original peruano"), title="Tradução peruana")
    translate(make_practice(country("uy"), published=True), title="Tradução uruguaia")
    page = html(sign_in(translator))
    assert "Tradução peruana" in page
    assert "Original peruano" not in page
    assert "Tradução uruguaia" not in page


def test_who_has_several_roles_sees_each_part_once(
    person: Person, sign_in: SignIn, editor: User
) -> None:
    translate(make_practice(published=True, title="Original"), title="Tradução única")
    submitted(editor, title="Enviada una vez")
    ana = person("ana", (Role.EDITOR, "pe"), (Role.EDITOR, "br"), (Role.TRANSLATOR, "pe"))
    page = html(sign_in(ana))
    assert page.count("practices-section") == page.count("translations-section") > 0
    assert page.count(">Tradução única<") == page.count(">Enviada una vez<") == 1
    ana.groups.add(Group.objects.get(name=group_name(Role.SECRETARIAT)))
    kinds = [type(panel).__name__ for panel in sign_in(ana).get(HOME).context["panels"]]
    assert len(kinds) == len(set(kinds))
    assert {"QueuePanel", "EditorPanel", "TranslationPanel"} <= set(kinds)


def test_people_without_a_role_meet_an_empty_dashboard(person: Person, sign_in: SignIn) -> None:
    lost = person("nadie")
    lost.groups.add(Group.objects.create(name="Sin papel"))
    assert sign_in(lost).get(HOME).status_code == 302


def test_hostile_titles_are_shown_as_text(editor: User, editor_client: Client) -> None:
    make_practice(title="<script>alert(1)</script>")
    page = html(editor_client)
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("username", ["editor-pe", "secretaria", "admin", "several"])
def test_more_practices_need_no_more_queries(
    username: str, editor: User, secretariat: User, person: Person, sign_in: SignIn
) -> None:
    roles = [(role, code) for role in (Role.EDITOR, Role.FOCAL_POINT) for code in ("pe", "br")]
    several = person("several", *roles, (Role.TRANSLATOR, "pe"))
    user = several if username == "several" else User.objects.get(username=username)
    client = sign_in(user)

    def add(number: int) -> None:
        make_practice(title=f"Borrador {number}")
        submitted(editor, title=f"Enviada {number}")
        returned = submitted(editor, title=f"Devuelta {number}")
        decide(returned, several, "return", "Falta algo")
        translate(make_practice(published=True, title=f"Original {number}"))

    for number in range(2):
        add(number)
    before = count_queries(client, HOME)
    for number in range(2, 7):
        add(number)
    assert count_queries(client, HOME) == before


def progress_of(practice: PracticePage) -> tuple[int, int]:
    filled = progress(PracticePage.objects.get(pk=practice.pk))
    return filled.done, filled.required


@pytest.mark.parametrize(
    ("values", "done"),
    [
        ({}, 13),
        ({"responsible_entity": " "}, 12),
        ({"institutional_email": ""}, 12),
        ({"themes": []}, 12),
        ({"choices": {"categories": [], "transfer_needs": []}}, 11),
        ({"sections": {"summary": "<p> </p>"}}, 12),
        ({"sections": {"summary": f"<p>{'palabra ' * 201}</p>"}}, 12),
        ({"sections": {"summary": f"<p>{'palabra ' * 200}</p>"}}, 13),
    ],
)
def test_progress_counts_required_items_within_their_limit(
    values: dict[str, Any], done: int
) -> None:
    assert progress_of(make_practice(**values)) == (done, 13)


def test_progress_reads_the_draft_of_a_published_practice() -> None:
    practice = make_practice(published=True)
    practice.responsible_entity = ""
    practice.save_revision()
    assert progress_of(practice) == (12, 13)


def test_progress_of_a_translation_asks_for_what_the_original_says() -> None:
    original = make_practice(published=True, sections={"replication_conditions": "<p>Una.</p>"})
    translation = translate(original)
    assert progress_of(translation) == (6, 6)
    translation.sections = [("summary", "<p>Um resumo.</p>")]
    translation.save_revision()
    assert progress_of(translation) == (2, 6)
