"""How long a token of the API is good for; Wagtail's own tokens never end."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TokenTerm(models.Model):
    """The end of a token. Every token has one: made with it, or given when it was stored."""

    token = models.OneToOneField(
        "wagtailcore.APIToken", on_delete=models.CASCADE, primary_key=True, related_name="term"
    )
    expires_at = models.DateTimeField(_("expires"))

    class Meta:
        verbose_name = _("term of an API token")
        verbose_name_plural = _("terms of API tokens")

    def __str__(self) -> str:
        return f"{self.token_id}: {self.expires_at:%Y-%m-%d}"
