"""Asking the API."""

from typing import Any

from django.test import Client
from wagtail.models import APIToken

from home.models import User

V1 = "/api/v1/"
PRACTICES = f"{V1}practices/"
PROBLEM = "application/problem+json"


def bearer(user: User) -> dict[str, str]:
    """The header of a new token of a person."""
    _token, secret = APIToken.create_token(user=user, name="test")
    return {"authorization": f"Bearer {secret}"}


def ask(path: str, headers: dict[str, str] | None = None, **parameters: Any) -> Any:
    """A GET below `/api/v1/`, by nobody unless `headers` say who."""
    return Client().get(f"{V1}{path}", parameters, headers=headers or {})


def read(path: str, headers: dict[str, str] | None = None, **parameters: Any) -> Any:
    """The answer of a GET that is answered."""
    response = ask(path, headers, **parameters)
    assert response.status_code == 200, response.content
    return response.json()


def body_of(response: Any) -> bytes:
    """What was sent, streamed or not."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def faults(response: Any, status: int = 422) -> dict[str, str]:
    """What a problem says is wrong, by parameter or place."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == PROBLEM
    problem = response.json()
    assert problem["status"] == status
    return {
        fault.get("parameter") or fault.get("pointer", ""): fault["detail"]
        for fault in problem.get("errors", [])
    }
