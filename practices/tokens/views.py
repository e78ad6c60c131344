"""The pages on which people make and revoke their own tokens; nobody sees those of others."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, StatusTagColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.models import APIToken
from wagtail.permission_policies.base import BasePermissionPolicy

from . import terms
from .forms import TokenForm

NAMESPACE = "practices_tokens"


class OwnTokensPolicy(BasePermissionPolicy):
    """Tokens are made, seen and revoked by who may hold them; the views show each their own."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in ("add", "view", "delete") and terms.may_hold(user)

    def users_with_any_permission(self, actions: Any) -> "QuerySet[Any]":
        raise NotImplementedError("Nobody asks for the people who hold tokens.")


class TokensMixin(PermissionCheckedMixin):
    """What the pages share."""

    request: HttpRequest
    permission_policy = OwnTokensPolicy(APIToken)
    index_url_name = f"{NAMESPACE}:index"
    header_icon = "key"

    def own_tokens(self) -> "QuerySet[APIToken]":
        """The tokens of the person who asks, and of nobody else."""
        return APIToken.objects.filter(user_id=self.request.user.pk).select_related("term")

    def trail(self, label: Any) -> list[dict[str, Any]]:
        """The path to a page below the list."""
        index = {"url": reverse(self.index_url_name), "label": _("API tokens")}
        above = getattr(self, "breadcrumbs_items", [])
        return [*above, index, {"url": "", "label": label}]


class RevokeColumn(BaseColumn):
    """Leads to where a good token is revoked. It has no value: a `Column` would read one by name."""

    cell_template_name = "practices/admin/tokens/revoke_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        url = reverse(f"{NAMESPACE}:revoke", args=[instance.pk])
        return {**context, "url": "" if instance.revoked_at else url}


class TokenIndexView(TokensMixin, generic.IndexView):
    """A person's tokens: when they were used last, and until when they are good."""

    model = APIToken
    add_url_name = f"{NAMESPACE}:add"
    page_title = _("API tokens")
    add_item_label = _("Make a token")
    default_ordering = "-created"
    paginate_by = 50
    any_permission_required = ["add", "view"]

    @cached_property
    def columns(self) -> list[Any]:
        return [
            Column("name", label=_("Name"), sort_key="name"),
            Column("prefix", label=_("Begins with")),
            Column("created", label=_("Made"), accessor=made_on, sort_key="created"),
            DateColumn("last_used_at", label=_("Last used"), sort_key="last_used_at"),
            # Not a DateColumn: it tells how long ago something was, and takes the future for now.
            Column("expires_at", label=_("Expires"), accessor=ends_on, sort_key="term__expires_at"),
            StatusTagColumn(
                "state",
                label=_("State"),
                accessor=state_of,
                primary=lambda token: not (token.revoked_at or terms.has_expired(token)),
            ),
            RevokeColumn("actions", label=""),
        ]

    def get_base_queryset(self) -> "QuerySet[APIToken]":
        return self.own_tokens()


def made_on(token: APIToken) -> str:
    """The day on which a token was made, for the list."""
    return _day(token.created)


def ends_on(token: APIToken) -> str:
    """The day on which a token ends, for the list."""
    return _day(token.term.expires_at)


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATE_FORMAT")


def state_of(token: APIToken) -> str:
    """Whether a token is good, for the list."""
    if token.revoked_at:
        return _t("Revoked")
    return _t("Expired") if terms.has_expired(token) else _t("Active")


class MakeTokenView(
    TokensMixin,
    generic.WagtailAdminTemplateMixin,
    FormView,  # type: ignore[type-arg]
):
    """Make a token; its key is in the answer and nowhere else."""

    form_class = TokenForm
    permission_required = "add"
    page_title = _("Make a token")
    template_name = "practices/admin/tokens/make.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return self.trail(self.page_title)

    def form_valid(self, form: TokenForm) -> HttpResponse:
        name, days = form.cleaned_data["name"], form.cleaned_data["days"]
        token, key = terms.make(self.request.user, name, days)
        context = self.get_context_data(form=form, token=token, key=key)
        return self.render_to_response(context)

    def get_template_names(self) -> list[str]:
        return [self.template_name]


class RevokeTokenView(TokensMixin, generic.WagtailAdminTemplateMixin, TemplateView):
    """Ask, then revoke a token."""

    permission_required = "delete"
    page_title = _("Revoke a token")
    template_name = "practices/admin/tokens/revoke.html"

    @cached_property
    def token(self) -> APIToken:
        """The token of the address. Raises Http404 for those of others and revoked ones."""
        return get_object_or_404(self.own_tokens(), pk=self.kwargs["pk"], revoked_at=None)

    def get_page_subtitle(self) -> str:
        return self.token.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return self.trail(self.page_title)

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        terms.revoke(self.token)
        messages.success(request, _t("“%(name)s” is revoked.") % {"name": self.token.name})
        return redirect(self.index_url_name)
