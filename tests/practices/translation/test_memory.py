"""What people write by hand is known as strings, and strings become a draft; nothing goes public."""

from typing import Any

import pytest
from wagtail.models import Page
from wagtail_localize.models import String, StringTranslation, Translation, TranslationSource

from home.models import User
from practices.models import PracticeContact, PracticePage
from practices.moderation.review import UnderReviewError
from practices.translation.memory import Memory
from practices.translation.source import register
from practices.translation.states import Marks
from tests.factories import publish, translate

from .texts import BACKGROUND, begun, latest, open_texts, original, rewrite, section, set_section
from .texts import states as states_of

pytestmark = pytest.mark.django_db

TRANSLATED = (
    BACKGROUND.replace(
        "La región recibió a <b>miles</b> de personas en pocos meses.", "PT <b>um</b>."
    )
    .replace("Se lee en", "Lê-se em")
    .replace("el informe</a> del año", "o relatório</a> do ano")
    .replace("Un registro único para las familias", "Um cadastro único")
    .replace("Una oficina en cada ciudad grande", "Um posto em cada cidade")
    .replace('key="a', 'key="zz')
)


def by_hand(page: PracticePage, **values: Any) -> PracticePage:
    """A person saves sections (prose) and texts in the native editor."""
    page = latest(page)
    for key, value in values.items():
        if key in ("title", "themes_other"):
            setattr(page, key, value)
        else:
            set_section(page, key, value)
    page.save_revision()
    return page


def write(memory: Memory, user: User, *, machine: bool = False, **words: str) -> None:
    """Translate the texts of the memory in which some words stand."""
    found = {
        text: data.replace("_", " ")
        for word, data in words.items()
        for text in memory.texts
        if word in text.source
    }
    assert found
    memory.write(found, user=user, tool="test", machine=machine)


def test_what_translators_get_is_the_published_text_and_nothing_private(editor: User) -> None:
    practice = original(responsible_entity="zqxentidad")
    PracticeContact.objects.create(
        translation_key=practice.translation_key,
        contact_name="zqxnombre",
        contact_position="zqxcargo",
        contact_email="zqxcorreo@example.org",
    )
    draft = latest(practice)
    draft.title = "zqxborrador"
    draft.save_revision()
    memory = Memory(begun(practice))
    said: dict[str, list[str]] = {}
    for text in memory.texts:
        said.setdefault(text.key, []).append(text.source)
    assert said["title"] == ["Registro &amp; acogida"]
    assert said["themes_other"] == ["Una red de vecinos"]
    assert said["key_figures"] == ["1.500", "Personas atendidas", "12 %", "Hogares con trabajo"]
    assert said["background"] == [
        "La región recibió a <b>miles</b> de personas en pocos meses.",
        'Se lee en <a id="a1">el informe</a> del año.',
        "Un registro único para las familias",
        "Una oficina en cada ciudad grande",
    ]
    # Resources stand on the original alone.
    assert not String.objects.filter(data="Manual").exists()
    assert not String.objects.filter(data__contains="zqx").exists()
    for word in ("zqxnombre", "zqxcargo", "zqxcorreo", "zqxborrador"):
        assert not TranslationSource.objects.filter(content_json__contains=word).exists()


def test_remarks_are_not_copied(editor: User) -> None:
    practice = original()
    practice.wagtail_admin_comments.create(
        page=practice, user=editor, text="zqxcomentario", contentpath="title", position=""
    )
    register(practice, begun(practice).locale)
    assert not TranslationSource.objects.filter(content_json__contains="zqxcomentario").exists()


def test_a_copy_teaches_nothing() -> None:
    page = begun(original())
    assert not StringTranslation.objects.filter(context__object_id=page.translation_key).exists()
    waiting = open_texts(page)
    assert "Personas atendidas" in waiting
    assert "1.500" not in waiting


def test_what_people_wrote_is_kept_when_the_original_moves_on(editor: User) -> None:
    practice = original()
    page = begun(practice)
    by_hand(page, background=TRANSLATED, title="Cadastro e acolhida")
    assert not [one for one in open_texts(page) if one in BACKGROUND]
    rewrite(practice, "background", "Una oficina en cada ciudad grande", "Dos oficinas por ciudad")
    assert states_of(page)["background"] == "outdated"
    memory = Memory(page)
    waiting = [text.source for text in memory.texts if text.is_open and text.key == "background"]
    assert waiting == ["Dos oficinas por ciudad"]
    known = {text.source: text.known.data for text in memory.texts if text.known}
    assert known['Se lee en <a id="a1">el informe</a> del año.'] == (
        'Lê-se em <a id="a1">o relatório</a> do ano.'
    )
    assert known["Registro &amp; acogida"] == "Cadastro e acolhida"


def test_the_name_of_the_draft_stays_its_own(editor: User) -> None:
    page = begun(original())
    by_hand(page, title="Cadastro")
    memory = Memory(page)
    write(memory, editor, acogida="Outro_nome")
    assert Page.objects.get(pk=page.pk).draft_title == "Cadastro"
    memory.apply(["title"], user=editor)
    assert Page.objects.get(pk=page.pk).draft_title == "Outro nome"


def test_strings_become_a_draft_and_nothing_goes_public(editor: User) -> None:
    practice = original()
    page = translate(practice, published=True)
    rewrite(practice, "results", "Una frase breve", "Otra frase, más breve")
    before = PracticePage.objects.filter(pk=page.pk).values(
        "live", "title", "sections", "live_revision", "latest_revision", "last_published_at"
    )
    stored = before.get()
    memory = Memory(page)
    write(memory, editor, Otra="Outra_frase,_mais_curta.")
    applied = memory.apply(["results"], user=editor)
    assert (applied.changed, applied.left) == (["results"], [])
    assert "Outra frase, mais curta." in section(page, "results").source
    now = before.get()
    assert now.pop("latest_revision") != stored.pop("latest_revision")
    assert now == stored
    assert states_of(page)["results"] == "translated"
    assert page.revisions.order_by("-pk")[0].user == editor


def test_a_section_that_lacks_strings_is_left_alone(editor: User) -> None:
    practice = original()
    page = begun(practice)
    by_hand(page, background=TRANSLATED)
    rewrite(practice, "background", "Una oficina en cada ciudad grande", "Dos oficinas por ciudad")
    rewrite(practice, "background", "Un registro único", "Un solo registro")
    memory = Memory(page)
    write(memory, editor, Dos="Dois_postos_por_cidade")
    before = stored_text = section(page, "background").source
    assert memory.apply(["background"], user=editor).left == ["background"]
    assert section(page, "background").source == stored_text == before


def test_of_a_copy_a_part_may_be_translated(editor: User) -> None:
    page = begun(original())
    memory = Memory(page)
    write(memory, editor, familias="Um_cadastro_único")
    assert memory.apply(["background"], user=editor).changed == ["background"]
    html = section(page, "background").source
    assert "Um cadastro único" in html
    assert "Una oficina en cada ciudad grande" in html
    assert states_of(page)["background"] == "copied"


def test_links_and_form_come_from_the_original(editor: User) -> None:
    page = begun(original())
    memory = Memory(page)
    for text in memory.texts:
        if text.key == "background":
            data = text.source.replace("informe", "relatório").replace("e", "é")
            memory.write({text: data.replace("a1", "a1")}, user=editor, tool="", machine=False)
    memory.apply(["background"], user=editor)
    html = section(page, "background").source
    assert '<a href="https://example.org/informe">él rélatório</a>' in html
    assert html.count("<li") == 2


def test_work_that_is_built_otherwise_is_not_mixed_with_strings(editor: User) -> None:
    """What a person wrote in another form replaces what is known, and is not overwritten by it."""
    practice = original()
    page = begun(practice)
    by_hand(page, background=TRANSLATED)
    assert not [one for one in open_texts(page) if one in BACKGROUND]
    by_hand(page, background="<p>Um só parágrafo, escrito de novo.</p>")
    memory = Memory(page)
    waiting = [text for text in memory.texts if text.is_open and text.key == "background"]
    assert len(waiting) == 4
    write(memory, editor, familias="Um_cadastro_único")
    assert memory.apply(["background"], user=editor).left == ["background"]
    assert section(page, "background").source == "<p>Um só parágrafo, escrito de novo.</p>"


def test_blocks_with_other_numbers_keep_their_strings(editor: User) -> None:
    """Forms and imports may give a block a new number; its text is the same."""
    practice = original()
    page = begun(practice)
    by_hand(page, background=TRANSLATED)
    open_texts(page)
    renumbered = latest(practice)
    renumbered.sections = [(block.block_type, block.value) for block in renumbered.sections]
    publish(renumbered)
    assert not [one for one in open_texts(page) if one in BACKGROUND]


def test_numbers_need_no_translation(editor: User) -> None:
    page = begun(original())
    memory = Memory(page)
    write(memory, editor, Personas="Pessoas_atendidas", Hogares="Lares_com_trabalho")
    assert memory.apply(["key_figures"], user=editor).changed == ["key_figures"]
    figures = section(page, "key_figures")
    assert [(one.value["figure"], one.value["description"]) for one in figures] == [
        ("1.500", "Pessoas atendidas"),
        ("12 %", "Lares com trabalho"),
    ]
    assert states_of(page)["key_figures"] == "translated"


def test_under_review_nothing_changes(editor: User) -> None:
    page = translate(original())
    memory = Memory(page)
    write(memory, editor, acogida="Outro_nome")
    title = latest(page).title
    page.get_workflow().start(page, editor)
    latest_revision = latest(page).latest_revision_id
    with pytest.raises(UnderReviewError):
        Memory(page).apply(["title"], user=editor)
    assert latest(page).latest_revision_id == latest_revision
    assert latest(page).title == title


def test_a_checked_text_of_a_machine_is_a_persons_word(editor: User) -> None:
    page = begun(original())
    memory = Memory(page)
    write(memory, editor, machine=True, vecinos="Uma_rede_de_vizinhos")
    memory.apply(["themes_other"], user=editor, machine=True)
    assert states_of(page)["themes_other"] == "machine"
    assert [text.is_from_machine for text in Memory(page).texts if text.known] == [True]
    draft = latest(page)
    draft.marks = Marks(checked=frozenset(["themes_other"]))
    draft.save_revision(user=editor)
    assert [text.is_from_machine for text in Memory(page).texts if text.known] == [False]


def test_the_segment_editor_never_gets_a_practice() -> None:
    practice = original()
    page = begun(practice)
    translation = register(practice, page.locale)
    assert not translation.enabled
    translation.enabled = True
    translation.save()
    assert not Translation.objects.get(pk=translation.pk).enabled
