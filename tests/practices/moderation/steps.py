"""The steps of moderation as people take them, through the admin's own addresses."""

import json
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from home.models import User
from practices.models import PracticePage
from practices.moderation.access import Role, group_name
from tests.forms import complete_data, edit


def person(username: str, *roles: tuple[Role, str]) -> User:
    """A new active user with these roles."""
    user = User.objects.create_user(username, f"{username}@example.org", "secret")
    user.groups.set([Group.objects.get(name=group_name(*role)) for role in roles])
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def stored(practice: PracticePage) -> PracticePage:
    return PracticePage.objects.get(pk=practice.pk)


def state(practice: PracticePage) -> str:
    return stored(practice).moderation.state


def actions(practice: PracticePage) -> list[str]:
    """What the log says of a practice, oldest first."""
    return list(practice.moderation_events.order_by("pk").values_list("action", flat=True))


def submit(client: Client, practice: PracticePage, **values: Any) -> Any:
    """Send the form with the button “Send for review”; by default with a complete ficha."""
    return edit(client, practice, complete_data(**values) | {"action-submit": "1"})


def seen(practice: PracticePage) -> dict[str, Any]:
    """What the form of a practice says that a reviewer sees now."""
    page = stored(practice)
    assert page.latest_revision_created_at
    return {
        "revision": page.latest_revision_id,
        "revision_created_at": page.latest_revision_created_at.isoformat(),
    }


def decide(
    client: Client, practice: PracticePage, action: str, text: dict[str, Any], comment: str = ""
) -> Any:
    """Take a decision in the form of a practice, about the text that was seen."""
    data = complete_data() | {
        "action-workflow-action": "1",
        "workflow-action-name": action,
        "workflow-action-extra-data": json.dumps({"comment": comment, **text}),
    }
    return client.post(reverse("wagtailadmin_pages:edit", args=[practice.pk]), data, follow=True)
