"""Practice by language: what is translated, since when, and who sees it."""

import csv
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import Page

from home.models import User
from practices.languages import content_locales
from practices.models import PracticePage, PracticeVersion, SectionTranslation
from practices.moderation.access import Role
from practices.translation.coverage import Coverage
from practices.translation.start import begin
from practices.translation.states import Marks
from tests.factories import country, make_practice, translate
from tests.practices.moderation.steps import person, signed_in, stored
from tests.queries import count_queries

from .texts import latest, republish

pytestmark = pytest.mark.django_db

LIST = "/admin/translations/"
FICHAS = "/admin/fichas/"


def make(number: int, **values: Any) -> PracticePage:
    """A public practice of Uruguay."""
    values = {"title": f"Una experiencia {number}", "slug": f"experiencia-{number}"} | values
    return make_practice(country("uy"), published=True, **values)


def edited(practice: PracticePage, **marks: Any) -> PracticePage:
    draft = latest(practice)
    draft.title += " bis"
    draft.marks = Marks(**marks)
    draft.save_revision()
    return stored(practice)


def none(practice: PracticePage) -> None:
    """Nobody began."""


def copied(practice: PracticePage) -> None:
    [portuguese] = [locale for locale in content_locales() if locale.language_code == "pt-br"]
    begin(practice.pk, portuguese, User.objects.get(username="editor-uy"))


def machine(practice: PracticePage) -> None:
    edited(translate(practice), machine=frozenset(["summary"]))


def translated(practice: PracticePage) -> None:
    translate(practice)


def translated_again(practice: PracticePage) -> None:
    edited(translate(practice, published=True))


def approved(practice: PracticePage) -> None:
    translate(practice, published=True)


def outdated(practice: PracticePage) -> None:
    translate(practice, published=True)
    change(practice)


def outdated_and_translated_again(practice: PracticePage) -> None:
    translation = translate(practice, published=True)
    change(practice)
    edited(translation, checked=frozenset(["title"]))


def unpublished(practice: PracticePage) -> None:
    translate(practice, published=True).unpublish()


def change(practice: PracticePage) -> None:
    republish(practice, title=f"{stored(practice).title}, segunda etapa")


STEPS: list[tuple[Callable[[PracticePage], None], Coverage]] = [
    (none, Coverage.NONE),
    (copied, Coverage.COPIED),
    (machine, Coverage.MACHINE),
    (translated, Coverage.TRANSLATED),
    (translated_again, Coverage.TRANSLATED),
    (approved, Coverage.APPROVED),
    (outdated, Coverage.OUTDATED),
    (outdated_and_translated_again, Coverage.OUTDATED),
    (unpublished, Coverage.TRANSLATED),
]


def cells(client: Client, **parameters: Any) -> dict[str, dict[str, str]]:
    """State by public title and language, as the list shows them."""
    response = client.get(LIST, parameters)
    assert response.status_code == 200
    table = response.context["view"].table
    return {
        practice.title: {code: cell.state for code, cell in table.cells[practice.pk].items()}
        for practice in response.context["object_list"]
    }


@pytest.mark.parametrize(("step", "state"), STEPS, ids=lambda value: getattr(value, "__name__", ""))
def test_states(
    step: Callable[[PracticePage], None], state: Coverage, superuser_client: Client
) -> None:
    practice = make(1)
    step(practice)
    title = stored(practice).title
    assert cells(superuser_client, country="uy")[title] == {"es": "original", "pt-br": state}
    others = [other.value for other in Coverage if other not in (state, Coverage.ORIGINAL)]
    assert title in cells(superuser_client, state=state.value)
    assert title in cells(superuser_client, state=state.value, locale="pt-br")
    assert title not in cells(superuser_client, state=state.value, locale="es")
    assert title not in cells(superuser_client, state=others)
    html = superuser_client.get(LIST, {"country": "uy"}).content.decode()
    assert f"coverage-state--{state}" in html
    fichas = superuser_client.get(FICHAS, {"country": "uy", "q": "experiencia"}).content.decode()
    assert f"coverage-state--{state}" in fichas
    if state is Coverage.NONE:
        assert reverse("practice_translate", args=[practice.pk, "pt-br"]) in html
        assert reverse("practice_translate", args=[practice.pk, "pt-br"]) in fichas
    else:
        [translation] = PracticePage.objects.filter(original=practice)
        assert reverse("wagtailadmin_pages:edit", args=[translation.pk]) in html


def test_ages(superuser_client: Client) -> None:
    waiting, behind, current, begun = make(1), make(2), make(3), make(4)
    outdated(behind)
    approved(current)
    copied(begun)

    def ago(days: int) -> Any:
        return timezone.now() - timedelta(days=days, minutes=1)

    Page.objects.filter(pk=waiting.pk).update(first_published_at=ago(40))
    PracticeVersion.objects.exclude(outdated_since=None).update(outdated_since=ago(9))
    Page.objects.filter(pk=current.translations.get().pk).update(last_published_at=ago(3))
    SectionTranslation.objects.filter(page__original=begun).update(at=ago(5))
    response = superuser_client.get(LIST, {"country": "uy", "q": "experiencia"})
    table = response.context["view"].table
    days = {key: row["pt-br"].days for key, row in table.cells.items()}
    assert days[waiting.pk] == 40
    assert days[behind.pk] == 9
    assert days[current.pk] == 3
    assert days[begun.pk] == 5
    assert all(row["es"].days is None for row in table.cells.values())


def test_what_waits_or_was_returned_says_so(superuser_client: Client, editor: User) -> None:
    page = translate(make_practice(published=True, title="En revisión"), title="Em revisão")
    page = stored(page)
    page.get_workflow().start(page, editor)
    html = superuser_client.get(LIST, {"q": "Em revisão"}).content.decode()
    assert "ficha-state--submitted" in html
    assert "coverage-state--translated" in html


def test_totals_lead_to_their_lists(superuser_client: Client) -> None:
    make(1)
    approved(make(2))
    response = superuser_client.get(LIST)
    totals = [total for numbers in response.context["totals"].values() for total in numbers]
    assert len(totals) >= 3
    for total in totals:
        assert total.url in response.content.decode().replace("&amp;", "&")
        assert len(rows(superuser_client, total.url)) == total.count
    asked = {"country": "uy", "state": "none", "q": "Una experiencia"}
    [numbers] = superuser_client.get(LIST, asked).context["totals"].values()
    assert {total.state: total.count for total in numbers} == {
        Coverage.NONE: 1,
        Coverage.APPROVED: 1,
    }


def rows(client: Client, url: str) -> list[Any]:
    return list(client.get(url).context["object_list"])


def test_only_public_originals_are_rows(superuser_client: Client) -> None:
    make_practice(country("uy"), title="Borrador", slug="borrador")
    translate(make(1), published=True, title="Tradução")
    draft = make(2, title="Pública")
    edited(draft)
    found = set(cells(superuser_client, country="uy"))
    assert {"Una experiencia 1", "Pública"} <= found
    assert not found & {"Borrador", "Tradução", "Pública bis"}
    assert "Pública bis" not in superuser_client.get(LIST).content.decode()


def test_search_finds_public_titles_codes_and_translations(superuser_client: Client) -> None:
    practice = make(1, title="Atención a la niñez")
    translate(practice, title="Cuidado das crianças")
    for text in ("atencion a la NINEZ", "crianças", stored(practice).code):
        assert list(cells(superuser_client, q=text)) == ["Atención a la niñez"], text
    for text in ('"', "%", "' OR 1=1 --", "a" * 5000, "\\"):
        assert superuser_client.get(LIST, {"q": text}).status_code == 200, text


@pytest.mark.parametrize("role", [Role.EDITOR, Role.TRANSLATOR])
def test_people_of_a_country_see_their_own(role: Role) -> None:
    mine = make(1, title="Propia")
    foreign = make_practice(published=True, title="Ajena")
    translate(foreign, title="Rascunho alheio")
    client = signed_in(person("alguien", (role, "uy")))
    html = client.get(LIST).content.decode()
    found = cells(client)
    assert "Propia" in found
    assert {practice.country for practice in rows(client, LIST)} == {"uy"}
    assert "Rascunho alheio" not in html
    assert cells(client, country="pe", q="Ajena") == {}
    assert cells(client, q="alheio") == {}
    assert "Ajena" not in html
    assert 'href="/admin/translations/"' in html or LIST in html
    may_edit = reverse("wagtailadmin_pages:edit", args=[mine.pk]) in html
    assert may_edit == (role is Role.EDITOR)


@pytest.mark.parametrize("roles", [[(Role.FOCAL_POINT, "uy")], []])
@pytest.mark.parametrize("url", [LIST, f"{LIST}results/", f"{LIST}?export=csv"])
def test_others_have_no_list_and_no_entry(roles: list[Any], url: str) -> None:
    client = signed_in(person("alguien", *roles))
    response = client.get(url)
    assert response.status_code == 302
    assert response["Location"] in {"/admin/", f"/admin/login/?next={quote(url)}"}
    assert client.get(url, headers={"x-requested-with": "XMLHttpRequest"}).status_code in {302, 403}
    if roles:
        assert LIST not in client.get("/admin/").content.decode()


def test_a_country_without_a_page_in_a_language_has_nowhere_to_begin(
    superuser_client: Client,
) -> None:
    practice = make(1)
    country("uy", "pt-br").delete()
    html = superuser_client.get(LIST, {"country": "uy"}).content.decode()
    assert reverse("practice_translate", args=[practice.pk, "pt-br"]) not in html
    assert "coverage-state--none" in html


def export(client: Client, kind: str, **parameters: Any) -> list[list[str]]:
    response = client.get(LIST, parameters | {"export": kind})
    content = b"".join(response.streaming_content)
    assert (
        f"translations-{timezone.localdate().isoformat()}.{kind}"
        in (response.headers["Content-Disposition"])
    )
    if kind == "csv":
        return list(csv.reader(StringIO(content.decode("utf-8-sig"))))
    sheet = load_workbook(BytesIO(content)).active
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.values]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_exports_follow_the_filters(kind: str, superuser_client: Client) -> None:
    approved(make(1, title="=1+1"))
    make(2)
    head, *body = export(superuser_client, kind, country="uy", state="approved", q="=1")
    assert len(head) == 7
    assert [row[1] for row in body] == ["'=1+1"]
    assert [body[0][4], body[0][6]] == ["", "0"]
    everything = export(superuser_client, kind)
    assert len(everything) == 1 + PracticePage.objects.published().count()


@pytest.mark.parametrize("username", ["editor-uy", "secretaria"])
@pytest.mark.parametrize(
    ("url", "parameters"),
    [(LIST, {}), (LIST, {"state": "approved"}), (LIST, {"q": "experiencia"}), (FICHAS, {})],
)
def test_more_practices_need_no_more_queries(
    username: str, url: str, parameters: dict[str, str]
) -> None:
    client = signed_in(User.objects.get(username=username))
    steps = [none, copied, machine, approved, outdated]

    def add(first: int) -> None:
        for number, step in enumerate(steps, start=first):
            step(make(number))

    add(1)
    before = count_queries(client, url, **parameters)
    add(11)
    assert count_queries(client, url, **parameters) == before


def test_the_dashboard_counts_what_is_to_translate() -> None:
    make(1)
    outdated(make(2))
    for role in (Role.TRANSLATOR, Role.EDITOR):
        client = signed_in(person(f"alguien-{role.name}", (role, "uy")))
        response = client.get("/admin/")
        html = response.content.decode().replace("&amp;", "&")
        for state in ("none", "outdated"):
            url = f"{LIST}?country=uy&state={state}"
            assert url in html
            count = len(rows(client, url))
            assert count
            assert f'coverage-number--{state}" href="{url}"><strong>{count}</strong>' in html


def test_the_dashboard_needs_no_more_queries_for_more_practices() -> None:
    client = signed_in(person("alguien", (Role.TRANSLATOR, "uy")))
    for number in range(2):
        approved(make(number))
        none(make(10 + number))
    before = count_queries(client, "/admin/")
    for number in range(2, 5):
        approved(make(number))
        none(make(10 + number))
    assert count_queries(client, "/admin/") == before
