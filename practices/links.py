"""Links to pages within rich text, looked up together."""

from typing import Any

from django.utils import translation
from django.utils.html import escape
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler


class JointPageLinkHandler(PageLinkHandler):
    """As Wagtail's: a link leads to the page in the reader's language where there is one.

    Wagtail asks for the active language and the translation once for each link.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        ids = [int(attrs.get("id", 0)) for attrs in attrs_list]
        keys = Page.objects.filter(pk__in=ids).order_by().values("translation_key")
        found = Page.objects.filter(translation_key__in=keys).select_related("locale")
        pages = {page.pk: page for page in found}
        language = translation.get_language()
        translations = {
            page.translation_key: page
            for page in pages.values()
            if page.live and page.locale.language_code == language
        }
        links = []
        for attrs in attrs_list:
            page = pages.get(int(attrs.get("id", 0)))
            shown = translations.get(page.translation_key, page) if page else None
            links.append(f'<a href="{escape(shown.url)}">' if shown else "<a>")
        return links
