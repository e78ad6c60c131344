"""Asking as a harvester does; every answer is held against the schemas."""

from functools import cache
from pathlib import Path
from typing import Any

from django.test import Client
from lxml import etree

SCHEMAS = Path(__file__).parent / "schemas"
NAMES = {
    "oai": "http://www.openarchives.org/OAI/2.0/",
    "dc": "http://purl.org/dc/elements/1.1/",
}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / "all.xsd"))


class Answer:
    """A valid answer of the protocol."""

    def __init__(self, content: bytes) -> None:
        self.root = etree.fromstring(content)
        schema().assertValid(self.root)

    def texts(self, path: str) -> list[str]:
        return [found.text or "" for found in self.root.iterfind(f".//{path}", NAMES)]

    @property
    def error(self) -> str:
        [found] = self.root.findall("oai:error", NAMES) or [None]
        return found.get("code", "") if found is not None else ""

    @property
    def asked(self) -> dict[str, str]:
        """The arguments that the answer repeats."""
        return dict(self.root.find("oai:request", NAMES).attrib)

    @property
    def codes(self) -> list[str]:
        """Codes of the practices, in the order given."""
        return [text.rpartition(":")[2] for text in self.texts("oai:header/oai:identifier")]

    @property
    def deleted(self) -> list[str]:
        headers = self.root.iterfind(".//oai:header[@status='deleted']", NAMES)
        return [
            header.findtext("oai:identifier", "", NAMES).rpartition(":")[2] for header in headers
        ]

    @property
    def token(self) -> str:
        return next(iter(self.texts("oai:resumptionToken")), "")

    def of_language(self, name: str) -> set[tuple[str, str | None]]:
        """Elements of Dublin Core with their languages."""
        return {
            (found.text or "", found.get(LANGUAGE))
            for found in self.root.iterfind(f".//dc:{name}", NAMES)
        }


def ask(client: Client, verb: str = "", /, **arguments: Any) -> Answer:
    """The answer to a verb; `from_` stands for `from`."""
    query = {"verb": verb} if verb else {}
    query |= {name.rstrip("_"): value for name, value in arguments.items()}
    response = client.get("/oai/", query)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    return Answer(response.content)


def records(client: Client, **arguments: Any) -> Answer:
    return ask(client, "ListRecords", metadataPrefix="oai_dc", **arguments)


def headers(client: Client, **arguments: Any) -> Answer:
    return ask(client, "ListIdentifiers", metadataPrefix="oai_dc", **arguments)


def one(client: Client, code: str) -> Answer:
    return ask(client, "GetRecord", metadataPrefix="oai_dc", identifier=f"oai:osumi.test:{code}")
