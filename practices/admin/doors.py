"""Doors of Wagtail that would show more than a person may see: closed, or answered with less.

Its own views, and those of wagtail-localize, forget the page, the file or the tag at these
addresses. Each guard takes the request and the arguments of the address; it answers in the place of
the view, raises Http404 or PermissionDenied, or returns None to let the view answer.
"""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from taggit.models import Tag
from wagtail.admin.auth import permission_denied
from wagtail.models import Page
from wagtail.permissions import policy_registry

from practices.files.access import usable_files
from practices.files.references import file_models
from practices.models import PracticePage, PracticeTag
from practices.moderation.access import oversees
from practices.tokens import viewset as tokens
from practices.translation import guards as localize
from practices.translation.actions import CopyForTranslationAction, reaches_practices

from . import scope

SUGGESTED_TAGS = 10
"""As many as Wagtail suggests."""

Guard = Callable[[HttpRequest, dict[str, Any]], HttpResponse | None]


def explorable(user: Any) -> Any:
    """Pages that a person may open in the explorer: their own, and what lies above them."""
    policy: Any = policy_registry.get_by_type(Page)
    return policy.explorable_instances(user)


def choosable_pages(pages: Any, request: HttpRequest) -> Any:
    """Hook `construct_page_chooser_queryset`: drafts of others are not offered as links.

    Raises Http404 where somebody browses below one.
    """
    choosable = Q(live=True) | Q(pk__in=explorable(request.user).order_by().values("pk"))
    match = request.resolver_match
    parent = match.kwargs.get("parent_page_id") if match else None
    if parent and not Page.objects.filter(choosable, pk=parent).exists():
        raise Http404
    return pages.filter(choosable)


def explored_pages(parent: Page, pages: Any, request: HttpRequest) -> Any:
    """Hook `construct_explorer_page_queryset`: nobody opens a page by its number alone.

    Wagtail shows every page below the first common ancestor of a person's pages. Raises Http404.
    """
    if not explorable(request.user).filter(pk=parent.pk).exists():
        raise Http404
    return pages


def refuse_move(request: HttpRequest, page: Page, _destination: Page) -> None:
    """Hook `before_move_page`: Wagtail asks who confirms for no permission, and shows the title.

    Raises PermissionDenied.
    """
    if not page.permissions_for_user(request.user).can_move():
        raise PermissionDenied


def _overseers(request: HttpRequest, _arguments: dict[str, Any]) -> HttpResponse | None:
    return None if oversees(request.user) else permission_denied(request)


def _anybody(_request: HttpRequest, _arguments: dict[str, Any]) -> None:
    """What nothing is kept behind."""


def _page_at_hand(request: HttpRequest, arguments: dict[str, Any]) -> None:
    """A page that is not under review: Wagtail says so to everybody, with its title."""
    page = get_object_or_404(Page, pk=arguments["page_id"]).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise Http404


def _chosen_pages(request: HttpRequest, _arguments: dict[str, Any]) -> None:
    """Pages that were chosen together: answered with the titles of their drafts."""
    keys = _keys(request)
    own = explorable(request.user).order_by().values("pk")
    shown = Page.objects.filter(Q(live=True, draft_title=F("title")) | Q(pk__in=own), pk__in=keys)
    if shown.count() < len(keys):
        raise Http404


def _suggested_tags(request: HttpRequest, arguments: dict[str, Any]) -> HttpResponse | None:
    """Tags of public practices and of those that a person may open; Wagtail suggests all."""
    if arguments.get("model_name", "tag") != "tag":
        raise Http404
    if oversees(request.user):
        return None
    term = request.GET.get("term", "")
    tags = seen_tags(request.user).filter(name__istartswith=term) if term else Tag.objects.none()
    names = tags.order_by("name").values_list("name", flat=True)
    return JsonResponse(list(names[:SUGGESTED_TAGS]), safe=False)


def seen_tags(user: Any) -> "QuerySet[Tag]":
    """Tags of public practices and of those that a person may open."""
    uses = PracticeTag.objects.filter(tag=OuterRef("pk"))
    public = PracticePage.objects.public().order_by().values("pk")
    own = scope.visible(user).order_by().values("pk")
    return Tag.objects.filter(
        Exists(uses.filter(content_object__in=public)) | Exists(uses.filter(content_object__in=own))
    )


def _bulk_action(request: HttpRequest, arguments: dict[str, Any]) -> None:
    """Actions on many objects: Wagtail names those on which a person may not act."""
    user = request.user
    if user.is_superuser:
        return
    try:
        model = apps.get_model(arguments["app_label"], arguments["model_name"])
    except LookupError as error:
        raise Http404 from error
    policy = policy_registry.get_by_type(model)
    if issubclass(model, Page):
        objects = explorable(user)
    elif model in file_models().values():
        objects = usable_files(user, model)
    elif policy and policy.user_has_any_permission(user, ("change", "delete")):
        return
    else:
        raise Http404
    if "all" in request.GET.getlist("id"):
        if not oversees(user):
            _all_of_a_list(request, model, policy)
    elif objects.filter(pk__in=(keys := _keys(request))).count() < len(keys):
        raise Http404


def _all_of_a_list(request: HttpRequest, model: type[Any], policy: Any) -> None:
    """All that a list shows: only below a page that is a person's own is all of it theirs."""
    parent = request.GET.get("childOf", "")
    own = policy.instances_user_has_any_permission_for(request.user, ("add", "change"))
    if not (issubclass(model, Page) and parent.isdecimal() and own.filter(pk=parent).exists()):
        raise Http404


def _keys(request: HttpRequest) -> set[int]:
    """The numbers in `?id=…&id=…`. Raises Http404 for anything else."""
    keys = request.GET.getlist("id")
    if not all(key.isdecimal() for key in keys):
        raise Http404
    return {int(key) for key in keys}


def _page_action(_request: HttpRequest, arguments: dict[str, Any]) -> None:
    """The translation of a practice begins in a view of its own, under its own rule."""
    if arguments["action_name"] == CopyForTranslationAction.action_name:
        page = get_object_or_404(Page, pk=arguments["pk"])
        # Whether the pages below are asked for stands in the body, which is the view's to read.
        if reaches_practices(page, with_pages_below=True):
            raise PermissionDenied


GUARDS: dict[str, Guard] = {
    "wagtailadmin_api:pages:action": _page_action,
    "wagtailadmin_pages:collect_workflow_action_data": _page_at_hand,
    "wagtailadmin_pages:confirm_workflow_cancellation": _page_at_hand,
    "wagtailadmin_pages:workflow_action": _page_at_hand,
    "wagtailadmin_pages:workflow_preview": _page_at_hand,
    "wagtail_bulk_action": _bulk_action,
    "wagtailadmin_choose_page_chosen_multiple": _chosen_pages,
    "wagtailadmin_tag_autocomplete": _suggested_tags,
    "wagtailadmin_tag_model_autocomplete": _suggested_tags,
    # wagtail-localize also takes over the form of a page, and its buttons.
    "wagtailadmin_pages:edit": localize.page_form,
    "wagtail_localize:javascript_catalog": _anybody,
    "wagtail_localize:submit_page_translation": localize.submit,
    "wagtail_localize:update_translations": localize.update,
    "wagtail_localize:convert_to_alias": localize.convert,
    "wagtail_localize:edit_string_translation": localize.strings,
    "wagtail_localize:edit_override": localize.strings,
    "wagtail_localize:download_pofile": localize.strings,
    "wagtail_localize:upload_pofile": localize.upload,
    "wagtail_localize:machine_translate": localize.strings,
    "wagtail_localize:preview_translation": localize.strings,
    "wagtail_localize:stop_translation": localize.strings,
}
"""Guards by the name of the address."""

GUARDED_NAMESPACES: dict[str, Guard] = {
    # Its report and its lists of snippets, and whatever it adds.
    "wagtail_localize": localize.superusers,
    "wagtailadmin_reports": _overseers,
    # Its chooser of searches asks for no permission.
    "wagtailsearchpromotions": _overseers,
    "wagtailsnippetchoosers_taggit_tag": _overseers,
    # There people make tokens in the names of others.
    tokens.WAGTAILS: tokens.close,
}
"""Guards of all addresses of a namespace, where `GUARDS` says nothing else."""


def answer(request: HttpRequest) -> HttpResponse | None:
    """What a guard answers in the place of Wagtail's view; None where the view may answer.

    Raises Http404 and PermissionDenied. People who are not signed in are Wagtail's to send to the
    login.
    """
    match = request.resolver_match
    if match is None:
        return None
    guard = GUARDS.get(match.view_name) or GUARDED_NAMESPACES.get(match.namespace)
    # Asked last: reading the user makes an answer private, and public pages are cached.
    return guard(request, match.kwargs) if guard and request.user.is_authenticated else None
