"""What harvesters were told of practices, and when it changed last. It outlives the practices."""

from django.db import models
from django.db.models import Q

from .records import PracticeRecord


class HarvestHeaderQuerySet(models.QuerySet["HarvestHeader"]):
    """Headers by what a harvester asks for."""

    def in_set(self, spec: str) -> "HarvestHeaderQuerySet":
        """Headers in a set, or in any below it: `country` holds `country:pe`."""
        sets = HarvestSet.objects.filter(Q(spec=spec) | Q(spec__startswith=f"{spec}:"))
        return self.filter(pk__in=sets.values("header"))


class HarvestHeader(models.Model):
    """The header of a practice in OAI-PMH: of each that was public once, withdrawn or not.

    `datestamp` is when the public content changed last, in whole seconds; `digest` tells that
    content. Written by `practices.oai.headers` alone.
    """

    record = models.OneToOneField(
        PracticeRecord, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    datestamp = models.DateTimeField()
    is_deleted = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, blank=True)

    objects = HarvestHeaderQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["datestamp", "record"], name="harvest_in_order")]

    def __str__(self) -> str:
        return f"{self.record_id} {self.datestamp:%Y-%m-%dT%H:%M:%SZ}"


class HarvestSet(models.Model):
    """That a practice belongs to a set, such as `country:pe`; of a withdrawn one, that it did."""

    header = models.ForeignKey(
        HarvestHeader, on_delete=models.CASCADE, db_index=False, related_name="sets"
    )
    spec = models.CharField(max_length=80)

    class Meta:
        ordering = ["spec"]
        constraints = [models.UniqueConstraint(fields=["header", "spec"], name="harvest_set_once")]
        indexes = [models.Index(fields=["spec", "header"], name="harvest_by_set")]

    def __str__(self) -> str:
        return f"{self.header_id}: {self.spec}"
