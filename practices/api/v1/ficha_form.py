"""From the items that a program sends to the admin's own form, and from its errors to pointers."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from bs4.exceptions import ParserRejectedMarkup
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from draftjs_exporter.error import ExporterException
from wagtail.admin.panels import get_edit_handler, get_form_for_model
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.api.rich_text import APIRichText
from wagtail.api.v3.form_data import build_form_data
from wagtail.blocks import StreamValue
from wagtail.utils.forms import FormValidationError

from practices.blocks import RICH_TEXT_FEATURES
from practices.files.access import usable_files
from practices.files.kinds import FileKind
from practices.files.references import FileRef, file_models, files_in, files_in_block
from practices.forms import PracticeForm
from practices.models import PracticePage, Theme
from practices.vocabulary import ENTITY_ITEMS, PRIVATE_KEYS, SECTIONS, Kind

from .ficha_input import ITEM_OF, SHARED
from .problems import Fault, invalid, pointer

NO_FILE = gettext_noop("There is no such file that you may use.")

LINKED = re.compile(r'<a\b[^>]*? id="([^"]*)"')
"""Keys of the pages and documents that cleaned rich text links to."""

EDITOR = ContentstateConverter(features=RICH_TEXT_FEATURES)

NUMBER = re.compile(r"[0-9]{1,9}")

SECTION_KEYS = {item.key: item.kind for item in SECTIONS}


class ItemsForm(PracticeForm):
    """The admin's form for some items alone: the other sections stay as they are stored."""

    def clean_sections(self) -> StreamValue:
        """The sections that were sent among those that were not."""
        sent = self.cleaned_data["sections"]
        stored = self.instance.sections
        keys = {block.block_type: block.id for block in stored}
        names = {block.block_type for block in sent}
        blocks = [(b.block_type, b.value, b.id) for b in stored if b.block_type not in names]
        blocks += [(b.block_type, b.value, keys.get(b.block_type)) for b in sent]
        return StreamValue(sent.stream_block, blocks)


def bound_form(
    page: PracticePage, parent: Any, items: dict[str, Any], user: Any
) -> tuple[ItemsForm, list[Fault]]:
    """The form that writes the items into a text, and what was left out of rich texts.

    `items` are those of `ficha_input.given`, or of the private contact. Raises Problem (422) for
    what no form could be filled in with.
    """
    removed: list[Fault] = []
    payload = _payload(page, items, removed, user)
    form_class = _form_class(payload)
    data = build_form_data(form_class, payload, instance=page if page.pk else None)
    form = form_class(data=data, instance=page, parent_page=parent, for_user=user)
    return form, removed


def _form_class(payload: Iterable[str]) -> Any:
    options = get_edit_handler(PracticePage).get_form_options()
    formsets = {name: value for name, value in options["formsets"].items() if name in payload}
    fields = [name for name in options["fields"] if name in payload and name not in formsets]
    options |= {"fields": fields, "formsets": formsets}
    return get_form_for_model(PracticePage, form_class=ItemsForm, **options)


def _payload(
    page: PracticePage, items: dict[str, Any], removed: list[Fault], user: Any
) -> dict[str, Any]:
    """The items as fields of the form. Raises Problem (422)."""
    faults: list[Fault] = []
    if not page.is_original:
        faults += [
            {
                "pointer": pointer([name]),
                "detail": _("Facts shared by all languages are written on the original only."),
            }
            for name in items
            if name in SHARED
        ]
    payload = {name: value for name, value in items.items() if name not in SECTION_KEYS}
    faults += _strange_files(page, items, user)
    if "themes" in items:
        payload["themes"] = _themes(items["themes"], faults)
    for item in ENTITY_ITEMS:
        if item.key in items:
            payload[item.key] = "\n".join(items[item.key])
    sections = [
        {"type": name, "value": _section(name, value, faults, removed)}
        for name, value in items.items()
        if name in SECTION_KEYS
    ]
    if sections:
        payload["sections"] = sections
    if faults:
        raise invalid(*faults)
    return payload


def _themes(codes: list[str], faults: list[Fault]) -> list[int]:
    known = dict(Theme.objects.filter(code__in=codes).values_list("code", "pk"))
    for index, code in enumerate(codes):
        if code not in known:
            detail = _("There is no theme “%(code)s”.") % {"code": code}
            faults.append({"pointer": pointer(["themes", index]), "detail": detail})
    return list(known.values())


def _section(name: str, value: Any, faults: list[Fault], removed: list[Fault]) -> Any:
    """The value of a section as Wagtail's API has it."""
    kind = SECTION_KEYS[name]
    if kind is Kind.RICH_TEXT:
        cleaned = _cleaned(value)
        if cleaned is None:
            detail = _("This is no HTML that the editor can read.")
            faults.append({"pointer": pointer([name]), "detail": detail})
            return ""
        html, left_out = cleaned
        for tag in dict.fromkeys(removal.tag for removal in left_out):
            detail = _("<%(tag)s> is not allowed here and was left out.") % {"tag": tag}
            removed.append({"pointer": pointer([name]), "detail": detail})
        return html
    if kind is Kind.FIGURES:
        return [{"type": "figure", "value": figure} for figure in value]
    return [
        {"type": part["type"], "value": _resource([name, index], part, faults)}
        for index, part in enumerate(value)
    ]


def _cleaned(value: str) -> tuple[str, list[Any]] | None:
    """Rich text as the editor of the admin keeps it, and what was left out; None for odd markup.

    Python's parser, Wagtail's and the editor's each trip over some of it, in ways of their own.
    """
    try:
        html, left_out = APIRichText.convert_input(value, features=RICH_TEXT_FEATURES)
        if any(not NUMBER.fullmatch(key) for key in LINKED.findall(html)):
            return None
        EDITOR.to_database_format(EDITOR.from_database_format(html))
    except (AssertionError, TypeError, ParserRejectedMarkup, ExporterException):
        return None
    return html, left_out


def _resource(place: list[Any], part: dict[str, Any], faults: list[Fault]) -> dict[str, Any]:
    wanted, other = ("document", "url") if part["type"] == "document" else ("url", "document")
    if part[other]:
        detail = _("This is not for a resource of the type “%(type)s”.") % {"type": part["type"]}
        faults.append({"pointer": pointer([*place, other]), "detail": detail})
    return {"title": part["title"], wanted: part[wanted]}


def _strange_files(page: PracticePage, items: dict[str, Any], user: Any) -> list[Fault]:
    """A fault for each place of files that a person may not choose.

    Before the form is asked: its words for a file of others would tell that there is one.
    """
    named = [("picture", FileRef(FileKind.IMAGE, items["picture"]))] if items.get("picture") else []
    named += [
        (name, FileRef(FileKind.DOCUMENT, part["document"]))
        for name, kind in SECTION_KEYS.items()
        if kind is Kind.RESOURCES
        for part in items.get(name, ())
        if part["document"]
    ]
    if not named:
        return []
    added = {file for _name, file in named} - (files_in(page) if page.pk else set())
    strange = added - _usable(added, user)
    places = dict.fromkeys(name for name, file in named if file in strange)
    return [{"pointer": pointer([name]), "detail": _(NO_FILE)} for name in places]


def _usable(files: set[FileRef], user: Any) -> set[FileRef]:
    return {
        FileRef(kind, pk)
        for kind, model in file_models().items()
        if (keys := [ref.pk for ref in files if ref.kind == kind])
        for pk in usable_files(user, model).filter(pk__in=keys).values_list("pk", flat=True)
    }


def require_usable_files(before: set[FileRef], practice: PracticePage, user: Any) -> None:
    """Refuse files that a person may not choose in the admin, unless the text had them before.

    Raises Problem (422), in the same words for a file that is not there.
    """
    added = files_in(practice) - before
    strange = added - _usable(added, user)
    if not strange:
        return
    places = [b.block_type for b in practice.sections if files_in_block(b) & strange]
    if any(ref.pk == practice.picture_id for ref in strange if ref.kind == FileKind.IMAGE):
        places.append("picture")
    faults: list[Fault] = [{"pointer": pointer([name]), "detail": _(NO_FILE)} for name in places]
    raise invalid(*faults)


def faults_of(form: Any, items: dict[str, Any]) -> list[Fault]:
    """The errors of a form, each where it is in the body."""
    found: list[Fault] = []
    stored = form.instance.references.all() if "references" in form.formsets else []
    for path, messages in FormValidationError.get_form_errors_as_dict(form).items():
        if path[0] == "sections":
            continue
        place = _place(path, len(stored))
        found += [{"pointer": pointer(place), "detail": text} for text, _code in messages]
    sent = [name for name in items if name in SECTION_KEYS]
    for error in form.errors.as_data().get("sections", []):
        found += [
            {"pointer": pointer(place), "detail": text} for place, text in _blocks(error, sent)
        ]
    return found


def _place(path: tuple[Any, ...], stored: int) -> list[Any]:
    name, *rest = path
    if name == "references" and rest:
        # The rows that there were come first in the form, to be deleted.
        rest = [rest[0] - stored, *rest[1:]]
    known = name in ITEM_OF or name in (*PRIVATE_KEYS, "tags", "references", "picture")
    return [name, *rest] if known else []


def _blocks(error: Any, names: list[str]) -> Iterator[tuple[list[Any], str]]:
    """Errors of the sections by their places; `names` are those of the outermost blocks."""
    for index, inner in getattr(error, "block_errors", {}).items():
        yield from _inner([names[index]], inner)
    for outer in getattr(error, "non_block_errors", []):
        yield [], str(outer)


def _inner(place: list[Any], error: Any) -> Iterator[tuple[list[Any], str]]:
    blocks = getattr(error, "block_errors", None)
    if blocks is None:
        for text in error.messages:
            yield place, text
        return
    for key, inner in blocks.items():
        yield from _inner([*place, key], inner)
    for outer in error.non_block_errors:
        yield place, str(outer)
