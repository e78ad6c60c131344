"""What stands in the menu of each, and that the rest is closed too."""

import json
import re

import pytest
from django.test import Client

from home.models import User

from .conftest import SignIn

pytestmark = pytest.mark.django_db


def entries(client: Client) -> set[str]:
    """Addresses of the whole side bar, submenus included."""
    page = client.get("/admin/").content.decode()
    props = re.search(r'id="wagtail-sidebar-props"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert props
    return set(re.findall(r'"(/admin/[^"]*)"', json.dumps(json.loads(props.group(1)))))


REPORTS = {
    "/admin/reports/workflow/",
    "/admin/reports/workflow_tasks/",
    "/admin/reports/aging-pages/",
    "/admin/reports/page-types-usage/",
    "/admin/localize/translations-report/",
}
WORKFLOWS = {"/admin/workflows/list/", "/admin/workflows/tasks/index/"}


@pytest.mark.parametrize("who", ["editor", "focal_point", "translator", "secretariat"])
def test_reports_and_workflows_of_wagtail_are_for_superusers(
    who: str, request: pytest.FixtureRequest, sign_in: SignIn, superuser_client: Client
) -> None:
    shown = entries(sign_in(request.getfixturevalue(who)))
    assert "/admin/fichas/" in shown
    assert not shown & (REPORTS | WORKFLOWS)
    assert (REPORTS | WORKFLOWS) - {"/admin/localize/translations-report/"} <= entries(
        superuser_client
    )


@pytest.mark.parametrize("who", ["editor", "focal_point", "translator"])
def test_others_have_no_reports_tags_or_log(
    who: str, request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    shown = entries(sign_in(request.getfixturevalue(who)))
    assert not [url for url in shown if "reports" in url or "snippets" in url]
    assert "/admin/practices/moderationevent/" not in shown


def test_the_secretariat_finds_themes_tags_and_log(secretariat: User, sign_in: SignIn) -> None:
    assert {
        "/admin/snippets/practices/theme/",
        "/admin/snippets/taggit/tag/",
        "/admin/practices/moderationevent/",
        "/admin/reports/site-history/",
    } <= entries(sign_in(secretariat))


@pytest.mark.parametrize("who", ["editor", "focal_point", "translator", "secretariat"])
def test_workflows_cannot_be_changed(
    who: str, request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    client = sign_in(request.getfixturevalue(who))
    for url in (*WORKFLOWS, "/admin/workflows/add/", "/admin/workflows/tasks/select_type/"):
        assert client.get(url).status_code == 302, url
