"""The database of the suite holds the whole demo; each test rolls back to it."""
# ruff: noqa: S608 (the names of tables are Django's own)

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client, override_settings
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoDbBlocker

from home.models import User


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run tests marked `one_database` on SQLite alone."""
    if "sqlite3" in settings.DATABASES["default"]["ENGINE"]:
        return
    left_out = [item for item in items if item.get_closest_marker("one_database")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def media_root(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A folder for uploaded files that nothing else uses.

    With `--reuse-db` it outlives the run as the database does, whose rows name its files.
    """
    folder = str(tmp_path_factory.mktemp("media"))
    if request.config.getoption("reuse_db"):
        database = Path(connection.settings_dict["NAME"]).name
        folder = str(Path(settings.MEDIA_ROOT).with_name(f"media-of-{database}"))
    with override_settings(MEDIA_ROOT=folder):
        yield folder


def _kept_tables() -> dict[str, tuple[str, str]]:
    """Each table of the site: the one that keeps a copy of its rows, and which columns."""
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    kept = {name: (f"kept_rows_{number}", "*") for number, name in enumerate(sorted(names))}
    # Not a table of Django's; in SQLite its key is no column like others.
    words = "a, b, c, d, beginnings, readable"
    columns = f"rowid, {words}" if connection.vendor == "sqlite" else "*"
    return kept | {"osumi_search_words": ("kept_search_words", columns)}


def _keep_rows() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table, (kept, columns) in _kept_tables().items():
            cursor.execute(f"DROP TABLE IF EXISTS {kept}")
            cursor.execute(f"CREATE TABLE {kept} AS SELECT {columns} FROM {table}")


def _put_rows_back() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table in _kept_tables():
            cursor.execute(f"DELETE FROM {table}")
        for table, (kept, columns) in _kept_tables().items():
            into = "" if columns == "*" else f" ({columns})"
            cursor.execute(f"INSERT INTO {table}{into} SELECT * FROM {kept}")
    ContentType.objects.clear_cache()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, media_root: str
) -> Iterator[None]:
    """Load the demo once, before any test, and keep a copy of its rows."""
    with django_db_blocker.unblock(), override_settings(DEBUG=True):
        call_command("load_demo", stdout=StringIO())
        DBTaskResult.objects.all().delete()  # files of the demo's publications: each test's own
        _keep_rows()
    yield
    with django_db_blocker.unblock():
        _put_rows_back()


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Nothing is remembered of tests before.

    Wagtail remembers renditions by the key of their image; their rows were rolled back, and SQLite
    gives keys again.
    """
    cache.clear()


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
