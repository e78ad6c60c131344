"""Asking at the doors as somebody, and what the answers give away."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.test import Client
from wagtail.models import APIToken

from home.models import User

from .arguments import address, cases
from .doors import NOT_WALKED, Door
from .queries import queries
from .world import ROLES, SENTINEL, World

CONTACT_DOORS = (
    "wagtailadmin_pages:edit",
    "wagtailadmin_pages:revisions_revert",
    "practices_v1:get_contact",
)
"""The only doors to private contacts: the forms of a practice and of an older text, and the API."""


def client_of(role: str, *, by_token: bool = False) -> Client:
    """A client for a role, with a session or with a token of the API alone."""
    client = Client(raise_request_exception=False)
    if not ROLES[role]:
        return client
    user = User.objects.get(username=ROLES[role])
    if by_token:
        _token, secret = APIToken.create_token(user=user, name="doors")
        return Client(raise_request_exception=False, headers={"authorization": f"Bearer {secret}"})
    client.force_login(user)
    return client


def allowed(role: str, name: str, door: str) -> bool:
    """Whether a role may see a sentinel at a door; docs/model.md has it as a table."""
    if name.startswith("zqxctc") and door not in CONTACT_DOORS:
        return False
    if name.startswith(("zqxown", "zqxctcown")):
        # What waits for them is all that focal points see; this translator has no translation.
        in_task = role == "focal point" and "ownwaiting" in name
        return in_task or role in ("editor", "Secretaría")
    if name.startswith("zqxctc"):
        return role == "Secretaría"
    if name.startswith(("zqxfgn", "zqxusrmail")):
        return role == "Secretaría"
    # Wagtail's filters name all who edit pages; names of colleagues are no secret among them.
    if name.startswith(("zqxusr", "zqxadm")):
        return role != "anonymous" and not name.startswith("zqxadmmail")
    return False


def texts(response: Any) -> Iterator[bytes]:
    """Everything that an answer says: headers, body, and what a spreadsheet in it holds."""
    yield repr(sorted(response.headers.items())).encode()
    body = b"".join(response) if response.streaming else response.content
    yield body
    if body.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(body)) as package:
            yield from (package.read(name) for name in package.namelist())


def given_away(response: Any, asked: str, world: World) -> set[str]:
    """Sentinels in an answer that the one who asked did not bring along."""
    found: set[str] = set()
    for text in texts(response):
        found |= {name.decode() for name in SENTINEL.findall(text.lower())}
        found |= {name for content, name in world.secrets.items() if content in text}
    return {name for name in found if name not in asked}


@dataclass
class Answers:
    """What came out of the doors for a role."""

    role: str
    world: World
    leaks: dict[str, list[str]] = field(default_factory=dict)
    """Door, status and address, with the sentinels found."""
    errors: list[str] = field(default_factory=list)

    def look(self, door: Door, asked: str, response: Any) -> None:
        """Note what an answer gave away."""
        answered = f"{door.name} {response.status_code} {asked}"
        if response.status_code >= 500:
            self.errors.append(answered)
        found = given_away(response, asked, self.world)
        if leaked := sorted(name for name in found if not allowed(self.role, name, door.name)):
            self.leaks[answered] = leaked


def addresses(doors: list[Door], world: World) -> Iterator[tuple[Door, str]]:
    """Each door with each of its arguments and queries."""
    for door in (door for door in doors if door.name not in NOT_WALKED):
        for arguments in cases(door, world):
            for query in queries(door, world):
                asked = address(door, arguments)
                yield door, f"{asked}?{query}" if query else asked


def walk(doors: list[Door], role: str, world: World, *, by_token: bool = False) -> Answers:
    """Read at each door; messages that wait in the session come out at the next one."""
    answers = Answers(role, world)
    client = client_of(role, by_token=by_token)
    for door, asked in addresses(doors, world):
        answers.look(door, asked, client.get(asked))
    return answers
