"""What docs/webhooks.md tells receivers to do, run on real messages."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from practices.models import Webhook
from practices.models.webhooks import new_secret
from practices.webhooks.content import public_data
from practices.webhooks.queue import PAUSES, put_test, send_due
from practices.webhooks.sending import MOST_BYTES, PATIENCE
from tests.factories import make_practice
from tests.practices.webhooks.receiver import Message, Receiver
from tests.programs import program

pytestmark = pytest.mark.django_db

GUIDE = Path(__file__).parents[3] / "docs" / "webhooks.md"

Check = Callable[[str, dict[str, str], bytes], bool]


def example(language: str) -> str:
    [code] = re.findall(rf"```{language}\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    return code


def in_python(secret: str, headers: dict[str, str], body: bytes) -> bool:
    names: dict[str, Any] = {}
    exec(example("python"), names)  # noqa: S102
    return names["is_ours"](secret, headers, body)


def in_javascript(secret: str, headers: dict[str, str], body: bytes) -> bool:
    given = json.dumps([secret, headers, body.decode()])
    script = (
        f"{example('javascript')}\nconst [secret, headers, body] = {given};\n"
        "console.log(isOurs(secret, headers, Buffer.from(body)));"
    )
    command = [program("node"), "-e", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.strip() == "true"


@pytest.fixture
def message(webhook: Webhook, server: Receiver) -> Message:
    webhook.rotate()  # so that there are two signatures
    put_test(webhook)
    send_due()
    [message] = server.received
    return message


@pytest.mark.parametrize("is_ours", [in_python, in_javascript])
def test_the_examples_take_what_is_ours_and_refuse_the_rest(
    is_ours: Check, webhook: Webhook, message: Message
) -> None:
    old = str(int(message.headers["webhook-timestamp"]) - 400)
    assert is_ours(webhook.secret, message.headers, message.body)
    assert is_ours(webhook.old_secret, message.headers, message.body)
    assert not is_ours(new_secret(), message.headers, message.body)
    assert not is_ours(webhook.secret, message.headers, message.body + b" ")
    for name, value in (
        ("webhook-timestamp", old),
        ("webhook-timestamp", "x"),
        ("webhook-id", "msg_other"),
        ("webhook-signature", "v1,ñ"),
    ):
        assert not is_ours(webhook.secret, message.headers | {name: value}, message.body)
    assert not is_ours(webhook.secret, {}, message.body)


def test_the_example_of_a_message_has_the_fields_of_a_real_one() -> None:
    shown = json.loads(example("json"))
    practice = make_practice(published=True)
    [data] = public_data([practice.translation_key]).values()
    assert shown["data"].keys() == data.keys()
    assert shown["data"]["versions"][0].keys() == data["versions"][0].keys()


def test_the_numbers_of_the_guide_are_those_of_the_code() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    minutes = [pause.seconds // 60 for pause in PAUSES if pause.seconds < 3600 and not pause.days]
    hours = [pause.total_seconds() // 3600 for pause in PAUSES[len(minutes) :]]
    assert minutes == [1, 5, 30]
    assert hours == [2, 5, 10, 14, 20, 24]
    assert "after 1, 5 and 30 minutes, then after 2, 5, 10, 14, 20 and 24 hours" in text
    assert PATIENCE == 10
    assert "within ten seconds" in text
    assert MOST_BYTES == 1000
    assert "1,000 characters" in text
