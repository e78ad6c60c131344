"""Messages of templates and code: which there are, which are looked up, which a catalogue lacks."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any

import pytest
from django.conf import settings
from django.template import engines
from django.template.base import Lexer, Template, TokenType
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.test.signals import template_rendered
from django.utils.translation.trans_real import DjangoTranslation
from wagtail.users.models import UserProfile

from home.models import User

FOLDERS = [settings.BASE_DIR / "templates", settings.BASE_DIR / "practices" / "templates"]
IN_THE_ADMIN = re.compile(
    r"wagtail(admin|searchpromotions)/|practices/(admin|people|translation)/|home/guide"
)
OF_MAILS = re.compile(r"(.*/)?mail(/|_|\.)")

ATTRIBUTES = {"alt", "aria-description", "aria-label", "placeholder", "title"}
LITERAL = re.compile(r"""\b(?:label|placeholder|text|title)=["']([^"']+)["']""")
# Names and marks that are the same in every language.
SAME_EVERYWHERE = {"OSUMI", "– OSUMI"}


def templates() -> list[str]:
    """All templates of the project, by their paths within it."""
    return sorted(
        path.relative_to(settings.BASE_DIR).as_posix()
        for folder in FOLDERS
        for path in folder.rglob("*.*")
        if path.suffix in {".html", ".txt"}
    )


def names() -> set[str]:
    """The names of all templates; one of the site's may stand for one of the plugin's."""
    return {path.partition("templates/")[2] for path in templates()}


def of_mails() -> set[str]:
    """The names of the templates of mails."""
    return {name for name in names() if OF_MAILS.match(name)}


def of_pages() -> set[str]:
    """The names of the templates of public pages."""
    return {name for name in names() if not IN_THE_ADMIN.match(name)} - of_mails()


def source_of(template: str) -> str:
    """The text of a template of the project."""
    return (settings.BASE_DIR / template).read_text(encoding="utf-8")


class Written(HTMLParser):
    """The texts of a template, and of its attributes that people read."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._is_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_style = tag == "style"
        self.texts += [value for name, value in attrs if value and name in ATTRIBUTES]

    def handle_endtag(self, _tag: str) -> None:
        self._is_style = False

    def handle_data(self, data: str) -> None:
        if not self._is_style:
            self.texts.append(data)


def bare_texts(source: str) -> list[str]:
    """What a template says by itself, outside of messages and variables."""
    plain, inside = "", ""
    literals: list[str] = []
    for token in Lexer(source).tokenize():
        if token.token_type is TokenType.TEXT:
            plain += "" if inside else token.contents
        elif token.token_type is TokenType.BLOCK:
            name = token.contents.split()[0]
            if name in {"blocktranslate", "blocktrans", "comment"}:
                inside = f"end{name}"
            elif token.contents == "block bodyclass":
                inside = "endblock"
            elif name == inside:
                inside = ""
            elif name == "include":
                literals += LITERAL.findall(token.contents)
    page = Written()
    page.feed(plain)
    page.close()
    texts = [" ".join(text.split()) for text in [*page.texts, *literals]]
    return [text for text in texts if re.search(r"[^\W\d_]", text) and text not in SAME_EVERYWHERE]


def messages_of(template: str) -> set[str]:
    """The messages that a template translates, whether a page shows them or not."""
    compiled: Template = engines["django"].from_string(source_of(template)).template
    nodes = [
        node
        for kind in (TranslateNode, BlockTranslateNode)
        for node in compiled.nodelist.get_nodes_by_type(kind)
    ]
    return set(filter(None, map(_message, nodes)))


def _message(node: Any) -> str:
    if isinstance(node, BlockTranslateNode):
        text, _names = node.render_token_list(node.singular)
        return " ".join(text.split()) if node.trimmed else text
    # A variable was translated where it was made.
    literal = node.filter_expression.token
    return literal.split("|")[0][1:-1] if literal[0] in "\"'" else ""


def is_known(catalogue: Any, message: str) -> bool:
    """Whether the catalogue of a language itself has a message; fallbacks do not count."""
    entries = catalogue._catalog
    return message in entries or any((message, form) in entries for form in range(3))


@contextmanager
def lookups() -> Iterator[set[tuple[str, str]]]:
    """Collect the messages that are looked up and missing: pairs of language and message."""
    missing: set[tuple[str, str]] = set()
    gettext, ngettext = DjangoTranslation.gettext, DjangoTranslation.ngettext

    def note(catalogue: Any, message: str) -> None:
        if message and not is_known(catalogue, message):
            missing.add((catalogue.language(), message))

    def one(catalogue: Any, message: str) -> str:
        note(catalogue, message)
        return gettext(catalogue, message)

    def many(catalogue: Any, singular: str, plural: str, number: int) -> str:
        note(catalogue, singular)
        return ngettext(catalogue, singular, plural, number)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DjangoTranslation, "gettext", one)
        patch.setattr(DjangoTranslation, "ngettext", many)
        yield missing


@contextmanager
def rendered() -> Iterator[set[str]]:
    """Collect the names of the templates that are rendered."""
    found: set[str] = set()

    def note(template: Template, **_kwargs: Any) -> None:
        found.add(str(template.name))

    template_rendered.connect(note)
    try:
        yield found
    finally:
        template_rendered.disconnect(note)


def everybody_reads(language: str) -> None:
    """Give every account a language."""
    for user in User.objects.all():
        UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
