"""Where a letter goes: the company's mailbox while somebody works here, their own address once they have left."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest

from ehr import clock, notices
from ehr.identity import codes
from ehr.identity.models import Contact
from ehr.record.models import Event
from integrations.models import Effect
from offboarding import operations as ops
from tests.access.cast import sign_in
from tests.factories.identity import a_proven_contact
from tests.factories.offboarding import duties_of
from tests.integrations.steps import relayed, run

pytestmark = pytest.mark.django_db(transaction=True)
WORK = "zhou.yuanhang@hengchuan.example"
OLD, NEW = "old@private.example", "new@private.example"


@pytest.fixture
def leaver(cast: Any, connect: Any, mailbox: Any, at: datetime) -> Any:
    """Two addresses proven one after the other, and one that never was."""
    connect("mail", mailbox)
    user = cast.leaver
    user.email = WORK
    user.save(update_fields=["email"])
    for days, value in enumerate((OLD, NEW)):
        a_proven_contact(user, value, at=at + timedelta(days=days))
    unproven = a_proven_contact(user, "unproven@private.example", at=at)
    Contact.objects.filter(pk=unproven.pk).update(verified_at=None)
    return user


def a_letter_to(user: Any, at: datetime) -> list[Effect]:
    notices.tell([user], kind="offboarding.stopped", params={"number": "OB-1"}, at=at)
    relayed()
    return list(Effect.objects.filter(action="send_mail"))


def test_who_works_here_is_written_to_at_work(leaver: Any, at: datetime) -> None:
    (letter,) = a_letter_to(leaver, at)

    assert letter.payload["to"] == [WORK]


def test_who_left_is_written_to_at_the_newest_address_they_proved(leaver: Any, at: datetime) -> None:
    leaver.close_access(at=at)

    (letter,) = a_letter_to(leaver, at)

    assert letter.payload["to"] == [NEW]


def test_a_private_address_stands_on_no_page_and_in_no_event(leaver: Any, at: datetime) -> None:
    leaver.close_access(at=at)

    (letter,) = a_letter_to(leaver, at)

    assert letter.target == leaver.username
    assert not any(NEW in str(event.payload) for event in Event.objects.all())


def test_a_code_to_a_private_address_shows_it_masked(leaver: Any, settings: Any) -> None:
    settings.EMAIL_BACKEND = "integrations.mail.EffectBackend"

    codes.deliver(Contact.Kind.EMAIL, NEW, "123456")

    letter = Effect.objects.get(action="send_mail")
    assert letter.target == "n**@private.example"
    assert letter.payload["to"] == [NEW]


def test_who_left_and_proved_none_gets_no_letter_at_a_dead_mailbox(leaver: Any, at: datetime) -> None:
    leaver.contacts.all().delete()
    leaver.close_access(at=at)

    assert a_letter_to(leaver, at) == []


def test_who_has_no_account_is_told_of_a_recorded_letter_at_their_own_mailbox(
    cast: Any, connect: Any, mailbox: Any, at: datetime, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "integrations.mail.EffectBackend"
    connect("mail", mailbox)
    employment = cast.employment["leaver"]
    employment.person.user, employment.person.personal_email = None, NEW
    employment.person.save()

    scan = ops.Scan(name="辞职信.pdf", size=15, content=BytesIO(b"%PDF-1.7 letter"))
    said = {"kind": "resignation", "received_on": at.date(), "scan": scan}
    case = ops.record_letter(employment=employment, by=cast.hrbp, at=at, **said)
    run(clock.now())

    [letter] = mailbox.messages
    words = letter.get_body().get_content()
    assert letter["To"] == NEW and case.number in words and "人事部门" in words
    assert Event.objects.get(kind="offboarding.case.letter_told").payload["way"] == "mail"
    assert not any(NEW in str(event.payload) for event in Event.objects.all())
    assert duties_of(cast.hrbp, "offboarding.letter_untold") == []
    assert "个人邮箱" in sign_in(cast.hrbp).get(f"{case.url}letter/").content.decode()
