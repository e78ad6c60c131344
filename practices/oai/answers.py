"""Answers of OAI-PMH as XML.

Source: http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd and oai_dc.xsd.
"""

import re
from datetime import UTC, datetime
from email.utils import parseaddr
from io import StringIO
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.xmlutils import SimplerXMLGenerator

from practices.outlets.cells import printable
from practices.outlets.lists import site_name
from practices.outlets.metadata import language_tag
from practices.presentation import Text

from .arguments import PREFIX, OaiError, parse, selection, token
from .collection import Collection, Item, Part, formats_of

OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_DC = f"{OAI}oai_dc/"
IDENTIFIER = f"{OAI}oai-identifier"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
DUBLIN_CORE = {
    "xmlns:oai_dc": OAI_DC,
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:xsi": INSTANCE,
    "xsi:schemaLocation": f"{OAI_DC} http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
}
DOMAIN = re.compile(r"[a-zA-Z][a-zA-Z0-9\-]*(\.[a-zA-Z][a-zA-Z0-9\-]*)+")
"""What the scheme of identifiers takes for a namespace: no number, no name without a dot."""


def answer(request: HttpRequest) -> bytes:
    """The answer to a request, an error of the protocol included."""
    query = request.POST if request.method == "POST" else request.GET
    writer = Writer(request)
    try:
        values = parse(query)
    except OaiError as error:
        return writer.error(error, {})
    try:
        return writer.answer(values)
    except OaiError as error:
        # Arguments of a wrong form are not repeated: they would break the schema.
        return Writer(request).error(error, {} if error.code == "badArgument" else values)


class Writer:
    """Writes one answer."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._collection = Collection(request)
        self._output = StringIO()
        self._xml = SimplerXMLGenerator(self._output, "utf-8", short_empty_elements=True)
        self._address = request.build_absolute_uri(reverse("practices_oai"))

    def answer(self, values: dict[str, str]) -> bytes:
        """The answer to valid arguments. Raises OaiError."""
        verb = values["verb"]
        self._begin(values)
        self._start(verb)
        if verb == "Identify":
            self._identify()
        elif verb == "ListMetadataFormats":
            self._formats(formats_of(self._collection, values.get("identifier")))
        elif verb == "ListSets":
            self._sets(values)
        elif verb == "GetRecord":
            self._one(values)
        else:
            self._list(values)
        self._end(verb)
        return self._finish()

    def error(self, error: OaiError, values: dict[str, str]) -> bytes:
        """The answer that says what was wrong with a request."""
        self._begin(values)
        self._text("error", str(error), code=error.code)
        return self._finish()

    def _begin(self, values: dict[str, str]) -> None:
        self._xml.startDocument()
        location = f"{OAI} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
        names = {"xmlns": OAI, "xmlns:xsi": INSTANCE, "xsi:schemaLocation": location}
        self._start("OAI-PMH", names)
        self._text("responseDate", _moment(timezone.now()))
        self._text("request", self._address, **values)

    def _finish(self) -> bytes:
        self._end("OAI-PMH")
        return self._output.getvalue().encode("utf-8", "replace")

    def _identify(self) -> None:
        namespace = self._collection.namespace
        for name, text in (
            ("repositoryName", site_name()),
            ("baseURL", self._address),
            ("protocolVersion", "2.0"),
            ("adminEmail", _admin_email()),
            ("earliestDatestamp", _moment(self._collection.earliest() or timezone.now())),
            ("deletedRecord", "persistent"),
            ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
        ):
            self._text(name, text)
        if DOMAIN.fullmatch(namespace):
            location = f"{IDENTIFIER} http://www.openarchives.org/OAI/2.0/oai-identifier.xsd"
            names = {"xmlns": IDENTIFIER, "xsi:schemaLocation": location}
            self._start("description")
            self._start("oai-identifier", names)
            self._text("scheme", "oai")
            self._text("repositoryIdentifier", namespace)
            self._text("delimiter", ":")
            prefix = getattr(settings, "PRACTICES_CODE_PREFIX", "OSUMI")
            self._text("sampleIdentifier", self._collection.identifier(f"{prefix}-PER-0001"))
            self._end("oai-identifier")
            self._end("description")

    def _formats(self, prefix: str) -> None:
        self._start("metadataFormat")
        self._text("metadataPrefix", prefix)
        self._text("schema", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd")
        self._text("metadataNamespace", OAI_DC)
        self._end("metadataFormat")

    def _sets(self, values: dict[str, str]) -> None:
        if "resumptionToken" in values:
            raise OaiError("badResumptionToken", "The list of sets is whole; no token was given.")
        for spec, names in self._collection.sets():
            self._start("set")
            self._text("setSpec", spec)
            self._text("setName", names[0].text)
            self._start("setDescription")
            self._dublin_core([("title", name) for name in names])
            self._end("setDescription")
            self._end("set")

    def _one(self, values: dict[str, str]) -> None:
        if values["metadataPrefix"] != PREFIX:
            raise OaiError("cannotDisseminateFormat", f"The only format is {PREFIX}.")
        self._record(self._collection.item(values["identifier"], described=True))

    def _list(self, values: dict[str, str]) -> None:
        with_records = values["verb"] == "ListRecords"
        part = self._collection.part(selection(values), described=with_records)
        for item in part.items:
            if with_records:
                self._record(item)
            else:
                self._header(item)
        if not part.is_whole:
            self._token(values["verb"], part)

    def _token(self, verb: str, part: Part) -> None:
        rest = token(verb, part.rest) if part.rest else ""
        self._text("resumptionToken", rest, completeListSize=part.total, cursor=part.cursor)

    def _record(self, item: Item) -> None:
        self._start("record")
        self._header(item)
        if item.description and not item.is_deleted:
            absolute = self._request.build_absolute_uri
            self._start("metadata")
            self._dublin_core(list(item.description.elements(absolute, site_name())))
            self._end("metadata")
        self._end("record")

    def _header(self, item: Item) -> None:
        self._start("header", {"status": "deleted"} if item.is_deleted else {})
        self._text("identifier", item.identifier)
        self._text("datestamp", _moment(item.datestamp))
        for spec in item.sets:
            self._text("setSpec", spec)
        self._end("header")

    def _dublin_core(self, elements: list[tuple[str, Text]]) -> None:
        self._start("oai_dc:dc", DUBLIN_CORE)
        for name, text in elements:
            language = {"xml:lang": language_tag(text.language)} if text.language else {}
            plain = language_tag(text.text) if name == "language" else text.text
            self._text(f"dc:{name}", plain, **language)
        self._end("oai_dc:dc")

    def _start(self, name: str, attributes: dict[str, str] | None = None) -> None:
        self._xml.startElement(name, AttributesImpl(attributes or {}))

    def _end(self, name: str) -> None:
        self._xml.endElement(name)

    def _text(self, name: str, text: str, **attributes: Any) -> None:
        plain = {key: printable(str(value)) for key, value in attributes.items()}
        self._xml.addQuickElement(name, printable(text), plain)


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _admin_email() -> str:
    """The address for who runs a harvester: an institution's."""
    own = getattr(settings, "PRACTICES_OAI_EMAIL", "")
    return own or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
