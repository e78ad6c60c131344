"""A PO file goes out, is translated with a tool, and comes back; others change nothing."""

import re
from collections.abc import Callable
from typing import Any

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringTranslation

from home.models import User
from practices.models import PracticePage
from practices.moderation.access import Role
from tests.factories import publish, translate
from tests.practices.moderation.steps import person, signed_in, stored

from .texts import begun, latest, original, rewrite, section, states

pytestmark = pytest.mark.django_db

WORDS = {
    "Registro &amp; acogida": "Cadastro &amp; acolhida",
    "Una red de vecinos": "Uma rede de vizinhos",
    "La región recibió a <b>miles</b> de personas en pocos meses.": (
        "A região recebeu <b>milhares</b> de pessoas em poucos meses."
    ),
    'Se lee en <a id="a1">el informe</a> del año.': 'Lê-se no <a id="a1">relatório</a> anual.',
    "Un registro único para las familias": "Um cadastro único das famílias",
    "Una oficina en cada ciudad grande": "Um posto em cada cidade grande",
    "Personas atendidas": "Pessoas atendidas",
    "Hogares con trabajo": "Lares com trabalho",
    "Una frase breve sobre la experiencia.": "Uma frase curta a respeito disso.",
}


@pytest.fixture
def translator(db: None) -> User:
    """A translator of Perú, who cannot edit originals."""
    user = person("traductora", (Role.TRANSLATOR, "pe"))
    UserProfile.objects.create(user=user, preferred_language="en")
    return user


@pytest.fixture
def client(translator: User) -> Client:
    return signed_in(translator)


def exported(client: Client, page: PracticePage) -> polib.POFile:
    answer = client.post(reverse("practice_translation_export", args=[page.pk]))
    assert answer.status_code == 200
    return polib.pofile(answer.content.decode())


def bring(
    client: Client, page: PracticePage, content: bytes | str, name: str = "x.po"
) -> list[str]:
    """Import a file; returns what people are told."""
    data = content.encode() if isinstance(content, str) else content
    answer = client.post(
        reverse("practice_translation_import", args=[page.pk]),
        {"file": SimpleUploadedFile(name, data)},
        follow=True,
    )
    assert answer.redirect_chain == [(reverse("practice_translation", args=[page.pk]), 302)]
    return [str(message) for message in answer.context["messages"]]


def translated(po: polib.POFile, words: dict[str, str] = WORDS) -> str:
    """The file as a tool saves it: reordered, its lines broken, with a header of its own."""
    for entry in po:
        entry.msgstr = words.get(entry.msgid, entry.msgstr)
    po.sort(key=lambda entry: entry.msgid)
    po.metadata["X-Generator"] = "A tool 3.1"
    po.wrapwidth = 40
    return str(po)


def kept(page: PracticePage) -> Any:
    """Everything that a refused file must leave as it is."""
    return (
        list(page.revisions.values_list("pk", flat=True)),
        list(StringTranslation.objects.order_by("pk").values_list("pk", "data")),
        list(page.section_states.order_by("pk").values_list("section", "state", "at")),
        PracticePage.objects.filter(pk=page.pk)
        .values_list("title", "draft_title", "sections")
        .get(),
    )


def test_there_and_back(client: Client, translator: User) -> None:
    page = begun(original())
    po = exported(client, page)
    assert po.metadata["Language"] == "pt_BR"
    assert {entry.msgid for entry in po if not entry.msgstr} >= set(WORDS)
    assert "1.2" in next(entry.comment for entry in po if "acogida" in entry.msgid)
    told = bring(client, page, translated(po))
    assert re.match(r"\d+ texts were taken", told[0])
    assert len(told) == 1
    draft = latest(page)
    assert draft.title == "Cadastro & acolhida"
    assert draft.themes_other == "Uma rede de vizinhos"
    html = draft.section_html("background")
    assert '<a href="https://example.org/informe">relatório</a> anual' in html
    assert "<li" in html
    assert set(states(page).values()) == {"translated"}
    assert not stored(page).live
    assert stored(page).title != draft.title
    assert page.revisions.order_by("-pk")[0].user == translator
    # Nothing is left to translate, and the same file says so.
    again = exported(client, page)
    assert not [
        entry.msgid for entry in again if not entry.msgstr and re.search("[a-z]", entry.msgid)
    ]
    before = kept(page)
    assert "0 texts" in bring(client, page, str(again))[0]
    assert kept(page) == before


def test_the_name_of_the_file_says_what_it_is(client: Client) -> None:
    practice = original()
    answer = client.post(reverse("practice_translation_export", args=[begun(practice).pk]))
    assert f'filename="{practice.code}-pt-br.po"' in answer["Content-Disposition"]


def test_only_the_changed_paragraph_is_empty(client: Client) -> None:
    practice = original()
    page = begun(practice)
    bring(client, page, translated(exported(client, page)))
    publish(latest(page))
    rewrite(practice, "background", "Una oficina en cada ciudad grande", "Dos oficinas por ciudad")
    po = exported(client, page)
    waiting = [entry.msgid for entry in po if not entry.msgstr and re.search("[a-z]", entry.msgid)]
    assert waiting == ["Dos oficinas por ciudad"]
    assert states(page)["background"] == "outdated"
    public = stored(page).section_html("background")
    told = bring(
        client, page, translated(po, {"Dos oficinas por ciudad": "Dois postos por cidade"})
    )
    assert "Background" in told[0]
    assert states(page)["background"] == "translated"
    assert "Dois postos por cidade" in section(page, "background").source
    assert "Um cadastro único" in section(page, "background").source
    assert stored(page).section_html("background") == public


def test_fuzzy_texts_are_not_taken(client: Client) -> None:
    page = begun(original())
    po = exported(client, page)
    for entry in po:
        entry.msgstr = WORDS.get(entry.msgid, "")
        entry.flags = ["fuzzy"]
    before = kept(page)
    told = bring(client, page, str(po))
    assert "fuzzy" in " ".join(told)
    assert kept(page) == before


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("A <b>região", ""),
        ("A <script>x</script> região", "tags"),
        ('A <b style="x">região</b>', "tags"),
        ("<p>A região</p>", "tags"),
        ("A <code>região</code>", "tags"),
        ('<a id="a1">A região</a>', "links"),
        ("<b></b>", "empty"),
    ],
)
def test_a_spoilt_text_is_named_and_the_others_taken(client: Client, wrong: str, said: str) -> None:
    page = begun(original())
    first = next(iter(key for key in WORDS if "miles" in key))
    told = bring(client, page, translated(exported(client, page), WORDS | {first: wrong}))
    assert latest(page).title == "Cadastro & acolhida"
    html = section(page, "background").source
    assert "<script" not in html
    assert "style" not in html
    if said:
        assert said in told[-1]
        assert "La región recibió a miles" in told[-1]
        assert "<b>miles</b>" in html


@pytest.mark.parametrize("wrong", ["Lê-se no relatório.", '<a id="a2">Lê-se</a>', "<a>Lê-se</a>"])
def test_links_have_to_stay(client: Client, wrong: str) -> None:
    page = begun(original())
    link = next(iter(key for key in WORDS if "informe" in key))
    told = bring(client, page, translated(exported(client, page), WORDS | {link: wrong}))
    assert "links" in told[-1]
    assert "https://example.org/informe" in section(page, "background").source


def test_what_is_too_long_for_its_field_is_named(client: Client) -> None:
    page = begun(original())
    words = WORDS | {
        "Registro &amp; acogida": "x" * 256,
        "Personas atendidas": "x" * 301,
        "Una red de vecinos": "x" * 256,
    }
    told = bring(client, page, translated(exported(client, page), words))
    assert len([text for text in told if "longer than" in text]) == 3
    assert latest(page).title == "Registro & acogida"


Spoil = Callable[[polib.POFile], bytes | str]


def _metadata(po: polib.POFile, **values: str) -> str:
    po.metadata |= {key.replace("_", "-"): value for key, value in values.items()}
    return translated(po)


def _without_header(po: polib.POFile) -> str:
    del po.metadata["X-WagtailLocalize-TranslationID"]
    return translated(po)


def _other_texts(po: polib.POFile) -> str:
    for entry in po:
        entry.msgid += " cambiado"
        entry.msgstr = "mudou"
    return str(po)


WRONG: dict[str, tuple[Spoil, str]] = {
    "no PO file": (lambda _po: "Estimada Secretaría:\nadjunto el texto.\n", "not a PO file"),
    "a path": (lambda _po: "/etc/passwd", "PO file"),
    "binary": (lambda _po: bytes(range(256)) * 4, "UTF-8"),
    "a compiled catalogue": (lambda po: po.to_binary(), "PO file|UTF-8"),
    "Latin-1": (lambda po: translated(po).encode("latin-1"), "UTF-8"),
    "UTF-16": (lambda po: translated(po).encode("utf-16"), "UTF-8"),
    "nothing": (lambda _po: b"", "empty"),
    "no texts": (lambda _po: "# nada\n", "no texts"),
    "too large": (lambda po: translated(po) + "#" * (2 * 1024 * 1024), "larger"),
    "broken": (lambda po: translated(po).replace("msgstr", "msgtr", 3), "PO file"),
    "foreign": (
        lambda po: _metadata(po, X_WagtailLocalize_TranslationID="x"),
        "another translation",
    ),
    "no header": (_without_header, "another translation"),
    "other language": (lambda po: _metadata(po, Language="fr"), "another language"),
    "other texts": (_other_texts, "None of the texts"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_file_gets_a_message_and_changes_nothing(client: Client, kind: str) -> None:
    spoil, said = WRONG[kind]
    page = begun(original())
    po = exported(client, page)
    before = kept(page)
    told = bring(client, page, spoil(po))
    assert len(told) == 1
    assert re.search(said, told[0]), told
    assert kept(page) == before


def test_the_file_of_another_translation_is_refused(client: Client) -> None:
    page, other = begun(original()), begun(original(title="Otra experiencia distinta"))
    before = kept(page)
    assert "another translation" in bring(client, page, translated(exported(client, other)))[0]
    assert kept(page) == before


def test_no_file_at_all(client: Client) -> None:
    page = begun(original())
    answer = client.post(reverse("practice_translation_import", args=[page.pk]), follow=True)
    assert "Choose the translated PO file" in str(next(iter(answer.context["messages"])))


def test_bom_and_line_ends_of_other_systems(client: Client) -> None:
    page = begun(original())
    content = translated(exported(client, page)).replace("\n", "\r\n")
    bring(client, page, b"\xef\xbb\xbf" + content.encode())
    assert latest(page).title == "Cadastro & acolhida"


def test_under_review_nothing_changes(client: Client, editor: User) -> None:
    page = translate(original())
    po = exported(client, page)
    stored(page).get_workflow().start(stored(page), editor)
    before = kept(page)
    told = bring(client, page, translated(po, {"Personas atendidas": "Gente atendida"}))
    assert "under review" in told[0]
    assert kept(page) == before


def test_an_original_that_is_not_public_hands_nothing_out(client: Client) -> None:
    practice = original()
    page = begun(practice)
    practice.unpublish()
    answer = client.post(reverse("practice_translation_export", args=[page.pk]), follow=True)
    assert "not published" in str(next(iter(answer.context["messages"])))
    assert "attachment" not in answer.get("Content-Disposition", "")


ADDRESSES = ("practice_translation", "practice_translation_machine")
WRITES = (
    "practice_translation_export",
    "practice_translation_import",
    "practice_translation_machine",
)


def test_the_tools_are_for_who_may_edit_the_translation(client: Client, secretariat: User) -> None:
    practice = original()
    page = begun(practice)
    other = signed_in(User.objects.get(username="editor-cl"))
    for who in (other, signed_in(secretariat)):
        may = page.permissions_for_user(secretariat).can_edit() if who is not other else False
        for name in ADDRESSES:
            answer = who.get(reverse(name, args=[page.pk]))
            assert answer.status_code == (200 if may else 404), name
    for name in WRITES:
        assert other.post(reverse(name, args=[page.pk])).status_code == 404
        assert client.get(reverse(name, args=[practice.pk])).status_code in (404, 405)
        assert client.post(reverse(name, args=[practice.pk])).status_code == 404
        assert Client().post(reverse(name, args=[page.pk])).status_code == 302
    assert client.get(reverse("practice_translation", args=[page.pk])).status_code == 200
    assert client.get(reverse("practice_translation_export", args=[page.pk])).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post(reverse(WRITES[0], args=[page.pk])).status_code == 403


def test_the_page_shows_each_section_with_its_state(client: Client) -> None:
    page = begun(original())
    bring(client, page, translated(exported(client, page), {"Personas atendidas": "Pessoas"}))
    html = client.get(reverse("practice_translation", args=[page.pk])).content.decode()
    assert html.count("ficha-badge--copied") >= 4
    assert "Translate by machine" not in html
    assert "traductora" in html
