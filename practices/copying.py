"""Which pages people may copy, and where to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from .models import (
    CountryPage,
    PracticeIndexPage,
    PracticePage,
    PublicationIndexPage,
    PublicationPage,
    TagIndexPage,
    ThemeIndexPage,
)

UNIQUE = (CountryPage, PracticeIndexPage, ThemeIndexPage, TagIndexPage, PublicationIndexPage)


def refuse_copy(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say why a page cannot be copied as asked, and go back; None lets the copy be made.

    Countries and indexes stand once in each language. A practice is copied as a practice of its
    own, never as an alias, below a country that writes in its language.
    """
    copied = page.specific
    if isinstance(copied, UNIQUE):
        reason = _("“%(title)s” stands once in each language and cannot be copied.")
    elif isinstance(copied, PracticePage | PublicationPage) and request.POST.get("alias"):
        reason = _("“%(title)s” cannot be an alias; make a copy of its own.")
    elif isinstance(copied, PracticePage) and not _may_lie_below(copied, request):
        reason = _("“%(title)s” can be copied to a country of its own language only.")
    else:
        return None
    messages.error(request, reason % {"title": copied.title})
    return redirect("wagtailadmin_explore", copied.get_parent().pk)


def _may_lie_below(practice: PracticePage, request: HttpRequest) -> bool:
    chosen = request.POST.get("new_parent_page", "")
    if request.method != "POST" or not chosen.isdecimal():
        return practice.is_original
    parent = CountryPage.objects.filter(pk=chosen, locale_id=practice.locale_id).first()
    return practice.is_original and parent is not None and parent.is_source_tree
