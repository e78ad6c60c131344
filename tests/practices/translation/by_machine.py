"""A machine translation as people start and follow it, and as the worker carries it out."""

import json
from typing import Any

from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from practices.models import PracticePage


def press(client: Client, page: PracticePage) -> list[str]:
    """Start a machine translation; returns what people are told."""
    answer = client.post(reverse("practice_translation_machine", args=[page.pk]), follow=True)
    assert answer.status_code == 200
    return [str(message) for message in answer.context["messages"]]


def work() -> None:
    """What the worker does with what waits."""
    for waiting in DBTaskResult.objects.filter(status="READY", task_path__contains="by_machine"):
        waiting.task.func(*waiting.args_kwargs["args"])
        waiting.delete()


def job(client: Client, page: PracticePage) -> dict[str, Any]:
    """What the page says of the job."""
    answer = client.get(reverse("practice_translation_machine", args=[page.pk]))
    said = json.loads(answer.content)
    html = client.get(reverse("practice_translation", args=[page.pk])).content.decode()
    assert said["label"] in html
    return said
