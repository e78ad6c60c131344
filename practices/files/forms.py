"""Forms of files: what may be uploaded is said before and after, in the person's language."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.utils import ErrorList
from django.utils.translation import gettext_lazy
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from practices.moderation.access import oversees
from practices.organisation import told_lazy

from .kinds import FileKind
from .protection import in_use_text
from .references import ref_of
from .uploads import accepted_extensions, accepted_text, check_upload
from .uses import is_held

READERS_SEE_IT = told_lazy(
    gettext_lazy(
        "A page that is published or under review shows these texts: only %(secretariat)s can "
        "change them."
    )
)


class CheckedFileMixin:
    """A form that takes a file only if it is what it may be, and replaces none that is held."""

    kind: str
    user: Any = None
    changed_data: list[str]
    add_error: Any
    fields: Any
    instance: Any
    cleaned_data: Any
    errors: Any
    _errors: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.user = kwargs.get("user")
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            field = self.fields["file"]
            field.help_text = accepted_text(self.kind)
            extensions = accepted_extensions(self.kind)
            field.widget.attrs["accept"] = ",".join(f".{name}" for name in extensions)

    def _post_clean(self) -> None:
        refusals = self._refusals()
        if refusals:
            self._errors["file"] = ErrorList(refusals)
            self.cleaned_data.pop("file", None)
        if self._changes_what_readers_see():
            self.add_error(None, READERS_SEE_IT)
        super()._post_clean()  # type: ignore[misc]
        if refusals:
            # The model would complain of the missing file as well.
            self._errors["file"] = ErrorList(refusals)

    def _changes_what_readers_see(self) -> bool:
        """Whether texts that stand on a public page would change without the Secretaría."""
        user = self.user
        if self.instance.pk is None or (user is not None and oversees(user)):
            return False
        texts = set(self.changed_data) - {"tags", "collection", "file"}
        return bool(texts) and is_held(ref_of(self.instance))

    def _refusals(self) -> list[str]:
        """Why the file is refused, what is accepted included; empty where it is welcome."""
        if "file" in self._errors:
            errors = self._errors["file"].as_data()
            if any(error.code in ("required", "missing") for error in errors):
                return list(self._errors["file"])
            return [f"{' '.join(self._errors['file'])} {accepted_text(self.kind)}"]
        file = self.cleaned_data.get("file")
        if not isinstance(file, UploadedFile):
            return []
        if self.instance.pk and is_held(ref_of(self.instance)):
            return [in_use_text(self.instance)]
        try:
            check_upload(file, self.kind)
        except ValidationError as error:
            return list(error.messages)
        return []


class DocumentForm(CheckedFileMixin, BaseDocumentForm):
    """WAGTAILDOCS_DOCUMENT_FORM_BASE."""

    kind = FileKind.DOCUMENT


class ImageForm(CheckedFileMixin, BaseImageForm):
    """WAGTAILIMAGES_IMAGE_FORM_BASE."""

    kind = FileKind.IMAGE
