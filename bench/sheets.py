"""`python -m bench.sheets`: how fast fact sheets are made, and how much memory they take.

Each number of sheets in a process of its own. Beside it stands Typst alone, with the same texts as
plain headings and paragraphs: what no design could be faster than.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

SIZES = [1, 24, 300, 1_000]
ROUNDS = {1: 15, 24: 5}
BARE = """
#let data = json("data.json")
#set document(title: data.title)
#set text(lang: "es", font: "Source Sans 3")
#let words(value) = if type(value) == str { [#value ] } else if type(value) == array {
  value.map(words).join() } else if type(value) == dictionary { value.values().map(words).join() }
#for sheet in data.sheets {
  heading(level: 1, sheet.title.text)
  for entry in sheet.entries { heading(level: 2, entry.label); par(words(entry.value)) }
}
"""


def middle(work: Callable[[], Any], rounds: int) -> float:
    """The middle time of some rounds, in seconds, after one that is not counted."""
    work()
    times = []
    for _round in range(rounds):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return sorted(times)[len(times) // 2]


def measure(size: int) -> dict[str, Any]:
    """Times in seconds, peak memory in bytes, size of the PDF in bytes."""
    import django

    django.setup()
    from django.core.files.storage import FileSystemStorage
    from django.test import RequestFactory

    from practices.factsheets import delivery, making, pdf, store
    from practices.factsheets.compiling import Order, Wishes, assemble
    from practices.factsheets.document import ficha
    from practices.models import PracticePage

    published = PracticePage.objects.published().newest().values_list("pk", flat=True)
    wishes = Wishes(title="Banco", language="es", grouping="country")
    order = Order(list(published[:size]), ["es"], wishes, "https://bank.example/")
    rounds = ROUNDS.get(size, 1)

    def data() -> Any:
        document, pictures = assemble(order)
        return (ficha(document["sheets"][0], "full") if size == 1 else document), pictures

    document, pictures = data()
    files = pictures.files()
    found: dict[str, Any] = {"size": len(document["sheets"])}
    found["data"] = middle(data, rounds)
    found["pdf"] = middle(lambda: making.make(document, files, "pdf"), rounds)
    found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    found["bytes"] = len(making.make(document, files, "pdf"))
    found["bare"] = middle(lambda: _bare(pdf, document), rounds)
    found["docx"] = middle(lambda: making.make(document, files, "docx"), rounds)
    if size == 1:
        request = RequestFactory().get("/")
        key = making.digest(document, "pdf")
        stored = store.find_or_make(key, "pdf", lambda: making.make(document, files, "pdf"), 5)
        found["cached"] = middle(
            lambda: delivery.deliver_file(request, stored, key, "pdf", "x").getvalue(),
            200,
        )
        found["digest"] = middle(lambda: making.digest(document, "pdf"), 200)
        storage = FileSystemStorage(stored.storage.location)
        found["static"] = middle(lambda: storage.open(stored.name).read(), 200)
    return found


def _bare(pdf: Any, document: Any) -> bytes:
    """The same texts without a design."""
    import typst

    with TemporaryDirectory() as directory:
        root = Path(directory)
        (root / "bare.typ").write_text(BARE, encoding="utf-8")
        (root / "data.json").write_text(json.dumps(pdf.printable(document)), encoding="utf-8")
        return bytes(
            typst.compile(
                root / "bare.typ", root=root, font_paths=pdf._fonts(), pdf_standards=["ua-1"]
            )
        )


def main() -> None:
    """Measure all sizes and print the table."""
    print("\n### Fact sheets\n")
    print("| Practices | Data | PDF | Typst alone | Word | Peak memory | PDF size |")
    print("| --- | --: | --: | --: | --: | --: | --: |")
    one: dict[str, Any] = {}
    for size in SIZES:
        command = [sys.executable, "-m", "bench.sheets", str(size)]
        done = subprocess.run(command, env=os.environ, check=True, capture_output=True)  # noqa: S603
        row = json.loads(done.stdout)
        one = one or row
        times = " | ".join(f"{row[name]:.3f} s" for name in ("data", "pdf", "bare", "docx"))
        memory, size_of = row["memory"] / 1e6, row["bytes"] / 1e6
        print(f"| {row['size']:,} | {times} | {memory:,.0f} MB | {size_of:.2f} MB |", flush=True)
    print(
        f"\nOne ficha from the cache: {one['cached'] * 1000:.1f} ms to send and "
        f"{one['digest'] * 1000:.1f} ms to know it by its data; reading the file alone takes "
        f"{one['static'] * 1000:.1f} ms."
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(int(sys.argv[1]))))
    else:
        main()
