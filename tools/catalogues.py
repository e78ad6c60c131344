"""Message catalogues: compile them, refresh them, and say what is stale.

`compile` needs Python alone; `refresh` and `check` need GNU gettext.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

from . import package_messages

ROOT = Path(__file__).resolve().parent.parent
# Folders that hold a `locale/`, and what of the rest belongs to their catalogue.
DOMAINS = {
    ROOT / "practices": [],
    ROOT: ["practices", ".venv", "var", "tests", "tools", "docs", "examples", "build", "dist"],
}
# The plural of each language.
LANGUAGES = {"es": "nplurals=2; plural=(n != 1);", "pt_BR": "nplurals=2; plural=(n > 1);"}


def catalogues(root: Path = ROOT) -> list[Path]:
    """All catalogues of the project."""
    return sorted(root.glob("locale/*/LC_MESSAGES/*.po")) + sorted(
        root.glob("practices/locale/*/LC_MESSAGES/*.po")
    )


def compile_all() -> None:
    """Write the `.mo` files that are missing or older than their catalogues."""
    for source in catalogues() + package_messages.catalogues():
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))


def refresh(root: Path = ROOT) -> None:
    """Extract the messages of code and templates into the catalogues below a folder."""
    if not shutil.which("xgettext"):
        sys.exit("GNU gettext is missing: install your system's package `gettext`.")
    for folder, ignored in DOMAINS.items():
        place = root / folder.relative_to(ROOT)
        (place / "locale").mkdir(exist_ok=True)
        command = [sys.executable, str(root / "manage.py"), "makemessages", "--verbosity", "0"]
        command += ["--no-location", "--no-wrap", "--no-obsolete"]
        command += [part for name in LANGUAGES for part in ("--locale", name)]
        # `name/*` would leave out folders of that name at any depth (templates/practices/) too.
        command += [part for name in ignored for part in ("--ignore", f"{name}/?*")]
        # The folder is the working directory, so that its own `locale/` receives the messages.
        environment = os.environ | {"PYTHONPATH": str(root)}
        subprocess.run(command, cwd=place, check=True, env=environment)  # noqa: S603
    for path in catalogues(root):
        tidy(path)


def tidy(path: Path) -> None:
    """Give a catalogue a header without names or dates, and no guessed translations."""
    language = path.parent.parent.name
    catalogue = polib.pofile(str(path), wrapwidth=0)
    catalogue.header = f"Messages of OSUMI, {language}."
    catalogue.metadata_is_fuzzy = False
    catalogue.metadata = {
        "Project-Id-Version": "OSUMI",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": LANGUAGES[language],
    }
    for entry in catalogue:
        guessed, entry.fuzzy = entry.fuzzy, False
        entry.previous_msgctxt = entry.previous_msgid = entry.previous_msgid_plural = None
        if entry.msgid_plural:
            known = {} if guessed else entry.msgstr_plural
            entry.msgstr_plural = {number: known.get(number, "") for number in (0, 1)}
        elif guessed:
            entry.msgstr = ""
    catalogue.save()


def check() -> int:
    """Print each catalogue that lacks a message or a translation; 1 where there is any."""
    faults = package_messages.faults()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(
            ROOT, copy, ignore=shutil.ignore_patterns(".venv", "var", ".git", "*.mo", ".*_cache")
        )
        refresh(copy)
        for fresh in catalogues(copy):
            stored = ROOT / fresh.relative_to(copy)
            known = {entry.msgid_with_context: entry for entry in polib.pofile(str(stored))}
            for entry in polib.pofile(str(fresh)):
                mine = known.pop(entry.msgid_with_context, None)
                if mine is None:
                    faults.append(f"{stored.relative_to(ROOT)}: missing “{entry.msgid}”")
                elif not mine.translated():
                    faults.append(f"{stored.relative_to(ROOT)}: untranslated “{entry.msgid}”")
            faults += [
                f"{stored.relative_to(ROOT)}: no longer used “{entry.msgid}”"
                for entry in known.values()
                if not entry.obsolete
            ]
    for fault in faults:
        print(fault)  # noqa: T201
    return 1 if faults else 0


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["compile"]:
            compile_all()
        case ["refresh"]:
            refresh()
            package_messages.refresh()
        case ["check"]:
            sys.exit(check())
        case _:
            sys.exit("usage: python -m tools.catalogues compile|refresh|check")
