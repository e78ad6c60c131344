"""Short codes of practices (`PER-7`), as addresses of compilations carry them."""

import re

from django.conf import settings

SHORT = re.compile(r"([A-Z]{3})-0*([0-9]{1,6})")
FULL = re.compile(r".*-([A-Z]{3})-0*([0-9]+)")


def short_code(code: str) -> str:
    """`PER-7` for `OSUMI-PER-0007`; a code of another shape as it is."""
    match = FULL.fullmatch(code)
    return f"{match[1]}-{match[2]}" if match else code


def full_code(short: str) -> str:
    """`OSUMI-PER-0007` for `PER-7`; empty for what is no short code."""
    match = SHORT.fullmatch(short.strip().upper())
    prefix = getattr(settings, "PRACTICES_CODE_PREFIX", "OSUMI")
    return f"{prefix}-{match[1]}-{int(match[2]):04d}" if match else ""
