"""Removing a contact person from the site: their row, and their traces in logs and comments."""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.http import QueryDict
from wagtail.fields import StreamField
from wagtail.models import COMMENTS_RELATION_NAME

from .models import ContactAccess, PracticeContact, PracticePage
from .querysets import fold

ERASED = "[***]"
"""What stands where a name or an address stood."""

TEXTS = (
    ("practices.ModerationEvent", "comment"),
    ("practices.QueuedMail", "subject"),
    ("practices.QueuedMail", "content"),
    ("wagtailcore.PageLogEntry", "data"),
    ("wagtailcore.ModelLogEntry", "data"),
    ("wagtailcore.Comment", "text"),
    ("wagtailcore.CommentReply", "text"),
    ("wagtailcore.TaskState", "comment"),
    ("wagtail_localize.String", "data"),
    ("wagtail_localize.StringTranslation", "data"),
)
"""Fields in which the person is struck out."""

WITH_COMMENTS = (
    ("wagtailcore.Revision", "content"),
    ("wagtail_localize.TranslationSource", "content_json"),
)
"""Whole pages as JSON: the person is struck out of the comments, the text of the page stays."""

PASSING = (
    ("wagtailadmin.FormState", "data"),
    ("wagtail_headless_preview.PagePreview", "content_json"),
)
"""Previews, which are made anew at need: rows that name the person are deleted."""

UNSEARCHED_APPS = frozenset(("contenttypes", "modelsearch", "sessions", "wagtailsearch"))
"""What the search for other places passes over: rows of machines, and copies of page texts."""


@dataclass
class Report:
    """What was removed, and what names the person still; counts by place."""

    contacts: list[str] = field(default_factory=list)
    removed: Counter[str] = field(default_factory=Counter)
    left: dict[str, list[str]] = field(default_factory=dict)


class Traces:
    """Finds names and addresses in texts, whatever their case, accents and spaces."""

    def __init__(self, names: Iterable[str], addresses: Iterable[str]) -> None:
        self.wanted = sorted({*names, *addresses}, key=len, reverse=True)
        patterns = [
            rf"(?<![\w.+-]){re.escape(_aligned(text))}(?![\w-]|\.\w)"
            if "@" in text
            else r"(?<!\w)" + r"\s+".join(map(_word, _aligned(text).split())) + r"(?!\w)"
            for text in self.wanted
        ]
        self._pattern = re.compile("|".join(patterns))

    def strike(self, value: Any) -> Any:
        """The same text, list or object with the person struck out."""
        if isinstance(value, str):
            return self._strike_text(value)
        if isinstance(value, list):
            return [self.strike(part) for part in value]
        if isinstance(value, dict):
            return {key: self.strike(part) for key, part in value.items()}
        return value

    def _strike_text(self, text: str) -> str:
        composed = unicodedata.normalize("NFC", text)
        parts, end = [], 0
        for found in self._pattern.finditer(_aligned(composed)):
            parts += [composed[end : found.start()], ERASED]
            end = found.end()
        return "".join([*parts, composed[end:]]) if parts else text

    def name(self, value: Any) -> bool:
        """Whether a value names the person."""
        return any(self._strike_text(text) != text for text in _texts(value))


def _aligned(text: str) -> str:
    """Lower case without accents, each letter in its place."""
    return "".join(fold(letter)[:1] or letter for letter in unicodedata.normalize("NFC", text))


def _word(word: str) -> str:
    """Pattern of a word; mails in HTML write an apostrophe in other ways."""
    return re.sub("['’]", "(?:['’]|&#x27;|&#39;)", re.escape(word))


def _texts(value: Any) -> Iterator[str]:
    """Every text within a value, JSON in texts included: it may write letters as numbers."""
    if isinstance(value, str):
        if value[:1] in ("{", "["):
            try:
                value = json.loads(value)
            except ValueError:
                pass
            else:
                yield from _texts(value)
                return
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def contacts_of(
    email: str = "", name: str = "", translation_key: Any = None
) -> list[PracticeContact]:
    """The stored contacts of a person or of a practice."""
    rows = PracticeContact.objects.all()
    if translation_key:
        rows = rows.filter(translation_key=translation_key)
    if email:
        rows = rows.filter(contact_email__iexact=email)
    words = fold(name).split()
    return [row for row in rows if not name or fold(row.contact_name).split() == words]


def erase(contacts: list[PracticeContact], traces: Traces) -> Report:
    """Delete the contacts, strike the person out of logs and comments, and say where.

    Page texts, versions and accounts are left as they are, and reported.
    """
    report = Report()
    with transaction.atomic():
        for contact in contacts:
            report.contacts.append(_delete(contact))
        for place, name in TEXTS:
            _strike_out(place, name, traces, report)
        for place, name in WITH_COMMENTS:
            _strike_out_of_comments(place, name, traces, report)
        for place, name in PASSING:
            _delete_passing(place, name, traces, report)
        _look_elsewhere(traces, report)
    return report


def _delete(contact: PracticeContact) -> str:
    """Delete one contact; returns the practice that it was of."""
    practice = PracticePage.objects.filter(
        translation_key=contact.translation_key, original__isnull=True
    ).first()
    access = ContactAccess.of(practice, None, ContactAccess.Action.ERASED, contact.translation_key)
    access.save()
    contact.delete()
    return f"{access.code} {access.title}".strip() or str(contact.translation_key)


def _model(place: str) -> Any:
    """The model of a place; None where its app is not installed."""
    app_label, name = place.split(".")
    return apps.get_model(place) if _is_installed(app_label, name) else None


def _is_installed(app_label: str, name: str) -> bool:
    return app_label in apps.app_configs and name.lower() in apps.app_configs[app_label].models


def _rows(model: Any, name: str) -> Iterator[tuple[Any, Any]]:
    return model._base_manager.values_list("pk", name).iterator()


def _strike_out(place: str, name: str, traces: Traces, report: Report) -> None:
    model = _model(place)
    if model is None:
        return
    for pk, value in _rows(model, name):
        struck = traces.strike(value)
        if struck != value:
            # Around `save()` on purpose: lines of the moderation log refuse to change, and erasing
            # a person is the one reason that stands above it. Strings of wagtail-localize keep
            # their hash, so that a text still in use is found again under it, struck out.
            model._base_manager.filter(pk=pk).update(**{name: struck})
            report.removed[f"{place}.{name}"] += 1


def _strike_out_of_comments(place: str, name: str, traces: Traces, report: Report) -> None:
    model = _model(place)
    if model is None:
        return
    for pk, value in _rows(model, name):
        content = json.loads(value) if isinstance(value, str) else value
        comments = content.get(COMMENTS_RELATION_NAME) if isinstance(content, dict) else None
        struck = traces.strike(comments)
        if struck != comments:
            content[COMMENTS_RELATION_NAME] = struck
            stored = json.dumps(content) if isinstance(value, str) else content
            model._base_manager.filter(pk=pk).update(**{name: stored})
            report.removed[f"{place}.{name} ({COMMENTS_RELATION_NAME})"] += 1


def _delete_passing(place: str, name: str, traces: Traces, report: Report) -> None:
    model = _model(place)
    if model is None:
        return
    for pk, value in _rows(model, name):
        form = [text for _key, texts in QueryDict(value).lists() for text in texts]
        if traces.name(value) or traces.name(form):
            model._base_manager.filter(pk=pk).delete()
            report.removed[place] += 1


def _look_elsewhere(traces: Traces, report: Report) -> None:
    """Note every other row that names the person."""
    for model in apps.get_models():
        options = model._meta
        if options.app_label in UNSEARCHED_APPS or options.proxy or not options.managed:
            continue
        columns = [
            column
            for column in options.local_concrete_fields
            if isinstance(
                column, (models.CharField, models.TextField, models.JSONField, StreamField)
            )
        ]
        if not columns:
            continue
        for row in model._base_manager.only(*(column.name for column in columns)).iterator():
            for column in columns:
                if traces.name(_stored(column, row)):
                    place = f"{options.label}.{column.name}"
                    report.left.setdefault(place, []).append(str(row.pk))


def _stored(column: Any, row: Any) -> Any:
    if isinstance(column, StreamField):
        return column.value_to_string(row)
    return column.value_from_object(row)


def looked_for(
    contacts: Iterable[PracticeContact], email: str, name: str
) -> tuple[set[str], set[str]]:
    """Names and addresses to strike out: what was given, and what the contacts hold.

    A stored name of one word is no name to look for: it would strike other people out.
    """
    rows = list(contacts)
    names = {row.contact_name.strip() for row in rows if len(row.contact_name.split()) > 1}
    addresses = {row.contact_email for row in rows if row.contact_email}
    return names | {name.strip()} - {""}, addresses | {email.strip()} - {""}
