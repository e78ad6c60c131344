"""The arguments of a request in OAI-PMH, and the errors that the protocol knows."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from django.core import signing
from django.http import QueryDict

PREFIX = "oai_dc"
SALT = "practices.oai.1"
"""What a token was signed for; to be counted up when the content of tokens changes."""

ARGUMENTS: dict[str, tuple[set[str], set[str]]] = {
    "Identify": (set(), set()),
    "ListMetadataFormats": (set(), {"identifier"}),
    "ListSets": (set(), {"resumptionToken"}),
    "ListIdentifiers": ({"metadataPrefix"}, {"from", "until", "set", "resumptionToken"}),
    "ListRecords": ({"metadataPrefix"}, {"from", "until", "set", "resumptionToken"}),
    "GetRecord": ({"identifier", "metadataPrefix"}, set()),
}
"""Required and other arguments of each verb."""

UNRESERVED = r"[A-Za-z0-9\-_.!~*'()]+"
SYNTAX = {
    "metadataPrefix": re.compile(UNRESERVED),
    "set": re.compile(f"{UNRESERVED}(:{UNRESERVED})*"),
    "identifier": re.compile(
        r"[A-Za-z][A-Za-z0-9+.\-]*:([A-Za-z0-9\-_.!~*'();/?:@&=+$,]|%[0-9A-Fa-f]{2})+"
    ),
}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
SECOND = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)


class OaiError(Exception):
    """An error of the protocol: its code, and a text for whoever runs the harvester."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


@dataclass(frozen=True)
class Selection:
    """What of a list is asked for: datestamps (both ends belong to it), a set, and where to go on.

    `cursor` headers went before the one after `after` (datestamp and key of the last one given).
    """

    since: datetime | None = None
    until: datetime | None = None
    spec: str = ""
    cursor: int = 0
    after: tuple[datetime, int] | None = None


def parse(query: QueryDict) -> dict[str, str]:
    """The arguments of a request, the verb among them. Raises OaiError."""
    verbs = query.getlist("verb")
    if len(verbs) != 1 or verbs[0] not in ARGUMENTS:
        raise OaiError("badVerb", "The verb is missing, repeated or not one of OAI-PMH 2.0.")
    required, optional = ARGUMENTS[verbs[0]]
    values = {}
    for name, found in query.lists():
        if name not in {"verb", *required, *optional}:
            raise OaiError("badArgument", "There is an argument that the verb does not know.")
        if len(found) > 1:
            raise OaiError("badArgument", f"The argument {name} is repeated.")
        values[name] = found[0]
    if "resumptionToken" in values:
        if values.keys() != {"verb", "resumptionToken"}:
            raise OaiError("badArgument", "A resumptionToken stands alone.")
        return values
    for name in sorted(required - values.keys()):
        raise OaiError("badArgument", f"The argument {name} is missing.")
    for name, syntax in SYNTAX.items():
        if name in values and not syntax.fullmatch(values[name]):
            raise OaiError("badArgument", f"The argument {name} has a wrong form.")
    return values


def selection(values: dict[str, str]) -> Selection:
    """What a list is asked for, by arguments or by a token. Raises OaiError."""
    if "resumptionToken" in values:
        return _selection_of(values["resumptionToken"], values["verb"])
    since, until = (_moment(values, name) for name in ("from", "until"))
    if since and until:
        if len(values["from"]) != len(values["until"]):
            raise OaiError("badArgument", "from and until have different granularities.")
        if since > until:
            raise OaiError("badArgument", "from is later than until.")
    if values["metadataPrefix"] != PREFIX:
        raise OaiError("cannotDisseminateFormat", f"The only format is {PREFIX}.")
    return Selection(since, until, values.get("set", ""))


def _moment(values: dict[str, str], name: str) -> datetime | None:
    """A datestamp; of a whole day its first second, as `until` its last one."""
    text = values.get(name)
    if text is None:
        return None
    if DAY.fullmatch(text):
        text += "T23:59:59Z" if name == "until" else "T00:00:00Z"
    try:
        found = datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ") if SECOND.fullmatch(text) else None
    except ValueError:
        found = None
    if found is None:
        wanted = "YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ"
        raise OaiError("badArgument", f"The argument {name} is no date: {wanted}.")
    return found.replace(tzinfo=UTC)


def token(verb: str, asked: Selection) -> str:
    """A token that holds all there is to go on with a list. It is signed, and never expires."""
    last, key = asked.after or (None, None)
    moments = [moment and moment.isoformat() for moment in (asked.since, asked.until, last)]
    content = [verb, *moments, key, asked.spec, asked.cursor]
    return signing.dumps(content, salt=SALT, compress=True)


def _selection_of(text: str, verb: str) -> Selection:
    try:
        of_verb, *moments, key, spec, cursor = signing.loads(text, salt=SALT)
    except signing.BadSignature as error:
        raise OaiError("badResumptionToken", "The resumptionToken is none of ours.") from error
    if of_verb != verb:
        raise OaiError("badResumptionToken", "The resumptionToken is of another verb.")
    since, until, last = (moment and datetime.fromisoformat(moment) for moment in moments)
    return Selection(since, until, spec, cursor, (last, key))
