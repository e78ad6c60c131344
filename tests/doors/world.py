"""What others must not see: a world of practices, files, people and logs full of sentinels."""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from practices.models import PracticePage

WORD = "Quebrantahuesos"
"""In every title, so that searches find it; it gives nothing away itself."""

SENTINEL = re.compile(rb"zqx[a-z0-9]+xqz")
"""A sentinel names its kind, its object and its field: “zqx” KIND OBJECT FIELD “xqz”."""

ROLES = {
    "anonymous": "",
    "editor": "editor-pe",
    "focal point": "punto-focal-pe",
    "translator": "traduccion-pe",
    "Secretaría": "secretaria",
}
FOREIGN = "cl"
OWN = "pe"


def sentinel(kind: str, *parts: str) -> str:
    return f"zqx{kind}{''.join(parts)}xqz".replace("_", "").lower()


@dataclass
class Practice:
    """A practice, and the numbers by which its doors are opened."""

    name: str
    kind: str
    page: PracticePage
    revision: int = 0
    first_revision: int = 0
    workflow_state: int = 0
    task_state: int = 0
    task: int = 0


@dataclass
class World:
    """Everything that has a sentinel."""

    practices: list[Practice] = field(default_factory=list)
    named: dict[str, Practice] = field(default_factory=dict)
    secrets: dict[bytes, str] = field(default_factory=dict)
    """Bytes of stored files, and their names as sentinels."""
    document: Any = None
    image: Any = None
    rendition: Any = None
    uploaded_document: Any = None
    uploaded_image: Any = None
    source: Any = None
    translation: Any = None
    string: int = 0
    override: int = 0
    session: Any = None
    restriction: Any = None
    token: Any = None
    mail: Any = None
    webhook: Any = None
    delivery: Any = None
    colleague: Any = None
    administrator: Any = None
    redirect: Any = None
    promotion: Any = None
    event: int = 0
    tag: int = 0

    def add(self, practice: Practice) -> None:
        self.practices.append(practice)
        self.named[practice.name] = practice

    def narrowed(self, *names: str) -> "World":
        """The same world, walked with these practices alone."""
        return replace(self, practices=[self.practice(name) for name in names])

    def practice(self, name: str) -> Practice:
        return self.named[name]
