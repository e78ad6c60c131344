"""What the address of a compilation says: which practices, and how they are to be put together.

`?practices=PER-7.ARG-1&title=&lang=es&lang=pt-br&design=summary&group=country`, the same in every
language. A list of practices stands for itself by `list=1` and its own parameters
(`practices.filters`) in the place of `practices`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from django.http import QueryDict
from django.utils import translation

from practices.factsheets.codes import full_code, short_code
from practices.factsheets.compiling import COUNTRY, NONE, THEME
from practices.factsheets.document import FULL, SUMMARY, Design
from practices.languages import content_languages

MOST_PICKED = 100
"""Practices that may be picked by hand."""

LONGEST_TITLE = 120
"""Characters of a title."""

LONGEST_CODE = 40
NAMED = 5
"""Words that are no codes: how many of them are told to the reader."""

SEPARATORS = re.compile(r"[\s.,;|+]+")
UNPRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\s]+")


@dataclass(frozen=True)
class Choice:
    """What somebody asked for.

    `codes` are short codes (`PER-7`) in their order, each once; `before` are those that were
    chosen before some were removed. `languages` is the reader's where none was asked for.
    `rejected` are words that are no codes, `left_out` is how many codes were too many.
    """

    codes: tuple[str, ...] = ()
    is_list: bool = False
    title: str = ""
    languages: tuple[str, ...] = ()
    design: Design = FULL
    grouping: str = NONE
    before: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    left_out: int = 0

    @classmethod
    def parse(cls, parameters: QueryDict) -> "Choice":
        """Read a query string; whatever makes no sense is as if it were not there."""
        words = [*parameters.getlist("practices"), *parameters.getlist("add")]
        codes, rejected = codes_in(words)
        known = [code for code, _name in content_languages()]
        asked = set(parameters.getlist("lang"))
        grouping = parameters.get("group", "")
        return cls(
            codes=tuple(codes[:MOST_PICKED]),
            is_list=not codes and bool(parameters.get("list")),
            title=UNPRINTED.sub(" ", parameters.get("title", "")).strip()[:LONGEST_TITLE].strip(),
            languages=tuple(code for code in known if code in asked) or _reader(),
            design=SUMMARY if parameters.get("design") == SUMMARY else FULL,
            grouping=grouping if grouping in (COUNTRY, THEME) else NONE,
            before=tuple(codes_in(parameters.getlist("before"))[0][:MOST_PICKED]),
            rejected=tuple(rejected[:NAMED]),
            left_out=len(codes[MOST_PICKED:]),
        )

    def query(self, filter_query: str = "", *, undoable: bool = False) -> str:
        """The query string that asks for the same; `filter_query` is that of the list.

        `undoable`: with what was chosen before, so that it can be had back.
        """
        pairs = []
        if self.codes:
            pairs.append(("practices", joined(self.codes)))
        elif self.is_list:
            pairs += [("list", "1"), *parse_qsl(filter_query.removeprefix("?"))]
        before = [("before", joined(self.before))] if undoable and self.before else []
        return urlencode([*pairs, *self._wishes, *before])

    @property
    def _wishes(self) -> list[tuple[str, str]]:
        """What is wished beside the practices, as parameters; what goes without saying left out."""
        pairs = [("title", self.title)] if self.title else []
        pairs += [("lang", code) for code in self.languages if self.languages != _reader()]
        pairs += [("design", self.design)] if self.design != FULL else []
        pairs += [("group", self.grouping)] if self.grouping != NONE else []
        return pairs

    def of(self, codes: Iterable[str]) -> "Choice":
        """The same wishes for other practices, picked by hand."""
        return replace(self, codes=tuple(codes), is_list=False, before=(), rejected=(), left_out=0)

    def moved(self, code: str, step: int) -> "Choice":
        """The same with one practice so many places further down, as far as there are places."""
        codes = list(self.codes)
        if code in codes:
            place = codes.index(code)
            codes.insert(min(max(place + step, 0), len(codes) - 1), codes.pop(place))
        return self.of(codes)

    def without(self, code: str) -> "Choice":
        """The same without one practice, which can be had back."""
        return replace(self.of(one for one in self.codes if one != code), before=self.codes)

    def emptied(self) -> "Choice":
        """The same without any practice; they can be had back."""
        return replace(self.of(()), before=self.codes)


def _reader() -> tuple[str, ...]:
    return (translation.get_language() or "",)


def codes_in(texts: Iterable[str]) -> tuple[list[str], list[str]]:
    """The short codes that texts name, each once, and the words that are no codes."""
    codes: dict[str, None] = {}
    rejected: dict[str, None] = {}
    for text in texts:
        for word in SEPARATORS.split(text):
            written = word[:LONGEST_CODE].replace("\x00", "")
            code = short_code(full_code(short_code(written.upper())))
            if code and len(word) <= LONGEST_CODE:
                codes[code] = None
            elif written:
                rejected[written] = None
    return list(codes), list(rejected)


def joined(codes: Sequence[str]) -> str:
    """Codes as one parameter, with marks that no browser escapes."""
    return ".".join(codes)
