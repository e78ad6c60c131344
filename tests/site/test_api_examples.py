"""Each example of docs/api.md runs, as it stands, against a live server."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django.live_server_helper import LiveServer

from home.models import User
from practices.tokens.terms import make
from tests.programs import program

pytestmark = pytest.mark.one_database

EXAMPLES = re.findall(
    r"^```(bash|python|javascript)\n(.*?)^```$",
    (Path(settings.BASE_DIR) / "docs" / "api.md").read_text(),
    re.DOTALL | re.MULTILINE,
)
COMMANDS = {
    "bash": ("bash", "-euo", "pipefail", "-c"),
    "python": (sys.executable, "-c"),
    "javascript": ("node", "--input-type=module", "-e"),
}


def test_each_language_has_its_examples() -> None:
    assert {language for language, _code in EXAMPLES} == set(COMMANDS)


@pytest.mark.usefixtures("site_data")
@pytest.mark.parametrize(("language", "code"), EXAMPLES)
def test_an_example_runs_and_prints(language: str, code: str, live_server: LiveServer) -> None:
    """The address is the live server's, the token that of the editor of Perú."""
    editor = User.objects.get(username="editor-pe")
    _token, key = make(editor, "Ejemplos", 30)
    command = [*COMMANDS[language], code]
    command[0] = program(command[0])
    environment = {**os.environ, "OSUMI": live_server.url, "OSUMI_TOKEN": key}
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, timeout=120, env=environment
    )
    assert done.returncode == 0, done.stderr
    if "export OSUMI" not in code:
        assert done.stdout.strip()
        assert "Internal Server Error" not in done.stdout
