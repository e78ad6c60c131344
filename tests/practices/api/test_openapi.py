"""The OpenAPI document promises what there is, and does not change unseen."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from .reading import read

pytestmark = pytest.mark.django_db

SNAPSHOT = Path(__file__).parent / "openapi.json"


@pytest.fixture
def document() -> dict[str, Any]:
    return read("openapi.json")


def operations(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        f"{method} {path}": operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def test_the_document_is_the_one_that_was_agreed(document: dict[str, Any]) -> None:
    """After a change that is meant: `REFRESH=1 pytest tests/practices/api/test_openapi.py`."""
    text = json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    if os.environ.get("REFRESH"):
        SNAPSHOT.write_text(text, encoding="utf-8")
    assert json.loads(SNAPSHOT.read_text(encoding="utf-8")) == document, (
        "The document changed. If that is meant: REFRESH=1 pytest, and look at the difference."
    )


def test_every_operation_says_what_it_is(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    found = operations(document)
    names = [operation["operationId"] for operation in found.values()]
    assert len(set(names)) == len(names)
    for name, operation in found.items():
        assert operation["summary"], name
        assert operation["description"], name
        assert {"401", "429"} <= operation["responses"].keys(), name
        for status, answer in operation["responses"].items():
            if int(status) >= 400:
                assert list(answer["content"]) == ["application/problem+json"], (name, status)
            elif status == "200":
                assert answer["content"], name


def test_nothing_private_is_promised(document: dict[str, Any]) -> None:
    contact = document["components"]["schemas"].pop("Contact")
    assert "contact_email" in contact["properties"]
    text = json.dumps(document)
    assert "contact_email" not in text
    assert "contact_name" not in text
    assert "Anyone" not in text
