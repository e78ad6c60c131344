"""The texts of a practice as a PO file, out and in again."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import polib
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_localize.strings import StringValue

from .closed import refuse_if_closed
from .memory import Applied, Memory
from .strings import Text, refusal, tidied

MAX_SIZE = 2 * 1024 * 1024
TRANSLATION = "X-WagtailLocalize-TranslationID"
"""Header that says which translation a file belongs to."""

TOOL = "PO"
FORMAT_OF_TIMES = "%Y-%m-%d %H:%M%z"


CHOOSE = gettext_lazy("Choose the translated PO file first.")
FOREIGN = gettext_lazy(
    "The file belongs to another translation, or your tool removed its header “%(header)s”. "
    "Download the file of this translation and translate that one."
)


class POFileError(ValidationError):
    """A file that is not taken; the message says why and what to do. Nothing changed."""


@dataclass
class Import:
    """What an import did."""

    taken: int = 0
    unchanged: int = 0
    fuzzy: int = 0
    unknown: int = 0
    refused: list[str] = field(default_factory=list)
    applied: Applied = field(default_factory=Applied)


def export(memory: Memory) -> polib.POFile:
    """The texts of the published original with their translations.

    Those of a machine are marked as fuzzy, as PO tools call what a person has to look at.
    """
    language = memory.locale.language_code
    now = timezone.now().strftime(FORMAT_OF_TIMES)
    po = polib.POFile(wrapwidth=0)
    po.metadata = {
        "Project-Id-Version": memory.page.code or memory.page.slug,
        "POT-Creation-Date": now,
        "PO-Revision-Date": now,
        "Language": _gettext_code(language),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": _gettext_code(memory.source.locale.language_code),
        TRANSLATION: str(memory.translation.uuid),
    }
    for text in memory.texts:
        po.append(
            polib.POEntry(
                msgctxt=text.path,
                msgid=text.source,
                msgstr=text.known.data if text.known else "",
                comment=f"{text.item.number} {text.item.label}",
                flags=["fuzzy"] if text.is_from_machine else [],
            )
        )
    return po


def file_name(memory: Memory) -> str:
    """Name of the exported file: code (or slug) and language."""
    return f"{memory.page.code or memory.page.slug}-{memory.locale.language_code}.po"


def take(memory: Memory, upload: "UploadedFile[Any]", user: Any) -> Import:
    """Keep the translations of a file and write them into a new draft.

    Strings that cannot be taken are named, the others are. Must run inside a transaction. Raises
    POFileError for a file that is none, or belongs elsewhere, and UnderReviewError.
    """
    refuse_if_closed(memory.page, user)
    po = parse(upload)
    _require_own(po, memory)
    result, found = Import(), dict[Text, str]()
    waiting = defaultdict(list)
    for text in memory.texts:
        waiting[text.source].append(text)
    for entry in po:
        if entry.obsolete:
            continue
        texts = _texts_of(entry, waiting.get(entry.msgid, []))
        if not texts:
            result.unknown += 1
        elif entry.fuzzy:
            result.fuzzy += 1
        elif data := tidied(entry.msgstr):
            _weigh([text for text in texts if text not in found], data, found, result)
    if result.unknown and not (found or result.unchanged or result.fuzzy or result.refused):
        raise POFileError(
            _(
                "None of the texts of this file is in the original any more. Download the file "
                "again and translate that one."
            )
        )
    result.taken = len(found)
    memory.write(found, user=user, tool=TOOL, machine=False)
    result.applied = memory.apply({text.key: None for text in found}, user=user)
    return result


def _weigh(texts: list[Text], data: str, found: dict[Text, str], result: Import) -> None:
    """See whether a translation is news, and may be taken."""
    for text in texts:
        if text.known and text.known.data == data and not text.is_from_machine:
            result.unchanged += 1
        elif reason := refusal(text, data):
            plain = Truncator(StringValue(text.source).render_text()).chars(60)
            result.refused.append(f"{text.item.number} “{plain}”: {reason}")
        else:
            found[text] = data


def parse(upload: "UploadedFile[Any]") -> polib.POFile:
    """The file of an upload. Raises POFileError."""
    if upload.size is None or upload.size > MAX_SIZE:
        raise POFileError(
            _("The file is larger than 2 MB; upload the one that you downloaded here, translated.")
        )
    try:
        content = upload.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise POFileError(
            _("The file is not text in UTF-8. In your tool, save it as a PO file in UTF-8.")
        ) from error
    try:
        # The line break makes it a text for polib, which would open a file of that name.
        po = polib.pofile(content.replace("\x00", "") + "\n")
    except (OSError, ValueError, LookupError, AttributeError) as error:
        raise POFileError(
            _("The file is not a PO file. Upload the one that you downloaded here, translated.")
        ) from error
    if not len(po):
        raise POFileError(
            _("The file has no texts. Upload the PO file that you downloaded here, translated.")
        )
    return po


def require_readable(upload: "UploadedFile[Any] | None") -> None:
    """Refuse what wagtail-localize could not read. Raises POFileError."""
    if upload is None:
        raise POFileError(CHOOSE)
    po = parse(upload)
    upload.seek(0)
    if TRANSLATION not in po.metadata:
        raise POFileError(FOREIGN % {"header": TRANSLATION})


def _require_own(po: polib.POFile, memory: Memory) -> None:
    """Refuse a file of another translation. Raises POFileError."""
    own = str(memory.translation.uuid)
    if po.metadata.get(TRANSLATION, "").strip() != own:
        raise POFileError(FOREIGN % {"header": TRANSLATION})
    language = po.metadata.get("Language", "").replace("_", "-").casefold()
    wanted = memory.locale.language_code.casefold()
    if language and language.split("-")[0] != wanted.split("-")[0]:
        raise POFileError(
            _("The file is in another language (%(language)s); this translation is in %(own)s.")
            % {"language": language, "own": memory.locale.get_display_name()}
        )


def _texts_of(entry: polib.POEntry, same: list[Text]) -> list[Text]:
    """Of the texts that say what an entry says, those in its place; where that is gone, all."""
    return [text for text in same if text.path == entry.msgctxt] or same


def _gettext_code(language: str) -> str:
    """A code of a language as gettext writes it: “pt_BR”."""
    first, *rest = language.split("-")
    return "_".join([first, *(part.upper() for part in rest)])
