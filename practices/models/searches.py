"""What readers looked for in vain: words alone, and nothing about who asked."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FailedSearch(models.Model):
    """How often the same words found nothing in a month, in a language.

    `words` are folded; `month` is its first day, `last` the day of the last of these searches.
    """

    words = models.CharField(_("words"), max_length=100)
    language = models.CharField(_("language"), max_length=10)
    month = models.DateField(_("month"))
    count = models.PositiveIntegerField(_("searches"), default=0)
    last = models.DateField(_("last search"))

    class Meta:
        verbose_name = _("search without result")
        verbose_name_plural = _("searches without result")
        constraints = [
            models.UniqueConstraint(
                fields=["words", "language", "month"], name="failed_search_once_a_month"
            )
        ]

    def __str__(self) -> str:
        return self.words
