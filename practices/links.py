"""Links to pages within rich text, looked up together."""

from typing import Any

from django.utils.html import escape
from wagtail.models import Locale, Page
from wagtail.rich_text.pages import PageLinkHandler


class JointPageLinkHandler(PageLinkHandler):
    """As Wagtail's: a link leads to the page in the reader's language where there is one.

    Wagtail asks for the active language and the translation once for each link.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        pages = Page.objects.in_bulk([int(attrs.get("id", 0)) for attrs in attrs_list])
        keys = {page.translation_key for page in pages.values()}
        translations = {
            page.translation_key: page
            for page in Page.objects.live().filter(
                translation_key__in=keys, locale=Locale.get_active()
            )
        }
        links = []
        for attrs in attrs_list:
            page = pages.get(int(attrs.get("id", 0)))
            shown = translations.get(page.translation_key, page) if page else None
            links.append(f'<a href="{escape(shown.url)}">' if shown else "<a>")
        return links
