"""The form of a translation as people open, read and send it."""

from typing import Any

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from practices.models import PracticePage
from practices.translation.states import Marks
from tests.forms import form_data

from .texts import latest, set_section

OLD = "<p>La oficina atiende a las personas migrantes los lunes.</p>"
NEW = "<p>La oficina atiende a las personas <b>migrantes</b> los martes y los jueves.</p>"
OWN = "<p>O escritório recebe quem migra toda segunda-feira, sem hora marcada.</p>"


def edit_url(page: PracticePage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def opened(client: Client, page: PracticePage) -> BeautifulSoup:
    response = client.get(edit_url(page))
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def piece(form: BeautifulSoup, key: str) -> Any:
    found = form.find(id=f"original-{key}")
    assert found, key
    return found


def badge(form: BeautifulSoup, key: str) -> str:
    [shown] = piece(form, key).select("[class*=ficha-badge--]")
    return shown["class"][1].removeprefix("ficha-badge--")


def box(form: BeautifulSoup, key: str) -> bool | None:
    """Whether the box of a section is ticked; None without one."""
    found = piece(form, key).find("input", {"name": "translation_checked"})
    return found.has_attr("checked") if found else None


def said(form: BeautifulSoup) -> dict[str, Any]:
    """What the form sends of sections beside their text."""
    fields = form.select("[name^=translation_]")
    return {
        "translation_seen": [f["value"] for f in fields if f["name"] == "translation_seen"],
        "translation_boxes": [f["value"] for f in fields if f["name"] == "translation_boxes"],
        "translation_checked": [
            f["value"]
            for f in fields
            if f["name"] == "translation_checked" and f.has_attr("checked")
        ],
    }


def sent(page: PracticePage, form: BeautifulSoup | None = None, **values: Any) -> dict[str, Any]:
    """What the form of a translation sends: its latest text, other `values` and the marks."""
    draft = latest(page)
    texts: dict[str, Any] = {
        block.block_type: block.value.source
        if block.block_type != "key_figures"
        else [("figure", dict(figure.value)) for figure in block.value]
        for block in draft.sections
    }
    checked = values.pop("checked", None)
    names = ("title", "slug", "themes_other")
    fields = {name: values.pop(name, getattr(draft, name)) for name in names}
    marks = said(form) if form else {}
    if checked is not None:
        marks["translation_checked"] = checked
    data = form_data(sections=texts | values, **fields) | marks
    return {name: value for name, value in data.items() if not name.startswith("references")}


def save(client: Client, page: PracticePage, data: dict[str, Any], **extra: Any) -> Any:
    return client.post(edit_url(page), data, **extra)


def submit(client: Client, page: PracticePage, data: dict[str, Any]) -> Any:
    return save(client, page, data | {"action-submit": "1"})


def row(page: PracticePage, key: str) -> Any:
    return page.section_states.get(section=key)


def machine_draft(page: PracticePage, *keys: str) -> None:
    """A machine writes sections of the latest text."""
    draft = latest(page)
    for key in keys:
        set_section(draft, key, OWN)
    draft.marks = Marks(machine=frozenset(keys))
    draft.save_revision()
