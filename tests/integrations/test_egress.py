"""S8: where the house may connect to, whatever somebody writes into an address."""

import socket
from typing import Any

import pytest

from integrations.connectors import egress
from integrations.connectors.deadline import Deadline
from integrations.connectors.egress import AddressRefused, Policy, endpoint, resolve
from integrations.connectors.http import Http, NotAllowed
from integrations.receivers.webhook import Behaviour, Receiver

INTERNAL = [
    "127.0.0.1", "127.1.2.3", "::1", "0.0.0.0", "169.254.169.254", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "fe80::1", "fc00::1", "::", "224.0.0.1", "240.0.0.1",
    "255.255.255.255", "198.18.0.1",
]  # fmt: skip


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "gopher://x.example/", "ftp://x.example/", "https://user:pw@x.example/", "https://user@x.example/",
        "https:///path", "x.example", "https://x.example:99999/", "https://x.example./", "https://１２７.0.0.1/", "https://x.exa mple/",
        "https://x.example/a\r\nX: y", "javascript:alert(1)", "", "https://ⓔxample.com/",
    ],
)  # fmt: skip
def test_it_refuses_addresses_that_fool_people(url: str):
    with pytest.raises(AddressRefused):
        endpoint(url)


@pytest.mark.parametrize("address", INTERNAL)
def test_a_name_that_leads_inside_is_refused(monkeypatch: pytest.MonkeyPatch, address: str):
    answers(monkeypatch, [address])

    with pytest.raises(AddressRefused):
        resolve("innocent.example", 443, policy=Policy())


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "localhost", "[::1]".strip("[]")]
)
def test_every_spelling_of_this_machine_is_refused(host: str):
    with pytest.raises(AddressRefused):
        resolve(host, 80, policy=Policy())


def test_one_bad_address_among_good_ones_refuses_the_name(monkeypatch: pytest.MonkeyPatch):
    answers(monkeypatch, ["93.184.216.34", "127.0.0.1"])

    with pytest.raises(AddressRefused):
        resolve("mixed.example", 443, policy=Policy())


def test_a_public_address_is_used_as_it_was_checked(monkeypatch: pytest.MonkeyPatch):
    answers(monkeypatch, ["93.184.216.34"])

    assert resolve("x.example", 443, policy=Policy())[0] == "93.184.216.34"


def test_a_name_that_changes_between_check_and_use_gains_nothing(monkeypatch: pytest.MonkeyPatch):
    """DNS rebinding: the second answer is never asked for."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def rebinding(host: str, port: int, **kwargs: Any) -> Any:
        asked.append(host)
        return real("127.0.0.1" if len(asked) == 1 else "127.0.0.2", port, **kwargs)

    receiver = Receiver(Behaviour()).start()
    monkeypatch.setattr(egress.socket, "getaddrinfo", rebinding)
    url = receiver.url.replace("127.0.0.1", "rebinding.example")

    Http(policy=Policy(loopback=True), call=Deadline(2)).request("POST", url, headers={"webhook-id": "x"}, body=b"{}")

    assert asked == ["rebinding.example"]
    receiver.stop()


def test_own_networks_are_opened_one_by_one(monkeypatch: pytest.MonkeyPatch):
    answers(monkeypatch, ["10.20.3.4"])

    assert resolve("scim.intern", 443, policy=Policy(networks=("10.20.0.0/16",)))
    with pytest.raises(AddressRefused):
        resolve("scim.intern", 443, policy=Policy(networks=("10.21.0.0/16",)))


def test_plain_http_stays_inside_own_walls(monkeypatch: pytest.MonkeyPatch):
    answers(monkeypatch, ["93.184.216.34"])

    with pytest.raises(AddressRefused):
        resolve("x.example", 80, policy=Policy(), plain_text=True)


@pytest.mark.parametrize("fault", ["redirect"])
def test_a_redirect_is_not_followed(fault: str):
    canary = Receiver(Behaviour()).start()
    receiver = Receiver(Behaviour(fault=lambda n, key: fault)).start()

    reply = Http(policy=Policy(loopback=True), call=Deadline(2)).request(
        "POST", receiver.url, headers={"webhook-id": "x"}, body=b"{}"
    )

    assert reply.status == 307
    assert not canary.ledger.requests
    receiver.stop()
    canary.stop()


def test_proxies_of_the_environment_are_ignored(monkeypatch: pytest.MonkeyPatch):
    proxy, receiver = Receiver(Behaviour()).start(), Receiver(Behaviour()).start()
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, proxy.url)

    Http(policy=Policy(loopback=True), call=Deadline(2)).request(
        "POST", receiver.url, headers={"webhook-id": "x"}, body=b"{}"
    )

    assert receiver.ledger.requests["POST"] == 1
    assert not proxy.ledger.requests
    receiver.stop()
    proxy.stop()


def test_a_refusal_tells_nothing_about_what_is_there():
    receiver = Receiver(Behaviour()).start()
    closed = Http(policy=Policy(), call=Deadline(2))

    words = set()
    for url in (receiver.url, "http://127.0.0.1:9/", "http://169.254.169.254/"):
        with pytest.raises(NotAllowed) as refusal:
            closed.request("GET", url, headers={})
        words.add(str(refusal.value))

    assert words == {"address_refused"}
    assert not receiver.ledger.requests
    receiver.stop()


def answers(monkeypatch: pytest.MonkeyPatch, addresses: list[str]) -> None:
    def found(host: str, port: int, **_: Any) -> Any:
        family = {True: socket.AF_INET6, False: socket.AF_INET}
        return [(family[":" in a], socket.SOCK_STREAM, 6, "", (a, port)) for a in addresses]

    monkeypatch.setattr(egress.socket, "getaddrinfo", found)
