"""Making an edition: what a publication holds at a moment, kept for good."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import uuid4
from zipfile import ZIP_STORED, ZipFile

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.rich_text import expand_db_html

from practices.factsheets.compiling import Order, Wishes, assemble
from practices.factsheets.document import Document
from practices.factsheets.pictures import Pictures
from practices.factsheets.richtext import blocks_of
from practices.factsheets.sheet import Sheet
from practices.models import PublicationEdition, PublicationFile, PublicationPage

from .citing import citation_of


class KeptPictures(Pictures):
    """The pictures of an edition, as they were when it was published."""

    def __init__(self, edition: PublicationEdition) -> None:
        super().__init__()
        self._edition = edition

    def files(self) -> dict[str, bytes]:
        if not self._edition.pictures:
            return {}
        with self._edition.pictures.open("rb") as file, ZipFile(file) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


@dataclass(frozen=True)
class Compiled:
    """A publication as its files would be made now."""

    document: Document
    pictures: Mapping[str, bytes]

    @property
    def contents(self) -> list[dict[str, Any]]:
        """The practices as the page lists them (see `PublicationEdition`)."""
        compilation = self.document["compilation"]
        groups = compilation["groups"] if compilation else []
        sheets = self.document["sheets"]
        return [
            {
                "title": group["title"],
                "practices": _practices([sheets[place] for place in group["sheets"]]),
            }
            for group in groups
        ]


def compiled(page: PublicationPage, number: int = 1, *, with_pictures: bool = True) -> Compiled:
    """A publication as it stands in memory, with the public practices as they stand now.

    `number` is that of its edition.
    """
    site = page.get_site()
    base_url = f"{site.root_url}/" if site else "/"
    language = page.locale.language_code
    cover = Pictures().of([page.cover])
    with translation.override(language):
        preface = blocks_of(expand_db_html(page.preface), base_url)
        wishes = Wishes(
            title=page.title,
            language=language,
            design=page.design,  # type: ignore[arg-type]
            grouping=page.grouping,
            filter=page.frozen_words,
            url=page.full_url or "",
            preface=preface,
            picture=cover.get(page.cover_id, language),
            citation=str(citation_of(page, timezone.localdate().year, number)),
        )
    # The main language comes first where a practice is in both.
    languages = sorted(page.languages, key=lambda code: code != language)
    document, pictures = assemble(Order(page.practice_keys, languages, wishes, base_url))
    files = pictures.files() | cover.files() if with_pictures else {}
    return Compiled(document, files)


def freeze(page: PublicationPage) -> PublicationEdition:
    """Keep what is being published as a new edition, and have its files made.

    Must run inside the transaction that publishes. Raises ValidationError where a practice was
    taken down a moment ago.
    """
    # Whatever way it is published, as some of Wagtail's go around `PublicationPage.publish`.
    page.refuse_schedule()
    page.require_complete()
    number = (page.editions.aggregate(last=Max("number"))["last"] or 0) + 1
    made = compiled(page, number)
    codes = {sheet["code"] for sheet in made.document["sheets"]}
    if len(codes) != len(page.practice_keys):
        raise ValidationError(_("A practice was taken down just now. Look at the list again."))
    edition = PublicationEdition(
        page=page,
        number=number,
        published_at=page.last_published_at or timezone.now(),
        data=made.document,
        contents=made.contents,
        count=len(codes),
        languages=page.languages,
    )
    if made.pictures:
        name = f"{uuid4().hex}.zip"
        edition.pictures.save(name, ContentFile(_archive(made.pictures)), save=False)
    edition.save()
    PublicationFile.objects.bulk_create(
        PublicationFile(edition=edition, extension=extension)
        for extension in PublicationFile.EXTENSIONS
    )
    # The background queue is a setting of the host, read when it is first needed.
    from .tasks import make_files

    make_files.enqueue(edition.pk)
    return edition


def _archive(pictures: Mapping[str, bytes]) -> bytes:
    output = BytesIO()
    with ZipFile(output, "w", ZIP_STORED) as archive:
        for name, content in sorted(pictures.items()):
            archive.writestr(name, content)
    return output.getvalue()


def _practices(sheets: list[Sheet]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for sheet in sheets:
        new = {"code": sheet["code"], "country": sheet["country"], "titles": {}, "versions": {}}
        practice = found.setdefault(sheet["code"], new)
        practice["titles"][sheet["text_language"]] = sheet["title"]["text"]
        practice["versions"][sheet["text_language"]] = sheet["version"]
    return list(found.values())
