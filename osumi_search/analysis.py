"""How Spanish and Portuguese text becomes words to find, the same for what is kept and asked.

Neither a text nor a query has to say its language: folding, stop words and stems are joint.
"""

import re
import unicodedata
from functools import lru_cache

from osumi_search import stems
from osumi_search.stopwords import STOP_WORDS

MAX_WORD_LENGTH = 100
"""Letters of a word that are kept and asked."""

# Latin letters with marks, their compatibility forms (ª, º, ², ａ), each with one character.
_LATIN_BLOCKS = (
    range(0x00AA, 0x0250),
    range(0x1D00, 0x1E00),
    range(0x1E00, 0x1F00),
    range(0x2070, 0x20A0),
    range(0x2C60, 0x2C80),
    range(0xA720, 0xA800),
    range(0xFF10, 0xFF5B),
)
# Letters that Unicode does not take apart.
_WHOLE_LETTERS = str.maketrans("ßæœøđħıłŧŋẞÆŒØĐĦŁŦŊ", "saoodhiltnsaoodhltn")
# Left out of what is kept and asked: controls (but not those that part words), soft hyphens,
# invisible joiners, halves of surrogate pairs.
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
_LOOSE_MARKS = re.compile("[\u0300-\u036f]")
# 13.445 is one number, as 13445 is.
NUMBER = r"\d{1,3}(?:\.\d{3})+(?![^\W_])"
WORD = re.compile(rf"{NUMBER}|[^\W_]+")


def _plain(letter: str) -> str:
    """The letter in lower case without its marks, where that is one character."""
    apart = unicodedata.normalize("NFKD", letter)
    base = _LOOSE_MARKS.sub("", apart).translate(_WHOLE_LETTERS).lower()
    return base if len(base) == 1 and base.isascii() else letter


_FOLDED = {code: _plain(chr(code)) for block in _LATIN_BLOCKS for code in block}
# Nearly every text of ours fits one byte for each letter, in which folding is three times as fast.
_BYTES = "cp1252"
_FOLDED_BYTES = bytes(
    byte
    if (letter := bytes([byte]).decode(_BYTES, "ignore")) == ""
    else letter.translate(_FOLDED).lower().encode(_BYTES)[0]
    for byte in range(256)
)


def prepare(text: str) -> str:
    """The text in its compatibility form (NFKC), without characters that a database refuses."""
    normal = unicodedata.normalize("NFKC", _DROPPED.sub("", text))
    return _LOOSE_MARKS.sub("", normal)


def fold(text: str) -> str:
    """The text without case and accents; each character gives exactly one.

    Marks that stand apart from their letter stay: `prepare`, or NFC, puts them together first.
    """
    try:
        return text.encode(_BYTES).translate(_FOLDED_BYTES).decode(_BYTES)
    except UnicodeEncodeError:
        return text.translate(_FOLDED).lower()


def words(text: str) -> list[str]:
    """The folded words of any text, in order; numbers without the dots between thousands."""
    found = WORD.findall(fold(prepare(text)))
    return [word.replace(".", "") if "." in word else word for word in found]


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """What the forms of a folded word share, in Spanish and Portuguese alike."""
    return stems.stem(word)


def is_stop(word: str) -> bool:
    """Whether a folded word says nothing by itself in Spanish or Portuguese."""
    return word in STOP_WORDS
