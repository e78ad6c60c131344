"""Addresses as QR codes, for readers of paper."""

from io import BytesIO

import segno

MASK = 2
"""Any mask can be read; to compare all eight takes longer than the rest of a sheet."""

DOTS = 6
"""Dots of a module."""


def png(url: str) -> bytes:
    """An address as a QR code (PNG): Typst sets one in a fraction of the time of an SVG."""
    file = BytesIO()
    code = segno.make(url, error="m", mask=MASK, micro=False)
    code.save(file, kind="png", scale=DOTS, border=0, dark="#15202b")
    return file.getvalue()
