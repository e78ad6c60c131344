"""Mails about accounts: invitation, forgotten password, changed address."""

from typing import Any, Literal

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMultiAlternatives
from django.db.models.signals import post_save, pre_save
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from wagtail.admin.forms.auth import PasswordResetForm as WagtailPasswordResetForm
from wagtail.users.models import UserProfile

from practices.mail.compose import admin_address, name_of

SECONDS_OF_A_DAY = 86_400


def address(user: Any) -> str:
    """The e-mail address of an account, in whatever field the user model has it."""
    return str(getattr(user, get_user_model().get_email_field_name()) or "")


def language_of(user: Any) -> str:
    """The language that a person chose for the admin, else that of the site."""
    profile = UserProfile.objects.filter(user=user).first()
    return (profile and profile.preferred_language) or settings.LANGUAGE_CODE


def send_link(user: Any, kind: Literal["invitation", "reset"]) -> None:
    """Send the link to choose a password, in the person's language.

    It works once, for as long as the setting `PASSWORD_RESET_TIMEOUT` says, and no longer when the
    password, the address or the last login change.
    """
    link = admin_address(
        "practices_choose_password",
        urlsafe_base64_encode(force_bytes(user.pk)),
        default_token_generator.make_token(user),
    )
    with translation.override(language_of(user)):
        if kind == "invitation":
            subject = _("Your account on %(site)s: choose a password")
        else:
            subject = _("%(site)s: choose a new password")
        context = {
            "kind": kind,
            "days": settings.PASSWORD_RESET_TIMEOUT // SECONDS_OF_A_DAY,
            "link": link,
            "forgotten": admin_address("wagtailadmin_password_reset"),
        }
        _send(user, address(user), subject % {"site": _site()}, "link", context)


def send_notice(user: Any, old_address: str) -> None:
    """Tell the old address that the account has another one now."""
    with translation.override(language_of(user)):
        subject = _("%(site)s: the e-mail address of your account was changed") % {"site": _site()}
        _send(user, old_address, subject, "address", {})


def _site() -> str:
    return settings.WAGTAIL_SITE_NAME


def _send(user: Any, to: str, subject: str, template: str, context: dict[str, Any]) -> None:
    context = context | {
        "person": user,
        "name": name_of(user),
        "language": translation.get_language(),
        "subject": subject,
        "site": _site(),
    }
    text, html = (
        render_to_string(f"practices/people/mail_{template}.{kind}", context)
        for kind in ("txt", "html")
    )
    message = EmailMultiAlternatives(subject, text, None, [to])
    message.attach_alternative(html, "text/html")
    message.send()


class PasswordResetForm(WagtailPasswordResetForm):
    """“Forgotten password”, answered in the language of the account instead of the page's."""

    def send_mail(
        self, _subject: str, _text: str, context: dict[str, Any], *_args: Any, **_kwargs: Any
    ) -> None:
        """Called by Django for each account with the address."""
        send_link(context["user"], "reset")


def remember_address(instance: Any, update_fields: Any = None, **_kwargs: Any) -> None:
    """Before an account is saved: note the address that it is about to lose."""
    instance._lost_address = ""
    name = type(instance).get_email_field_name()
    if instance.pk is None or (update_fields is not None and name not in update_fields):
        return
    users = type(instance)._default_manager
    stored = users.filter(pk=instance.pk).values_list(name, flat=True).first()
    if stored and stored.lower() != address(instance).lower():
        instance._lost_address = stored


def tell_old_address(instance: Any, **_kwargs: Any) -> None:
    """After an account was saved: tell the address that it lost, whoever changed it."""
    if instance._lost_address:
        send_notice(instance, instance._lost_address)


def connect() -> None:
    """Connect the handlers; called once the app is ready."""
    pre_save.connect(remember_address, sender=get_user_model())
    post_save.connect(tell_old_address, sender=get_user_model())
