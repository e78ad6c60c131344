"""The practices of the demo, from their fichas to published pages."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale

from home.models import User
from practices.models import (
    CountryPage,
    PracticeContact,
    PracticePage,
    PracticeRecord,
    Theme,
)
from practices.moderation.roles import country_collection
from practices.vocabulary import PRIVATE_KEYS

from . import fichas
from .fichas import Ficha
from .moderation import publish_through_review
from .people import editor_name
from .trees import read_yaml, translation_key

FILES = Path(__file__).parent / "files"


def read_fichas(folder: Path) -> list[Ficha]:
    """Read and check all files of a folder. Raises FichaError at the first fault."""
    themes = all_themes()
    found = [fichas.read(path) for path in sorted(folder.glob("*.yaml"))]
    for ficha in found:
        fichas.check(ficha, themes)
    return found


def all_themes() -> dict[str, Theme]:
    """Themes by code."""
    return {theme.code: theme for theme in Theme.objects.all()}


def build_practices(found: Iterable[Ficha]) -> int:
    """Publish the practices that were never loaded; returns how many. Others stay as edited."""
    secretariat = User.objects.get(username="secretaria")
    attached = read_yaml("attachments.yaml")
    themes = all_themes()
    built = 0
    for ficha in found:
        key = translation_key(ficha.name)
        if (
            PracticeRecord.objects.filter(translation_key=key).exists()
            or PracticePage.objects.filter(translation_key=key).exists()
        ):
            continue
        original = _original(ficha, attached, themes)
        author = User.objects.get(username=editor_name(ficha.data["country"]))
        publish_through_review(original, author, secretariat)
        if "translation" in ficha.data:
            translation = _translation(original, ficha, themes)
            publish_through_review(translation, author, secretariat)
        built += 1
    return built


def _original(ficha: Ficha, attached: dict[str, Any], themes: dict[str, Theme]) -> PracticePage:
    data = ficha.data
    key = translation_key(ficha.name)
    country = CountryPage.objects.get(
        iso_code=data["country"], locale__language_code=data["locale"]
    )
    owner = User.objects.get(username=editor_name(data["country"]))
    practice = PracticePage(
        title=data["title"], locale=country.locale, owner=owner, translation_key=key
    )
    fichas.fill(practice, data, themes, _documents(ficha, attached, owner))
    practice.picture = _picture(ficha, attached, owner)
    country.add_child(instance=practice)
    practice.tags.add(*data.get("tags", []))
    PracticeContact.objects.create(
        translation_key=key, **{name: data.get(name, "") for name in PRIVATE_KEYS}
    )
    return practice


def _translation(original: PracticePage, ficha: Ficha, themes: dict[str, Theme]) -> PracticePage:
    data = ficha.data["translation"]
    locale = Locale.objects.get(language_code=data["locale"])
    # Read anew: what is translated is the published original, not the object it was built with.
    published = PracticePage.objects.get(pk=original.pk)
    translation = published.copy_for_translation(locale)
    fichas.fill(translation, data, themes, {})
    translation.tags.set(data.get("tags", []))
    return translation


def _documents(
    ficha: Ficha, attached: dict[str, Any], owner: User
) -> dict[str, list[tuple[str, Any]]]:
    documents: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    for entry in attached["documents"]:
        if entry["ficha"] == ficha.name:
            document = get_document_model()(
                title=entry["title"],
                file=_file(entry["file"]),
                collection=country_collection(ficha.data["country"]),
                uploaded_by_user=owner,
            )
            document._set_document_file_metadata()
            document.save()
            documents[entry["item"]].append((entry["title"], document))
    return documents


def _picture(ficha: Ficha, attached: dict[str, Any], owner: User) -> Any:
    for entry in attached["pictures"]:
        if entry["ficha"] == ficha.name:
            return get_image_model().objects.create(
                title=ficha.data["title"],
                file=_file(entry["file"]),
                description=entry["description"],
                credit=entry["credit"],
                collection=country_collection(ficha.data["country"]),
                uploaded_by_user=owner,
            )
    return None


def _file(name: str) -> ContentFile[bytes]:
    return ContentFile((FILES / name).read_bytes(), name=name)
