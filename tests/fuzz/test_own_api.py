"""Thousands of made-up calls: the API answers as its OpenAPI document says, and never with 500."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer

from home.models import User
from practices.tokens.terms import make

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

AT_LEAST = 2000
"""Calls in one run."""

PER_OPERATION = 5
"""Random calls of each operation, beside those that follow from its parameters one by one."""


def answers(live_server: LiveServer, *options: str) -> str:
    """The report of schemathesis, with all its checks."""
    command = [
        *(sys.executable, "-m", "schemathesis.cli"),
        *("--config-file", str(Path(__file__).with_name("schemathesis.toml"))),
        *("run", f"{live_server.url}/api/v1/openapi.json", "--checks", "all"),
        *("--phases", "examples,coverage,fuzzing", "-n", str(PER_OPERATION)),
        *("--seed", "1", "--continue-on-failure", "--no-shrink", "--request-timeout", "60"),
        *options,
    ]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=1500)
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:]
    return done.stdout


def generated(report: str) -> int:
    """How many calls were made, all of them in order."""
    found = re.search(r"(\d+) generated, (\d+) passed", report)
    assert found, report[-2_000:]
    assert found[1] == found[2]
    return int(found[1])


@pytest.mark.usefixtures("site_data")
def test_anybody_may_call_it_with_anything(live_server: LiveServer) -> None:
    assert generated(answers(live_server)) >= AT_LEAST


@pytest.mark.usefixtures("site_data")
def test_an_editor_may_call_it_with_anything(live_server: LiveServer) -> None:
    _token, key = make(User.objects.get(username="editor-pe"), "Pruebas", 30)
    report = answers(live_server, "-H", f"Authorization: Bearer {key}")
    assert generated(report) >= AT_LEAST
