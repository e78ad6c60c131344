"""Files that a practice refers to and may not: another country's private ones, and lost ones."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _
from wagtail.models import Collection

from practices.moderation.access import Role, role_of_group

from .kinds import FileKind
from .references import FileRef, file_models, files_in_block


def file_faults(practice: Any) -> Iterator[tuple[str, str]]:
    """For each fault the section's key, or “picture”, and a message in the active language."""
    places = _places(practice)
    wanted = set().union(*places.values())
    if not wanted:
        return
    stored = _stored(wanted)
    foreign = _foreign(stored, practice.country)
    for place, refs in places.items():
        for ref in sorted(refs):
            if ref not in stored:
                yield place, _("A file that it refers to no longer exists; choose another.")
            elif ref in foreign:
                yield (
                    place,
                    # The title stays out: it may be as private as the file.
                    _("It refers to a private file of another country; choose one of your own."),
                )


def refers_to_foreign_files(practice: Any) -> bool:
    """Whether a practice refers to another country's private files, which not even a draft may."""
    wanted = set().union(*_places(practice).values())
    return bool(wanted and _foreign(_stored(wanted), practice.country))


def _places(practice: Any) -> dict[str, set[FileRef]]:
    """The files that each section, and the picture, refer to."""
    places = {block.block_type: files_in_block(block) for block in practice.sections}
    if practice.picture_id:
        places["picture"] = {FileRef(FileKind.IMAGE, practice.picture_id)}
    return places


def _stored(wanted: set[FileRef]) -> dict[FileRef, str]:
    """Tree path of the collection of each file that exists."""
    return {
        FileRef(kind, pk): path
        for kind, model in file_models().items()
        if (keys := [ref.pk for ref in wanted if ref.kind == kind])
        for pk, path in model._default_manager.filter(pk__in=keys).values_list(
            "pk", "collection__path"
        )
    }


def _foreign(stored: dict[FileRef, str], country: str) -> set[FileRef]:
    """Files that lie in the collection of another country and are not public."""
    others = [
        path
        for name, path in Collection.objects.filter(name__startswith=f"{Role.EDITOR} ").values_list(
            "name", "path"
        )
        if (role := role_of_group(name)) and role[1] != country
    ]
    foreign = {ref for ref, path in stored.items() if path.startswith(tuple(others))}
    if not foreign:
        return set()
    uses = apps.get_model("practices", "FileUse")._default_manager
    rows = uses.filter(file_id__in=[ref.pk for ref in foreign]).values_list("kind", "file_id")
    return foreign - {FileRef(kind, pk) for kind, pk in rows.distinct()}
