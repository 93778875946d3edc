"""Signing an act: a code sent to the person's own address, spent in the transaction of the act itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ehr import record
from ehr.errors import Refused
from ehr.identity import codes
from ehr.identity.addresses import address_of
from ehr.identity.events import CodeSpent
from ehr.identity.signing_codes import SigningCode

if TYPE_CHECKING:
    from ehr.identity.models import User


@dataclass(frozen=True, kw_only=True)
class Sent:
    """`is_new` is false when the last code is less than a minute old: that one still counts."""

    address: str
    is_new: bool


@transaction.atomic
def send_signing_code(*, user: "User", act: str, words: str, at: datetime) -> Sent:
    address = address_of(user)
    if address is None:
        detail = _("We know no address of yours. Please verify a private e-mail address in your settings first.")
        raise Refused("B_CODE_ADDRESS", detail, field="code")
    code = issue_code(user=user, act=act, at=at)
    if code is not None:
        codes.deliver(address.kind, address.value, code, act=words)
    return Sent(address=address.masked, is_new=code is not None)


def issue_code(*, user: "User", act: str, at: datetime) -> str | None:
    row, _made = SigningCode.objects.get_or_create(user=user, act=act)
    return row.renew_code(at=at)


def count_try(*, user: "User", act: str) -> None:
    """Asked by interfaces before the transaction of the act begins: a refusal rolls that one back, and a try counts."""
    for row in SigningCode.objects.filter(user=user, act=act):
        row.count_try()


def spend_code(*, user: "User", act: str, code: str, at: datetime) -> None:
    row = SigningCode.objects.filter(user=user, act=act).first()
    if row is None or not row.spend_code(code.strip(), at=at):
        detail = _("This code is not right, or it has expired. Nothing you wrote is lost: ask for a new one.")
        raise Refused("B_CODE_WRONG", detail, field="code")
    record.emit(CodeSpent(user_id=str(user.pk), act=act), subject=user, by=user, at=at)
