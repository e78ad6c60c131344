"""Texts that office programs and XML take as texts."""

import re

from django.utils import timezone

FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Beginnings that make office programs read a cell as a formula (OWASP, “CSV Injection”)."""

# Excel in Spanish and Portuguese takes the semicolon for the separator of CSV, quotes or not.
AFTER_SEPARATOR = re.compile(r"(;\s*)(?=[=+\-@＝＋－＠])")
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def printable(value: str) -> str:
    """The text without the control characters that XML, and with it XLSX, refuses."""
    return NOT_IN_XML.sub("", value)


def safe_cell(value: str) -> str:
    """A text that no office program takes for a formula, without characters that XLSX refuses."""
    text = AFTER_SEPARATOR.sub(r"\1'", printable(value))
    return f"'{text}" if text.startswith(FORMULA_MARKS) else text


def dated(name: str) -> str:
    """Name of a file without its extension, with the day: `fichas-2025-03-01`."""
    return f"{name}-{timezone.localdate().isoformat()}"
