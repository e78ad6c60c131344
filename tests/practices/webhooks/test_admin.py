"""Webhooks in the admin: the Secretaría's, with a secret that is shown once."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from home.models import User
from practices.models import Webhook, WebhookDelivery, WebhookEvent
from practices.moderation.access import Role
from practices.webhooks.queue import put_test, send_due, switch_off
from tests.practices.moderation.steps import person, signed_in
from tests.practices.webhooks.receiver import Receiver

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(secretariat: User) -> Client:
    return signed_in(secretariat)


def url(name: str, *args: object) -> str:
    return reverse(f"webhooks:{name}", args=args)


def data(server: Receiver, **values: object) -> dict[str, object]:
    return {
        "name": "Ministerio",
        "url": server.url,
        "events": list(WebhookEvent.values),
        "active": "on",
    } | values


def test_the_secret_is_shown_once(client: Client, server: Receiver) -> None:
    response = client.post(url("add"), data(server))
    webhook = Webhook.objects.get()
    assert webhook.secret in response.content.decode()
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", webhook.secret)
    put_test(webhook)
    send_due()
    again = client.post(url("add"), data(server))  # the page is reloaded
    assert Webhook.objects.count() == 1
    assert webhook.secret not in again.content.decode()
    for name in ("inspect", "edit", "delete", "history", "usage"):
        page = client.get(url(name, webhook.pk))
        assert page.status_code == 200, name
        assert webhook.secret not in page.content.decode()
        assert webhook.secret.split("_")[1] not in page.content.decode()
    assert webhook.secret not in client.get(url("index")).content.decode()


def test_a_new_secret_is_shown_once_and_reloading_makes_none(
    client: Client, webhook: Webhook
) -> None:
    before = webhook.secret
    made = {"made": webhook.secret_made_at.isoformat()}
    shown = client.post(url("secret", webhook.pk), made).content.decode()
    webhook.refresh_from_db()
    assert webhook.secret != before
    assert webhook.secret in shown
    assert before not in shown
    reloaded = client.post(url("secret", webhook.pk), made, follow=True).content.decode()
    assert webhook.secret not in reloaded
    after = Webhook.objects.get()
    assert after.secret == webhook.secret


def test_a_test_is_sent_and_its_answer_shown_and_sent_again(
    client: Client, webhook: Webhook, server: Receiver
) -> None:
    server.answer = b"<b>thank you</b>"
    page = client.post(url("test", webhook.pk), follow=True).content.decode()
    assert "webhook.test" in page
    send_due()
    page = client.get(url("inspect", webhook.pk)).content.decode()
    assert "&lt;b&gt;thank you&lt;/b&gt;" in page
    assert "<td>200</td>" in page
    delivery = WebhookDelivery.objects.get()
    client.post(url("again", webhook.pk, delivery.key))
    send_due()
    assert server.events == ["webhook.test"] * 2


def test_an_address_that_is_off_is_told_nothing(
    client: Client, webhook: Webhook, server: Receiver
) -> None:
    put_test(webhook)
    edited = data(server)
    del edited["active"]
    client.post(url("edit", webhook.pk), edited)
    webhook.refresh_from_db()
    assert (webhook.active, webhook.switched_off_at) == (False, None)
    delivery = WebhookDelivery.objects.get()
    client.post(url("test", webhook.pk))
    client.post(url("again", webhook.pk, delivery.key))
    send_due()
    assert server.received == []
    assert WebhookDelivery.objects.get().failed_at is not None


def test_the_first_page_tells_what_the_system_switched_off(
    client: Client, webhook: Webhook, server: Receiver, editor_client: Client
) -> None:
    home = reverse("wagtailadmin_home")
    assert 'id="webhooks"' not in client.get(home).content.decode()
    switch_off(webhook, "Por alguna razón")
    assert "Por alguna razón" in client.get(home).content.decode()
    assert "Por alguna razón" in client.get(url("inspect", webhook.pk)).content.decode()
    assert "Por alguna razón" not in editor_client.get(home).content.decode()
    client.post(url("edit", webhook.pk), data(server))
    webhook.refresh_from_db()
    assert webhook.active
    assert webhook.switched_off_at is None
    assert "Por alguna razón" not in client.get(home).content.decode()


@pytest.mark.parametrize(
    "address",
    ["http://example.org/", "https://10.0.0.1/", "https://2852039166/", "https://localhost/", "x"],
)
def test_an_inner_address_is_refused_in_the_form(client: Client, address: str) -> None:
    response = client.post(
        url("add"),
        {"name": "X", "url": address, "events": ["practice.updated"], "active": "on"},
    )
    assert "url" in response.context["form"].errors
    assert not Webhook.objects.exists()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.FOCAL_POINT, Role.TRANSLATOR])
def test_nobody_else_comes_near(webhook: Webhook, server: Receiver, role: Role) -> None:
    put_test(webhook)
    delivery = WebhookDelivery.objects.get()
    other = signed_in(person("otra", (role, "pe")))
    for name in ("index", "add"):
        assert other.get(url(name)).status_code == 302
    for name in ("inspect", "edit", "delete", "history", "usage"):
        response = other.get(url(name, webhook.pk))
        assert response.status_code == 302
        assert response["Location"] == reverse("wagtailadmin_home")
    for address in (
        url("test", webhook.pk),
        url("secret", webhook.pk),
        url("again", webhook.pk, delivery.key),
        url("edit", webhook.pk),
        url("delete", webhook.pk),
        url("add"),
    ):
        assert other.post(address, data(server)).status_code == 302
        assert Client().post(address, data(server)).status_code == 302
    assert Webhook.objects.get().secret == webhook.secret
    assert WebhookDelivery.objects.count() == 1
    assert url("index") not in other.get(reverse("wagtailadmin_home")).content.decode()


def test_the_secretariat_finds_it_in_the_menu(client: Client) -> None:
    assert url("index") in client.get(reverse("wagtailadmin_home")).content.decode()


def test_actions_are_posts(client: Client, webhook: Webhook) -> None:
    for name in ("test", "secret"):
        assert client.get(url(name, webhook.pk)).status_code == 405
    assert client.post(url("test", 0)).status_code == 404


def test_deleting_a_webhook_takes_its_log_along(client: Client, webhook: Webhook) -> None:
    put_test(webhook)
    client.post(url("delete", webhook.pk))
    assert not Webhook.objects.exists()
    assert not WebhookDelivery.objects.exists()
