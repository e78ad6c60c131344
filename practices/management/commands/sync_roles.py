from typing import Any

from django.core.management.base import BaseCommand

from practices.moderation.roles import sync_roles


class Command(BaseCommand):
    help = "Make and repair the groups, collections, permissions and the workflow of all countries."

    def handle(self, *_args: Any, **_options: Any) -> None:
        sync_roles()
        self.stdout.write("Roles are in order.")
