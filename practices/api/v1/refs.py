"""Practices by what people and programs call them: a code, a short code, or the id of a page."""

import re

from django.http import HttpRequest

from practices.admin.scope import visible
from practices.directory import Directory
from practices.factsheets.codes import full_code
from practices.models import PracticePage
from practices.querysets import PracticeQuerySet

from .problems import not_found

CODE = re.compile(r"[A-Z0-9]{1,20}-[A-Z]{3}-[0-9]{1,9}")
PAGE = re.compile(r"[0-9]{1,18}")


def public_version(request: HttpRequest, ref: str, locale: str | None = None) -> PracticePage:
    """The public version that `ref` names. Raises Problem (404).

    A code names a practice: `locale` says in which language, else (or where that version is not
    public) it is the original. The id of a page names that page.
    """
    return _find(Directory.of(request).public, ref, locale)


def own_version(request: HttpRequest, ref: str, locale: str | None = None) -> PracticePage:
    """The same of what the owner of the token sees in the admin, drafts included."""
    return _find(visible(request.user), ref, locale)


def _find(versions: PracticeQuerySet, ref: str, locale: str | None) -> PracticePage:
    versions = versions.with_facts()
    if PAGE.fullmatch(ref):
        page = versions.filter(pk=int(ref)).first()
    else:
        page = _by_code(versions, ref, locale)
    if page is None:
        raise not_found()
    return page


def _by_code(versions: PracticeQuerySet, ref: str, locale: str | None) -> PracticePage | None:
    code = full_code(ref) or ref.upper()
    if not CODE.fullmatch(code):
        return None
    practice = PracticePage.objects.filter(record__code=code).order_by()
    found = list(versions.filter(translation_key__in=practice.values("translation_key")))
    in_language = [page for page in found if page.locale.language_code == locale]
    return next(iter([*in_language, *(page for page in found if page.is_original)]), None)
