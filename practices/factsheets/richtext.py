"""Rich text as data: paragraphs and lists of spans, which PDF and Word files are made of.

It knows the features that `blocks.RICH_TEXT_FEATURES` allows and keeps the words of anything else.
"""

from html.parser import HTMLParser
from typing import Literal, TypedDict
from urllib.parse import urljoin, urlsplit

SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
BOLD, ITALIC = frozenset({"b", "strong"}), frozenset({"i", "em"})
LISTS = frozenset({"ul", "ol"})
PARTS = frozenset({"p", "div", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr"})
"""Elements that begin and end a paragraph."""
DEEPEST = 6
"""Lists in lists; those further down continue the one that is open."""

UNREAD = frozenset({"script", "style", "template"})


class Span(TypedDict):
    """Words of one look; a line break in `text` breaks the line. `href` is absolute, or empty."""

    text: str
    bold: bool
    italic: bool
    href: str


class Paragraph(TypedDict):
    """Spans that flow together."""

    kind: Literal["paragraph"]
    spans: list[Span]


class List(TypedDict):
    """A list; each of its items is a list of blocks."""

    kind: Literal["list"]
    ordered: bool
    items: list[list["Block"]]


Block = Paragraph | List


def blocks_of(html: str, base_url: str) -> list[Block]:
    """The blocks of expanded rich text (HTML); relative links begin at `base_url`."""
    reader = _Reader(base_url)
    reader.feed(html)
    reader.close()
    return reader.blocks()


def absolute(href: str, base_url: str) -> str:
    """A link as an absolute address; empty where it is none that a file may carry."""
    try:
        url = urljoin(base_url, href.strip())
        return url if urlsplit(url).scheme.lower() in SAFE_SCHEMES else ""
    except ValueError:  # an address that is none, such as http://[
        return ""


class _Reader(HTMLParser):
    """Reads HTML into blocks, whatever is open or shut in it."""

    def __init__(self, base_url: str) -> None:
        super().__init__(convert_charrefs=True)
        self._base_url = base_url
        self._root: list[Block] = []
        self._lists: list[List] = []
        self._spans: list[Span] = []
        self._bold = self._italic = self._unread = self._depth = 0
        self._hrefs: list[str] = []

    def blocks(self) -> list[Block]:
        """What was read."""
        self._end_paragraph()
        return _without_empty(self._root)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BOLD:
            self._bold += 1
        elif tag in ITALIC:
            self._italic += 1
        elif tag == "a":
            self._hrefs.append(absolute(dict(attrs).get("href") or "", self._base_url))
        elif tag == "br":
            self._add("\n")
        elif tag in LISTS:
            self._end_paragraph()
            self._depth += 1
            if self._depth > DEEPEST:
                return
            opened = List(kind="list", ordered=tag == "ol", items=[])
            self._place().append(opened)
            self._lists.append(opened)
        elif tag == "li":
            self._end_paragraph()
            if self._lists:
                self._lists[-1]["items"].append([])
        elif tag in PARTS:
            self._end_paragraph()
        elif tag in UNREAD:
            self._unread += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in BOLD:
            self._bold = max(self._bold - 1, 0)
        elif tag in ITALIC:
            self._italic = max(self._italic - 1, 0)
        elif tag == "a":
            del self._hrefs[-1:]
        elif tag in LISTS:
            self._end_paragraph()
            if self._lists and self._depth <= DEEPEST:
                self._lists.pop()
            self._depth = max(self._depth - 1, 0)
        elif tag in PARTS or tag == "li":
            self._end_paragraph()
        elif tag in UNREAD:
            self._unread = max(self._unread - 1, 0)

    def handle_data(self, data: str) -> None:
        # White space flows as in HTML; only <br> breaks a line.
        words = " ".join(data.split())
        if not words:
            words = " " if data and self._spans else ""
        else:
            words = f"{' ' * data[0].isspace()}{words}{' ' * data[-1].isspace()}"
        self._add(words)

    def _add(self, text: str) -> None:
        if not text or self._unread:
            return
        href = self._hrefs[-1] if self._hrefs else ""
        span = Span(text=text, bold=self._bold > 0, italic=self._italic > 0, href=href)
        last = self._spans[-1] if self._spans else None
        if last and {**last, "text": ""} == {**span, "text": ""}:
            last["text"] += text
        else:
            self._spans.append(span)

    def _place(self) -> list[Block]:
        """Where the next block belongs: the open item of the innermost list, or the text itself."""
        if not self._lists:
            return self._root
        items = self._lists[-1]["items"]
        if not items:  # a list in a list, without an item around it
            items.append([])
        return items[-1]

    def _end_paragraph(self) -> None:
        spans, self._spans = self._spans, []
        if spans:
            spans[0]["text"] = spans[0]["text"].lstrip()
            spans[-1]["text"] = spans[-1]["text"].rstrip()
        spans = [span for span in spans if span["text"]]
        if any(span["text"].strip() for span in spans):
            self._place().append(Paragraph(kind="paragraph", spans=spans))


def _without_empty(blocks: list[Block]) -> list[Block]:
    """Blocks without lists and items that say nothing."""
    kept: list[Block] = []
    for block in blocks:
        if block["kind"] == "list":
            items = [item for item in map(_without_empty, block["items"]) if item]
            if not items:
                continue
            block["items"] = items
        kept.append(block)
    return kept
