"""The task backend of Wagtail's own jobs."""

from functools import partial
from typing import Any

from django.db import transaction
from django_tasks.backends.immediate import ImmediateBackend


class OnCommitBackend(ImmediateBackend):
    """Run tasks in this process once the surrounding transaction is committed.

    Wagtail enqueues index updates in `post_save`, before tags, child rows and many-to-many
    relations are written; Django Tasks' own immediate backend would run them right there and the
    index would be one save behind.
    """

    def _execute_task(self, task_result: Any) -> None:
        transaction.on_commit(partial(super()._execute_task, task_result))
