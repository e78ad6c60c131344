"""Each test makes its files anew, as somebody who has asked for none before."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from practices.factsheets import store


@pytest.fixture(autouse=True)
def nothing_made(settings: Any) -> None:
    shutil.rmtree(Path(settings.MEDIA_ROOT) / store.FOLDER, ignore_errors=True)
