"""A program that writes by the project's own API, with the token of a person."""

import json
from typing import Any

from django.test import Client

from home.models import User
from practices.tokens import terms

BASE = "/api/v1/practices/"


class Answer:
    """What came back: problems always in their own form."""

    def __init__(self, response: Any) -> None:
        self.status: int = response.status_code
        self.headers = response.headers
        self.body: Any = json.loads(response.content or b"null")
        self.etag: str = response.headers.get("ETag", "")
        if self.status >= 400:
            assert response.headers["Content-Type"] == "application/problem+json", response.content
            assert self.body["status"] == self.status

    @property
    def pointers(self) -> list[str]:
        return [fault["pointer"] for fault in self.body["errors"]]


class Program:
    """Requests with the token of a person; without one, with none."""

    def __init__(self, user: User | str | None) -> None:
        person = User.objects.get(username=user) if isinstance(user, str) else user
        self.headers: dict[str, str] = {}
        if person:
            _token, key = terms.make(person, "Programa", 30)
            self.headers = {"authorization": f"Bearer {key}"}

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        text = json.dumps(body) if not isinstance(body, str | bytes) else body
        return Answer(
            Client(raise_request_exception=False).generic(
                method,
                BASE + path,
                b"" if body is None else text,
                content_type=headers.pop("content_type", "application/json"),
                headers=self.headers | {name.replace("_", "-"): v for name, v in headers.items()},
            )
        )

    def get(self, path: str, **headers: str) -> Answer:
        return self.send("GET", path, **headers)

    def create(self, **items: Any) -> Answer:
        return self.send("POST", "", {"country": "pe", "title": "Por la API", **items})

    def patch(self, ref: Any, **items: Any) -> Answer:
        return self.send("PATCH", f"{ref}/", items)

    def step(self, ref: Any, step: str, comment: str = "") -> Answer:
        """A decision on the text as it stands now."""
        seen = self.get(f"{ref}/moderation/").etag
        body = {"comment": comment} if comment else None
        return self.send("POST", f"{ref}/{step}/", body, if_match=seen)


COMPLETE: dict[str, Any] = {
    "themes": ["human_rights"],
    "territorial_level": ["national", "local"],
    "categories": ["policy_and_norms"],
    "documentation": ["published_document"],
    "transfer_needs": ["training"],
    "success_criteria": ["relevance"],
    "responsible_entity": "Dirección de Migraciones",
    "institutional_email": "general@example.org",
    "associated_entities": ["Ministerio de Salud", "Ministerio de Educación"],
    "participating_entities": ["Universidad"],
    "background": "<p>Una frase.</p>",
    "summary": "<p>Una <b>frase</b>.</p>",
    "results": "<p>Una frase.</p>",
    "why_good_practice": "<p>Una frase.</p>",
    "key_figures": [{"figure": "1.500", "description": "Personas atendidas"}],
    "products": [{"type": "link", "title": "Manual", "url": "https://example.org/manual"}],
}
"""A ficha without faults, but for country and title."""
