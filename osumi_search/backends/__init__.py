"""Wagtail's search backends with one analysis of Spanish and Portuguese, chosen by the database.

WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "osumi_search.backends"}}
"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from .base import DatabaseBackend
from .postgresql import PostgreSQLBackend
from .sqlite import SQLiteBackend


def SearchBackend(params: dict[str, Any]) -> DatabaseBackend:  # noqa: N802
    """The backend for the default database; the name is the one that Wagtail looks for."""
    if connection.vendor == "sqlite":
        return SQLiteBackend(params)
    if connection.vendor == "postgresql":
        return PostgreSQLBackend(params)
    raise ImproperlyConfigured("osumi_search.backends works with SQLite and PostgreSQL.")
