"""How a one-time code reaches its address. Upper apps register further ways (SMS)."""

from collections.abc import Callable

from django.core.mail import send_mail
from django.utils.translation import gettext as _

from ehr.identity.contacts import Contact

Sender = Callable[[str, str], None]


def by_mail(address: str, code: str) -> None:
    words = _("Your one-time code is {code}. It is valid for 10 minutes. If you did not ask for it, ignore this mail.")
    send_mail(_("Your one-time code"), words.format(code=code), None, [address])


_senders: dict[str, Sender] = {Contact.Kind.EMAIL.value: by_mail}


def register_sender(kind: str, sender: Sender) -> None:
    _senders[kind] = sender


def kinds() -> list[str]:
    return list(_senders)


def deliver(contact: Contact, code: str) -> None:
    _senders[contact.kind](contact.value, code)
