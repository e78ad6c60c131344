"""Fields of practices, each with a sentinel of its own."""

from typing import Any

from practices.models import PracticeEntity, PracticePage, PracticeReference

from .world import WORD, sentinel


def text(kind: str, name: str, item: str) -> str:
    return f"{WORD} {sentinel(kind, name, item)}"


def values(kind: str, name: str, document: Any = None, image: Any = None) -> dict[str, Any]:
    """Fields of a practice, each with a sentinel of its own."""

    def prose(item: str) -> str:
        return f"<p>{text(kind, name, item)}</p>"

    products: list[Any] = [
        (
            "link",
            {
                "title": text(kind, name, "link"),
                "url": f"https://example.org/{sentinel(kind, name, 'url')}",
            },
        )
    ]
    if document:
        titled = {"title": text(kind, name, "product"), "document": document}
        products.append(("document", titled))
    return {
        "title": text(kind, name, "title"),
        "slug": sentinel(kind, name, "slug"),
        "seo_title": text(kind, name, "seo"),
        "search_description": text(kind, name, "description"),
        "responsible_entity": text(kind, name, "responsible"),
        "parent_entity": text(kind, name, "parent"),
        "contact_institution": text(kind, name, "institution"),
        "institutional_email": f"{sentinel(kind, name, 'email')}@example.org",
        "themes_other": text(kind, name, "theme"),
        "territorial_level_other": text(kind, name, "level"),
        "transfer_needs_other": text(kind, name, "need"),
        "tags": [text(kind, name, "tag")],
        "themes": ["human_rights", "other"],
        "choices": {
            "territorial_level": ["national", "other"],
            "transfer_needs": ["training", "other"],
        },
        "picture": image,
        "sections": {
            "background": prose("background"),
            "summary": prose("summary"),
            "results": prose("results"),
            "key_figures": [
                (
                    "figure",
                    {"figure": sentinel(kind, name, "figure"), "description": "Personas"},
                )
            ],
            "products": products,
            "why_good_practice": prose("why"),
            "replication_conditions": prose("replication"),
            "other_considerations": prose("other"),
        },
    }


def write(practice: PracticePage, fields: dict[str, Any]) -> None:
    """Put fields into a practice in memory."""
    fields = dict(fields)
    practice.sections = list(fields.pop("sections").items())
    practice.tags.set(fields.pop("tags"))
    for name in ("slug", "themes", "choices"):
        fields.pop(name, None)
    for key, value in fields.items():
        setattr(practice, key, value)


def relate(practice: PracticePage, kind: str, name: str) -> None:
    practice.entities = [
        PracticeEntity(item="associated_entities", name=text(kind, name, "entity"))
    ]
    practice.references = [
        PracticeReference(
            url=f"https://example.org/{sentinel(kind, name, 'refurl')}",
            title=text(kind, name, "reference"),
        )
    ]
