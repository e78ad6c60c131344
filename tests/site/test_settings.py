"""Production says what is missing; the checks of the plugin say what to add."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.test import override_settings

ROOT = Path(__file__).parent.parent.parent
SECRETS = {
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "osumi.example",
    "WAGTAILADMIN_BASE_URL": "https://osumi.example",
    "EMAIL_URL": "smtp://127.0.0.1:25",
}


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    """Load the production settings in a process of their own."""
    base = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    return subprocess.run(
        [sys.executable, "-c", "import osumi_site.settings.production as s; print(s.DATABASES)"],
        cwd=ROOT,
        env=base | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("missing", SECRETS)
def test_production_names_the_missing_variable(missing: str) -> None:
    result = start(**{key: value for key, value in SECRETS.items() if key != missing})
    assert result.returncode != 0
    assert f"The environment variable {missing} is missing" in result.stderr


def test_production_starts_with_its_secrets() -> None:
    assert start(**SECRETS).returncode == 0


def test_production_refuses_debug() -> None:
    result = start(**SECRETS, DEBUG="1")
    assert result.returncode != 0
    assert "DEBUG" in result.stderr


def test_databases_are_set_up_for_many_writers() -> None:
    sqlite = start(**SECRETS, DATABASE_URL="sqlite:///var/settings-test.sqlite3").stdout
    assert "journal_mode=WAL" in sqlite
    assert "IMMEDIATE" in sqlite
    url = "postgres://u:p@127.0.0.1/osumi?sslmode=require"
    postgres = start(**SECRETS, DATABASE_URL=url).stdout
    assert "'sslmode': 'require'" in postgres
    assert "postgresql" in postgres
    assert "pool" in postgres


def test_a_cache_that_is_away_breaks_nothing() -> None:
    base = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    result = subprocess.run(
        [
            sys.executable,
            "manage.py",
            "shell",
            "--verbosity=0",
            "-c",
            "from django.core.cache import cache; cache.set('a', 1); print(cache.get('a'))",
        ],
        cwd=ROOT,
        env=base | {"CACHE_URL": "redis://127.0.0.1:1/0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.stdout.strip() == "None", result.stderr


def test_a_host_without_a_background_queue_is_told(tmp_path: Path) -> None:
    """By a check, not by a trace: tasks are looked up when they are first needed."""
    (tmp_path / "host_settings.py").write_text(
        "from osumi_site.settings.dev import *\n"
        'TASKS = {"default": {"BACKEND": "practices.tasks.OnCommitBackend"}}\n'
    )
    base = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    result = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=base
        | {
            "PYTHONPATH": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "host_settings",
            "DATABASE_URL": f"sqlite:///{tmp_path / 'host.sqlite3'}",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert "practices.E020" in result.stderr
    assert "1 issue" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("identifier", "changed"),
    [
        (
            "practices.E001",
            {"TASKS": {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}},
        ),
        ("practices.E002", {"WAGTAIL_I18N_ENABLED": False}),
        ("practices.E003", {"WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE": True}),
        ("practices.E004", {"MIDDLEWARE": []}),
        ("practices.E006", {"WAGTAIL_CONTENT_LANGUAGES": []}),
    ],
)
def test_each_check_says_what_to_add(identifier: str, changed: dict[str, Any]) -> None:
    assert identifier not in {message.id for message in run_checks()}
    with override_settings(**changed):
        (message,) = [message for message in run_checks() if message.id == identifier]
    assert message.hint


def test_the_order_of_apps_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    configs = list(apps.get_app_configs())
    configs.sort(key=lambda config: config.name == "practices")
    monkeypatch.setattr(apps, "get_app_configs", lambda: configs)
    (message,) = [message for message in run_checks() if message.id == "practices.E005"]
    assert "above" in str(message.hint)
