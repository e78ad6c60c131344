"""The form of a person: who they are, their language, and their roles in countries."""

import unicodedata
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.validators import RegexValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from practices.moderation.access import COUNTRY_ROLES, Role
from practices.organisation import told_lazy

from . import accounts, mails

ROLE_HELP: dict[Role, Any] = {
    Role.EDITOR: _("Writes and edits the practices of these countries."),
    Role.FOCAL_POINT: told_lazy(
        _("Endorses the practices of these countries before %(secretariat)s reviews them.")
    ),
    Role.TRANSLATOR: _("Translates the practices of these countries; never sees the contact."),
}

# Letters of any script, parted by spaces, hyphens, apostrophes or dots.
is_name = RegexValidator(
    r"\A[^\W\d_]+(?:[ .'’-]+[^\W\d_]+)*\.?\Z",
    _("Write a name: letters, spaces, hyphens, apostrophes and dots."),
)


class NameField(forms.CharField):
    """A name, with single spaces and composed letters."""

    default_validators = [is_name]

    def to_python(self, value: Any) -> str:
        return " ".join(unicodedata.normalize("NFC", super().to_python(value) or "").split())


class CountriesField(forms.MultipleChoiceField):
    """The countries in which a person has a role."""

    widget = forms.CheckboxSelectMultiple


class PersonForm(forms.ModelForm[Any]):
    """A person of the countries. Nothing else of the account can be set by it."""

    language = forms.ChoiceField(
        label=_("Language"),
        choices=lambda: settings.WAGTAIL_CONTENT_LANGUAGES,
        help_text=_("The language of the admin and of the mails to this person."),
    )

    class Meta:
        model = get_user_model()
        fields = ("first_name", "last_name", get_user_model().get_email_field_name())
        field_classes = {"first_name": NameField, "last_name": NameField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email_name = get_user_model().get_email_field_name()
        for name in ("first_name", "last_name", self.email_name):
            self.fields[name].required = True
        self.fields["first_name"].label = _("Name")
        self.fields["last_name"].label = _("Surname")
        self.fields[self.email_name].label = _("E-mail")
        self.groups = accounts.country_groups()
        names = accounts.country_names()
        has = set()
        if self.instance.pk:
            has = set(self.instance.groups.values_list("pk", flat=True))
            self.initial["language"] = mails.language_of(self.instance)
        for role in COUNTRY_ROLES:
            known = {code: group for (of, code), group in self.groups.items() if of == role}
            choices = [(code, name) for code, name in names.items() if code in known]
            # A country whose page is gone keeps its group: shown by its code, so that it can go.
            choices += [
                (code, code.upper())
                for code, group in known.items()
                if code not in names and group.pk in has
            ]
            self.fields[role.name.lower()] = CountriesField(
                label=accounts.ROLE_LABELS[role],
                choices=choices,
                required=False,
                help_text=ROLE_HELP[role],
                initial=[code for code, group in known.items() if group.pk in has],
            )

    def _post_clean(self) -> None:
        super()._post_clean()
        email = self.cleaned_data.get(self.email_name)
        if email:
            self._refuse_taken(email)

    def _refuse_taken(self, email: str) -> None:
        """Say who has the address already, as far as it concerns the Secretaría."""
        other = accounts.with_address(email).exclude(pk=self.instance.pk).first()
        if other is None:
            return
        if not accounts.people().filter(pk=other.pk).exists():
            message = gettext("There is an account with this e-mail address already.")
        elif other.is_active:
            message = gettext("%(name)s has this e-mail address already; edit that account.")
        else:
            message = gettext(
                "%(name)s has this e-mail address already, in an account that is not active; "
                "activate it again."
            )
        name = other.get_full_name() or other.get_username()
        self.add_error(self.email_name, message % {"name": name})

    def clean(self) -> dict[str, Any]:
        cleaned_data = super().clean() or self.cleaned_data
        if not any(cleaned_data.get(role.name.lower()) for role in COUNTRY_ROLES):
            self.add_error(None, _("Choose at least one role in a country."))
        email = cleaned_data.get(self.email_name)
        if email:
            cleaned_data[self.email_name] = get_user_model()._default_manager.normalize_email(email)
        return cleaned_data

    def chosen_groups(self) -> list[Group]:
        """The groups of the roles that were chosen."""
        return [
            self.groups[role, code]
            for role in COUNTRY_ROLES
            for code in self.cleaned_data[role.name.lower()]
        ]
