"""An archive with a domain of its own, whose headers are old."""

from datetime import UTC, datetime
from typing import Any

import pytest

from practices.models import HarvestHeader

LONG_AGO = datetime(2020, 5, 4, 3, 2, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def archive(db: None, settings: Any) -> None:
    """Nobody has asked yet, and nothing changed since 2020."""
    settings.PRACTICES_OAI_NAMESPACE = "osumi.test"
    settings.PRACTICES_OAI_EMAIL = "archive@osumi.test"
    HarvestHeader.objects.update(datestamp=LONG_AGO)
