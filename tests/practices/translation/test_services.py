"""LibreTranslate and DeepL as they are asked, and their failures."""

from typing import Any

import pytest
from django.core.checks import run_checks
from pytest_django import Settings
from wagtail.models import Locale
from wagtail_localize.strings import StringValue

from practices.translation.machine import (
    MAX_CHARACTERS,
    DeepL,
    Fault,
    LibreTranslate,
    MachineTranslationError,
    batches,
)
from tests.site.test_settings import SECRETS, start

from .services import KEY, Service

pytestmark = pytest.mark.django_db


def locale(code: str) -> Locale:
    return Locale.objects.get_or_create(language_code=code)[0]


@pytest.mark.parametrize(
    ("listed", "code"),
    [
        (["es", "pt-BR", "pt"], "pt-BR"),
        (["es", "pt-br", "pt"], "pt-br"),
        (["es", "pb", "pt"], "pb"),
        (["es", "pt"], "pt"),
    ],
)
def test_languages_are_named_as_the_server_does(
    service: Service, listed: list[str], code: str
) -> None:
    service.languages = [{"code": one, "name": one, "targets": listed} for one in listed]
    machine = LibreTranslate({"LIBRETRANSLATE_URL": service.url + "/"})
    source, target = locale("es"), locale("pt-br")
    assert machine.codes(source, target) == ("es", code)
    assert machine.codes(target, source) == (code, "es")


@pytest.mark.parametrize("languages", [[], [{"code": "es", "targets": ["en"]}], {"a": 1}, [1]])
def test_languages_that_are_not_there(service: Service, languages: Any) -> None:
    service.languages = languages
    machine = LibreTranslate({"LIBRETRANSLATE_URL": service.url})
    with pytest.raises(MachineTranslationError) as error:
        machine.translate(locale("es"), locale("pt-br"), [StringValue("hola")])
    assert error.value.kind in (Fault.LANGUAGE, Fault.BROKEN)


def test_a_key_goes_along_and_is_never_told(service: Service) -> None:
    service.key = KEY
    options = {"LIBRETRANSLATE_URL": service.url, "API_KEY": KEY}
    strings = [StringValue("hola")]
    found = LibreTranslate(options).translate(locale("es"), locale("pt-br"), strings)
    assert found[strings[0]].data == "[pt-BR] holaês"
    service.answer = (500, f"the key {KEY} is out of date".encode())
    with pytest.raises(MachineTranslationError) as error:
        LibreTranslate(options).translate(locale("es"), locale("pt-br"), strings)
    assert KEY not in error.value.detail


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ((403, b"{}"), Fault.REFUSED),
        ((429, b""), Fault.LIMIT),
        ((456, b'{"message": "Quota exceeded"}'), Fault.LIMIT),
        ((503, b""), Fault.BROKEN),
        ((200, b"[]"), Fault.BROKEN),
        ((200, b'{"translations": [{"text": "a"}, {"text": "b"}]}'), Fault.BROKEN),
        ((200, b'{"translations": [{"texto": "a"}]}'), Fault.BROKEN),
        ((200, b'{"translations": 3}'), Fault.BROKEN),
    ],
)
def test_failures_of_deepl(service: Service, answer: tuple[int, bytes], fault: Fault) -> None:
    service.answer = answer
    machine = DeepL({"URL": f"{service.url}/v2/translate", "AUTH_KEY": KEY})
    with pytest.raises(MachineTranslationError) as error:
        machine.translate(locale("es"), locale("pt-br"), [StringValue("hola")])
    assert error.value.kind == fault


def test_deepl_goes_to_its_own_services_without_a_url() -> None:
    assert (
        DeepL({"AUTH_KEY": "x:fx", "URL": ""})
        .get_api_endpoint()
        .startswith("https://api-free.deepl.com/")
    )
    assert DeepL({"AUTH_KEY": "x"}).get_api_endpoint().startswith("https://api.deepl.com/")


def test_portions() -> None:
    strings = [StringValue("x" * (MAX_CHARACTERS // 4 + 1)) for _number in range(10)]
    assert [len(batch) for batch in batches(strings)] == [3, 3, 3, 1]
    assert [len(batch) for batch in batches([StringValue("x" * MAX_CHARACTERS * 2)])] == [1]
    assert sum(len(batch) for batch in batches([StringValue(str(n)) for n in range(45)])) == 45


@pytest.mark.parametrize(
    ("name", "option"), [("LibreTranslate", "LIBRETRANSLATE_URL"), ("DeepL", "AUTH_KEY")]
)
def test_what_a_service_needs_is_checked(name: str, option: str, settings: Settings) -> None:
    def found(value: str) -> list[str | None]:
        settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
            "CLASS": f"practices.translation.machine.{name}",
            "OPTIONS": {option: value},
        }
        return [message.id for message in run_checks()]

    assert "practices.E010" in found("")
    assert "practices.E010" not in found("x")


def test_the_environment_names_the_service() -> None:
    assert (
        start(**SECRETS, MACHINE_TRANSLATION="deepl", MACHINE_TRANSLATION_KEY="x").returncode == 0
    )
    result = start(**SECRETS, MACHINE_TRANSLATION="otro")
    assert result.returncode != 0
    assert "MACHINE_TRANSLATION is 'otro'" in result.stderr
