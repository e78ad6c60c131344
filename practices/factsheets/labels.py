"""The words that fact sheets print around the texts of practices."""

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from practices.organisation import collection_name_lazy, organisation_lazy
from practices.vocabulary import CONTACT_LABEL, SUCCESS_CRITERIA, SUMMARY, Label

LABELS: dict[str, Label] = {
    "collection": collection_name_lazy(),
    "organisation": organisation_lazy(),
    "sheet": _("Fact sheet of a good practice"),
    "item": _("Item"),
    "content": _("Content"),
    "at_a_glance": _("At a glance"),
    "contact": CONTACT_LABEL,
    "criteria": SUCCESS_CRITERIA.label,
    "summary": SUMMARY.label,
    "code": _("Code"),
    "updated": _("Updated on"),
    "version": _("Version"),
    "language": _("Language"),
    "themes": _("Themes"),
    "references": _("References"),
    "tags": _("Tags"),
    "cite": _("How to cite"),
    "qr": _("Code that opens this practice on the web: %(url)s"),
    "read_online": _("Read it on the web"),
    "page": _("Page"),
    "of": _("of"),
    "outdated": _("The original has changed since this translation was made."),
    "contents": _("Contents"),
    "preface": _("Preface"),
    "index_country": _("Index by country"),
    "index_theme": _("Index by theme"),
    "index_tag": _("Index by tag"),
    "institutions": _("List of institutions"),
    "colophon": _("About this compilation"),
    "more": _("The whole fact sheet, with results, products and documents, is on the web."),
}
"""Keys are what the templates ask for."""


def labels(language: str, name: str) -> dict[str, str]:
    """The words in a language, with the name of the language itself as `language_name`."""
    with translation.override(language):
        return {key: str(text) for key, text in LABELS.items()} | {"language_name": name}
