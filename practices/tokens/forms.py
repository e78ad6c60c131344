"""The form of a new token."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .terms import DEFAULT_LIFETIME, LIFETIMES


class TokenForm(forms.Form):
    """What a token is for, and how long it is good."""

    name = forms.CharField(
        max_length=100,
        label=_("Name"),
        help_text=_("What it is for, such as the program that will use it."),
    )
    days = forms.TypedChoiceField(
        coerce=int,
        choices=[(days, format_lazy(_("{days} days"), days=days)) for days in LIFETIMES],
        initial=DEFAULT_LIFETIME,
        widget=forms.RadioSelect,
        label=_("Good for"),
        help_text=_("Afterwards it is refused, and you make a new one."),
    )
