"""The mails a person wants, in their account settings."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.account import NotificationPreferencesForm
from wagtail.admin.views.account import (
    BaseSettingsPanel,
    NotificationsSettingsPanel,
    notifications_tab,
)
from wagtail.admin.widgets import SwitchInput

from practices.models import MailPreference
from practices.moderation.access import roles_of


class MailPreferenceForm(forms.ModelForm[MailPreference]):
    """Which mails on moderation a person wants."""

    class Meta:
        model = MailPreference
        fields = ["wanted", "digest"]
        widgets = {"wanted": forms.RadioSelect, "digest": SwitchInput}


class MailPreferencePanel(BaseSettingsPanel):
    """The panel of the account settings; for who has a role in moderation."""

    name = "practice_mail"
    title = _("Mails on fichas")
    tab = notifications_tab
    order = 50
    form_class = MailPreferenceForm

    def is_active(self) -> bool:
        return bool(roles_of(self.user)) or self.user.is_superuser

    def get_form(self) -> MailPreferenceForm:
        preference = MailPreference.objects.filter(user=self.user).first()
        data = self.request.POST if self.request.method == "POST" else None
        return MailPreferenceForm(
            data, instance=preference or MailPreference(user=self.user), prefix=self.name
        )


class CommentPreferenceForm(NotificationPreferencesForm):
    """Wagtail's form without the boxes for its workflow mails, which practices do not send."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("submitted", "approved", "rejected"):
            self.fields.pop(f"{name}_notifications", None)


def mail_panel(request: HttpRequest, user: Any, profile: Any) -> MailPreferencePanel:
    """Hook `register_account_settings_panel`."""
    return MailPreferencePanel(request, user, profile)


# Wagtail's panel names its form in a class attribute, and has no hook for taking fields out.
NotificationsSettingsPanel.form_class = CommentPreferenceForm
