"""A public client of API v2, unchanged, reads practices: wagtail-js (MIT), from the npm registry."""

import json
from pathlib import Path
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from practices.models import PracticePage
from tests.programs import node_packages, run_module

HERE = Path(__file__).parent


@pytest.fixture
def answers(site_data: None, live_server: LiveServer) -> dict[str, Any]:
    packages = node_packages(HERE)
    printed = run_module(HERE / "read_practices.mjs", str(packages), live_server.url)
    found: dict[str, Any] = json.loads(printed.splitlines()[-1])  # the client prints of its errors
    return found


def test_it_lists_and_reads_practices(answers: dict[str, Any]) -> None:
    public = PracticePage.objects.public().filter(locale__language_code="es")
    listed = answers["listed"]
    assert listed["meta"]["total_count"] == public.count()
    assert [item["title"] for item in listed["items"]] == list(
        public.order_by("title").values_list("title", flat=True)[:5]
    )
    practice = public.get(pk=answers["byId"]["id"])
    assert answers["byId"]["title"] == answers["bySlug"]["title"] == practice.title
    assert answers["byId"]["code"] == practice.code
    assert answers["byId"]["sections"]
    assert answers["bySlug"]["id"] == practice.pk
    assert answers["missing"]["message"] == "Page not found"
