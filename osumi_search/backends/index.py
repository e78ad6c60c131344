"""Writing the index."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from modelsearch.backends.base import BaseIndex, get_model_root
from modelsearch.index import get_indexed_models
from modelsearch.utils import get_content_type_pk, get_descendants_content_types_pks

from osumi_search.documents import Document
from osumi_search.models import Entry, Word

if TYPE_CHECKING:
    from .base import DatabaseBackend


class Index(BaseIndex):
    """The one index of all models."""

    backend: "DatabaseBackend"

    def __str__(self) -> str:
        return "osumi_search_words"

    def add_items(self, model: Any, items: Iterable[Any]) -> None:
        """Write objects of a model into the index, new ones and known ones."""
        keys = [str(item.pk) for item in items]
        if not keys or not model.get_search_fields():
            return
        content_type = get_content_type_pk(model)
        entries = Entry.objects.filter(content_type_id=content_type, object_id__in=keys)
        with transaction.atomic():
            Entry.objects.bulk_create(
                [Entry(content_type_id=content_type, object_id=pk) for pk in sorted(keys)],
                ignore_conflicts=True,
            )
            locked = entries.order_by("pk").select_for_update()
            ids = dict(locked.values_list("object_id", "pk"))
            # Read once the entries are held: of two writers the later one has the later text.
            stored = model.get_indexed_objects().filter(pk__in=keys)
            documents = {str(item.pk): Document.of(item) for item in stored}
            self.backend.write([(ids[pk], document) for pk, document in documents.items()])
            self.delete_entries(entries.exclude(object_id__in=documents))
            Word.objects.learn(text for document in documents.values() for text in document.texts)

    def delete_item(self, item: Any) -> None:
        """Take an object out of the index, whatever class it is at hand as."""
        types = get_descendants_content_types_pks(get_model_root(item._meta.model))
        self.delete_entries(Entry.objects.filter(content_type_id__in=types, object_id=item.pk))

    def delete_entries(self, entries: Any) -> None:
        with transaction.atomic():
            ids = list(entries.values_list("pk", flat=True))
            self.backend.erase(ids)
            Entry.objects.filter(pk__in=ids).delete()

    def delete_stale(self) -> None:
        """Take out what no longer exists."""
        known: set[int] = set()
        for model in get_indexed_models():
            content_type = get_content_type_pk(model)
            known.add(content_type)
            existing = {str(pk) for pk in model._default_manager.values_list("pk", flat=True)}
            entries = Entry.objects.filter(content_type_id=content_type)
            stored = dict(entries.values_list("object_id", "pk"))
            stale = [pk for object_id, pk in stored.items() if object_id not in existing]
            self.delete_entries(Entry.objects.filter(pk__in=stale))
        self.delete_entries(Entry.objects.exclude(content_type_id__in=known))
        self.backend.erase_orphans()

    def reset(self) -> None:
        """Empty the index."""
        self.delete_entries(Entry.objects.all())


class Rebuilder:
    """Rebuilding without taking the index away: searches go on meanwhile."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def start(self) -> Index:
        self.index.delete_stale()
        return self.index

    def finish(self) -> None:
        self.index.backend.optimise()
        Word.objects.filter(count=0).delete()
