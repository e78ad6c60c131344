"""A published practice and its translation, for those who translate."""

from collections.abc import Iterator

import pytest
from django.test import Client

from home.models import ContentPage, HomePage, User
from practices.models import PracticePage
from practices.moderation.access import Role
from tests.factories import make_practice, translate
from tests.practices.moderation.steps import person, signed_in

from . import services
from .editing import OLD
from .localized import SOURCE, TARGET, Work, at_work
from .services import Service


@pytest.fixture
def original() -> PracticePage:
    return make_practice(
        title="Orientación para personas migrantes en las oficinas",
        slug="orientacion",
        themes=["human_rights", "other"],
        themes_other="Trabajo de las mujeres en el campo",
        tags=["consulados"],
        sections={"summary": OLD, "results": OLD},
        published=True,
    )


@pytest.fixture
def page(original: PracticePage) -> PracticePage:
    """A published translation."""
    return translate(original, published=True, slug="orientacion")


@pytest.fixture
def translator() -> User:
    return person("tradutora", (Role.TRANSLATOR, "pe"))


@pytest.fixture
def translator_client(translator: User) -> Client:
    return signed_in(translator)


@pytest.fixture
def service() -> Iterator[Service]:
    """A LibreTranslate server that the site uses."""
    with services.translating(TIMEOUT=0.3) as server:
        yield server


@pytest.fixture
def content() -> Work:
    """A page of content with its translation, both public."""
    home = HomePage.objects.get(locale__language_code="es")
    portuguese = HomePage.objects.get(locale__language_code="pt-br")
    page = home.add_child(instance=ContentPage(title=SOURCE, slug="zqx", locale=home.locale))
    page.save_revision().publish()
    target = page.copy_for_translation(portuguese.locale)
    target.title = TARGET
    target.save_revision().publish()
    return at_work(*(ContentPage.objects.get(pk=one.pk) for one in (page, target)))


@pytest.fixture
def people(editor: User, secretariat: User, superuser: User) -> dict[str, User]:
    return {
        "another country": User.objects.get(username="editor-cl"),
        "own country": editor,
        "translator": person("traductora", (Role.TRANSLATOR, "pe")),
        "focal point": person("punto", (Role.FOCAL_POINT, "pe")),
        "Secretaría": secretariat,
        "superuser": superuser,
    }
