"""What is left of tags that were merged: their addresses."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag


class MergedTag(models.Model):
    """The address of a tag that is no more, and the tag that it leads to."""

    slug = models.CharField(_("slug"), max_length=100, unique=True)
    # Hidden from the tag, whose other relations are rows of what has it.
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("merged tag")
        verbose_name_plural = _("merged tags")

    def __str__(self) -> str:
        return self.slug

    @classmethod
    def successor(cls, slug: str) -> Tag | None:
        """The tag that stands for one that was merged, by its old address; None for others."""
        merged = cls.objects.filter(slug=slug).select_related("tag").first()
        return merged.tag if merged else None
