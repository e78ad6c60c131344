"""The pages on which the Secretaría manages a person."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.views import PasswordResetConfirmView
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies.base import BasePermissionPolicy

from practices.moderation.access import oversees

from . import accounts, mails
from .forms import PersonForm

NAMESPACE = "practices_people"


class PeoplePolicy(BasePermissionPolicy):
    """People are managed by the Secretaría and by superusers. Accounts are never deleted here."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and oversees(user)

    def users_with_any_permission(self, actions: Any) -> "QuerySet[Any]":
        raise NotImplementedError("Nobody asks for the people who manage people.")


class PeopleMixin:
    """What the pages share: who may enter, and their addresses."""

    model = get_user_model()
    permission_policy = PeoplePolicy(get_user_model())
    index_url_name = f"{NAMESPACE}:index"
    edit_url_name = f"{NAMESPACE}:edit"
    header_icon = "group"


class OnePersonMixin(PeopleMixin):
    """A page about one person."""

    def get_queryset(self) -> "QuerySet[Any]":
        """Other accounts do not exist here."""
        return accounts.people()


class OneAfterTheOtherMixin:
    """Holds a lock while an account is stored: two people added at once get no address twice."""

    @transaction.atomic
    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        accounts.lock()
        response: HttpResponse = super().post(*args, **kwargs)
        return response


class AddPersonView(OneAfterTheOtherMixin, PeopleMixin, generic.CreateView):
    """A new person, who is invited by mail."""

    add_url_name = f"{NAMESPACE}:add"
    form_class = PersonForm
    page_title = _("Add a person")
    page_subtitle = _("Add a person")
    submit_button_label = _("Add and invite")
    template_name = "practices/people/form.html"
    success_message = _("%(object)s was invited by mail to choose a password.")
    error_message = _("Nothing was saved: correct what is marked below.")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return trail(self, _("Add a person"))

    def save_instance(self) -> Any:
        form: Any = self.form
        accounts.create(
            form.instance, form.cleaned_data["language"], form.chosen_groups(), self.request.user
        )
        return form.instance

    def get_success_message(self, instance: Any) -> str:
        return str(self.success_message) % {"object": instance.get_full_name()}


class EditPersonView(OneAfterTheOtherMixin, OnePersonMixin, generic.EditView):
    """A person's name, address, language and roles."""

    form_class = PersonForm
    context_object_name = "person"
    template_name = "practices/people/form.html"
    success_message = _("%(object)s was saved.")
    error_message = _("Nothing was saved: correct what is marked below.")

    def get_page_subtitle(self) -> str:
        return str(self.object.get_full_name() or self.object.get_username())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return trail(self, self.get_page_subtitle())

    header_more_buttons: list[Any] = []

    @cached_property
    def account_buttons(self) -> list[dict[str, Any]]:
        """What can be done with the account beside editing it: addresses with their labels."""
        views: list[type[PersonActionView]] = (
            [InviteView, DeactivateView] if self.object.is_active else [ActivateView]
        )
        return [
            {
                "url": reverse(f"{NAMESPACE}:{view.url_name}", args=[self.object.pk]),
                "label": view.page_title,
            }
            for view in views
        ]

    def save_instance(self) -> Any:
        form: Any = self.form
        accounts.change(
            form.instance, form.cleaned_data["language"], form.chosen_groups(), self.request.user
        )
        return form.instance

    def get_success_message(self) -> str:
        return str(self.success_message) % {"object": self.get_page_subtitle()}


def trail(view: Any, label: Any) -> list[dict[str, Any]]:
    """The path to a page about one person."""
    index = {"url": reverse(view.index_url_name), "label": _("People")}
    return [*view.breadcrumbs_items, index, {"url": "", "label": label}]


class PersonActionView(
    OnePersonMixin, PermissionCheckedMixin, generic.WagtailAdminTemplateMixin, TemplateView
):
    """Ask, then do one thing with an account."""

    template_name = "practices/people/confirm.html"
    permission_required = "change"
    url_name = ""
    is_for_active = True
    question: Any = ""
    button: Any = ""
    done: Any = ""

    @cached_property
    def person(self) -> Any:
        people = self.get_queryset().filter(is_active=self.is_for_active)
        return get_object_or_404(people, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.person.get_full_name() or self.person.get_username())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return trail(self, self.get_header_title())

    def act(self) -> None:
        """Do what was asked for."""
        raise NotImplementedError

    @transaction.atomic
    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        self.act()
        messages.success(request, str(self.done) % {"name": self.get_page_subtitle()})
        return redirect(self.edit_url_name, self.person.pk)


class InviteView(PersonActionView):
    """Send the link to choose a password, once more."""

    url_name = "invite"
    page_title = _("Send a link to choose a password")
    question = _(
        "The person gets a mail with a link to choose a new password. The old one stays valid "
        "until then."
    )
    button = _("Send the link")
    done = _("A link to choose a password was sent to %(name)s.")

    def act(self) -> None:
        accounts.invite(self.person, self.request.user)


class DeactivateView(PersonActionView):
    """Close an account."""

    url_name = "deactivate"
    page_title = _("Deactivate")
    question = _(
        "The person is signed out and can no longer sign in; what they wrote stays. You can "
        "activate the account again."
    )
    button = _("Deactivate")
    done = _("The account of %(name)s is closed.")

    def act(self) -> None:
        accounts.deactivate(self.person, self.request.user)


class ActivateView(PersonActionView):
    """Open an account again."""

    url_name = "activate"
    is_for_active = False
    page_title = _("Activate")
    question = _("The person gets a mail with a link to choose a password, and can sign in again.")
    button = _("Activate")
    done = _("The account of %(name)s is active again; the person was invited by mail.")

    def act(self) -> None:
        accounts.activate(self.person, self.request.user)


class ChoosePasswordView(PasswordResetConfirmView):
    """Where the link of a mail leads: Wagtail's page, in the person's language, then the admin."""

    template_name = "wagtailadmin/account/password_reset/confirm.html"
    success_url = reverse_lazy("wagtailadmin_home")
    post_reset_login = True
    post_reset_login_backend = settings.AUTHENTICATION_BACKENDS[0]

    def get_user(self, uidb64: str) -> Any:
        """The person of the link; nobody where the account is closed."""
        person = super().get_user(uidb64)
        return person if person and person.is_active else None

    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponse:
        person = self.get_user(kwargs["uidb64"])
        language = mails.language_of(person) if person else settings.LANGUAGE_CODE
        with translation.override(language):
            response: Any = super().dispatch(*args, **kwargs)
            return response.render() if hasattr(response, "render") else response
