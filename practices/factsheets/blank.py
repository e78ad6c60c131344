"""The blank ficha, to be filled in away from the bank: its data, from the vocabulary.

What is asked, in which words and with which limits follows from `vocabulary`; themes and countries
are data of the site.
"""

from typing import Any, Literal, TypedDict

from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext as _

from practices import vocabulary
from practices.blocks import FigureBlock, LinkBlock
from practices.directory import Directory
from practices.kinds import practice_model
from practices.languages import content_languages
from practices.organisation import told
from practices.outlets.lists import site_name
from practices.vocabulary import OTHER, Item, Kind

from .labels import labels

Entry = Literal["line", "lines", "text", "select", "choices", "table"]
"""How an item is filled in: on a line, on several, in a box, from a list, by ticking, in a table."""

ROWS = 4
"""Empty rows of the tables."""


class Option(TypedDict):
    """A choice; `asks` where it asks for a text of its own."""

    key: str
    label: str
    lang: str
    asks: bool


class Question(TypedDict):
    """An item of the ficha. `help` and `limit` may be empty; `limit` says it in words.

    `words` is the limit in words, 0 where there is none; `columns` are those of a table.
    """

    number: str
    key: str
    label: str
    help: str
    limit: str
    words: int
    required: bool
    private: bool
    entry: Entry
    options: list[Option]
    columns: list[str]
    rows: int


class Part(TypedDict):
    """Questions under a heading."""

    title: str
    help: str
    questions: list[Question]


def blank(language: str, directory: Directory) -> dict[str, Any]:
    """The data of the blank ficha in a language: a document of the kind `blank`, without sheets.

    It has no date: it says nothing of when it was made.
    """
    with translation.override(language):
        names = dict(content_languages())
        contact = [_question(item) for item in vocabulary.CONTACT]
        return {
            "kind": "blank",
            "design": "full",
            "language": language,
            "title": _("Fact sheet of a good practice: form"),
            "site": site_name(),
            "date": [],
            "labels": {language: labels(language, str(names.get(language, language)))},
            "sheets": [],
            "compilation": None,
            "words": _words(),
            "instructions": _instructions(),
            "parts": [
                Part(
                    title=_("1. Profile"),
                    help="",
                    questions=[
                        _question(item, _options(item, language, directory))
                        for item in practice_model().profile_items()
                    ],
                ),
                Part(
                    title=f"{vocabulary.CONTACT_NAME.number} {vocabulary.CONTACT_LABEL}",
                    help=str(vocabulary.CONTACT_HELP),
                    questions=contact,
                ),
                Part(
                    title=_("2. Description"),
                    help="",
                    questions=[
                        _question(item, _options(item, language, directory))
                        for item in vocabulary.DESCRIPTION
                    ],
                ),
            ],
        }


def _words() -> dict[str, str]:
    return {
        "instructions": _("How to fill in this form"),
        "private": _("Not published"),
        "which": _("Which?"),
        "choose": _("Choose from the list"),
        "write": _("Write here"),
    }


def _instructions() -> list[str]:
    return [
        _("Describe one experience in each form, in one of these languages: %(languages)s.")
        % {"languages": ", ".join(str(name) for _code, name in content_languages())},
        _("Items with an asterisk (*) are required. The others may stay empty."),
        _("Tick the boxes that apply. Where you tick “Other”, say which."),
        _(
            "Texts with a limit say how many words they may have at most. Numbers and web addresses "
            "count as words."
        ),
        told(
            _(
                "Name, position and e-mail of the contact person are not published; only "
                "%(secretariat)s and the people of your country in the bank see them."
            )
        ),
        told(
            _(
                "Send the completed form and its files to the editor of your country, who enters "
                "them in the bank; then %(secretariat)s reviews and publishes them."
            )
        ),
    ]


def _options(item: Item, language: str, directory: Directory) -> list[Option]:
    """The choices of an item; those of country and themes are data."""
    if item is vocabulary.COUNTRY:
        return [
            Option(key=code, label=page.title, lang=page.locale.language_code, asks=False)
            for code, page in directory.countries(language).items()
        ]
    if item is vocabulary.THEMES:
        texts = [(theme.code, theme.text(language)) for theme in directory.themes]
        return [
            Option(key=code, label=text.name, lang=text.language, asks=code == OTHER)
            for code, text in texts
        ]
    return [
        Option(key=choice.key, label=str(choice.label), lang=language, asks=choice.key == OTHER)
        for choice in item.choices
    ]


def _question(item: Item, options: list[Option] | None = None) -> Question:
    limit = _("Maximum %(limit)d words") % {"limit": item.max_words} if item.max_words else ""
    columns = _columns(item)
    return Question(
        number=item.number,
        key=item.key,
        label=str(item.label),
        help=_help(item),
        limit=limit,
        words=item.max_words or 0,
        required=item.required,
        private=item.private,
        entry=_entry(item),
        options=options or [],
        columns=columns,
        rows=ROWS if columns else 0,
    )


def _help(item: Item) -> str:
    if item.kind is Kind.TEXT_LIST:
        return str(format_lazy("{help} {how}", help=item.help, how=_("Write one on each line.")))
    return str(item.help)


def _entry(item: Item) -> Entry:
    entries: dict[Kind, Entry] = {
        Kind.COUNTRY: "select",
        Kind.TEXT_LIST: "lines",
        Kind.CHOICES: "choices",
        Kind.RICH_TEXT: "text",
        Kind.FIGURES: "table",
        Kind.RESOURCES: "table",
    }
    return entries.get(item.kind, "line")


def _columns(item: Item) -> list[str]:
    """The heads of the table of an item, as the editing form calls its parts."""
    blocks = {Kind.FIGURES: FigureBlock, Kind.RESOURCES: LinkBlock}
    block = blocks.get(item.kind)
    if block is None:
        return []
    names = [str(child.label) for child in block().child_blocks.values()]
    if item.kind is Kind.RESOURCES:
        names[-1] = _("Address on the web or name of the attached file")
    return names
