"""Registration with Wagtail; the work is done elsewhere."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .viewsets import ThemeViewSet

register_snippet(ThemeViewSet)


@hooks.register("insert_editor_js")
def word_counter() -> str:
    return format_html('<script src="{}"></script>', static("practices/admin/word-count.js"))


@hooks.register("insert_global_admin_css")
def admin_styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("practices/admin/ficha.css"))
