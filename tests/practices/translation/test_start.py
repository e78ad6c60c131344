"""Beginning a translation: who may, what they get, and that there is one only."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import Translation

from home.models import User
from practices.models import PracticePage
from practices.moderation.access import Role
from tests.factories import country, make_practice, translate
from tests.practices.moderation.steps import person, signed_in
from tests.practices.test_api_v3 import Api
from tests.practices.test_concurrency import at_once

pytestmark = pytest.mark.django_db

HOME = "/admin/"


def url(practice: PracticePage, language: str = "pt-br") -> str:
    return reverse("practice_translate", args=[practice.pk, language])


def begun(practice: PracticePage, language: str = "pt-br") -> PracticePage | None:
    return PracticePage.objects.filter(original=practice, locale__language_code=language).first()


@pytest.fixture
def practice(db: None) -> PracticePage:
    return make_practice(
        published=True, title="Publicada", tags=["frontera"], search_description="Para buscadores"
    )


@pytest.fixture
def translator(db: None) -> Client:
    return signed_in(person("traductora", (Role.TRANSLATOR, "pe")))


def test_a_draft_with_copied_texts_of_ones_own(practice: PracticePage, translator: Client) -> None:
    page = translator.get(url(practice))
    assert page.status_code == 200
    assert "Publicada" in page.content.decode()
    assert begun(practice) is None
    response = translator.post(url(practice))
    made = begun(practice)
    assert made
    edit = reverse("wagtailadmin_pages:edit", args=[made.pk])
    assert response["Location"] == edit
    assert translator.get(edit).status_code == 200
    assert not made.live
    assert made.moderation.state == "draft"
    assert made.owner == User.objects.get(username="traductora") == made.latest_revision.user
    assert made.get_parent().specific == country("pe", "pt-br")
    assert set(made.section_states.values_list("state", flat=True)) == {"copied"}
    assert not made.tags.exists()
    assert not made.search_description
    assert made.get_latest_revision_as_object().owner == made.owner
    known = Translation.objects.get(source__object_id=made.translation_key)
    assert not known.enabled
    assert known.target_locale == made.locale


def test_it_is_a_copy_of_what_is_public(practice: PracticePage, translator: Client) -> None:
    draft = practice.get_latest_revision_as_object()
    draft.title = "Todavía en borrador"
    draft.save_revision()
    translator.post(url(practice))
    made = begun(practice)
    assert made
    assert made.title == made.get_latest_revision_as_object().title == "Publicada"


@pytest.mark.parametrize(
    ("role", "iso_code"),
    [(Role.EDITOR, "pe"), (Role.TRANSLATOR, "pe"), (Role.SECRETARIAT, "")],
)
def test_who_may(role: Role, iso_code: str, practice: PracticePage) -> None:
    client = signed_in(person("alguien", (role, iso_code)))
    assert client.get(url(practice)).status_code == 200
    client.post(url(practice))
    assert begun(practice)


def test_superusers_may(practice: PracticePage, superuser_client: Client) -> None:
    superuser_client.post(url(practice))
    assert begun(practice)


@pytest.mark.parametrize(
    ("role", "iso_code"),
    [(Role.EDITOR, "uy"), (Role.TRANSLATOR, "uy"), (Role.FOCAL_POINT, "pe")],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_not(role: Role, iso_code: str, method: str, practice: PracticePage) -> None:
    client = signed_in(person("alguien", (role, iso_code)))
    response = getattr(client, method)(url(practice))
    assert response["Location"] == HOME
    assert begun(practice) is None
    translate(practice)
    assert getattr(client, method)(url(practice))["Location"] == HOME


def test_who_is_not_signed_in_is_asked_to(practice: PracticePage, client: Client) -> None:
    assert "/login/" in client.post(url(practice))["Location"]
    assert begun(practice) is None


def test_a_draft_is_translated_by_nobody_and_not_shown_to_others(
    translator: Client, editor_client: Client
) -> None:
    draft = make_practice(title="En borrador")
    assert translator.post(url(draft)).status_code == 404
    response = editor_client.post(url(draft), follow=True)
    assert response.redirect_chain == [(reverse("wagtailadmin_pages:edit", args=[draft.pk]), 302)]
    assert "messages" in response.context
    assert len(response.context["messages"]) == 1
    assert begun(draft) is None


@pytest.mark.parametrize("language", ["es", "nl", "x" * 20])
def test_other_languages_lead_nowhere(
    language: str, practice: PracticePage, superuser_client: Client
) -> None:
    assert superuser_client.post(url(practice, language)).status_code == 404


def test_translations_are_not_translated(practice: PracticePage, superuser_client: Client) -> None:
    translation = translate(practice, published=True)
    assert superuser_client.post(url(translation, "es")).status_code == 404
    assert superuser_client.post(url(translation)).status_code == 404


def test_a_country_without_a_page_in_the_language(
    practice: PracticePage, editor_client: Client, superuser_client: Client
) -> None:
    country("pe", "pt-br").delete()
    response = editor_client.post(url(practice), follow=True)
    assert "sync_locales" in str(next(iter(response.context["messages"])))
    assert begun(practice) is None
    assert (
        url(practice)
        not in superuser_client.get(
            reverse("practice_coverage"), {"country": "pe"}
        ).content.decode()
    )
    stranger = signed_in(person("alguien", (Role.EDITOR, "uy")))
    assert stranger.post(url(practice))["Location"] == HOME


def test_an_existing_one_opens(practice: PracticePage, editor_client: Client) -> None:
    translation = translate(practice)
    edit = reverse("wagtailadmin_pages:edit", args=[translation.pk])
    for method in (editor_client.get, editor_client.post):
        assert method(url(practice))["Location"] == edit
    assert PracticePage.objects.filter(original=practice).count() == 1


def test_the_form_of_an_original_offers_what_is_missing(
    practice: PracticePage, editor_client: Client
) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[practice.pk])
    assert url(practice) in editor_client.get(edit).content.decode()
    translation = translate(practice)
    assert url(practice) not in editor_client.get(edit).content.decode()
    edit = reverse("wagtailadmin_pages:edit", args=[translation.pk])
    html = editor_client.get(edit).content.decode()
    assert "/translate/" not in html
    assert reverse("practice_translation", args=[translation.pk]) in html
    draft = make_practice(title="En borrador", slug="en-borrador")
    edit = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert url(draft) not in editor_client.get(edit).content.decode()


@pytest.mark.parametrize("who", ["alguien", "admin"])
def test_wagtails_apis_copy_no_practice_into_another_language(
    who: str, practice: PracticePage
) -> None:
    person("alguien", (Role.EDITOR, "pe"), (Role.TRANSLATOR, "pe"))
    draft = make_practice(title="En borrador", slug="en-borrador")
    user = User.objects.get(username=who)
    api = Api(user)
    for page in (practice, draft, country("pe")):
        asked = {"locale": "pt-br", "recursive": True}
        status, _answer = api.send(
            "POST", f"/api/v3/pages/{page.pk}/actions/copy_for_translation/", **asked
        )
        assert status in {403, 404}
        action = reverse("wagtailadmin_api:pages:action", args=[page.pk, "copy_for_translation"])
        assert signed_in(user).post(action, asked).status_code in {403, 404}
    assert begun(practice) is None
    assert begun(draft) is None


def test_other_pages_are_copied_as_wagtail_does(superuser: User) -> None:
    Locale.objects.create(language_code="en")
    home = country("pe").get_ancestors().get(depth=2)
    status, _answer = Api(superuser).send(
        "POST", f"/api/v3/pages/{home.pk}/actions/copy_for_translation/", locale="en"
    )
    assert status == 201


@pytest.mark.usefixtures("site_data")
def test_two_clicks_at_once_make_one() -> None:
    practice = make_practice(published=True)
    people = [
        signed_in(person(f"traductora-{number}", (Role.TRANSLATOR, "pe"))) for number in range(3)
    ]
    led_to = at_once(lambda number: people[number].post(url(practice))["Location"], len(people))
    made = PracticePage.objects.get(original=practice)
    assert set(led_to) == {reverse("wagtailadmin_pages:edit", args=[made.pk])}
