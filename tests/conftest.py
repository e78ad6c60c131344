"""The database of the suite holds the whole demo; each test rolls back to it."""
# ruff: noqa: S608 (the names of tables are Django's own)

from collections.abc import Iterator
from io import StringIO

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from home.models import User


@pytest.fixture(scope="session")
def media_root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A folder for uploaded files that nothing else uses."""
    folder = str(tmp_path_factory.mktemp("media"))
    with override_settings(MEDIA_ROOT=folder):
        yield folder


def _kept_tables() -> dict[str, str]:
    """Each table of the site, and the name of the one that keeps a copy of its rows."""
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return {name: f"kept_rows_{number}" for number, name in enumerate(sorted(names))}


def _keep_rows() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table, kept in _kept_tables().items():
            cursor.execute(f"DROP TABLE IF EXISTS {kept}")
            cursor.execute(f"CREATE TABLE {kept} AS SELECT * FROM {table}")


def _put_rows_back() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table in _kept_tables():
            cursor.execute(f"DELETE FROM {table}")
        for table, kept in _kept_tables().items():
            cursor.execute(f"INSERT INTO {table} SELECT * FROM {kept}")
    ContentType.objects.clear_cache()
    cache.clear()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, media_root: str
) -> Iterator[None]:
    """Load the demo once, before any test, and keep a copy of its rows."""
    with django_db_blocker.unblock(), override_settings(DEBUG=True):
        call_command("load_demo", stdout=StringIO())
        _keep_rows()
    yield
    with django_db_blocker.unblock():
        _put_rows_back()


@pytest.fixture
def site_data(transactional_db: None) -> None:
    """The demo for a test that commits: such tests flush every table when they end.

    A copy from table to table takes a moment; Django's `serialized_rollback` takes seconds, fails
    after a test without it, and leaves an empty database behind.
    """
    _put_rows_back()


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


@pytest.fixture
def editor_client(editor: User) -> Client:
    client = Client()
    client.force_login(editor)
    return client
