"""Connections to an OpenSearch server that may be away."""

import time
from typing import Any

from opensearchpy import OpenSearch, Transport
from opensearchpy.exceptions import ConnectionError as NoConnection

PAUSE = 30
"""Seconds for which a server that did not answer is not asked again."""


class Away(NoConnection):
    """The server was not asked, because it did not answer a moment ago."""


class PatientTransport(Transport):
    """Lets no page and no save wait for a server that did not answer the one before."""

    _away_until = 0.0

    def perform_request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        """Ask the server. Raises Away, or what the client raises."""
        if time.monotonic() < self._away_until:
            raise Away("N/A", "it did not answer a moment ago", None)
        try:
            return super().perform_request(method, url, *args, **kwargs)
        except NoConnection:
            self._away_until = time.monotonic() + PAUSE
            raise


_clients: dict[str, OpenSearch] = {}


def client(hosts: list[dict[str, Any]], **options: Any) -> OpenSearch:
    """The client for a server, one in each process: it keeps connections, for all threads."""
    key = repr((hosts, sorted(options.items())))
    if key not in _clients:
        _clients[key] = OpenSearch(
            hosts, transport_class=PatientTransport, max_retries=1, **options
        )
    return _clients[key]
