"""Counting queries of a request."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def count_queries(client: Client, url: str, **parameters: Any) -> int:
    """Queries of a GET that answers 200; caches are warm after a first one."""
    client.get(url, parameters)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(url, parameters)
    assert response.status_code == 200, url
    return len(captured)
