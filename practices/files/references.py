"""Which documents and images a content refers to, read from the content itself.

Wagtail's reference index is written by a task, after the transaction: too late to decide here.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models import Model
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from .kinds import FileKind


class FileRef(NamedTuple):
    """A file: its library (`FileKind`) and its key there."""

    kind: str
    pk: int


def file_models() -> dict[str, type[Any]]:
    """The site's model for each kind of file."""
    return {FileKind.DOCUMENT: get_document_model(), FileKind.IMAGE: get_image_model()}


def kind_of(model: Any) -> str:
    """The kind of file that a model holds, empty for other models."""
    if not isinstance(model, type):
        return ""
    return next((kind for kind, known in file_models().items() if issubclass(model, known)), "")


def ref_of(file: Any) -> FileRef:
    """The reference to a document or an image."""
    return FileRef(kind_of(type(file)), file.pk)


def files_in(content: Any) -> set[FileRef]:
    """Every file that an instance refers to as it stands in memory, in any field.

    Foreign keys, many-to-many relations, blocks, links and pictures within rich text, and child
    rows to any depth. Files that no longer exist may be among them.
    """
    return set(_walk(content))


def files_in_block(bound_block: Any) -> set[FileRef]:
    """Every file that a block of a StreamField refers to."""
    return set(_refs(bound_block.block.extract_references(bound_block.value)))


def _walk(instance: Any) -> Iterator[FileRef]:
    for field in instance._meta.get_fields():
        kind = kind_of(field.related_model) if field.is_relation else ""
        if kind and field.concrete and field.many_to_many:
            for file in getattr(instance, field.name).all():
                yield FileRef(kind, file.pk)
        elif kind and field.concrete and field.value_from_object(instance) is not None:
            yield FileRef(kind, field.value_from_object(instance))
        elif hasattr(field, "extract_references"):
            value = field.value_from_object(instance)
            if value is not None:
                yield from _refs(field.extract_references(value))
    if isinstance(instance, ClusterableModel):
        for relation in get_all_child_relations(instance):
            for child in getattr(instance, relation.get_accessor_name()).all():
                yield from _walk(child)


def _refs(references: Iterable[tuple[type[Model], Any, str, str]]) -> Iterator[FileRef]:
    for model, key, _model_path, _content_path in references:
        kind = kind_of(model)
        # Rich text holds keys as text, and text may hold anything.
        if kind and str(key).isdecimal():
            yield FileRef(kind, int(key))
