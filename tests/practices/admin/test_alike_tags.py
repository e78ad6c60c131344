"""Tags that are written in several ways are offered to the Secretaría, and merged."""

from typing import Any

import pytest
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.test import Client
from taggit.models import Tag
from wagtail.models import ModelLogEntry

from home.models import User
from practices.admin.alike_tags import CHANGED, IN_REVIEW
from practices.models import CatalogueEntry, MergedTag, PracticePage
from tests.factories import country, make_practice
from tests.queries import count_queries

from .conftest import SignIn, submitted

pytestmark = pytest.mark.django_db

TAGS = "/admin/snippets/taggit/tag/"
ALIKE = f"{TAGS}alike/"


def notices(client: Client) -> int:
    """Links from the list of tags to the groups, beside the one in its menu."""
    return client.get(TAGS).content.decode().count(ALIKE) - 1


def tagged(name: str, *more: str, **values: Any) -> PracticePage:
    """A published practice with a tag of just this name; taggit itself would take a namesake."""
    tags = [Tag.objects.filter(name=text).first() or Tag.objects.create(name=text) for text in more]
    tag = Tag.objects.filter(name=name).first() or Tag.objects.create(name=name)
    return make_practice(published=True, tags=[tag, *tags], **values)


@pytest.fixture(autouse=True)
def plain_tags(db: None) -> None:
    """The demo has no tags that are spelled alike."""
    Tag.objects.update(name=Concat(Value("demo"), Cast("pk", CharField())))


@pytest.fixture
def client(secretariat: User, sign_in: SignIn) -> Client:
    """The Secretaría's."""
    return sign_in(secretariat)


def names(practice: PracticePage) -> list[str]:
    return sorted(PracticePage.objects.get(pk=practice.pk).tags.names())


def groups(client: Client) -> list[list[str]]:
    shown = client.get(ALIKE).context["groups"]
    return [[tag.name for tag, _languages in tags] for _group, tags in shown]


def shown_messages(response: Any) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def test_only_the_spelling_makes_a_group(client: Client) -> None:
    for name in ("zona-franca", "Zona franca", "zonas francas", "niñez", "ninez", "NIÑEZ", "otra"):
        Tag.objects.create(name=name)
    assert groups(client) == [["niñez", "NIÑEZ", "ninez"], ["zona-franca", "Zona franca"]]
    assert notices(client) == 1
    Tag.objects.filter(name__in=["ninez", "NIÑEZ", "Zona franca"]).delete()
    assert groups(client) == []
    assert notices(client) == 0


def test_accents_come_first_then_use(client: Client) -> None:
    for number in range(2):
        tagged("camino rural", title=f"Sin {number}")
    tagged("Camino Rural", title="Con mayúsculas")
    tagged("caminó rural", title="Con tilde")
    assert groups(client) == [["caminó rural", "camino rural", "Camino Rural"]]
    [(_group, tags)] = client.get(ALIKE).context["groups"]
    assert [tag.practices for tag, _languages in tags] == [1, 2, 1]


def test_words_of_two_languages_are_offered_but_not_with_all(client: Client) -> None:
    spanish = tagged("biometría", title="Una")
    portuguese = tagged("biometria", title="Uma", under=country("br"))
    page = client.get(ALIKE)
    [(group, tags)] = page.context["groups"]
    assert group.crosses_languages
    assert [languages for _tag, languages in tags] == ["español", "portugués"]
    assert 'name="all"' not in page.content.decode()
    assert notices(client) == 0
    assert str(CHANGED) in shown_messages(client.post(ALIKE, {"all": "yes"}, follow=True))
    asked = client.post(ALIKE, {"group": group.key})
    assert asked.context["merges"]
    client.post(ALIKE, {"group": group.key, f"tags-{group.key}": group.numbers, "confirmed": "yes"})
    assert names(spanish) == names(portuguese) == ["biometría"]


def test_one_group_is_confirmed_and_merged_into_the_name_that_was_chosen(client: Client) -> None:
    first, second = tagged("páramo alto", title="Una"), tagged("paramo-alto", title="Dos")
    tagged("otro par", title="Tres"), tagged("Otro par", title="Cuatro")
    kept, lost = Tag.objects.get(name="paramo-alto"), Tag.objects.get(name="páramo alto")
    group = min(kept.pk, lost.pk)
    choice = {"group": group, f"keep-{group}": kept.pk}
    asked = client.post(ALIKE, choice)
    assert "<del>páramo alto</del>" in asked.content.decode()
    assert "<strong>paramo-alto</strong>" in asked.content.decode()
    assert "tro par" not in asked.content.decode()
    assert Tag.objects.filter(pk=lost.pk).exists()
    done = client.post(
        ALIKE, choice | {f"tags-{group}": f"{group},{max(kept.pk, lost.pk)}", "confirmed": "yes"}
    )
    assert done["Location"] == ALIKE
    assert names(first) == names(second) == ["paramo-alto"]
    assert not Tag.objects.filter(pk=lost.pk).exists()
    assert Tag.objects.filter(name="Otro par").exists()


def confirm_all(client: Client) -> dict[str, Any]:
    """What the page that asks back about all groups would send."""
    merges = client.post(ALIKE, {"all": "yes"}).context["merges"]
    form: dict[str, Any] = {"confirmed": "yes", "group": [group.key for group, *_ in merges]}
    for group, kept, _others in merges:
        form |= {f"keep-{group.key}": kept.pk, f"tags-{group.key}": group.numbers}
    return form


def test_all_groups_are_merged_and_the_catalogue_and_the_log_follow(client: Client) -> None:
    both = tagged("páramo alto", "paramo alto", title="Una")
    other = tagged("OTRO PAR", title="Dos")
    tagged("otro par", title="Tres")
    done = client.post(ALIKE, confirm_all(client))
    assert done["Location"] == TAGS
    assert names(both) == ["páramo alto"]
    kept = Tag.objects.get(name="OTRO PAR")
    assert names(other) == ["OTRO PAR"]
    entries = CatalogueEntry.objects.filter(values__facet="tag", values__value=kept.slug)
    assert entries.count() == 2
    gone = MergedTag.objects.get(tag=kept).slug
    assert not CatalogueEntry.objects.filter(values__facet="tag", values__value=gone).exists()
    entry = ModelLogEntry.objects.get(action="practices.tag.merge", label="otro par")
    assert entry.user
    assert entry.user.get_username() == "secretaria"
    history = client.get("/admin/reports/site-history/").content.decode()
    assert "OTRO PAR" in history


def test_a_text_under_review_keeps_its_tag(client: Client, editor: User) -> None:
    reviewed = Tag.objects.create(name="paramo alto")
    practice = submitted(editor, title="Enviada", tags=[reviewed])
    published = tagged("páramo alto", title="Publicada")
    form = confirm_all(client)
    assert "paramo alto" in client.get(ALIKE).content.decode()
    refused = client.post(ALIKE, form, follow=True)
    assert str(IN_REVIEW) in shown_messages(refused)
    assert Tag.objects.filter(pk=reviewed.pk).exists()
    # The other way round nothing changes beneath the reviewer.
    form[f"keep-{form['group'][0]}"] = reviewed.pk
    client.post(ALIKE, form)
    assert names(published) == ["paramo alto"]
    assert names(practice) == ["paramo alto"]


def test_what_was_not_confirmed_is_not_merged(client: Client) -> None:
    tagged("páramo alto", title="Una"), tagged("paramo alto", title="Dos")
    form = confirm_all(client)
    tagged("Páramo Alto", title="Tres")
    refused = client.post(ALIKE, form, follow=True)
    assert str(CHANGED) in shown_messages(refused)
    assert len(groups(client)[0]) == 3
    for nonsense in ({}, {"group": "0"}, {"group": "x", "confirmed": "yes"}):
        assert str(CHANGED) in shown_messages(client.post(ALIKE, nonsense, follow=True))
    assert len(groups(client)[0]) == 3


@pytest.mark.parametrize("who", ["anonymous", "editor", "focal_point", "translator"])
def test_nobody_else_merges(
    who: str, client: Client, request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    tagged("páramo alto", title="Una"), tagged("paramo alto", title="Dos")
    form = confirm_all(client)
    other = Client() if who == "anonymous" else sign_in(request.getfixturevalue(who))
    for answer in (other.get(ALIKE), other.post(ALIKE, {"all": "yes"}), other.post(ALIKE, form)):
        assert answer.status_code == 302
        assert "paramo alto" not in answer.content.decode()
    assert Tag.objects.filter(name="paramo alto").exists()


def test_a_superuser_merges(superuser_client: Client) -> None:
    tagged("páramo alto", title="Una"), tagged("paramo alto", title="Dos")
    superuser_client.post(ALIKE, confirm_all(superuser_client))
    assert not Tag.objects.filter(name="paramo alto").exists()


def test_the_list_of_groups_is_flat(client: Client) -> None:
    tagged("páramo alto", title="Una"), tagged("paramo alto", title="Dos")
    before = count_queries(client, ALIKE)
    for number in range(6):
        (
            tagged(f"vía {number}", title=f"Con {number}"),
            tagged(f"via {number}", title=f"Sin {number}"),
        )
    assert count_queries(client, ALIKE) == before
