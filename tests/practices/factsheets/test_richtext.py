"""Rich text as data, whatever is stored in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.factsheets.richtext import Block, Span, absolute, blocks_of
from practices.words import visible_text

BASE = "https://bank.example/"


def words(blocks: list[Block]) -> str:
    """Everything that blocks say."""
    found = []
    for block in blocks:
        if block["kind"] == "paragraph":
            found += [span["text"] for span in block["spans"]]
            found.append(" ")
        else:
            found += [words(item) + " " for item in block["items"]]
    return "".join(found)


def spans(html: str) -> list[Span]:
    [block] = blocks_of(html, BASE)
    assert block["kind"] == "paragraph"
    return block["spans"]


def test_looks_are_kept() -> None:
    found = spans("<p>Una <b>ley <i>nueva</i></b> y más</p>")
    assert [(span["text"], span["bold"], span["italic"]) for span in found] == [
        ("Una ", False, False),
        ("ley ", True, False),
        ("nueva", True, True),
        (" y más", False, False),
    ]


def test_lists_hold_lists() -> None:
    html = (
        "<p>Antes</p><ul><li>uno<ol><li>dentro</li></ol></li><li><p>dos</p></li></ul><p>Después</p>"
    )
    before, items, after = blocks_of(html, BASE)
    assert before["kind"] == after["kind"] == "paragraph"
    assert items["kind"] == "list"
    assert not items["ordered"]
    first, second = items["items"]
    assert len(first) == 2
    assert first[1]["kind"] == "list"
    assert first[1]["ordered"]
    assert words(second).strip() == "dos"


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/es/experiencias/peru/x/", "https://bank.example/es/experiencias/peru/x/"),
        ("https://example.org/a?b=1&c=2", "https://example.org/a?b=1&c=2"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("data:text/html,x", ""),
        ("http://[", ""),
    ],
)
def test_links_are_absolute_and_safe(href: str, expected: str) -> None:
    assert absolute(href, BASE) == expected
    [span] = spans(f'<p><a href="{href.replace("&", "&amp;")}">ver</a></p>')
    assert span == {"text": "ver", "bold": False, "italic": False, "href": expected}


def test_only_breaks_break_lines() -> None:
    [span] = spans("<p>una\n línea<br/>otra</p>")
    assert span["text"] == "una línea\notra"


def test_nothing_is_said_that_nobody_sees() -> None:
    html = "<p> </p><ul></ul><ul><li><ol><li> </li></ol></li></ul><script>alert(1)</script>"
    assert blocks_of(html, BASE) == []


TAGS = [
    "<p>",
    "</p>",
    "<ul>",
    "<li>",
    "</li>",
    "</ul>",
    "<ol>",
    "</ol>",
    "<b>",
    "</b>",
    "<i>",
    "<a>",
    "</a>",
    "<br>",
    "<x>",
    "</div>",
]


@given(st.lists(st.sampled_from([*TAGS, "uno ", "dos", "&lt;tres&gt;"])))
def test_no_word_is_lost(parts: list[str]) -> None:
    html = "".join(parts)
    # White space aside, which ends no word inside of a paragraph and parts blocks.
    assert "".join(words(blocks_of(html, BASE)).split()) == "".join(visible_text(html).split())
