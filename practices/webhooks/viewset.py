"""Webhooks in the admin, for the Secretaría."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from practices.models import Webhook
from practices.moderation.access import oversees

from .forms import WebhookForm
from .queue import put_again, put_test, switch_off

SHOWN = 50
"""How many of the last deliveries a page shows."""


class WebhookPolicy(ModelPermissionPolicy):
    """The Secretaría and superusers, whatever permissions a group has."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        del action
        return oversees(user)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        del actions
        return oversees(user)


register_permission_policy(Webhook, WebhookPolicy(Webhook))


def secret_page(request: HttpRequest, webhook: Webhook) -> HttpResponse:
    """The only page that ever shows a secret: the answer to the request that made it."""
    response = render(
        request,
        "practices/admin/webhooks/secret.html",
        {"webhook": webhook, "page_title": _("The secret"), "header_icon": "key"},
    )
    response["Cache-Control"] = "private, no-store"
    return response


class AddWebhookView(generic.CreateView):
    """A new address; the answer shows its secret."""

    object: Webhook

    def save_action(self) -> HttpResponse:
        return secret_page(self.request, self.object)


class EditWebhookView(generic.EditView):
    """Name, address, events, on and off."""

    def save_instance(self) -> Any:
        webhook = super().save_instance()
        if not webhook.active:
            switch_off(webhook)
        return webhook


class WebhookLogView(generic.InspectView):
    """One address: how it does, its last deliveries, and what can be done."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "deliveries": self.object.deliveries.all()[:SHOWN],
            "viewset": WebhookViewSet.name,
        }


class WebhookActionView(PermissionCheckedMixin, View):
    """Something that is done with one address."""

    http_method_names = ["post"]
    permission_policy = WebhookPolicy(Webhook)
    permission_required = "change"

    def post(self, _request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        return self.act(get_object_or_404(Webhook, pk=pk), **kwargs)

    def act(self, webhook: Webhook) -> HttpResponse:
        """Do it, and say so."""
        raise NotImplementedError

    def back(self, webhook: Webhook, message: str) -> HttpResponse:
        """To the log of the address, with what was done."""
        messages.success(self.request, message)
        return redirect(reverse("webhooks:inspect", args=[webhook.pk]))


class TestView(WebhookActionView):
    """Send a test. One that is off would keep it waiting."""

    def act(self, webhook: Webhook) -> HttpResponse:
        if not webhook.active:
            return self.back(webhook, _("Nothing was sent: this address is off."))
        put_test(webhook)
        return self.back(webhook, _("A test is on its way. Reload the page to see the answer."))


class SecretView(WebhookActionView):
    """Make a new secret. Reloading the answer makes no further one."""

    def act(self, webhook: Webhook) -> HttpResponse:
        if self.request.POST.get("made") != webhook.secret_made_at.isoformat():
            return self.back(webhook, _("The secret was changed already, and is not shown again."))
        webhook.rotate()
        return secret_page(self.request, webhook)


class AgainView(WebhookActionView):
    """Send a delivery that is settled once more."""

    def act(self, webhook: Webhook, key: Any = None) -> HttpResponse:
        delivery = get_object_or_404(webhook.deliveries, key=key)
        if not webhook.active:
            return self.back(webhook, _("Nothing was sent: this address is off."))
        put_again(delivery)
        return self.back(webhook, _("It is on its way again. Reload the page to see the answer."))


class WebhookViewSet(ModelViewSet):
    """The addresses, in the menu Settings."""

    model = Webhook
    name = "webhooks"
    url_prefix = "webhooks"
    icon = "link-external"
    menu_label = gettext_lazy("Webhooks")
    add_to_settings_menu = True
    menu_order = 890
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields: list[str] = []
    inspect_template_name = "practices/admin/webhooks/log.html"
    add_to_reference_index = False
    search_fields = ["name", "url"]
    search_backend_name = None
    add_view_class = AddWebhookView
    edit_view_class = EditWebhookView
    inspect_view_class = WebhookLogView
    list_display = [
        TitleColumn("name", label=gettext_lazy("Name"), url_name="webhooks:inspect"),
        Column("url", label=gettext_lazy("Address")),
        BooleanColumn("active", label=gettext_lazy("Active")),
        DateColumn("taken_at", label=gettext_lazy("Last success")),
        DateColumn("switched_off_at", label=gettext_lazy("Switched off by the system")),
    ]

    def get_form_class(self, for_update: bool = False) -> type[WebhookForm]:
        del for_update
        return WebhookForm

    def get_permissions_to_register(self) -> "QuerySet[Permission]":
        """No group can be given these: the role decides."""
        return Permission.objects.none()

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/test/", TestView.as_view(), name="test"),
            path("<int:pk>/secret/", SecretView.as_view(), name="secret"),
            path("<int:pk>/again/<uuid:key>/", AgainView.as_view(), name="again"),
        ]
