"""Registration with Wagtail; the work is done elsewhere."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .copying import refuse_copy
from .links import JointPageLinkHandler
from .viewsets import ThemeViewSet, refuse_deleting_themes_in_use

register_snippet(ThemeViewSet)
hooks.register("before_delete_snippet", refuse_deleting_themes_in_use)
hooks.register("before_copy_page", refuse_copy)


@hooks.register("before_bulk_action")
def before_bulk_delete(
    request: HttpRequest, action_type: str, objects: list[Any], _action: Any
) -> HttpResponse | None:
    if action_type == "delete" and request.method == "POST":
        return refuse_deleting_themes_in_use(request, objects)
    return None


@hooks.register("register_rich_text_features", order=10)
def page_links(features: Any) -> None:
    features.register_link_type(JointPageLinkHandler)


@hooks.register("insert_editor_js")
def word_counter() -> str:
    return format_html('<script src="{}"></script>', static("practices/admin/word-count.js"))


@hooks.register("insert_global_admin_css")
def admin_styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("practices/admin/ficha.css"))
