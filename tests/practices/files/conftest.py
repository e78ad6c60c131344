"""Files of the tests."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def no_remembered_renditions() -> None:
    """Wagtail remembers renditions by the key of their image, which SQLite gives again."""
    cache.clear()
