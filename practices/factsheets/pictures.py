"""The pictures of fact sheets, small enough to print and to send."""

from collections.abc import Iterable
from typing import Any

from wagtail.images import get_image_model

from practices.renditions import rendition

from .sheet import Picture, Text

FILTER = "max-1200x900|format-jpeg|jpegquality-80"


class Pictures:
    """Pictures by the names that sheets give them, read when a file is made."""

    def __init__(self) -> None:
        self._renditions: dict[str, Any] = {}
        self._known: dict[int, tuple[str, Any]] = {}

    def of(self, images: Iterable[Any]) -> "Pictures":
        """Add images, some of which may be None; returns the same pictures."""
        keys = {image.pk for image in images if image}
        if not keys:
            return self
        stored = get_image_model().objects.filter(pk__in=keys)
        for image in stored.prefetch_renditions(FILTER):
            shown = rendition(image, FILTER)
            # The file of a rendition that is known may be gone as well.
            if shown is None or not shown.file.storage.exists(shown.file.name):
                continue
            name = f"{image.file_hash or image.pk}.jpg"
            self._renditions[name] = shown
            self._known[image.pk] = name, image
        return self

    def get(self, key: int | None, language: str) -> Picture | None:
        """What a sheet says of an image, by its primary key; None where there is none."""
        if key is None or key not in self._known:
            return None
        name, image = self._known[key]
        alt = image.default_alt_text
        return Picture(
            file=name, alt=Text(text=alt, lang=language), credit=getattr(image, "credit", "")
        )

    def files(self) -> dict[str, bytes]:
        """The contents (JPEG) by name."""
        found = {}
        for name, shown in self._renditions.items():
            with shown.file.open("rb") as file:
                found[name] = file.read()
        return found
