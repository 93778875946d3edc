"""Signing an act with the typed name and a code: sent to the own address, good for ten minutes, used once."""

import re
from datetime import timedelta
from typing import Any

import pytest

from ehr.errors import Refused
from ehr.identity import signing
from ehr.identity.models import User
from ehr.identity.one_time import CODE_LIVES
from ehr.identity.operations import add_contact, verify_contact
from ehr.lib.masking import mask_email
from ehr.record.models import Event
from tests.access.cast import a_user

pytestmark = pytest.mark.django_db
ACT = "offboarding.resignation"


@pytest.fixture
def signer() -> User:
    user = a_user("zhou.yuanhang")
    User.objects.filter(pk=user.pk).update(email="zhou@hengchuan.example")
    user.refresh_from_db()
    return user


def send(user: User, at: Any) -> signing.Sent:
    return signing.send_signing_code(user=user, act=ACT, words="提交辞职", at=at)


def code_in(letter: Any) -> str:
    found = re.search(r"\b\d{6}\b", letter.body)
    assert found
    return found[0]


def refuses(user: User, code: str, at: Any, act: str = ACT) -> bool:
    signing.count_try(user=user, act=act)
    try:
        signing.spend_code(user=user, act=act, code=code, at=at)
    except Refused as refusal:
        return refusal.code == "B_CODE_WRONG"
    return False


def test_the_letter_says_what_it_signs(signer, at, mailoutbox) -> None:
    assert send(signer, at) == signing.Sent(address=mask_email(signer.email), is_new=True)

    [letter] = mailoutbox
    assert letter.to == ["zhou@hengchuan.example"]
    assert "提交辞职" in letter.body


def test_an_address_they_proved_goes_before_the_mailbox_of_the_company(signer, at, mailoutbox) -> None:
    contact = add_contact(user=signer, kind="email", value="yuanhang@private.example", at=at)
    assert send(signer, at).address == mask_email(signer.email)
    verify_contact(contact, code=code_in(mailoutbox[0]), by=signer, at=at)

    later = at + timedelta(minutes=2)

    assert send(signer, later).address == mask_email("yuanhang@private.example")
    assert mailoutbox[-1].to == ["yuanhang@private.example"]


def test_who_has_no_address_is_told_to_prove_one(signer, at) -> None:
    User.objects.filter(pk=signer.pk).update(email="")
    signer.refresh_from_db()

    with pytest.raises(Refused) as refusal:
        send(signer, at)

    assert (refusal.value.code, refusal.value.field) == ("B_CODE_ADDRESS", "code")


def test_it_signs_once_and_the_record_says_so(signer, at, mailoutbox) -> None:
    send(signer, at)
    code = code_in(mailoutbox[0])

    assert not refuses(signer, code, at)
    assert refuses(signer, code, at)
    assert Event.objects.get(kind="identity.code.spent").payload["act"] == ACT


def test_it_signs_only_this_act_of_this_person(signer, at, mailoutbox) -> None:
    send(signer, at)
    code = code_in(mailoutbox[0])
    send(other := a_user_with_mail("he.shuyao"), at)

    assert refuses(signer, code, at, act="offboarding.other")
    assert refuses(other, code, at)
    assert not refuses(signer, code, at)


def a_user_with_mail(username: str) -> User:
    user = a_user(username)
    User.objects.filter(pk=user.pk).update(email=f"{username}@hengchuan.example")
    user.refresh_from_db()
    return user


def test_after_ten_minutes_it_signs_nothing(signer, at, mailoutbox) -> None:
    send(signer, at)

    assert refuses(signer, code_in(mailoutbox[0]), at + CODE_LIVES)


def test_five_wrong_tries_spoil_it(signer, at, mailoutbox) -> None:
    send(signer, at)
    right = code_in(mailoutbox[0])
    wrong = f"{(int(right) + 1) % 10**6:06}"

    assert [refuses(signer, wrong, at) for _ in range(5)] == [True] * 5
    assert refuses(signer, right, at)


def test_the_fifth_try_may_still_be_right(signer, at, mailoutbox) -> None:
    send(signer, at)
    right = code_in(mailoutbox[0])
    for _ in range(4):
        refuses(signer, f"{(int(right) + 1) % 10**6:06}", at)

    assert not refuses(signer, right, at)


def test_another_one_comes_after_a_minute(signer, at, mailoutbox) -> None:
    send(signer, at)

    assert not send(signer, at + timedelta(seconds=59)).is_new
    assert send(signer, at + timedelta(seconds=60)).is_new
    assert len(mailoutbox) == 2
    assert refuses(signer, code_in(mailoutbox[0]), at + timedelta(seconds=61))
    assert not refuses(signer, code_in(mailoutbox[1]), at + timedelta(seconds=61))


def test_who_left_without_an_address_of_their_own_has_no_dead_mailbox_either(signer, at) -> None:
    signer.close_access(at=at)

    with pytest.raises(Refused) as refusal:
        send(signer, at)

    assert refusal.value.code == "B_CODE_ADDRESS"
