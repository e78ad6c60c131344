"""What the Secretaría says of an address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from practices.models import Webhook, WebhookEvent

from .addresses import RefusedAddressError, place_of, resolve


class WebhookForm(WagtailAdminModelForm):
    """Name, address, events, and whether it is active. An address that leads inside is refused."""

    events = forms.MultipleChoiceField(
        label=_("events"),
        choices=WebhookEvent.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=WebhookEvent.values,
    )

    class Meta:
        model = Webhook
        fields = ["name", "url", "events", "active"]

    def clean_url(self) -> str:
        """The address. What it leads to is looked up again at each sending."""
        url: str = self.cleaned_data["url"]
        try:
            resolve(place_of(url))
        except RefusedAddressError as error:
            raise forms.ValidationError(str(error)) from error
        except OSError:
            pass  # a name that nobody knows yet
        return url

    def save(self, commit: bool = True) -> Any:
        """Store it; one that is active again is no longer one that the system switched off."""
        if self.instance.active:
            self.instance.switched_off_at = None
            self.instance.switched_off_because = ""
        return super().save(commit)
