"""Which change is told as what, and that nothing is told that is not public."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction, Site

from home.models import User
from practices.models import PracticePage, PublicChange, Webhook, WebhookDelivery, WebhookEvent
from practices.webhooks.queue import make_deliveries
from tests.factories import country, make_practice, publish, translate
from tests.practices.moderation.steps import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def webhook(db: None) -> Webhook:
    return Webhook.objects.create(
        name="Ministerio", url="https://hooks.example.org/", events=list(WebhookEvent.values)
    )


def told() -> list[tuple[str, Any]]:
    """What the worker makes of all changes so far: events with their data."""
    make_deliveries()
    found = [
        (delivery.event.removeprefix("practice."), json.loads(delivery.body)["data"])
        for delivery in WebhookDelivery.objects.order_by("pk")
    ]
    WebhookDelivery.objects.all().delete()
    return found


def events() -> list[str]:
    return [event for event, _data in told()]


def test_a_published_practice_is_told_with_what_everybody_may_read() -> None:
    practice = make_practice(slug="una-nueva", published=True)
    [(event, data)] = told()
    root = Site.objects.get(is_default_site=True).root_url
    [version] = data["versions"]
    published_at = version.pop("published_at")
    assert published_at.endswith("Z")
    assert event == "published"
    assert data == {
        "code": practice.code,
        "country": "pe",
        "in_force": True,
        "url": f"{root}/ficha/{practice.code}/",
        "versions": [
            {"language": "es", "original": True, "url": practice.full_url, "number": 1},
        ],
    } | ({"api_url": data["api_url"]} if "api_url" in data else {})


def test_a_message_says_its_event_and_its_time() -> None:
    make_practice(published=True)
    make_deliveries()
    body = json.loads(WebhookDelivery.objects.get().body)
    assert set(body) == {"type", "timestamp", "data"}
    assert body["type"] == "practice.published"
    assert body["timestamp"].endswith("Z")


def test_drafts_are_nobodys_business() -> None:
    practice = make_practice()
    practice.title = "Otro título"
    practice.save_revision()
    practice.save()
    translate(practice)
    practice.delete()
    assert not PublicChange.objects.exists()


def test_a_draft_of_a_public_practice_tells_nothing() -> None:
    practice = make_practice(published=True)
    told()
    practice.title = "Un borrador secreto"
    practice.save_revision()
    assert told() == []


def test_a_new_text_is_an_update_and_names_its_version() -> None:
    practice = make_practice(published=True)
    told()
    publish(practice)
    [(event, data)] = told()
    assert event == "updated"
    assert data["versions"][0]["number"] == 2


def test_translations_come_and_go_as_updates() -> None:
    practice = make_practice(published=True)
    told()
    translation = translate(practice, published=True)
    [(event, data)] = told()
    assert event == "updated"
    assert [version["language"] for version in data["versions"]] == ["es", "pt-br"]
    translation.unpublish()
    [(event, data)] = told()
    assert event == "updated"
    assert [version["language"] for version in data["versions"]] == ["es"]
    publish(translation)
    told()
    PracticePage.objects.get(pk=translation.pk).delete()
    assert events() == ["updated"]


def unpublish(practice: PracticePage) -> None:
    practice.unpublish()


def delete(practice: PracticePage) -> None:
    practice.delete()


def delete_as_plain_page(practice: PracticePage) -> None:
    practice.page_ptr.delete()


def unpublish_country(practice: PracticePage) -> None:
    practice.country_page.unpublish()


def delete_country(practice: PracticePage) -> None:
    practice.country_page.delete()


def restrict(practice: PracticePage) -> None:
    PageViewRestriction.objects.create(page=practice, restriction_type="login")


def restrict_country(practice: PracticePage) -> None:
    PageViewRestriction.objects.create(page=practice.country_page, restriction_type="login")


def move_below_hidden(practice: PracticePage) -> None:
    hidden = country("bo")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    WebhookDelivery.objects.all().delete()
    PublicChange.objects.all().delete()
    practice.move(hidden, pos="last-child")


@pytest.mark.parametrize(
    "hide",
    [
        unpublish,
        delete,
        delete_as_plain_page,
        unpublish_country,
        delete_country,
        restrict,
        restrict_country,
        move_below_hidden,
    ],
)
def test_whatever_hides_a_practice_is_told_by_its_code_alone(
    hide: Callable[[PracticePage], None],
) -> None:
    practice = make_practice(published=True)
    translate(practice, published=True)
    told()
    code = practice.code
    hide(PracticePage.objects.get(pk=practice.pk))
    found = [(event, data) for event, data in told() if data["code"] == code]
    assert found == [("unpublished", {"code": code})]


def test_what_is_shown_again_is_published() -> None:
    practice = make_practice(published=True)
    restriction = PageViewRestriction.objects.create(page=practice, restriction_type="login")
    told()
    restriction.delete()
    assert events() == ["published"]


def test_a_move_to_another_country_is_an_update() -> None:
    practice = make_practice(published=True)
    told()
    practice.move(country("bo"), pos="last-child")
    [(event, data)] = told()
    assert (event, data["country"]) == ("updated", "bo")


def test_force_is_told(secretariat: User) -> None:
    practice = make_practice(published=True)
    told()
    client = signed_in(secretariat)
    client.post(f"/admin/practices/{practice.pk}/force/", {"reason": "Terminó.", "in_force": "no"})
    [(event, data)] = told()
    assert (event, data["in_force"]) == ("updated", False)


def test_several_changes_are_told_once_and_what_came_and_went_never() -> None:
    practice = make_practice(slug="una", published=True)
    publish(practice)
    assert events() == ["published"]
    publish(practice)
    publish(practice)
    assert events() == ["updated"]
    practice.unpublish()
    publish(practice)
    assert events() == ["updated"]
    passing = make_practice(slug="otra", published=True)
    passing.unpublish()
    assert events() == []


def test_an_address_gets_the_events_it_chose(webhook: Webhook) -> None:
    Webhook.objects.update(events=["practice.unpublished"])
    practice = make_practice(published=True)
    assert told() == []
    practice.unpublish()
    assert events() == ["unpublished"]


def test_an_address_that_is_off_gets_nothing() -> None:
    Webhook.objects.update(active=False)
    make_practice(published=True)
    assert told() == []


def test_messages_hold_nothing_private() -> None:
    practice = make_practice(
        slug="con-contacto", title="Un título", institutional_email="buzon@example.org"
    )
    contact = practice.private_contact()
    contact.contact_name, contact.contact_email = "Ana Quispe", "ana@example.org"
    contact.save()
    publish(practice)
    practice.title = "Un borrador secreto"
    practice.save_revision()
    translate(practice, title="Um rascunho secreto")
    make_deliveries()
    body = WebhookDelivery.objects.get().body
    for private in ("Quispe", "ana@", "buzon@", "secreto", "rascunho"):
        assert private not in body
    assert str(practice.translation_key) not in body


def test_messages_of_many_practices_cost_no_more_queries() -> None:
    def cost(practices: int) -> int:
        for _practice in range(practices):
            slug = f"la-{PracticePage.objects.count()}"
            practice = make_practice(slug=slug, published=True)
            translate(practice, published=True)
        with CaptureQueriesContext(connection) as captured:
            make_deliveries()
        return len(captured)

    cost(1)  # caches are warm after a first one
    assert cost(1) == cost(4)
