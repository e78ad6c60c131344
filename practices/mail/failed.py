"""The mails that were given up, for superusers."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from practices.models import QueuedMail


class SuperuserPolicy(ModelPermissionPolicy):
    """Superusers see and delete; nobody writes or changes a mail."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return user.is_active and user.is_superuser and action in ("view", "delete")

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


register_permission_policy(QueuedMail, SuperuserPolicy(QueuedMail))


class UndeliveredMailViewSet(ModelViewSet):
    """Who did not get which mail, and why: those given up, and those tried in vain so far.

    Without their text, which may hold links to set a password.
    """

    model = QueuedMail
    name = "undelivered_mail"
    url_prefix = "undelivered-mail"
    icon = "mail"
    menu_label = _("Mails not delivered")
    add_to_settings_menu = True
    menu_order = 900
    form_fields = ["recipient"]
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = [
        "recipient",
        "subject",
        "reason",
        "attempts",
        "created_at",
        "not_before",
        "failed_at",
    ]
    list_display = ["recipient", "subject", "reason", "attempts", "failed_at"]
    search_fields = ["recipient", "subject"]
    search_backend_name = None

    def get_permissions_to_register(self) -> "QuerySet[Permission]":
        """No group can be given these."""
        return Permission.objects.none()

    def get_queryset(self, _request: Any) -> "QuerySet[QueuedMail]":
        """Mails that were tried in vain."""
        return QueuedMail.objects.exclude(reason="").order_by("-created_at")
