"""Files that were made, kept to be served again: a bounded cache on disk, shared by all processes.

It lies below MEDIA_ROOT, whose files are served only where a live page uses them: these by no
address of their own.
"""

import fcntl
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage

FOLDER = "factsheets"
MOST_BYTES = 512 * 1024 * 1024
KEPT = 0.8
"""Share of the bytes that is kept when there are too many; the least recently used go."""
LOOKS = 32
"""One write in so many looks how much there is."""
YOUNG = 60
"""Seconds in which a file is not deleted: somebody may be about to read it."""

LOCKS = 64
SLOTS = max(2, os.cpu_count() or 2)
"""How many files are made at the same time on this machine."""
PAUSE = 0.02


class BusyError(Exception):
    """As many files are being made as this machine can."""


@dataclass(frozen=True)
class StoredFile:
    """A file as `practices.files.delivery` takes it."""

    storage: FileSystemStorage
    name: str

    @property
    def size(self) -> int:
        """Bytes."""
        return self.storage.size(self.name)


def find(digest: str, extension: str) -> StoredFile | None:
    """A file that was made before; None where it is not kept (any more)."""
    stored = _stored(digest, extension)
    try:
        os.utime(stored.storage.path(stored.name))
    except FileNotFoundError:
        return None
    except PermissionError:  # another user of this machine made it
        pass
    return stored


def find_or_make(
    digest: str, extension: str, make: Callable[[], bytes], patience: float
) -> StoredFile:
    """A file from the cache, else made now; who asks for the same meanwhile waits for it.

    Raises BusyError where the machine was busy for `patience` seconds, and what `make` raises.
    """
    if found := find(digest, extension):
        return found
    until = time.monotonic() + patience
    with _locked(f"file-{int(digest[:8], 16) % LOCKS}", until):
        if found := find(digest, extension):
            return found
        with _slot(until):
            content = make()
        stored = _write(_stored(digest, extension), content)
    if int(digest[:4], 16) % LOOKS == 0:
        prune()
    return stored


def _folder() -> Path:
    folder = Path(settings.MEDIA_ROOT or tempfile.gettempdir()) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _stored(digest: str, extension: str) -> StoredFile:
    return StoredFile(FileSystemStorage(_folder().parent), f"{FOLDER}/{digest}.{extension}")


def _write(stored: StoredFile, content: bytes) -> StoredFile:
    path = Path(stored.storage.path(stored.name))
    handle, name = tempfile.mkstemp(dir=path.parent, prefix="new-")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(name).chmod(settings.FILE_UPLOAD_PERMISSIONS or 0o644)
    Path(name).rename(path)
    return stored


def prune() -> None:
    """Delete what was not used for longest, where there is too much."""
    files = []
    for entry in os.scandir(_folder()):
        if entry.name.startswith("lock-"):
            continue
        with suppress(FileNotFoundError):  # another process was there first
            about = entry.stat()
            files.append((about.st_mtime, about.st_size, entry.path))
    total = sum(size for _used, size, _path in files)
    if total <= MOST_BYTES:
        return
    old = time.time() - YOUNG
    for _used, size, path in sorted(file for file in files if file[0] < old):
        Path(path).unlink(missing_ok=True)
        total -= size
        if total <= MOST_BYTES * KEPT:
            return


@contextmanager
def _locked(name: str, until: float) -> Iterator[None]:
    """Hold a lock of this machine, which ends with the process. Raises BusyError."""
    with (_folder() / f"lock-{name}").open("a") as file:
        while not _is_taken(file.fileno()):
            if time.monotonic() > until:
                raise BusyError
            time.sleep(PAUSE)
        yield


@contextmanager
def _slot(until: float) -> Iterator[None]:
    """Hold one of the places for those who make files. Raises BusyError."""
    while True:
        for number in range(SLOTS):
            with (_folder() / f"lock-slot-{number}").open("a") as file:
                if _is_taken(file.fileno()):
                    yield
                    return
        if time.monotonic() > until:
            raise BusyError
        time.sleep(PAUSE)


def _is_taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
