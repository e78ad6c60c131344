"""The libraries of files; apart from the models, which import it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FileKind(models.TextChoices):
    """The two libraries of the site."""

    DOCUMENT = "document", _("document")
    IMAGE = "image", _("image")
