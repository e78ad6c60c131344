"""The demo: all or nothing, named faults, nothing edited is lost, never in production."""

import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from wagtail.models import Page

from home.demo.trees import translation_key
from home.management.commands.load_demo import FICHAS
from home.models import User
from practices.models import PracticeContact, PracticePage, PracticeRecord
from practices.translation.sections import SectionState
from tests.factories import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the fichas that a test may spoil."""
    return Path(shutil.copytree(FICHAS, tmp_path / "fichas"))


def load(folder: Path = FICHAS) -> None:
    with override_settings(DEBUG=True):
        call_command("load_demo", fichas=folder)


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = next(folder.glob(f"{name}*.yaml"))
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_it_refuses_without_debug() -> None:
    with pytest.raises(CommandError, match="DEBUG"):
        call_command("load_demo")


def test_24_practices_and_ten_translations_are_public() -> None:
    assert PracticePage.objects.published().count() == 24
    assert PracticePage.objects.public().count() == 34
    assert PracticeRecord.objects.count() == 24
    assert PracticeContact.objects.count() == 24


def test_ten_translations_are_approved_and_fourteen_practices_have_none() -> None:
    translations = PracticePage.objects.filter(original__isnull=False)
    assert translations.count() == 10
    for page in translations:
        sections = page.section_states.select_related("by")
        assert len(sections) >= 8
        assert {section.shown for section in sections} == {SectionState.APPROVED}
        assert {section.by.username for section in sections} == {"secretaria"}
        version = page.public_version()
        assert set(version.sources) == {section.section for section in sections}
        assert not version.from_machine
        assert not version.outdated_since
    assert PracticePage.objects.originals().filter(translations=None).count() == 14


def test_a_second_run_changes_nothing_that_was_edited() -> None:
    practice = PracticePage.objects.get(country="gy")
    practice.title = "Título corregido"
    publish(practice)
    page = Page.objects.get(slug="acerca-del-banco").specific
    page.introduction = "Texto corregido"
    page.save_revision().publish()
    user = User.objects.get(username="editor-gy")
    user.set_password("otra")
    user.save()
    before = Page.objects.count()
    load()
    assert Page.objects.count() == before
    assert PracticePage.objects.get(country="gy").title == "Título corregido"
    assert Page.objects.get(slug="acerca-del-banco").specific.introduction == "Texto corregido"
    assert User.objects.get(username="editor-gy").check_password("otra")


def test_a_deleted_practice_does_not_come_back() -> None:
    PracticePage.objects.get(country="gy").delete()
    load()
    assert not PracticePage.objects.filter(country="gy").exists()


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("22", "country: gy", "country: gy\nnonsense: 1", r"22-.*line 3, nonsense: unknown"),
        ("22", "- national", "- nacional", r"22-.*line \d+, 1\.4 territorial_level"),
        ("22", "title:", "title: ''\n#", r"22-.*line 3, 1\.2 title"),
        ("22", "- human_rights", "- derechos", r"22-.*line \d+, 1\.3 themes.*derechos"),
        ("07", "background: >-", "background: ''\nx_: >-", r"07-.*x_: unknown"),
        ("24", "  background: >-", "  backgrounds: >-", r"24-.*line \d+, translation\."),
        ("12", "institutional_email: ", "institutional_email: x ", r"12-.*1\.12 institutional"),
        ("01", "  url: https://", "  url: xhttps//", r"01-.*line"),
        ("01", "locale: es", "locale: [es", r"01-.*line \d+"),
        ("01", "country: ar", "country: xx", r"01-.*line 2, 1\.1 country: .*xx"),
        ("01", "locale: es", "locale: pt-br", r"01-.*line 1, locale: .*es"),
        ("01", "title: ", "title: 25871\n#", r"01-.*line 3, 1\.2 title: a text"),
        ("01", "tags:\n", "tags:\n- 2003\n", r"01-.*line \d+, tags: a list of texts"),
        ("01", "translation:\n", "translation: x\n#", r"01-.*"),
        ("01", "  url: https://", "  link: https://", r"01-.*line \d+, 2\.\d \w+: .*title and url"),
        ("01", "- figure: ", "- number: ", r"01-.*line \d+, 2\.4 key_figures"),
        (
            "01",
            "- policy_and_norms\n",
            "- policy_and_norms\n- policy_and_norms\n",
            r"01-.*1\.9.*twice",
        ),
        ("01", "sources:\n", "sources:\n- nada\n", r"01-.*line \d+, sources: .*nada"),
        ("01", "contact_email: ", "contact_email: x ", r"01-.*1\.12 contact_email"),
        ("01", "country: ar\n", "country: ar\ncountry: bo\n", r"01-.*1\.1 country.*twice"),
        (
            "01",
            "associated_entities:\n",
            f"associated_entities:\n- {'x' * 300}\n",
            r"01-.*1\.7 associated_entities: .*255",
        ),
    ],
)
def test_a_wrong_file_is_named_and_nothing_is_written(
    folder: Path, name: str, old: str, new: str, message: str
) -> None:
    change(folder, name, old, new)
    wrong = next(folder.glob(f"{name}*.yaml"))
    good = next(path for path in sorted(folder.glob("*.yaml")) if path != wrong)
    for path in folder.glob("*.yaml"):
        if path not in {wrong, good}:
            path.unlink()
    keys = [translation_key(path.stem) for path in (good, wrong)]
    PracticeRecord.objects.filter(translation_key__in=keys).delete()
    missing = PracticePage.objects.filter(translation_key__in=keys)
    for practice in missing.originals():
        practice.delete()
    with pytest.raises(CommandError, match=message):
        load(folder)
    assert not missing.exists()


def test_a_section_over_its_limit_is_named(folder: Path) -> None:
    change(folder, "22", "results: >-\n", "results: >-\n  " + "palabra " * 200 + "\n")
    with pytest.raises(CommandError, match=r"22-.*line \d+, 2\.3 results: .*150"):
        load(folder)


@pytest.mark.parametrize(
    "username",
    [
        "admin",
        "secretaria",
        "editor-ar",
        "editor-br",
        "editor-ve",
        "traduccion-co",
        "traduccion-pe",
    ],
)
def test_the_people_sign_in(username: str) -> None:
    client = Client()
    assert client.login(username=username, password="osumi-demo")
    assert client.get("/admin/").status_code == 200


def test_editors_read_their_language() -> None:
    client = Client()
    client.force_login(User.objects.get(username="editor-br"))
    assert '<html lang="pt-br"' in client.get("/admin/").content.decode()


def test_a_file_in_another_encoding_is_named(folder: Path) -> None:
    path = next(folder.glob("22*.yaml"))
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1", "replace"))
    with pytest.raises(CommandError, match=r"22-.*UTF-8"):
        load(folder)


def test_renamed_and_deleted_pages_stay_so() -> None:
    index = Page.objects.get(slug="experiencias", locale__language_code="es").specific
    index.slug = "practicas"
    index.save_revision().publish()
    Page.objects.get(slug="privacidad").delete()
    before = Page.objects.count()
    load()
    assert Page.objects.count() == before
    assert not Page.objects.filter(slug="privacidad").exists()
