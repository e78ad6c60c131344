"""Publications: lasting compilations of practices, and what was published of them."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField
from wagtail.images import get_image_model_string
from wagtail.models import Orderable, Page
from wagtail.search import index

from practices.moderation.locks import OF_PUBLICATIONS
from practices.moderation.permissions import (
    PracticePermissionTester,
    PublicationIndexPermissionTester,
)
from practices.publications import panels
from practices.publications.faults import faults_of
from practices.publications.forms import PublicationForm
from practices.publications.showing import index_context, publication_context

from .indexes import IntroducedPage
from .moderated import PAGE_TEXTS, ModeratedMixin
from .privacy import RestrictionsByPathMixin

PREFACE_FEATURES = ["bold", "italic", "link", "ol", "ul"]


class Design(models.TextChoices):
    """How much of each practice a publication holds."""

    FULL = "full", gettext_lazy("The whole fact sheet of each practice")
    SUMMARY = "summary", gettext_lazy("One page for each practice")


class Grouping(models.TextChoices):
    """What the practices stand below."""

    COUNTRY = "country", gettext_lazy("By country")
    THEME = "theme", gettext_lazy("By theme")
    NONE = "none", gettext_lazy("In the order of the list")


class IncompletePublicationError(ValidationError):
    """A publication that cannot be submitted or published as it stands."""


class PublicationIndexPage(IntroducedPage):
    """All publications; each stands below the index of its language."""

    template = "practices/publication_index_page.html"
    subpage_types = ["practices.PublicationPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = gettext_lazy("index of publications")
        verbose_name_plural = gettext_lazy("indexes of publications")

    def permissions_for_user(self, user: Any) -> PublicationIndexPermissionTester:
        """What a person may do with the index, and begin below it."""
        return PublicationIndexPermissionTester(user, self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | index_context(request)


class PublicationPage(RestrictionsByPathMixin, ModeratedMixin, Page):
    """A compilation that the Secretaría publishes. It stands in the tree of its main language.

    Practices are picked one by one (`choices`), or are those of a list at a moment: its address
    is in `list_address`, `frozen` holds the primary keys of the originals, `frozen_words` says in
    words how the list was filtered.
    """

    cover = models.ForeignKey(
        get_image_model_string(),
        verbose_name=gettext_lazy("cover picture"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    preface = RichTextField(gettext_lazy("preface"), blank=True, features=PREFACE_FEATURES)
    list_address = models.TextField(
        gettext_lazy("address of a list of practices"), blank=True, max_length=2000
    )
    frozen: models.JSONField[Any] = models.JSONField(default=list, blank=True, editable=False)
    frozen_at = models.DateTimeField(null=True, blank=True, editable=False)
    frozen_words = models.TextField(blank=True, editable=False)
    languages: models.JSONField[Any] = models.JSONField(
        gettext_lazy("languages"), default=list, blank=True
    )
    design = models.CharField(
        gettext_lazy("design"), max_length=10, choices=Design, default=Design.FULL
    )
    grouping = models.CharField(
        gettext_lazy("grouping"), max_length=10, choices=Grouping, default=Grouping.COUNTRY
    )

    template = "practices/publication_page.html"
    parent_page_types = ["practices.PublicationIndexPage"]
    subpage_types: list[str] = []
    private_page_options: list[str] = []
    base_form_class = PublicationForm
    edit_handler = panels.publication_edit_handler()
    search_fields = [*Page.search_fields, index.SearchField("preface")]

    words_of_review = OF_PUBLICATIONS
    has_stored_state = False
    first_task = "approvaltask"

    class Meta:
        verbose_name = gettext_lazy("publication")
        verbose_name_plural = gettext_lazy("publications")

    def permissions_for_user(self, user: Any) -> PracticePermissionTester:
        """What a person may do with the publication: as with a practice."""
        return PracticePermissionTester(user, self)

    @property
    def practice_keys(self) -> list[int]:
        """Primary keys of the chosen practices (originals), in their order, each once."""
        picked = [row.practice_id for row in self.choices.all()]
        return list(dict.fromkeys(picked or self.frozen))

    @cached_property
    def edition(self) -> "PublicationEdition | None":
        """What readers have: the last edition, without its data. None before the first."""
        return self.editions.defer("data").order_by("-number").first() if self.pk else None

    def in_log(self) -> dict[str, Any]:
        return {"publication_id": self.pk}

    @property
    def written_names(self) -> list[str]:
        own = ("cover", "preface", "list_address", "languages", "design", "grouping")
        return [*PAGE_TEXTS, *own, "frozen", "frozen_at", "choices"]

    def require_complete(self) -> None:
        """Raises IncompletePublicationError where something keeps it from being published."""
        if faults := faults_of(self):
            raise IncompletePublicationError([fault.message for fault in faults])

    def refuse_schedule(self) -> None:
        if self.go_live_at or self.expire_at:
            raise ValidationError(
                _("A publication is published by approval, not on a date; leave the dates empty.")
            )

    @transaction.atomic
    def publish(self, revision: Any, **kwargs: Any) -> Any:
        """As Wagtail's, refusing faults and dates. Publishing freezes it (`publications.freezing`).

        Raises IncompletePublicationError or ValidationError.
        """
        publication = revision.as_object()
        publication.refuse_schedule()
        publication.require_complete()
        if len(revision.content.get("choices", [])) != publication.choices.count():
            raise IncompletePublicationError(
                [_("A practice was deleted since this was sent for review. Look at it again.")]
            )
        return super().publish(revision, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """As Wagtail's; a publication is no alias, stands in its tree, and keeps its address.

        Raises ValidationError.
        """
        if kwargs.get("update_fields") is None:
            self.refuse_schedule()
            parent = self.get_parent()
            if self.alias_of_id or (parent and parent.locale_id != self.locale_id):
                raise ValidationError(
                    _("A publication cannot be an alias, nor lie in the tree of another language.")
                )
            with transaction.atomic():
                if self.was_published_meanwhile():
                    return self
                return super().save(*args, **kwargs)
        return super().save(*args, **kwargs)

    def can_move_to(self, parent: Page) -> bool:
        """Nowhere: there is one index in each language, and a publication keeps its language."""
        return super().can_move_to(parent) and parent.locale_id == self.locale_id

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | publication_context(self, request)


class PublicationChoice(Orderable):
    """A practice that was picked for a publication."""

    page = ParentalKey(PublicationPage, on_delete=models.CASCADE, related_name="choices")
    practice = models.ForeignKey(
        "practices.PracticePage",
        verbose_name=gettext_lazy("practice"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    class Meta(Orderable.Meta):
        verbose_name = gettext_lazy("practice of a publication")
        verbose_name_plural = gettext_lazy("practices of a publication")

    def __str__(self) -> str:
        return str(self.practice_id)


class PublicationEdition(models.Model):
    """One publication of a publication, as it was then; `number` runs from 1. Never changed.

    `data` is what its files are made from (`factsheets.document.Document`), `pictures` an archive
    of the pictures in it, `contents` the practices as its page lists them: groups with `title`
    and `practices`, of which each has `code`, `country`, `titles` and `versions` by language.
    """

    page = models.ForeignKey(PublicationPage, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField(gettext_lazy("number"))
    published_at = models.DateTimeField(gettext_lazy("published at"))
    data: models.JSONField[Any] = models.JSONField()
    contents: models.JSONField[Any] = models.JSONField()
    count = models.PositiveIntegerField(gettext_lazy("number of practices"))
    languages: models.JSONField[Any] = models.JSONField(gettext_lazy("languages"))
    pictures = models.FileField(upload_to="publications/", max_length=255, blank=True)

    class Meta:
        ordering = ["page", "number"]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="edition_number_once")
        ]
        verbose_name = gettext_lazy("edition of a publication")
        verbose_name_plural = gettext_lazy("editions of publications")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.number}"


def private_name(file: "PublicationFile", _filename: str) -> str:
    """A name in the storage that nobody guesses; the file is served by its edition's page alone."""
    return f"publications/{uuid4().hex}/{file.edition_id}.{file.extension}"


class PublicationFile(models.Model):
    """A file of an edition, once it is made; `claimed_at` is when somebody last began to make it."""

    EXTENSIONS: ClassVar[Sequence[str]] = ("pdf", "docx")

    edition = models.ForeignKey(PublicationEdition, on_delete=models.CASCADE, related_name="files")
    extension = models.CharField(gettext_lazy("file"), max_length=4)
    file = models.FileField(upload_to=private_name, max_length=255, blank=True)
    size = models.PositiveBigIntegerField(gettext_lazy("size in bytes"), default=0)
    digest = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    fault = models.TextField(gettext_lazy("why it could not be made"), blank=True)

    class Meta:
        ordering = ["edition", "-extension"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "extension"], name="edition_file_once")
        ]
        verbose_name = gettext_lazy("file of a publication")
        verbose_name_plural = gettext_lazy("files of publications")

    def __str__(self) -> str:
        return f"{self.edition_id}.{self.extension}"

    @property
    def is_made(self) -> bool:
        """Whether it is there to be read."""
        return bool(self.file)
