from typing import Any

import pytest

from .building import build
from .world import World


@pytest.fixture
def world(db: None, django_capture_on_commit_callbacks: Any) -> World:
    """Foreign practices, files, people and logs full of sentinels, found by searches as well."""
    with django_capture_on_commit_callbacks(execute=True):
        return build()
