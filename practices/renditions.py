"""Pictures in the sizes that pages, files and other sites show."""

from typing import Any

from wagtail.images.models import SourceImageIOError


def rendition(image: Any, spec: str) -> Any:
    """A rendition of a picture by its filter; None without a picture, or where its file is lost.

    A file that is gone must not take with it what is told beside the picture.
    """
    try:
        return image.get_rendition(spec) if image else None
    except (SourceImageIOError, OSError):
        return None
