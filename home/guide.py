"""The guides of the repository's `docs/`, read within the admin: one for each kind of work."""

from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.toc import TocExtension, slugify_unicode
from markdown.treeprocessors import Treeprocessor
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from practices.moderation.access import oversees

DOCS = settings.BASE_DIR / "docs"
PICTURES = DOCS / "pictures" / "guide"
EDITORS, SECRETARIAT = "editors", "secretariat"
GUIDES = (EDITORS, SECRETARIAT)


def guide_path(name: str, language: str) -> Path:
    """The file of a guide, in Spanish where the language has none; Spanish has no suffix."""
    own = DOCS / f"{name}.{language}.md"
    return own if own.exists() else DOCS / f"{name}.md"


class AddressesOfTheAdmin(Treeprocessor):
    """Links between guides and pictures lead to these views instead of files."""

    def run(self, root: Element) -> None:
        guides = {
            guide_path(name, language).name: reverse("practices_guide_named", args=[name])
            for name in GUIDES
            for language, _label in settings.LANGUAGES
        }
        for link in root.iter("a"):
            file, mark, anchor = link.get("href", "").partition("#")
            if file in guides:
                link.set("href", f"{guides[file]}{mark}{anchor}")
        for paragraph in list(root.iter()):
            for place, child in enumerate(paragraph):
                if child.tag == "img":
                    paragraph[place] = _framed(child)


def _framed(picture: Element) -> Element:
    """A picture within a link to itself: on a telephone it is too small to read otherwise."""
    name = picture.get("src", "").rpartition("/")[2]
    address = reverse("practices_guide_picture", args=[name])
    link = Element("a", {"href": address, "class": "guide-picture"})
    SubElement(link, "img", {"src": address, "alt": picture.get("alt", ""), "loading": "lazy"})
    link.tail = picture.tail
    return link


class AdminAddresses(Extension):
    """Registers AddressesOfTheAdmin."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Markdown's name)
        # After inline patterns (20), which make links and pictures.
        md.treeprocessors.register(AddressesOfTheAdmin(md), "admin_addresses", 10)


class GuideView(WagtailAdminTemplateMixin, TemplateView):
    """A guide in the person's language, with its headings at the side."""

    template_name = "home/guide.html"
    header_icon = "help"

    def get_page_title(self) -> str:
        return _("Guide")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def source(self) -> str:
        """The text, without the line that leads to the other language."""
        file = guide_path(self.kwargs["name"], get_language() or settings.LANGUAGE_CODE)
        _line, _end, text = file.read_text(encoding="utf-8").partition("\n")
        return text

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if kwargs["name"] not in GUIDES:
            raise Http404
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reader = Markdown(
            extensions=[
                "sane_lists",
                "tables",
                # The layout has the first heading.
                TocExtension(slugify=slugify_unicode, baselevel=2),
                AdminAddresses(),
            ]
        )
        # The texts are the repository's own.
        text: SafeString = mark_safe(reader.convert(self.source()))  # noqa: S308
        headings = reader.toc_tokens[0]["children"]  # type: ignore[attr-defined]
        return super().get_context_data(text=text, headings=headings, **kwargs)


def guide(request: HttpRequest) -> HttpResponse:
    """Lead to the guide for the person's work."""
    name = SECRETARIAT if oversees(request.user) else EDITORS
    return redirect("practices_guide_named", name)


def guide_picture(_request: HttpRequest, name: str) -> FileResponse:
    """A picture of the guides; 404 for what is not one of them."""
    known = {file.name: file for file in PICTURES.glob("*.png")}
    if name not in known:
        raise Http404
    return FileResponse(known[name].open("rb"), content_type="image/png")


urlpatterns = [
    path("guide/", guide, name="practices_guide"),
    path("guide/<slug:name>/", GuideView.as_view(), name="practices_guide_named"),
    path("guide/pictures/<str:name>", guide_picture, name="practices_guide_picture"),
]
