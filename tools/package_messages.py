"""Messages of installed packages: `locale/wagtail/` supplies what they leave in English.

An entry there either translates what no package translates, or corrects a translation; a
correction quotes the text of the package in its comment, so that `faults` sees it change.
"""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import polib

from osumi_site.settings.base import INSTALLED_APPS

ROOT = Path(__file__).resolve().parent.parent
SUPPLIED = ROOT / "locale" / "wagtail"
DOMAINS = ("django", "djangojs")
CORRECTS = "Corrects: "
# Django's own and Wagtail's header: catalogues with another plural rule are looked up apart.
HEADERS = {
    "es": "nplurals=3; plural=n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;",
    "pt_BR": "nplurals=3; plural=(n == 0 || n == 1) ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;",
}

Messages = dict[str, polib.POEntry]


def catalogues() -> list[Path]:
    """The catalogues that supply messages of packages."""
    return sorted(SUPPLIED.glob("*/LC_MESSAGES/*.po"))


def package_folders() -> Iterator[Path]:
    """Folders with catalogues of the installed packages; the first one wins."""
    for name in [*INSTALLED_APPS, "django.conf"]:
        spec = find_spec(name)
        for place in (spec and spec.submodule_search_locations) or []:
            folder = Path(place) / "locale"
            if folder.is_dir() and ROOT not in (folder.parent.parent, folder.parent.parent.parent):
                yield folder


def read(language: str, domain: str, *, translated: bool) -> Messages:
    """What the installed packages say in a language, by message with context."""
    messages: Messages = {}
    for folder in package_folders():
        path = folder / language / "LC_MESSAGES" / f"{domain}.po"
        for entry in polib.pofile(str(path)) if path.exists() else ():
            if not entry.obsolete and (entry.translated() or not translated):
                messages.setdefault(entry.msgid_with_context, entry)
    return messages


def text(entry: polib.POEntry) -> str:
    """The translation, on one line; plural forms are parted by a bar."""
    parts = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    return " | ".join(dict.fromkeys(parts)).replace("\n", "\\n").strip()


def faults() -> list[str]:
    """Each message that is missing, empty, no longer needed or no longer in the packages."""
    found = []
    for path in catalogues():
        language, domain = path.parent.parent.name, path.stem
        english = read("en", domain, translated=False)
        shipped = read(language, domain, translated=True)
        own = {entry.msgid_with_context: entry for entry in polib.pofile(str(path))}
        here = path.relative_to(ROOT)
        for key, entry in own.items():
            if fault := _fault(entry, english.get(key), shipped.get(key)):
                found.append(f"{here}: {fault} “{entry.msgid}”")
        found += [
            f"{here}: missing “{entry.msgid}”"
            for key, entry in english.items()
            if key not in own and key not in shipped
        ]
    return found


def _fault(own: polib.POEntry, english: polib.POEntry | None, shipped: polib.POEntry | None) -> str:
    corrects = own.tcomment.startswith(CORRECTS)
    if english is None:
        return "no longer in the packages"
    if not own.translated():
        return "untranslated"
    if shipped and not corrects:
        return "now translated by its package"
    if corrects and own.tcomment != CORRECTS + (text(shipped) if shipped else ""):
        return "corrects what the package no longer says:"
    return ""


def refresh() -> None:
    """Add the messages that are missing, empty, and drop those that are not needed."""
    for path in catalogues():
        language, domain = path.parent.parent.name, path.stem
        english = read("en", domain, translated=False)
        shipped = read(language, domain, translated=True)
        own = {entry.msgid_with_context: entry for entry in polib.pofile(str(path))}
        fresh = polib.POFile(wrapwidth=0)
        fresh.header = f"Messages of installed packages, {language}."
        fresh.metadata = {
            "Project-Id-Version": "OSUMI",
            "Language": language,
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "Plural-Forms": HEADERS[language],
        }
        for key, source in english.items():
            entry = own.get(key)
            if entry and (key not in shipped or entry.tcomment.startswith(CORRECTS)):
                fresh.append(entry)
            elif key not in shipped:
                fresh.append(_empty(source))
        fresh.save(str(path))


def _empty(source: polib.POEntry) -> polib.POEntry:
    return polib.POEntry(
        msgctxt=source.msgctxt,
        msgid=source.msgid,
        msgid_plural=source.msgid_plural,
        msgstr_plural=dict.fromkeys(range(3), "") if source.msgid_plural else {},
        comment=source.comment,
        flags=[flag for flag in source.flags if flag != "fuzzy"],
    )
