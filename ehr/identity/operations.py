"""What identity does across its rows: proving a contact, opening the narrow door, enrolling a second factor."""

from datetime import datetime
from typing import Any

from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest

from ehr import record
from ehr.crypto.models import DataKey
from ehr.identity.backends import DOOR
from ehr.identity.codes import deliver
from ehr.identity.contacts import Contact, normalised
from ehr.identity.events import DoorOpened
from ehr.identity.models import User


@transaction.atomic
def add_contact(*, user: User, kind: str, value: str, at: datetime) -> Contact:
    """Known already or not, the address gets a code to prove itself with."""
    contact = Contact.objects.filter(user=user, value_index=value).first()
    if contact is None:
        contact = Contact.objects.create(
            user=user, kind=kind, value=normalised(value), data_key=_key_of(user), created_at=at
        )
    send_code(contact, at=at)
    return contact


def send_code(contact: Contact, *, at: datetime) -> bool:
    code = contact.renew_code(at=at)
    if code is None:
        return False
    deliver(contact.kind, contact.value, code)
    return True


def verify_contact(contact: Contact, *, code: str, by: User, at: datetime) -> bool:
    if not contact.accepts(code, at=at):
        return False
    contact.verify(by=by, at=at)
    return True


def open_door(request: HttpRequest, contact: Contact, *, code: str, at: datetime) -> bool:
    """Signs the leaver in by the narrow door. The session is a new one and narrow by its backend."""
    if not contact.accepts(code, at=at) or not contact.user.may_use_door(at):
        return False
    with transaction.atomic():
        record.emit(
            DoorOpened(user_id=str(contact.user_id), channel=contact.kind),
            subject=contact.user,
            by=contact.user,
            at=at,
        )
        login(request, contact.user, backend=DOOR)
    return True


def enrol_totp(user: Any, secret: str = "") -> str:
    """For operators and the demo: a second factor set up for somebody, with a fresh secret unless one is given."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    secret = secret or generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def _key_of(user: User) -> DataKey:
    """The person's own data key, so that erasing the person erases the contact; a fresh one when there is none yet."""
    if user.data_key is None:
        user.data_key = DataKey.issue()
        User.objects.filter(pk=user.pk).update(data_key=user.data_key)
    return user.data_key
