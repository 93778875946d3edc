"""A certificate that can't be trusted: nothing is sent, the try says why, and once mended the step goes alone, once."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from integrations.connectors import wire
from integrations.models import Attempt
from integrations.operations.redriving import redrive
from integrations.receivers.mail import Mailbox, controller
from tests.access.cast import sign_in
from tests.factories.offboarding import duties_of
from tests.integrations.certificates import Authority
from tests.integrations.servers import free_port
from tests.integrations.steps import an_approved_exit, run, the_effect

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FAULTS = {
    "expired": ("certificate_expired", "证书已过期"),
    "self_signed": ("certificate_untrusted", "不是受信任的机构签发的"),
    "other_host": ("certificate_other_host", "不属于这个地址"),
}
each = pytest.mark.parametrize(("fault", "reason", "words"), [(name, *said) for name, said in FAULTS.items()])


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Authority]:
    """Trusted by this machine for the length of one test."""
    made = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.path))
    wire._tls.cache_clear()
    yield made
    wire._tls.cache_clear()


@pytest.fixture
def encrypted(authority: Authority, receivers: Any) -> Any:
    """A webhook receiver behind TLS, and the way to give it another certificate."""
    receiver = receivers()
    plain, shown = receiver.server.socket, []

    def show(fault: str, arm: str = "honours_id") -> Any:
        shown.append(authority.context(fault).wrap_socket(plain.dup(), server_side=True))
        receiver.server.socket, receiver.behaviour.arm = shown[-1], arm
        return receiver

    yield show
    receiver.server.socket = plain
    for one in shown:
        one.close()


def connected(connect: Any, receiver: Any) -> Any:
    return connect("crm", receiver, url=receiver.url.replace("http://", "https://"))


def test_a_trusted_certificate_is_accepted(cast: Any, at: datetime, connect: Any, encrypted: Any) -> None:
    receiver = encrypted("")
    connected(connect, receiver)
    case = an_approved_exit(cast, at)

    run(at)

    assert the_effect(case).state == "done"
    assert len(receiver.ledger.messages) == 1


@each
@pytest.mark.parametrize("arm", ["honours_id", "look_up", "neither"])
def test_the_try_says_why_and_nothing_was_sent(
    cast: Any, at: datetime, connect: Any, encrypted: Any, fault: str, reason: str, words: str, arm: str
) -> None:
    receiver = encrypted(fault, arm)
    connected(connect, receiver)
    case = an_approved_exit(cast, at)

    run(at)

    effect = the_effect(case)
    attempt = Attempt.objects.get(effect=effect)
    assert (attempt.outcome, attempt.reason) == ("misconfigured", reason)
    assert (effect.state, effect.tries) == ("failed_needs_human", 1)
    assert receiver.ledger.messages == []
    assert duties_of(cast.it, "integrations.effect_failed")
    assert words in sign_in(cast.it).get(effect.url).content.decode()


@each
def test_once_mended_it_is_sent_again_and_arrives_once(
    cast: Any, at: datetime, connect: Any, encrypted: Any, fault: str, reason: str, words: str
) -> None:
    receiver = encrypted(fault)
    connected(connect, receiver)
    case = an_approved_exit(cast, at)
    run(at)

    encrypted("")
    redrive(the_effect(case), by=cast.it, at=at)
    run(at)

    assert the_effect(case).state == "done"
    assert len(receiver.ledger.messages) == 1


def test_something_that_speaks_no_tls_is_tried_again_later(
    cast: Any, at: datetime, connect: Any, receivers: Any
) -> None:
    receiver = receivers()
    connected(connect, receiver)
    case = an_approved_exit(cast, at)

    run(at)

    effect = the_effect(case)
    assert (effect.state, effect.reason) == ("pending", "tls_failed")
    assert receiver.ledger.messages == []


# --- mail ------------------------------------------------------------------------------------------------------
@pytest.fixture
def post_office(authority: Authority) -> Iterator[Any]:
    started: list[Any] = []

    def start(fault: str) -> Mailbox:
        box = Mailbox()
        box.port = free_port()  # type: ignore[attr-defined]
        server = controller(box, port=box.port, tls_context=authority.context(fault))  # type: ignore[attr-defined]
        server.start()
        started.append(server)
        return box

    yield start
    for server in started:
        server.stop()


def test_mail_goes_encrypted_to_a_trusted_server(cast: Any, at: datetime, connect: Any, post_office: Any) -> None:
    box = post_office("")
    connect("mail", box, security="starttls")
    case = an_approved_exit(cast, at)

    run(at)

    assert the_effect(case, connection__name="mail").state == "done"
    assert "desk@hengchuan.example" in {message["To"] for message in box.messages}


@each
def test_mail_is_not_handed_to_an_untrusted_one(
    cast: Any, at: datetime, connect: Any, post_office: Any, fault: str, reason: str, words: str
) -> None:
    box = post_office(fault)
    connect("mail", box, security="starttls")
    case = an_approved_exit(cast, at)

    run(at)

    effect = the_effect(case, connection__name="mail")
    assert (effect.state, effect.reason) == ("failed_needs_human", reason)
    assert box.tried == 0
