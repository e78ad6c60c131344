"""What may be uploaded: good files of each type pass, hostile ones are refused by every way."""

import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client, override_settings
from django.urls import reverse
from PIL import Image
from wagtail.users.models import UserProfile

from home.models import CustomDocument, CustomImage, User
from practices.files import office
from practices.files.kinds import FileKind
from practices.files.uploads import accepted_text, check_upload

from .samples import (
    GOOD_DOCUMENTS,
    GOOD_IMAGES,
    ODF,
    OFFICE,
    collection,
    odf,
    ooxml,
    pack,
    pdf,
    picture,
    relation,
    relations,
    uploaded,
)

VBA_TYPE = "application/vnd.ms-office.vbaProject"
MACRO_DOCX = "application/vnd.ms-word.document.macroEnabled.main+xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 200
ELF = b"\x7fELF\x02\x01\x01" + b"\x00" * 200
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EXTERNAL = {
    kind: relations(relation(f"{OFFICE}/{kind}", "https://evil.example/a", "External"))
    for kind in ("attachedTemplate", "oleObject", "frame")
}
LAUGHS = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>'


def patched(content: bytes, *changes: tuple[bytes, bytes]) -> bytes:
    for old, new in changes:
        assert old in content
        content = content.replace(old, new)
    return content


def encrypted(content: bytes) -> bytes:
    """The package with the flag of encryption on each of its members."""
    return patched(
        content,
        (b"PK\x03\x04\x14\x00\x00\x00", b"PK\x03\x04\x14\x00\x01\x00"),
        (b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"),
    )


def bomb() -> bytes:
    """About 200 kB that unpack to 200 MB."""
    return ooxml(word__media__image1_o_xml=b"\x20" * 200_000_000)


def lying_bomb() -> bytes:
    """A package that says that its parts are smaller than they are."""
    content = ooxml(word__styles_o_xml=b"\x20" * 30_000_000)
    return content.replace(struct.pack("<I", 30_000_000), struct.pack("<I", 100))


def bomb_within() -> bytes:
    return ooxml(word__embeddings__a_o_xlsx=ooxml("xlsx", xl__b_o_xml=b"\x20" * 60_000_000))


def many_parts() -> bytes:
    return pack({f"word/part{number}.xml": b"<a/>" for number in range(6_000)})


def twice_the_same() -> bytes:
    output = BytesIO(ooxml())
    with zipfile.ZipFile(output, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("word/document.xml", b"<other/>")
    return output.getvalue()


def damaged() -> bytes:
    content = bytearray(ooxml(word__big_o_xml=bytes(range(256)) * 40))
    content[len(content) // 2] ^= 0xFF
    return bytes(content)


def vast_picture() -> bytes:
    """A PNG of 1 kB that says it has 10 000 million pixels."""

    def part(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\x00" * 1000)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", header) + part(b"IDAT", rows) + part(b"IEND", b"")


HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "HTML as PDF": ("a.pdf", lambda: HTML),
    "HTML before PDF": ("a.pdf", lambda: HTML + pdf()),
    "HTML behind PDF": ("a.pdf", lambda: pdf(behind=b"\n" + HTML)),
    "archive behind PDF": ("a.pdf", lambda: pdf(behind=b"\n" + pack({"a.exe": PROGRAM}))),
    "archive that ends as PDF": ("a.pdf", lambda: pdf() + pack({"a": b"b"}) + b"%%EOF"),
    "program behind PDF": ("a.pdf", lambda: pdf(behind=b"\n" + PROGRAM)),
    "PDF without end": ("a.pdf", lambda: pdf()[:-10]),
    "program as PDF": ("a.pdf", lambda: PROGRAM),
    "SVG as PDF": ("a.pdf", lambda: SVG),
    "program as text": ("a.txt", lambda: PROGRAM),
    "Linux program as text": ("a.txt", lambda: ELF),
    "script as text": ("a.txt", lambda: b"#!/bin/sh\nrm -rf ~\n"),
    "batch file as text": ("a.txt", lambda: b"@echo off\r\nformat c:\r\n"),
    "HTML as text": ("a.txt", lambda: HTML),
    "HTML as UTF-16 text": ("a.txt", lambda: HTML.decode().encode("utf-16")),
    "PHP as table": ("a.csv", lambda: b"<?php system($_GET['c']); ?>"),
    "script within a table": ("a.csv", lambda: b"pa\xc3\xads;n\n<script>alert(1)</script>;2\n"),
    "archive as table": ("a.csv", lambda: pack({"a.txt": b"a"})),
    "archive as DOCX": ("a.docx", lambda: pack({"a.txt": b"a"})),
    "HTML as DOCX": ("a.docx", lambda: HTML),
    "old DOC as DOCX": ("a.docx", lambda: OLE),
    "XLSX as DOCX": ("a.docx", lambda: ooxml("xlsx")),
    "ODT as DOCX": ("a.docx", odf),
    "DOCM as DOCX": ("a.docx", lambda: ooxml(main=MACRO_DOCX)),
    "macros in DOCX": ("a.docx", lambda: ooxml("docx", VBA_TYPE, word__vbaProject_o_bin=OLE)),
    "renamed macros in DOCX": ("a.docx", lambda: ooxml("docx", VBA_TYPE, word__foto_o_bin=b"a")),
    "macros by relation in PPTX": (
        "a.pptx",
        lambda: ooxml(
            "pptx",
            ppt___rels__presentation_o_xml_o_rels=relations(
                relation("http://schemas.microsoft.com/office/2006/relationships/vbaProject", "a")
            ),
        ),
    ),
    "macro sheets in XLSX": ("a.xlsx", lambda: ooxml("xlsx", xl__macrosheets__s1_o_xml=b"<a/>")),
    "ActiveX in XLSX": ("a.xlsx", lambda: ooxml("xlsx", xl__activeX__a_o_xml=b"<a/>")),
    "macros in a chart of PPTX": (
        "a.pptx",
        lambda: ooxml(
            "pptx", ppt__embeddings__a_o_xlsx=ooxml("xlsx", VBA_TYPE, xl__vbaProject_o_bin=b"a")
        ),
    ),
    "program in DOCX": ("a.docx", lambda: ooxml(word__media__a_o_png=PROGRAM)),
    "embedded object in DOCX": ("a.docx", lambda: ooxml(word__embeddings__o_o_bin=OLE)),
    "archive in DOCX": ("a.docx", lambda: ooxml(word__media__a_o_png=pack({"a": b"b"}))),
    "template from outside": (
        "a.docx",
        lambda: ooxml(word___rels__settings_o_xml_o_rels=EXTERNAL["attachedTemplate"]),
    ),
    "object from outside": (
        "a.docx",
        lambda: ooxml(word___rels__document_o_xml_o_rels=EXTERNAL["oleObject"]),
    ),
    "frame from outside": (
        "a.docx",
        lambda: ooxml(word___rels__document_o_xml_o_rels=EXTERNAL["frame"]),
    ),
    "entities in a text": ("a.docx", lambda: ooxml(word__styles_o_xml=LAUGHS)),
    "entities in UTF-16": (
        "a.docx",
        lambda: ooxml(word__styles_o_xml=LAUGHS.decode().encode("utf-16")),
    ),
    "entities in relations": ("a.docx", lambda: ooxml(word___rels__a_o_rels=LAUGHS)),
    "bomb": ("a.docx", bomb),
    "bomb that lies": ("a.docx", lying_bomb),
    "bomb within a table": ("a.docx", bomb_within),
    "thousands of parts": ("a.docx", many_parts),
    "a part twice": ("a.docx", twice_the_same),
    "damaged DOCX": ("a.docx", damaged),
    "encrypted parts": ("a.docx", lambda: encrypted(ooxml())),
    "way out of the folder": (
        "a.docx",
        lambda: patched(ooxml(word__aa__aa__c_o_xml=b"<a/>"), (b"word/aa/aa/", b"word/../../")),
    ),
    "something before the package": ("a.docx", lambda: HTML + ooxml()),
    "something behind the package": ("a.docx", lambda: ooxml() + HTML),
    "macros in ODT": ("a.odt", lambda: odf(Basic__Standard__Module1_o_xml=b"<a/>")),
    "scripts in ODS": ("a.ods", lambda: odf("ods", Scripts__python__a_o_py=b"print()")),
    "ODT as ODP": ("a.odp", lambda: odf("odt")),
    "encrypted ODT": ("a.odt", lambda: odf(manifest="<m:encryption-data/>")),
    "template as ODT": ("a.odt", lambda: odf(mimetype=ODF["odt"] + "-template")),
    "ODT without content": (
        "a.odt",
        lambda: pack({"mimetype": ODF["odt"].encode()}, ("mimetype",)),
    ),
}
REFUSED_NAMES = {
    "archive": ("a.zip", lambda: pack({"a": b"b"})),
    "program": ("informe.pdf.exe", lambda: PROGRAM),
    "macro document": ("a.docm", lambda: ooxml(main=MACRO_DOCX)),
    "old document": ("a.doc", lambda: OLE),
    "web page": ("a.html", lambda: HTML),
    "drawing": ("a.svg", lambda: SVG),
    "shortcut": ("a.lnk", lambda: b"L\x00"),
    "no type": ("informe", pdf),
    "only a type": (".htaccess", lambda: b"Options"),
}
HOSTILE_IMAGES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "SVG": ("a.svg", lambda: SVG),
    "SVG as PNG": ("a.png", lambda: SVG),
    "HTML as JPEG": ("a.jpg", lambda: HTML),
    "program as GIF": ("a.gif", lambda: PROGRAM),
    "PNG as JPEG": ("a.jpg", picture),
    "TIFF as PNG": ("a.png", lambda: picture("TIFF")),
    "TIFF": ("a.tiff", lambda: picture("TIFF")),
    "PDF as PNG": ("a.png", pdf),
    "GIF in words alone": ("a.gif", lambda: b"GIF89a/*" + HTML),
    "too many pixels": ("a.png", vast_picture),
}


def upload(client: Client, library: str, name: str, content: bytes, **values: str) -> Any:
    data = {"title": "Archivo", "file": uploaded(name, content)} | values
    return client.post(reverse(f"{library}:add"), data)


def test_there_are_enough_hostile_files() -> None:
    assert len(HOSTILE) + len(REFUSED_NAMES) + len(HOSTILE_IMAGES) >= 40


@pytest.mark.parametrize("name", GOOD_DOCUMENTS)
def test_good_documents_pass(name: str) -> None:
    check_upload(uploaded(name, GOOD_DOCUMENTS[name]), FileKind.DOCUMENT)


@pytest.mark.parametrize("name", GOOD_IMAGES)
def test_good_images_pass(name: str) -> None:
    check_upload(uploaded(name, GOOD_IMAGES[name]), FileKind.IMAGE)


@pytest.mark.parametrize("case", [*HOSTILE, *REFUSED_NAMES])
def test_hostile_documents_are_refused(case: str) -> None:
    name, make = (HOSTILE | REFUSED_NAMES)[case]
    with pytest.raises(ValidationError) as refusal:
        check_upload(uploaded(name, make()), FileKind.DOCUMENT)
    (message,) = refusal.value.messages
    assert accepted_text(FileKind.DOCUMENT) in message
    assert "PDF" in message


@pytest.mark.parametrize("case", HOSTILE_IMAGES)
def test_hostile_images_are_refused(case: str) -> None:
    name, make = HOSTILE_IMAGES[case]
    with pytest.raises(ValidationError) as refusal:
        check_upload(uploaded(name, make()), FileKind.IMAGE)
    assert "WEBP" in refusal.value.messages[0]


def test_the_bomb_is_small_and_is_never_unpacked_whole() -> None:
    content = bomb()
    assert len(content) < 250_000
    allowance = office.Allowance(len(content))
    with pytest.raises(office.UnfitContentError):
        office.check_office(BytesIO(content), "docx", allowance)
    assert allowance.left > -2 * office.CHUNK


def test_a_large_honest_table_passes() -> None:
    rows = "".join(f'<c r="A{number}"><v>{number * 7919}</v></c>' for number in range(400_000))
    content = ooxml("xlsx", xl__worksheets__sheet1_o_xml=rows.encode())
    assert len(rows) > office.FREE_UNPACKED
    check_upload(uploaded("a.xlsx", content), FileKind.DOCUMENT)


@override_settings(WAGTAILDOCS_MAX_UPLOAD_SIZE=50, WAGTAILIMAGES_MAX_UPLOAD_SIZE=50)
def test_size_is_limited() -> None:
    for name, content, kind in (
        ("a.txt", b"a" * 51, FileKind.DOCUMENT),
        ("a.png", picture(), FileKind.IMAGE),
    ):
        with pytest.raises(ValidationError):
            check_upload(uploaded(name, content), kind)


@pytest.mark.django_db
class TestWaysIn:
    """Each way by which a file comes in asks the same."""

    @pytest.fixture(autouse=True)
    def _people(self, editor_client: Client, editor: User) -> None:
        self.client = editor_client
        self.editor = editor
        self.place = {"collection": str(collection("pe").pk)}

    @pytest.mark.parametrize("language", ["es", "pt-br"])
    def test_the_refusal_says_what_is_accepted_in_the_persons_language(self, language: str) -> None:
        profile = UserProfile.get_for_user(self.editor)
        profile.preferred_language = language
        profile.save()
        response = upload(self.client, "wagtaildocs", "a.pdf", HTML, **self.place)
        (message,) = response.context["form"].errors["file"]
        assert "a.pdf" in message
        assert "CSV, DOCX, ODP, ODS, ODT, PDF, PPTX, TXT, XLSX" in message
        assert not CustomDocument.objects.filter(title="Archivo").exists()

    @pytest.mark.parametrize(
        ("library", "name", "content"),
        [
            ("wagtaildocs", "a.exe", PROGRAM),
            ("wagtaildocs", "a.txt", PROGRAM),
            ("wagtailimages", "a.svg", SVG),
            ("wagtailimages", "a.png", HTML),
            ("wagtailimages", "a.jpg", picture()),
        ],
    )
    def test_one_message_for_each_refusal(self, library: str, name: str, content: bytes) -> None:
        response = upload(self.client, library, name, content, **self.place)
        (message,) = response.context["form"].errors["file"]
        kind = FileKind.DOCUMENT if library == "wagtaildocs" else FileKind.IMAGE
        types = "PDF, PPTX" if kind == FileKind.DOCUMENT else "AVIF, GIF, JPEG, JPG, PNG, WEBP"
        assert types in message

    @override_settings(WAGTAILDOCS_MAX_UPLOAD_SIZE=50)
    def test_too_large_in_the_form(self) -> None:
        response = upload(self.client, "wagtaildocs", "a.txt", b"a" * 51, **self.place)
        assert len(response.context["form"].errors["file"]) == 1

    def test_a_missing_file_is_only_missing(self) -> None:
        url = reverse("wagtaildocs:add")
        response = self.client.post(url, {"title": "Archivo", **self.place})
        (message,) = response.context["form"].errors["file"]
        assert "PDF" not in message

    def test_good_files_are_stored(self) -> None:
        for library, files in (("wagtaildocs", GOOD_DOCUMENTS), ("wagtailimages", GOOD_IMAGES)):
            for name, content in files.items():
                assert upload(self.client, library, name, content, **self.place).status_code == 302
        assert CustomDocument.objects.filter(title="Archivo").count() == len(GOOD_DOCUMENTS)
        assert CustomImage.objects.filter(title="Archivo").count() == len(GOOD_IMAGES)

    @pytest.mark.parametrize(
        ("library", "name"), [("wagtaildocs", "a.pdf"), ("wagtailimages", "a.png")]
    )
    def test_several_at_once(self, library: str, name: str) -> None:
        url = reverse(f"{library}:add_multiple")
        data = {"title": "Archivo", "files[]": uploaded(name, HTML), **self.place}
        answer = json.loads(self.client.post(url, data).content)
        assert answer["success"] is False
        assert "PDF" in answer["error_message"] or "PNG" in answer["error_message"]

    @pytest.mark.parametrize(
        ("library", "prefix", "name"),
        [
            ("wagtaildocs", "document-chooser-upload", "a.pdf"),
            ("wagtailimages", "image-chooser-upload", "a.png"),
        ],
    )
    def test_in_the_chooser(self, library: str, prefix: str, name: str) -> None:
        url = reverse(f"{library}_chooser:create")
        data = {f"{prefix}-title": "Archivo", f"{prefix}-collection": self.place["collection"]}
        answer = self.client.post(url, data | {f"{prefix}-file": uploaded(name, HTML)})
        assert answer.status_code == 200
        assert "chosen" not in json.loads(answer.content)["step"]
        assert not CustomDocument.objects.filter(title="Archivo").exists()
        assert not CustomImage.objects.filter(title="Archivo").exists()

    def test_by_code(self) -> None:
        with pytest.raises(ValidationError):
            CustomDocument.objects.create(title="A", file=ContentFile(HTML, name="a.pdf"))
        with pytest.raises(ValidationError):
            CustomImage.objects.create(title="A", file=ContentFile(picture(), name="a.jpg"))
        document = CustomDocument(title="A")
        document.file.save("a.pdf", ContentFile(HTML), save=False)
        with pytest.raises(ValidationError):
            document.save()

    def test_a_polyglot_picture_loses_what_is_attached(self) -> None:
        content = picture() + HTML + pack({"a.exe": PROGRAM})
        assert (
            upload(self.client, "wagtailimages", "a.png", content, **self.place).status_code == 302
        )
        with CustomImage.objects.get(title="Archivo").file.open() as stored:
            kept = stored.read()
        assert b"script" not in kept
        assert not zipfile.is_zipfile(BytesIO(kept))
        assert Image.open(BytesIO(kept)).size == (40, 30)

    def test_the_form_offers_what_is_accepted(self) -> None:
        response = self.client.get(reverse("wagtaildocs:add"))
        field = response.context["form"].fields["file"]
        assert field.help_text.count("PDF") == 1
        assert ".docx" in field.widget.attrs["accept"]
