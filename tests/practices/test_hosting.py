"""What a host site says of itself: names, limits, addresses, apps, page types."""

from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings
from django.utils import translation
from pytest_django import Settings

from practices import hosting, kinds, organisation, vocabulary
from practices.factsheets.labels import labels
from practices.mail import wording
from practices.models import PracticePage
from practices.templatetags.practices_tags import flag
from practices.vocabulary import Item, Kind


def ids(messages: list[Any]) -> list[str]:
    return [message.id for message in messages]


def test_names_are_osumis_by_default() -> None:
    with translation.override("es"):
        assert organisation.collection_name().startswith("Banco de buenas prácticas")
        assert organisation.secretariat() == "la Secretaría Técnica"
        assert organisation.secretariat_label() == "Secretaría Técnica"
        assert organisation.publisher().startswith("Secretaría Técnica de la Conferencia")


def test_names_of_another_organisation(settings: Settings) -> None:
    settings.PRACTICES_COLLECTION_NAME = {"es": "Museos", "pt-br": "Museus"}
    settings.PRACTICES_ORGANISATION = "Red de museos"
    settings.PRACTICES_SECRETARIAT = {"es": "la coordinación"}
    assert labels("pt-br", "Português")["collection"] == "Museus"
    with translation.override("pt-br"):
        assert organisation.secretariat() == "la coordinación"
    with translation.override("es"):
        assert organisation.publisher() == "Coordinación, Red de museos"
        assert organisation.told("%(secretariat)s la revisa.") == "La coordinación la revisa."
        assert "%(secretariat)s" in str(wording.ENDORSED.lead)
    settings.PRACTICES_PUBLISHER = "Red de museos (RM)"
    assert organisation.publisher() == "Red de museos (RM)"


@pytest.mark.parametrize("value", [7, {"pt-br": "Museus"}, {"es": None}])
def test_a_name_must_be_a_text(settings: Settings, value: Any) -> None:
    settings.PRACTICES_SECRETARIAT = value
    assert ids(hosting.check_names()) == ["practices.E022"]


def test_limits_of_words_are_those_of_the_host(settings: Settings) -> None:
    assert vocabulary.SUMMARY.max_words == 200
    settings.PRACTICES_WORD_LIMITS = {"summary": 50, "background": None}
    assert vocabulary.SUMMARY.max_words == 50
    assert vocabulary.BACKGROUND.max_words is None
    assert vocabulary.RESULTS.max_words == 150
    assert "50" in str(vocabulary.SUMMARY.help)
    assert hosting.check_word_limits() == []


@pytest.mark.parametrize("value", [[], {"title": 5}, {"summary": 0}, {"summary": "5"}])
def test_limits_must_be_limits(settings: Settings, value: Any) -> None:
    settings.PRACTICES_WORD_LIMITS = value
    assert ids(hosting.check_word_limits()) == ["practices.E023"]


def test_a_worker_is_asked_for(settings: Settings) -> None:
    assert hosting.check_worker() == []
    settings.TASKS = {"default": settings.TASKS["default"]}
    assert ids(hosting.check_worker()) == ["practices.E020"]


@override_settings(ROOT_URLCONF="practices.files.urls")
def test_addresses_are_asked_for() -> None:
    found = hosting.check_addresses()
    assert ids(found) == ["practices.E021"] * 2
    assert [hint for message in found if (hint := message.hint)]


def test_addresses_of_this_site_are_there() -> None:
    assert hosting.check_addresses() == []


def test_missing_apps_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    config = apps.get_app_config("practices")
    left = {name: app for name, app in apps.app_configs.items() if name != "wagtail_localize"}
    monkeypatch.setattr(apps, "app_configs", left)
    with pytest.raises(ImproperlyConfigured, match='INSTALLED_APPS: "wagtail_localize"'):
        config.import_models()


def test_a_country_without_a_flag_is_shown_without() -> None:
    assert flag("xa") == ""
    assert "practices/flags/pe.svg" in flag("pe")


def test_page_types_are_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert kinds.check_kinds() == []
    monkeypatch.setattr(PracticePage, "left_out", frozenset({"title", "categories"}))
    added = (Item("1.13", "summary", Kind.TEXT, "A"), Item("1.14", "none", Kind.RICH_TEXT, "B"))
    monkeypatch.setattr(PracticePage, "added_items", added)
    found = [message.msg for message in kinds.check_kinds()]
    assert len(found) == 5
    assert set(ids(kinds.check_kinds())) == {"practices.E024"}


def test_this_site_has_no_page_type_of_its_own() -> None:
    assert kinds.practice_models() == [PracticePage]
    assert kinds.practice_model() is PracticePage
