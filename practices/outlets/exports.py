"""A list of practices as CSV, XLSX and JSON, in constant memory."""

import codecs
import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from io import StringIO
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from openpyxl.workbook.workbook import Workbook

from .cells import safe_cell
from .rows import COLUMNS, Cell, Row

CSV = "text/csv; charset=utf-8"
JSON = "application/json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def headings() -> list[str]:
    """The headings of the columns, in the active language."""
    return [str(heading) for heading, _value in COLUMNS]


def _cells(row: Row) -> list[Cell]:
    values = [value(row) for _heading, value in COLUMNS]
    return [safe_cell(value) if isinstance(value, str) else value for value in values]


def csv_lines(header: list[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """The lines of a CSV file in UTF-8, with the mark by which Excel knows it."""
    line = StringIO()
    writer = csv.writer(line)
    yield codecs.BOM_UTF8
    writer.writerow(header)
    yield _taken(line)
    for row in rows:
        writer.writerow(_cells(row))
        yield _taken(line)


def _taken(line: StringIO) -> bytes:
    text = line.getvalue()
    line.seek(0)
    line.truncate()
    return text.encode()


def json_of(row: Row) -> str:
    """A practice as a JSON object, with the fields of Row, on one line."""
    return json.dumps(asdict(row), cls=DjangoJSONEncoder, ensure_ascii=False)


def json_parts(count: int, rows: Iterable[Row]) -> Iterator[str]:
    """The parts of `{"count": 24, "items": [ … ]}`; an item has the fields of Row."""
    yield f'{{"count": {count}, "items": ['
    separator = "\n"
    for row in rows:
        yield separator + json_of(row)
        separator = ",\n"
    yield "\n]}\n"


def write_xlsx(file: IO[bytes], title: str, header: list[str], rows: Iterable[Row]) -> None:
    """Write a workbook of one sheet into a file."""
    book: Any = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.append(header)
    for row in rows:
        sheet.append(_cells(row))
    book.save(file)
