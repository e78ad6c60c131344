"""What is known of each section of a translation, by whatever way its text is saved."""

from typing import Any

import pytest
from django.test import Client
from wagtail.rich_text import RichText

from home.models import User
from practices.completeness import IncompletePracticeError, completeness
from practices.models import PracticePage
from practices.translation.sections import SectionState, digest_of, is_copied, may_be_equal
from practices.translation.states import Marks, boxes_of, states_of
from tests.factories import TRANSLATED, build_practice, country, make_practice, publish, translate
from tests.practices.moderation.steps import decide, seen, signed_in, stored

from .texts import begun, latest, republish, set_section, states

pytestmark = pytest.mark.django_db

SENTENCE = "<p>Las personas migrantes reciben orientación en cada oficina del país.</p>"
IN_PORTUGUESE = "<p>As pessoas migrantes recebem orientação em cada escritório do país.</p>"


@pytest.fixture
def original() -> PracticePage:
    return make_practice(
        title="Orientación para personas migrantes en las oficinas",
        sections={"summary": SENTENCE, "results": SENTENCE},
        published=True,
    )


def boxes(page: PracticePage) -> dict[str, bool]:
    return boxes_of(page, page.section_states.all())


def write(
    page: PracticePage, user: User | None = None, marks: Marks | None = None, **texts: str
) -> PracticePage:
    """Save the latest text with other sections, and return the page as stored."""
    draft = latest(page)
    draft.title = texts.pop("title", draft.title)
    for key, value in texts.items():
        set_section(draft, key, value)
    draft.marks = marks or Marks()
    draft.save_revision(user=user)
    return stored(page)


def test_a_translation_begins_as_a_copy_and_cannot_be_sent(original: PracticePage) -> None:
    page = begun(original)
    assert set(states(page).values()) == {SectionState.COPIED}
    assert {"title", "background", "summary", "results", "key_figures", "why_good_practice"} == set(
        states(page)
    )
    assert {fault.item.key for fault in completeness(latest(page))} == set(states(page))
    with pytest.raises(IncompletePracticeError):
        page.get_latest_revision().publish()


def test_a_translation_begins_without_tags_and_texts_for_search_engines() -> None:
    original = make_practice(
        published=True, tags=["consulados"], seo_title="Título", search_description="Resumen"
    )
    page = begun(original)
    assert (list(page.tags.all()), page.seo_title, page.search_description) == ([], "", "")


def test_a_text_of_its_own_is_translated_and_one_changed_word_is_not(
    original: PracticePage, editor: User
) -> None:
    page = begun(original)
    page = write(page, editor, summary=IN_PORTUGUESE, results=SENTENCE.replace("cada", "toda"))
    row = page.section_states.get(section="summary")
    assert (row.shown, row.by) == (SectionState.TRANSLATED, editor)
    assert states(page)["results"] == SectionState.COPIED


def test_one_copied_paragraph_leaves_the_section_copied(original: PracticePage) -> None:
    page = write(begun(original), summary=IN_PORTUGUESE + SENTENCE)
    assert states(page)["summary"] == SectionState.COPIED


def test_a_name_that_is_the_same_in_both_languages_is_checked_by_a_person() -> None:
    original = make_practice(title="Migra Móvil", published=True, slug="migra-movil")
    page = begun(original)
    assert states(page)["title"] == SectionState.COPIED
    page = write(page, marks=Marks(checked=frozenset(["title"])))
    assert states(page)["title"] == SectionState.TRANSLATED
    page = write(page, marks=Marks(unchecked=frozenset(["title"])))
    assert states(page)["title"] == SectionState.COPIED


def test_nobody_can_answer_for_a_copied_sentence(original: PracticePage) -> None:
    page = write(begun(original), marks=Marks(checked=frozenset(["summary", "title"])))
    assert {states(page)[key] for key in ("summary", "title")} == {SectionState.COPIED}
    assert "summary" not in boxes(page)


def test_a_machine_draft_waits_for_a_person_even_when_it_is_edited(
    original: PracticePage, editor: User
) -> None:
    page = translate(original)
    page = write(page, summary=IN_PORTUGUESE, marks=Marks(machine=frozenset(["summary"])))
    assert states(page)["summary"] == SectionState.MACHINE
    assert [fault.item.key for fault in completeness(latest(page))] == ["summary"]
    page = write(page, editor, summary=IN_PORTUGUESE.replace("cada", "todo"))
    assert states(page)["summary"] == SectionState.MACHINE
    page = write(page, editor, marks=Marks(checked=frozenset(["summary"])))
    row = page.section_states.get(section="summary")
    assert (row.shown, row.from_machine, row.by) == (SectionState.TRANSLATED, True, editor)
    assert completeness(latest(page)) == []
    page = write(page, editor, marks=Marks(unchecked=frozenset(["summary"])))
    assert states(page)["summary"] == SectionState.MACHINE


@pytest.mark.parametrize(
    ("iso_code", "source", "text", "told"),
    [
        ("pe", SENTENCE, IN_PORTUGUESE, "tradução automática revisada"),
        ("br", IN_PORTUGUESE, SENTENCE, "traducción automática revisada"),
    ],
)
def test_what_a_machine_wrote_and_people_checked_is_told_to_readers(
    iso_code: str, source: str, text: str, told: str, client: Client
) -> None:
    practice = make_practice(country(iso_code), sections={"summary": source}, published=True)
    page = translate(practice)
    page = write(page, summary=text, marks=Marks(machine=frozenset(["summary"])))
    page = write(page, marks=Marks(checked=frozenset(["summary"])))
    publish(latest(page))
    version = stored(page).public_version()
    assert version
    assert version.from_machine
    assert told in client.get(page.get_url()).content.decode().lower()
    assert told not in client.get(practice.get_url()).content.decode().lower()


def test_cut_and_pasted_back_a_machine_s_text_stays_one(original: PracticePage) -> None:
    page = translate(original)
    page = write(page, results=IN_PORTUGUESE, marks=Marks(machine=frozenset(["results"])))
    page = write(page, results="")
    page = write(page, results=IN_PORTUGUESE.replace("cada", "todo"))
    row = page.section_states.get(section="results")
    assert (row.shown, row.from_machine) == (SectionState.MACHINE, True)
    page = write(page, results=SENTENCE)
    page = write(page, results=IN_PORTUGUESE)
    row = page.section_states.get(section="results")
    assert (row.shown, row.from_machine) == (SectionState.MACHINE, True)


def test_a_revert_brings_back_what_was_known_of_the_text(
    original: PracticePage, editor: User
) -> None:
    page = translate(original, published=True)
    before = page.get_latest_revision()
    republish(original, summary=SENTENCE.replace("oficina", "consulado"))
    page = write(page, summary=IN_PORTUGUESE, marks=Marks(checked=frozenset(["summary"])))
    page = write(page, results=IN_PORTUGUESE, marks=Marks(machine=frozenset(["results"])))
    assert states(page)["summary"] == SectionState.TRANSLATED
    before.as_object().save_revision(user=editor, previous_revision=before)
    row = page.section_states.get(section="results")
    assert states(page)["summary"] == SectionState.OUTDATED
    assert (row.shown, row.from_machine) == (SectionState.TRANSLATED, False)


def test_a_copy_of_an_earlier_original_is_a_copy(original: PracticePage) -> None:
    page = begun(original)
    republish(original, summary="<p>Ahora el resumen dice otra cosa, muy distinta de antes.</p>")
    page = write(page, summary=SENTENCE.replace("cada", "toda"))
    assert states(page)["summary"] == SectionState.COPIED
    assert "summary" not in boxes(page)


def test_copying_over_a_text_does_not_bring_it_up_to_date(original: PracticePage) -> None:
    new = SENTENCE.replace("oficina", "consulado")
    page = translate(original, published=True)
    republish(original, summary=new)
    own = latest(page).section_html("summary")
    page = write(page, summary=new)
    assert states(page)["summary"] == SectionState.COPIED
    page = write(page, summary=own)
    assert states(page)["summary"] == SectionState.OUTDATED


def test_a_section_that_the_original_gains_is_out_of_date_until_it_is_written(
    original: PracticePage,
) -> None:
    page = translate(original, published=True)
    republish(original, replication_conditions=SENTENCE)
    assert states(page)["replication_conditions"] == SectionState.OUTDATED
    assert page.moderation_events.filter(action="outdated", comment="2.7").count() == 1
    draft = latest(page)
    draft.sections.append(("replication_conditions", RichText(IN_PORTUGUESE)))
    draft.save_revision()
    assert states(page)["replication_conditions"] == SectionState.TRANSLATED


def test_a_copied_sentence_among_others_is_a_copy(original: PracticePage) -> None:
    mixed = IN_PORTUGUESE.replace(
        "</p>", " Las personas migrantes reciben orientación en cada oficina del país.</p>"
    )
    page = write(begun(original), summary=mixed)
    assert states(page)["summary"] == SectionState.COPIED


def test_approval_is_written_down_for_each_section(original: PracticePage, editor: User) -> None:
    page = translate(original)
    secretary = User.objects.get(username="secretaria-2")
    page.get_workflow().start(page, editor)
    decide(signed_in(secretary), page, "approve_and_publish", seen(page))
    rows = list(page.section_states.all())
    assert rows
    assert {(row.shown, row.by) for row in rows} == {(SectionState.APPROVED, secretary)}


def test_a_changed_original_leaves_just_the_changed_section_behind(
    original: PracticePage, client: Client
) -> None:
    page = translate(original, published=True)
    url = page.get_url()
    assert "notice--warning" not in client.get(url).content.decode()
    republish(original, summary=SENTENCE.replace("oficina", "consulado"))
    assert [key for key, shown in states(page).items() if shown == SectionState.OUTDATED] == [
        "summary"
    ]
    version = page.public_version()
    assert version
    assert version.outdated_since
    html = client.get(url).content.decode()
    assert html.count("notice--warning") == 1
    assert "2.2" in html.split("notice--warning")[1].split("</div>")[0]
    assert page.moderation_events.filter(action="outdated", comment="2.2").count() == 1


def test_a_draft_of_the_original_leaves_nothing_behind(original: PracticePage) -> None:
    page = translate(original, published=True)
    draft = stored(original)
    draft.title = "Otro título que todavía no es público"
    draft.save_revision()
    assert SectionState.OUTDATED not in states(page).values()


def test_going_back_to_the_text_that_was_translated_ends_it(original: PracticePage) -> None:
    page = translate(original, published=True)
    republish(original, summary=SENTENCE.replace("oficina", "consulado"))
    republish(original, summary=SENTENCE)
    assert SectionState.OUTDATED not in states(page).values()
    version = page.public_version()
    assert version
    assert version.outdated_since is None


def test_the_check_counts_for_the_text_that_was_seen(original: PracticePage) -> None:
    page = translate(original, published=True)
    first = republish(original, summary=SENTENCE.replace("oficina", "consulado"))
    opened = first.live_revision_id
    republish(original, summary=SENTENCE.replace("oficina", "embajada"))
    page = write(page, marks=Marks(seen=opened, checked=frozenset(["summary"])))
    row = page.section_states.get(section="summary")
    assert (row.shown, row.source_revision_id) == (SectionState.OUTDATED, opened)
    page = write(page, marks=Marks(checked=frozenset(["summary"])))
    assert states(page)["summary"] == SectionState.TRANSLATED


def test_readers_see_the_old_mark_until_the_new_text_is_approved(
    original: PracticePage, client: Client
) -> None:
    page = translate(original, published=True)
    republish(original, summary=SENTENCE.replace("oficina", "consulado"))
    page = write(page, summary=IN_PORTUGUESE, marks=Marks(checked=frozenset(["summary"])))
    assert "notice--warning" in client.get(page.get_url()).content.decode()
    publish(latest(page))
    assert "notice--warning" not in client.get(page.get_url()).content.decode()


def test_a_check_can_be_taken_back_until_it_is_published(original: PracticePage) -> None:
    page = translate(original, published=True)
    republish(original, summary=SENTENCE.replace("oficina", "consulado"))
    page = write(page, marks=Marks(checked=frozenset(["summary"])))
    assert boxes(page) == {"summary": True}
    page = write(page, marks=Marks(unchecked=frozenset(["summary"])))
    assert states(page)["summary"] == SectionState.OUTDATED
    assert boxes(page) == {"summary": False}


def test_a_check_of_what_was_never_published_can_be_taken_back_too(original: PracticePage) -> None:
    page = translate(original)
    republish(original, summary=SENTENCE.replace("oficina", "consulado"))
    machine = write(page, results=IN_PORTUGUESE, marks=Marks(machine=frozenset(["results"])))
    both = frozenset(["summary", "results"])
    page = write(machine, marks=Marks(checked=both))
    assert boxes(page) == {"summary": True, "results": True}
    checked = page.section_states.get(section="summary")
    # Autosave sends the same ticks again and again.
    page = write(page, marks=Marks(checked=both))
    assert page.section_states.get(section="summary").at == checked.at
    page = write(page, marks=Marks(unchecked=both))
    assert states(page)["summary"] == SectionState.OUTDATED
    assert states(page)["results"] == SectionState.MACHINE
    assert page.section_states.get(section="results").outdated_since is None


def test_the_editor_s_own_marks_in_a_text_change_nothing(original: PracticePage) -> None:
    page = translate(original, published=True)
    republish(original, summary=SENTENCE.replace("<p>", '<p data-block-key="x1y2z">'))
    assert SectionState.OUTDATED not in states(page).values()


def test_another_address_of_a_link_is_another_text(original: PracticePage) -> None:
    link = '<p>Vea <a href="https://example.org/{}">la guía de la oficina</a>.</p>'
    original = republish(original, summary=link.format("a"))
    page = translate(original, published=True)
    republish(original, summary=link.format("b"))
    assert states(page)["summary"] == SectionState.OUTDATED


def test_what_an_unstored_translation_is_can_be_asked() -> None:
    original = build_practice(title="Orientación para personas migrantes", live=True)
    page = PracticePage(title="Orientação para pessoas migrantes", original=original)
    page.sections = [("summary", TRANSLATED["summary"]), ("background", RichText(SENTENCE))]
    assert {row.section: row.state for row in states_of(page)}["summary"] == SectionState.TRANSLATED


@pytest.mark.parametrize(
    ("source", "text", "copied", "allowed"),
    [
        (SENTENCE, SENTENCE, True, False),
        (SENTENCE, IN_PORTUGUESE, False, True),
        (SENTENCE, "", False, True),
        (
            "<ul><li>Brasil</li></ul>" + SENTENCE,
            "<ul><li>Brasil</li></ul>" + IN_PORTUGUESE,
            False,
            True,
        ),
        ("<p>OBMigra</p>", "<p>OBMigra</p>", True, True),
        (
            SENTENCE,
            "<p>LAS personas migrantes reciben <b>orientación</b> en cada oficina del país</p>",
            True,
            False,
        ),
    ],
)
def test_copied(source: str, text: str, copied: bool, allowed: bool) -> None:
    one: Any = PracticePage(title="x", sections=[("summary", RichText(source))])
    other: Any = PracticePage(title="x", sections=[("summary", RichText(text))])
    assert is_copied(one, other, "summary") is copied
    assert may_be_equal(one, other, "summary") is allowed
    assert (digest_of(one, "summary") == digest_of(other, "summary")) is (source == text)


def test_copies_in_key_figures_are_told_by_their_descriptions() -> None:
    def figures(*pairs: tuple[str, str]) -> PracticePage:
        values = [("figure", {"figure": figure, "description": text}) for figure, text in pairs]
        return PracticePage(title="x", sections=[("key_figures", values)])

    source = figures(("1.500", "Personas atendidas"), ("12", "Oficinas"))
    assert not is_copied(
        source, figures(("1.500", "Pessoas atendidas"), ("12", "Escritórios")), "key_figures"
    )
    partly = figures(("1.500", "Pessoas atendidas"), ("12", "Oficinas"))
    assert is_copied(source, partly, "key_figures")
    assert may_be_equal(source, partly, "key_figures")
