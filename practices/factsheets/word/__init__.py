"""Word files of fact sheets, compilations and the blank ficha, made to be edited.

The same data gives the same bytes.
"""

from collections.abc import Mapping
from typing import Any

from .compilation import Volume, headings_of
from .ficha import Practices
from .form import HEADINGS as FORM_HEADINGS
from .form import Form
from .looks import Role
from .margins import footer, header_of
from .markup import join
from .package import Package, section

ALONE: tuple[Role, ...] = ("block", "item")
"""Levels of headings below the title of a single practice."""


def render(document: Any, pictures: Mapping[str, bytes]) -> bytes:
    """A `Document`, or the blank ficha, as a Word file (DOCX).

    Pictures are JPEG by the names that the document gives them.
    """
    if document["kind"] == "blank":
        return render_blank(document)
    package = Package(document["language"])
    compilation = document["compilation"]
    if compilation:
        body = Volume(package, document, compilation, pictures).write()
        headings = headings_of(compilation)
    else:
        headings = ALONE
        practices = Practices(package, document, pictures, headings)
        labels = document["labels"][document["language"]]
        sheet = document["sheets"][0]
        foot = footer(package, document["site"], labels, document["language"])
        body = join((practices.write(sheet), section(header_of(package, sheet), foot)))
    return package.save(
        body,
        title=document["title"],
        author=document["site"],
        date=document["date"],
        headings=headings,
        is_brief=document["design"] == "summary",
        refresh=compilation is not None,
    )


def render_blank(data: Any) -> bytes:
    """The blank ficha (`blank.blank`) as a Word file to fill in."""
    package = Package(data["language"])
    return package.save(
        Form(package, data).write(),
        title=data["title"],
        author=data["site"],
        date=data["date"],
        headings=FORM_HEADINGS,
    )
