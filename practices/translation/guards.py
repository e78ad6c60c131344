"""Who may use wagtail-localize: by the permissions of the very pages, and nobody for practices.

wagtail-localize asks for one permission on all pages at most, knows neither locks nor workflow,
and writes live rows. Each guard takes the request and the arguments of an address, as
`admin.doors` describes; the table of addresses stands there.
"""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from practices.models import CountryPage, PracticePage, PublicationPage

from . import po
from .start import startable

BUTTONS = ("localize-restart-translation", "localize-convert-to-alias")
"""Buttons that wagtail-localize adds to the form of a page."""

SUBMIT = "wagtail_localize.submit_translation"


def superusers(request: HttpRequest, _arguments: dict[str, Any]) -> HttpResponse | None:
    """What is for superusers alone. Raises PermissionDenied."""
    _require(request.user.is_superuser)
    return None


def page_form(request: HttpRequest, arguments: dict[str, Any]) -> HttpResponse | None:
    """The form of a page: no segment editor for practices, none for others while they are locked."""
    if request.method != "POST":
        return None
    page = get_object_or_404(Page, pk=arguments["page_id"])
    pressed = any(name in request.POST for name in BUTTONS)
    if _is_practice(page.specific_class):
        if pressed:
            raise PermissionDenied
        return None
    started = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True
    )
    return _refuse_locked(request, page.specific) if pressed or started.exists() else None


def submit(request: HttpRequest, arguments: dict[str, Any]) -> HttpResponse | None:
    """Beginning a translation; that of a practice begins with us. Raises PermissionDenied."""
    page = get_object_or_404(Page, pk=arguments["page_id"]).specific
    if isinstance(page, PracticePage):
        return _begin_practice(request, page)
    _require(page.permissions_for_user(request.user).can_edit())
    if isinstance(page, PublicationPage):
        messages.error(request, _("A publication stands in one language; begin another one."))
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    # A translation of a translation would have two sources, which wagtail-localize cannot read.
    targets = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale_id
    )
    _require(not (page.alias_of_id or targets.exists()))
    if request.method == "POST" and (reason := _reason_not_to_submit(request, page)):
        messages.error(request, reason)
        return redirect(request.path)
    return None


def update(request: HttpRequest, arguments: dict[str, Any]) -> HttpResponse | None:
    """Taking over a source's new text, and publishing it in one go. Raises PermissionDenied."""
    source = get_object_or_404(TranslationSource, pk=arguments["translation_source_id"])
    if not _is_page(source):
        return superusers(request, arguments)
    _require(_instance(source.get_source_instance).permissions_for_user(request.user).can_edit())
    publishes = "publish_translations" in request.POST
    for translation in source.translations.filter(enabled=True):
        target = _instance(translation.get_target_instance)
        permissions = target.permissions_for_user(request.user)
        _require(permissions.can_edit())
        _require(permissions.can_publish() or not (publishes or target.live))
        if refusal := _refuse_locked(request, target):
            return refusal
    return None


def strings(request: HttpRequest, arguments: dict[str, Any]) -> HttpResponse | None:
    """Reading and writing the strings of a translation. Raises PermissionDenied."""
    translation = get_object_or_404(Translation, pk=arguments["translation_id"])
    if not _is_page(translation.source):
        return superusers(request, arguments)
    page = _instance(translation.get_target_instance)
    _require(page.permissions_for_user(request.user).can_edit())
    return _refuse_locked(request, page)


def upload(request: HttpRequest, arguments: dict[str, Any]) -> HttpResponse | None:
    """A PO file for wagtail-localize, which fails at one without its header."""
    refusal = strings(request, arguments)
    if refusal or request.method != "POST":
        return refusal
    file = request.FILES.get("file")
    try:
        po.require_readable(file)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        page = get_object_or_404(Translation, pk=arguments["translation_id"]).get_target_instance()
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


def convert(request: HttpRequest, arguments: dict[str, Any]) -> HttpResponse | None:
    """Making an alias of a translation: it takes over whether the source is public.

    Raises PermissionDenied.
    """
    page = get_object_or_404(Page, pk=arguments["page_id"]).specific
    _require(not isinstance(page, PracticePage | CountryPage | PublicationPage))
    versions = [page, *page.get_translations()]
    _require(all(one.permissions_for_user(request.user).can_edit() for one in versions))
    _require(page.permissions_for_user(request.user).can_publish())
    return _refuse_locked(request, page)


def _require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def _is_practice(model: type[Any] | None) -> bool:
    return model is not None and issubclass(model, PracticePage)


def _is_page(source: TranslationSource) -> bool:
    """Whether a source is a page other than a practice. Raises PermissionDenied for practices."""
    model = source.specific_content_type.model_class()
    _require(not _is_practice(model))
    return model is not None and issubclass(model, Page)


def _instance(find: Any) -> Any:
    try:
        return find()
    except ObjectDoesNotExist as error:
        raise Http404 from error


def _refuse_locked(request: HttpRequest, page: Any) -> HttpResponse | None:
    """The answer to a write on a page that is locked, for that person; None for everything else.

    Raises PermissionDenied where a script writes.
    """
    is_read = request.method in ("GET", "HEAD", "OPTIONS")
    if is_read or not page.permissions_for_user(request.user).page_locked():
        return None
    if request.method != "POST":
        raise PermissionDenied
    messages.error(
        request,
        _("“%(title)s” is locked or under review; nothing was changed.")
        % {"title": page.get_admin_display_title()},
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


def _begin_practice(request: HttpRequest, page: PracticePage) -> HttpResponse:
    """Lead who presses “Translate this page” to our own page for it, or to all translations."""
    _require(request.method == "GET" and request.user.has_perm(SUBMIT))
    locales = startable(page.facts, request.user)
    if len(locales) == 1:
        return redirect("practice_translate", page.facts.pk, locales[0].language_code)
    return redirect("practice_coverage")


def _reason_not_to_submit(request: HttpRequest, page: Any) -> str:
    """Why a page, and what lies below it, cannot be translated as asked; empty where it can."""
    chosen = [pk for pk in request.POST.getlist("locales") if pk.isdecimal()]
    locales = Locale.objects.filter(pk__in=chosen)
    parent = page.get_parent().specific
    for locale in locales:
        home = parent if parent.is_root() else parent.get_translation_or_none(locale)
        if home is None or home.alias_of_id:
            return _("Translate the page above this one into %(language)s first.") % {
                "language": locale.get_display_name()
            }
        _require(home.permissions_for_user(request.user).can_add_subpage())
    if request.POST.get("include_subtree") and not _may_take_along(request, page, locales):
        return _(
            "Among the pages below are fichas, pages that are translated already, or pages that "
            "you cannot edit: translate the pages one by one."
        )
    return ""


def _may_take_along(request: HttpRequest, page: Any, locales: Any) -> bool:
    """Whether all pages below may be translated at once, overwriting nothing."""
    below = page.get_descendants()
    versions = Page.objects.filter(
        translation_key__in=below.values("translation_key"), locale__in=locales
    )
    return not versions.exists() and all(
        not isinstance(one, PracticePage | PublicationPage)
        and one.permissions_for_user(request.user).can_edit()
        for one in below.specific()
    )
