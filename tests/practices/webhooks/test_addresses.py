"""Nothing is sent to this machine, to the network around it, or to where a redirect leads."""

import socket
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from practices.webhooks.addresses import RefusedAddressError, is_public, place_of, resolve
from practices.webhooks.sending import post
from tests.practices.webhooks.receiver import Receiver, receiver

HEADERS = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",  # noqa: S104
        "10.1.2.3",
        "100.64.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.0.8",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::7f00:1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "no number",
    ],
)
def test_what_is_not_of_the_public_internet(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize("number", ["8.8.8.8", "190.116.0.1", "2a00:1450:4003::1", "2800:3f0::1"])
def test_what_is_of_the_public_internet(number: str) -> None:
    assert is_public(number)


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.org/",
        "ftp://hooks.example.org/",
        "file:///etc/passwd",
        "https:///nowhere",
        "https://user:word@hooks.example.org/",
        "https://user@hooks.example.org/",
        "https://hooks.example.org/#part",
        "https://hooks.example.org:99999/",
        "https://hooks.example.org/a b",
        "https://hooks.example.org/\r\nX: 1",
        "https://hooks.example.org/ñ",
        "https://[::1",
        f"https://{'a' * 70}.example.org/",
        "",
    ],
)
def test_addresses_that_are_none(url: str) -> None:
    with pytest.raises(RefusedAddressError):
        place_of(url)


def test_the_parts_of_an_address() -> None:
    place = place_of("https://hooks.example.org:8443/a/b?c=d")
    assert (place.secure, place.host, place.port, place.target) == (
        True,
        "hooks.example.org",
        8443,
        "/a/b?c=d",
    )
    assert place_of("https://hooks.example.org").target == "/"


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "169.254.169.254",
        "2852039166",
        "0",
    ],
)
def test_every_spelling_of_an_inner_address_is_refused(host: str) -> None:
    """Through the real resolver, with a receiver behind the address."""
    with receiver() as server:
        answer = post(f"https://{host}:{server.port}/", b"{}", HEADERS)
        assert answer.status is None
        assert server.received == []
    with pytest.raises((RefusedAddressError, OSError)):
        resolve(place_of(f"https://{host}/"))


def names(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Let a name lead to these numbers: at the first look to the first, and so on."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def look_up(host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
        if host != "hooks.example.org":
            return real(host, port, *args, **kwargs)
        found = answers[min(len(asked), len(answers) - 1)]
        asked.append(host)
        return [entry for number in found for entry in real(number, port, *args, **kwargs)]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


@pytest.mark.parametrize("inner", ["127.0.0.1", "::1", "169.254.169.254", "::ffff:10.0.0.1"])
def test_a_name_with_one_inner_number_is_refused_as_a_whole(
    monkeypatch: pytest.MonkeyPatch, inner: str
) -> None:
    names(monkeypatch, ["8.8.8.8", inner])
    with pytest.raises(RefusedAddressError, match=r"hooks\.example\.org"):
        resolve(place_of("https://hooks.example.org/"))
    assert post("https://hooks.example.org/", b"{}", HEADERS).status is None


def test_a_name_is_looked_up_once_and_the_number_that_was_checked_is_used(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    """DNS rebinding: a second look would lead elsewhere."""
    settings.PRACTICES_WEBHOOKS_LOCAL = True
    asked = names(monkeypatch, ["127.0.0.1"], ["127.0.0.2"])
    with receiver() as server:
        url = f"http://hooks.example.org:{server.port}/hook"
        assert post(url, b"{}", HEADERS).status == 200
        [message] = server.received
    assert message.headers["host"] == f"hooks.example.org:{server.port}"
    assert asked == ["hooks.example.org"]


def test_the_next_number_is_tried_where_the_first_does_not_answer(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.PRACTICES_WEBHOOKS_LOCAL = True
    names(monkeypatch, ["::1", "127.0.0.1"])
    with receiver() as server:
        assert post(f"http://hooks.example.org:{server.port}/", b"{}", HEADERS).status == 200


@pytest.mark.usefixtures("local")
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_not_followed(server: Receiver, status: int) -> None:
    with receiver() as inner:
        server.status = status
        server.location = f"http://127.0.0.1:{inner.port}/secret"
        answer = post(server.url, b"{}", HEADERS)
        assert (answer.status, answer.taken) == (status, False)
        assert inner.received == []


def test_what_is_local_is_open_to_this_machine_alone(settings: Settings) -> None:
    settings.PRACTICES_WEBHOOKS_LOCAL = True
    assert resolve(place_of("http://127.0.0.1:9/")) == ["127.0.0.1"]
    for inner in ("10.0.0.1", "169.254.169.254", "192.168.0.1"):
        with pytest.raises(RefusedAddressError):
            resolve(place_of(f"http://{inner}/"))


def test_the_proxy_of_the_environment_is_not_used(
    monkeypatch: pytest.MonkeyPatch, server: Receiver
) -> None:
    with receiver() as proxy:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
        assert post(server.url, b"{}", HEADERS).status == 200
        assert proxy.received == []
