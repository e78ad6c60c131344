"""Files made in code: good ones of each type, and what they are stored as."""

import zipfile
import zlib
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.models import Collection

from home.models import CustomDocument, CustomImage
from practices.moderation.roles import country_collection

OOXML = "application/vnd.openxmlformats-officedocument."
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = {
    "docx": ("word/document.xml", f"{OOXML}wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{OOXML}spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", f"{OOXML}presentationml.presentation.main+xml"),
}
ODF = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
IMAGES = {"avif": "AVIF", "gif": "GIF", "jpg": "JPEG", "png": "PNG", "webp": "WEBP"}

Parts = dict[str, bytes]


def pack(parts: Parts, stored: tuple[str, ...] = ()) -> bytes:
    """A ZIP of the parts; those in `stored` are not compressed."""
    output = BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            method = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            package.writestr(name, content, compress_type=method)
    return output.getvalue()


def relation(kind: str, target: str, mode: str = "Internal") -> str:
    return f'<Relationship Id="r1" Type="{kind}" Target="{target}" TargetMode="{mode}"/>'


def relations(*items: str) -> bytes:
    return f'<Relationships xmlns="{RELATIONS}">{"".join(items)}</Relationships>'.encode()


def content_types(*types: str) -> bytes:
    overrides = "".join(
        f'<Override PartName="/part{number}" ContentType="{name}"/>'
        for number, name in enumerate(types)
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f"{overrides}</Types>"
    ).encode()


def ooxml(extension: str = "docx", *types: str, main: str = "", **parts: bytes) -> bytes:
    """An office file; `parts` are added, with “__” for “/” and “_o_” for “.” in their names."""
    name, main_type = MAIN[extension]
    base: Parts = {
        "[Content_Types].xml": content_types(main or main_type, *types),
        "_rels/.rels": relations(relation(f"{OFFICE}/officeDocument", name)),
        name: b"<?xml version='1.0' encoding='UTF-8'?><document>Texto</document>",
    }
    added = {key.replace("__", "/").replace("_o_", "."): part for key, part in parts.items()}
    return pack(base | added)


def odf(extension: str = "odt", mimetype: str = "", manifest: str = "", **parts: bytes) -> bytes:
    """An open document; `parts` as in `ooxml`."""
    namespace = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    base: Parts = {
        "mimetype": (mimetype or ODF[extension]).encode(),
        "content.xml": b"<document><office/></document>",
        "META-INF/manifest.xml": (
            f'<m:manifest xmlns:m="{namespace}">'
            f'<m:file-entry m:full-path="/">{manifest}</m:file-entry></m:manifest>'
        ).encode(),
    }
    added = {key.replace("__", "/").replace("_o_", "."): part for key, part in parts.items()}
    return pack(base | added, stored=("mimetype",))


def pdf(text: str = "Informe", behind: bytes = b"\n") -> bytes:
    body = zlib.compress(text.encode())
    return b"%PDF-1.7\n1 0 obj\n<<>>stream\n" + body + b"\nendstream\nendobj\n%%EOF" + behind


def picture(image_format: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    output = BytesIO()
    Image.new("RGB", size, (30, 120, 60)).save(output, format=image_format)
    return output.getvalue()


GOOD_DOCUMENTS: dict[str, bytes] = {
    **{f"informe.{extension}": ooxml(extension) for extension in MAIN},
    **{f"informe.{extension}": odf(extension) for extension in ODF},
    "informe.pdf": pdf(),
    "INFORME.PDF": pdf(),
    "datos.csv": "país;personas\nPerú;1500\n".encode(),
    "datos-excel.csv": "país;personas\nPerú;1500\n".encode("cp1252"),
    "notas.txt": b"Una nota.\r\n",
    "notas-unicode.txt": "Una nota de São Paulo.".encode("utf-16"),
    "con-grafico.docx": ooxml(word__embeddings__Hoja1_o_xlsx=ooxml("xlsx")),
}
GOOD_IMAGES = {f"foto.{name}": picture(image_format) for name, image_format in IMAGES.items()}


def uploaded(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def collection(iso_code: str) -> Collection:
    """The collection of a country; the root for an empty code."""
    return country_collection(iso_code) if iso_code else Collection.get_first_root_node()


def make_document(
    iso_code: str = "pe", title: str = "Informe", content: bytes = b"", **values: Any
) -> CustomDocument:
    document = CustomDocument(
        title=title,
        file=ContentFile(content or pdf(), name="informe.pdf"),
        collection=collection(iso_code),
        **values,
    )
    document._set_document_file_metadata()
    document.save()
    return document


def make_image(iso_code: str = "pe", title: str = "Foto", **values: Any) -> CustomImage:
    return CustomImage.objects.create(
        title=title,
        file=ContentFile(picture(), name="foto.png"),
        collection=collection(iso_code),
        **values,
    )
