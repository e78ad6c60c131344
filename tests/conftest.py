"""The database of the suite holds the whole demo; each test rolls back to it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client, override_settings

from home.models import User


@pytest.fixture(scope="session")
def media_root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A folder for uploaded files that nothing else uses."""
    folder = str(tmp_path_factory.mktemp("media"))
    with override_settings(MEDIA_ROOT=folder):
        yield folder


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: Any, django_db_blocker: Any, media_root: str) -> None:
    """Load the demo once, before any test."""
    with django_db_blocker.unblock(), override_settings(DEBUG=True):
        call_command("load_demo", verbosity=0)


@pytest.fixture
def secretariat(db: None) -> User:
    return User.objects.get(username="secretaria")


@pytest.fixture
def editor(db: None) -> User:
    """The editor of Perú."""
    return User.objects.get(username="editor-pe")


@pytest.fixture
def superuser(db: None) -> User:
    return User.objects.get(username="admin")


@pytest.fixture
def superuser_client(superuser: User) -> Client:
    client = Client()
    client.force_login(superuser)
    return client
