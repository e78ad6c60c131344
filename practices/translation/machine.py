"""Machine translation by LibreTranslate or DeepL: wagtail-localize's classes with our manners.

Languages are named as the server names them; whatever goes wrong becomes one error with a message.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import requests
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.machine_translators.deepl import DeepLTranslator
from wagtail_localize.machine_translators.libretranslate import LibreTranslator
from wagtail_localize.strings import StringValue

MAX_STRINGS, MAX_CHARACTERS = 20, 5000
"""Of one request; a longer string goes alone."""

CONNECT_SECONDS, ANSWER_SECONDS = 5, 30
DETAIL = 300

SPECIAL_CODES = {"pt-br": ("pb",)}
"""Codes of LibreTranslate for languages that are not the first part of ours."""


class Fault(TextChoices):
    """What can go wrong with a machine translation, and what to do about it."""

    OFF = "off", _("Machine translation is not set up.")
    UNREACHABLE = (
        "unreachable",
        _("The translation service does not answer. Try again later, or tell the administrators."),
    )
    SLOW = "slow", _("The translation service took too long. Try again later.")
    REFUSED = (
        "refused",
        _("The translation service refuses this site. Tell the administrators: its key is wrong."),
    )
    LIMIT = (
        "limit",
        _("The translation service takes no more texts for now. Try again later."),
    )
    LANGUAGE = (
        "language",
        _("The translation service does not translate between these languages."),
    )
    BROKEN = (
        "broken",
        _("The translation service failed. Try again later, or tell the administrators."),
    )


class MachineTranslationError(ValidationError):
    """A machine translation that failed; `detail` is for administrators."""

    def __init__(self, kind: Fault, detail: str = "") -> None:
        self.kind = kind
        # Neither can be stored: PostgreSQL refuses NUL, and UTF-8 half a character.
        self.detail = detail[:DETAIL].replace("\x00", "").encode(errors="replace").decode()
        super().__init__(str(kind.label), code=kind.value)


def translator_for(source: Locale, target: Locale) -> Any:
    """The translator that is set up, if it knows the languages; None without one."""
    translator = get_machine_translator()
    return translator if translator and translator.can_translate(source, target) else None


def batches(strings: Iterable[StringValue]) -> Iterator[list[StringValue]]:
    """Strings in portions that a service takes at once."""
    batch, size = list[StringValue](), 0
    for string in strings:
        if batch and (len(batch) == MAX_STRINGS or size + len(string.data) > MAX_CHARACTERS):
            yield batch
            batch, size = [], 0
        batch.append(string)
        size += len(string.data)
    if batch:
        yield batch


def ask(method: str, url: str, key: str, timeout: float, **kwargs: Any) -> Any:
    """The JSON that a service answers. Raises MachineTranslationError."""
    try:
        response = requests.request(
            method, url, timeout=(CONNECT_SECONDS, timeout), allow_redirects=False, **kwargs
        )
    except requests.Timeout as error:
        raise MachineTranslationError(Fault.SLOW, _without(key, error)) from error
    except requests.RequestException as error:
        raise MachineTranslationError(Fault.UNREACHABLE, _without(key, error)) from error
    if response.status_code != requests.codes.ok:
        kinds = {401: Fault.REFUSED, 403: Fault.REFUSED, 429: Fault.LIMIT, 456: Fault.LIMIT}
        detail = f"{response.status_code} {_without(key, response.text)}"
        raise MachineTranslationError(kinds.get(response.status_code, Fault.BROKEN), detail)
    try:
        return response.json()
    except requests.JSONDecodeError as error:
        raise MachineTranslationError(Fault.BROKEN, _without(key, response.text)) from error


def _without(key: str, text: object) -> str:
    return str(text).replace(key, "***") if key else str(text)


def together(strings: list[StringValue], texts: Any) -> dict[StringValue, StringValue]:
    """Strings with their translations, as wagtail-localize wants them. Raises MachineTranslationError."""
    is_list = isinstance(texts, list) and all(isinstance(text, str) for text in texts)
    if not is_list or len(texts) != len(strings):
        raise MachineTranslationError(Fault.BROKEN, f"{len(strings)} texts, answer: {texts!r}")
    return {string: StringValue(text) for string, text in zip(strings, texts, strict=True) if text}


class LibreTranslate(LibreTranslator):
    """A LibreTranslate server: options LIBRETRANSLATE_URL, API_KEY (optional), TIMEOUT (seconds)."""

    def __init__(self, options: dict[str, Any]) -> None:
        super().__init__(options)
        self._languages: list[dict[str, Any]] | None = None

    def get_timeout(self) -> float:
        return float(self.options.get("TIMEOUT", ANSWER_SECONDS))

    def translate(
        self, source_locale: Locale, target_locale: Locale, strings: Iterable[StringValue]
    ) -> dict[StringValue, StringValue]:
        """Translations of strings of HTML. Raises MachineTranslationError."""
        source, target = self.codes(source_locale, target_locale)
        found: dict[StringValue, StringValue] = {}
        for batch in batches(strings):
            texts = [string.data for string in batch]
            body = {"q": texts, "source": source, "target": target, "format": "html"}
            if key := self._key:
                body["api_key"] = key
            answer = self._ask("POST", "/translate", json=body)
            translated = answer.get("translatedText") if isinstance(answer, dict) else answer
            found |= together(batch, translated)
        return found

    def codes(self, source_locale: Locale, target_locale: Locale) -> tuple[str, str]:
        """The server's codes of two languages. Raises MachineTranslationError."""
        if self._languages is None:
            listed = self._ask("GET", "/languages")
            if not isinstance(listed, list) or not all(
                isinstance(one, dict) and isinstance(one.get("code"), str) for one in listed
            ):
                raise MachineTranslationError(Fault.BROKEN, f"languages: {listed!r}")
            self._languages = listed
        targets = {one["code"]: one.get("targets") for one in self._languages}
        for source in _candidates(source_locale.language_code, targets):
            reached = targets[source]
            known = reached if isinstance(reached, list) else list(targets)
            for target in _candidates(target_locale.language_code, known):
                if target != source:
                    return source, target
        pair = f"{source_locale.language_code} - {target_locale.language_code}"
        raise MachineTranslationError(Fault.LANGUAGE, f"{pair}: {sorted(targets)}")

    @property
    def _key(self) -> str:
        return str(self.options.get("API_KEY") or "")

    def _ask(self, method: str, path: str, **kwargs: Any) -> Any:
        url = self.get_api_endpoint().rstrip("/") + path
        return ask(method, url, self._key, self.get_timeout(), **kwargs)


def _candidates(code: str, known: Iterable[str]) -> Iterator[str]:
    """How a server may name a language, the closest first."""
    names = {str(name).casefold(): str(name) for name in known}
    for wanted in (
        code.casefold(),
        *SPECIAL_CODES.get(code.casefold(), ()),
        code.split("-", maxsplit=1)[0],
    ):
        if wanted in names:
            yield names[wanted]


class DeepL(DeepLTranslator):
    """DeepL: options AUTH_KEY, URL (another endpoint, optional), TIMEOUT (seconds)."""

    def get_api_endpoint(self) -> str:
        return self.options.get("URL") or super().get_api_endpoint()

    def translate(
        self, source_locale: Locale, target_locale: Locale, strings: Iterable[StringValue]
    ) -> dict[StringValue, StringValue]:
        """Translations of strings of HTML. Raises MachineTranslationError."""
        found: dict[StringValue, StringValue] = {}
        for batch in batches(strings):
            answer = ask(
                "POST",
                self.get_api_endpoint(),
                self.options["AUTH_KEY"],
                float(self.options.get("TIMEOUT", ANSWER_SECONDS)),
                data=self.get_parameters(source_locale, target_locale, batch),
                headers=self.get_headers(),
            )
            texts = answer.get("translations") if isinstance(answer, dict) else None
            found |= together(
                batch,
                [one.get("text") if isinstance(one, dict) else one for one in texts]
                if isinstance(texts, list)
                else texts,
            )
        return found
