"""The tools of a translation: states at a glance, PO files, machine translation."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from practices.models import PracticePage
from practices.moderation.review import UnderReviewError

from . import jobs, po
from .closed import refuse_if_closed
from .import_messages import tell
from .machine import translator_for
from .memory import Memory
from .sections import is_missing
from .states import states_of


class UploadForm(forms.Form):
    """A PO file."""

    file = forms.FileField(
        label=gettext_lazy("PO file"),
        help_text=gettext_lazy(
            "The file that you downloaded here, translated with any PO tool. Texts marked as "
            "fuzzy are not taken."
        ),
        error_messages={
            "required": po.CHOOSE,
            "empty": gettext_lazy("The file is empty; upload the translated PO file."),
        },
        widget=forms.FileInput({"accept": ".po,.pot"}),
    )


@dataclass(frozen=True)
class Row:
    """A section of the translation in the list."""

    state: Any
    is_missing: bool


class ToolMixin:
    """The translation at hand, for those who may edit it. Raises Http404 for everybody else."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def page(self) -> PracticePage:
        """The translation."""
        pages = PracticePage.objects.filter(original__isnull=False).select_related("locale")
        page = get_object_or_404(pages, pk=self.kwargs["pk"])
        if not page.permissions_for_user(self.request.user).can_edit():
            raise Http404
        return page

    def back(self) -> HttpResponse:
        """Back to the tools of the translation."""
        return redirect("practice_translation", self.page.pk)

    def attempt(self, work: Callable[[], HttpResponse]) -> HttpResponse:
        """Do something with the strings, or say why not; then nothing changed."""
        try:
            self._require_public()
            with transaction.atomic():
                return work()
        except ValidationError as refusal:
            messages.error(self.request, " ".join(refusal.messages))
        except UnderReviewError as refusal:
            messages.error(self.request, str(refusal))
        return self.back()

    def _require_public(self) -> None:
        """Hand out no text that is not public. Raises ValidationError."""
        if not self.page.facts.live:
            raise ValidationError(
                _("The original is not published now. Nothing can be translated from it.")
            )


class TranslationToolsView(ToolMixin, WagtailAdminTemplateMixin, TemplateView):
    """The sections with their states, and what can be done with all of them at once."""

    template_name = "practices/admin/translation_tools.html"
    page_title: Any = gettext_lazy("Translation tools")
    header_icon = "globe"

    def get_page_subtitle(self) -> str:
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {
                "url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]),
                "label": self.page.get_admin_display_title(),
            },
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = self.page.get_latest_revision_as_object()
        original = page.original
        states = states_of(page)
        prefetch_related_objects(states, "by")
        context = {
            "page": page,
            "original": original,
            "source": original.locale.get_display_name(),
            "target": page.locale.get_display_name(),
            "rows": [Row(state, is_missing(original, page, state.section)) for state in states],
            "closed": self._why_closed(),
            "upload_form": UploadForm(),
            "translator": translator_for(original.locale, page.locale),
            "job": jobs.progress(self.page),
        }
        return super().get_context_data(**context, **kwargs)

    def _why_closed(self) -> str:
        """Why the translation cannot change now; empty where it can."""
        try:
            refuse_if_closed(self.page, self.request.user)
        except UnderReviewError as refusal:
            return str(refusal)
        return ""


class ExportView(ToolMixin, View):
    """Hand over the texts as a PO file."""

    http_method_names = ["post"]

    def post(self, *_args: Any, **_kwargs: Any) -> HttpResponse:
        return self.attempt(self._export)

    def _export(self) -> HttpResponse:
        memory = Memory(self.page)
        answer = HttpResponse(str(po.export(memory)), content_type="text/x-gettext-translation")
        answer["Content-Disposition"] = f'attachment; filename="{po.file_name(memory)}"'
        return answer


class ImportView(ToolMixin, View):
    """Take the translations of a PO file into a draft."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            messages.error(request, " ".join(map(str, form.errors["file"])))
            return self.back()
        return self.attempt(lambda: self._import(form.cleaned_data["file"]))

    def _import(self, upload: Any) -> HttpResponse:
        result = po.take(Memory(self.page), upload, self.request.user)
        tell(self.request, result)
        return self.back()


class MachineView(ToolMixin, View):
    """Have a machine translate in the background; or say how far it is."""

    http_method_names = ["get", "post"]

    def get(self, *_args: Any, **_kwargs: Any) -> HttpResponse:
        return JsonResponse(jobs.progress(self.page) or {"state": ""})

    def post(self, *_args: Any, **_kwargs: Any) -> HttpResponse:
        return self.attempt(self._start)

    def _start(self) -> HttpResponse:
        jobs.start(self.page, self.request.user)
        return self.back()
