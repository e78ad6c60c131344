"""Counting words: one definition for editor, form, imports and API.

A word is a run of characters without white space that holds at least one letter or digit. So
`franco-argentina`, `25.871` and a web address are one word each, and a lone dash is none. The
browser's counter (`static/practices/admin/word-count.js`) follows the same rule; both are held to
the vectors of `tests/practices/word_vectors.json`.
"""

import re
from html.parser import HTMLParser

BLOCK_TAGS = frozenset({"p", "li", "ul", "ol", "br", "div", "h2", "h3", "h4", "blockquote", "hr"})

# White space as Python and JavaScript agree on it, written out because their `\s` differ.
SPACE = "\t\n\v\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
SEPARATOR = re.compile(f"[{SPACE}]+")
# Characters without width: they neither separate words nor make one.
INVISIBLE = re.compile("[\xad\u200b-\u200f\u2060\ufeff]")


class _VisibleText(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in BLOCK_TAGS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCK_TAGS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def visible_text(html: str) -> str:
    """The text of rich text (HTML) as readers see it, blocks apart by line breaks."""
    parser = _VisibleText()
    parser.feed(html)
    parser.close()
    return "".join(parser.parts).strip()


def count_words(text: str) -> int:
    """Number of words in plain text."""
    words = SEPARATOR.split(INVISIBLE.sub("", text))
    return sum(any(character.isalnum() for character in word) for word in words)


def count_html_words(html: str) -> int:
    """Number of visible words in rich text (HTML)."""
    return count_words(visible_text(html))


def first_words(text: str, limit: int) -> str:
    """The first `limit` words of a text, with an ellipsis where it goes on."""
    words = SEPARATOR.split(text.strip())
    return " ".join(words) if len(words) <= limit else " ".join(words[:limit]).rstrip(",;:.") + "…"
