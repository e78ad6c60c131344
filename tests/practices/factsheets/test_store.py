"""The cache of files that were made: shared, bounded, made once."""

import threading
import time
from pathlib import Path
from typing import Any

import pytest

from practices.factsheets import store


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path / store.FOLDER


def key(number: int) -> str:
    return f"0001{number:036x}"  # of those after which nobody looks how much there is


def test_a_file_is_made_once(folder: Path) -> None:
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        time.sleep(0.2)
        return b"contents"

    threads = [
        threading.Thread(target=store.find_or_make, args=(key(1), "pdf", make, 10))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1]
    stored = store.find(key(1), "pdf")
    assert stored
    assert Path(stored.storage.path(stored.name)).read_bytes() == b"contents"
    assert stored.size == 8


def test_nothing_is_kept_of_what_failed(folder: Path) -> None:
    def fail() -> bytes:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.find_or_make(key(2), "pdf", fail, 1)
    assert store.find(key(2), "pdf") is None
    assert store.find_or_make(key(2), "pdf", lambda: b"now", 1).size == 3


def test_a_busy_machine_says_so() -> None:
    begun, end = threading.Barrier(store.SLOTS + 1), threading.Event()

    def make() -> bytes:
        begun.wait(5)
        end.wait(5)
        return b"x"

    # Keys with different locks, so that only the places are short.
    keys = [f"{number:08x}" + "0" * 32 for number in range(store.SLOTS)]
    threads = [
        threading.Thread(target=store.find_or_make, args=(digest, "pdf", make, 5))
        for digest in keys
    ]
    for thread in threads:
        thread.start()
    begun.wait(5)
    try:
        with pytest.raises(store.BusyError):
            store.find_or_make(f"{63:08x}" + "0" * 32, "pdf", lambda: b"y", 0.1)
    finally:
        end.set()
        for thread in threads:
            thread.join()


def test_the_least_used_go_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST_BYTES", 1_000)
    monkeypatch.setattr(store, "YOUNG", 0)
    for number in range(12):
        store.find_or_make(key(number + 1), "pdf", lambda: b"x" * 100, 1)
        time.sleep(0.01)
    assert store.find(key(1), "pdf")  # used just now
    store.prune()
    kept = [number for number in range(12) if store.find(key(number + 1), "pdf")]
    assert kept == [0, *range(5, 12)]
