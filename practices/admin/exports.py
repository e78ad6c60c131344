"""Spreadsheets that open safely, and rightly, in office programs."""

import codecs
from collections.abc import Iterator
from typing import Any

from practices.outlets.cells import dated, safe_cell


class SafeSpreadsheetMixin:
    """Wagtail's spreadsheets, with texts that cannot run; to be put before Wagtail's own mixin."""

    filename = ""
    """Name of the files; the day is added."""

    def get_filename(self) -> str:
        """Name of the file without its extension, such as `fichas-2025-03-01`."""
        return dated(self.filename)

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        cell = super().preprocess_field_value(field, value, export_format)
        return safe_cell(cell) if isinstance(cell, str) else cell

    def stream_csv(self, queryset: Any) -> Iterator[bytes]:
        """As Wagtail's, with the mark by which Excel knows that accents are UTF-8."""
        yield codecs.BOM_UTF8
        yield from super().stream_csv(queryset)
