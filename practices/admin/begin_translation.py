"""The page on which the translation of a practice begins."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Locale

from practices.languages import content_locales
from practices.models import PracticePage
from practices.translation.start import TranslationRefusedError, begin, require_startable

from . import scope


class BeginTranslationView(WagtailAdminTemplateMixin, TemplateView):
    """Say what a new translation is, then make it; one that exists opens in its editor.

    Raises Http404 for a practice that a person may not see, PermissionDenied where its translations
    are not theirs.
    """

    template_name = "practices/admin/begin_translation.html"
    page_title: Any = gettext_lazy("New translation")
    header_icon = "globe"

    @cached_property
    def original(self) -> PracticePage:
        """The practice to translate."""
        public = PracticePage.objects.public().order_by().values("pk")
        visible = scope.visible(self.request.user).order_by().values("pk")
        seen = PracticePage.objects.originals().filter(Q(pk__in=public) | Q(pk__in=visible))
        return get_object_or_404(seen, pk=self.kwargs["pk"])

    @cached_property
    def locale(self) -> Locale:
        """The language to translate into."""
        others = {
            locale.language_code: locale
            for locale in content_locales()
            if locale.pk != self.original.locale_id
        }
        if self.kwargs["language"] not in others:
            raise Http404
        return others[self.kwargs["language"]]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        existing = self.original.translations.filter(locale=self.locale).first()
        if existing:
            return self._open(existing)
        try:
            require_startable(self.original, self.locale, request.user)
            return super().dispatch(request, *args, **kwargs)
        except TranslationRefusedError as refusal:
            messages.error(request, " ".join(refusal.messages))
            may_edit = self.original.permissions_for_user(request.user).can_edit()
            if may_edit:
                return redirect("wagtailadmin_pages:edit", self.original.pk)
            return redirect("practice_coverage")

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Make the draft, or find what somebody made a moment before."""
        translation, is_new = begin(self.original.pk, self.locale, request.user)
        if is_new:
            text = _("The translation of “%(title)s” begins with a copy of its texts.")
            messages.success(request, text % {"title": self.original.title})
        return self._open(translation)

    def _open(self, translation: PracticePage) -> HttpResponse:
        if not translation.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        return redirect("wagtailadmin_pages:edit", translation.pk)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("practice_coverage"), "label": _("Translations")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        texts = {
            "original": self.original,
            "source": self.original.locale.get_display_name(),
            "target": self.locale.get_display_name(),
        }
        return super().get_context_data(**texts, **kwargs)
