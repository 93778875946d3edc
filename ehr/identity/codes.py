"""How a one-time code reaches its address. Upper apps register further ways (SMS)."""

from collections.abc import Callable

from django.core.mail import send_mail
from django.utils.translation import gettext as _

from ehr.identity.contacts import Contact
from ehr.lib.registry import Registry

Sender = Callable[[str, str, str], None]


def by_mail(address: str, code: str, act: str) -> None:
    """`act` is what the code signs; without one it only proves the address."""
    words = _("Your one-time code is {code}. It is valid for 10 minutes. If you did not ask for it, ignore this mail.")
    signs = _("It signs: {act}. Never give it to anybody else.").format(act=act) if act else ""
    send_mail(_("Your one-time code"), f"{words.format(code=code)}\n{signs}".strip(), None, [address])


_senders: Registry[str, Sender] = Registry({Contact.Kind.EMAIL.value: by_mail})


def register_sender(kind: str, sender: Sender) -> None:
    _senders.register(kind, sender)


def kinds() -> list[str]:
    return list(_senders)


def deliver(kind: str, address: str, code: str, *, act: str = "") -> None:
    _senders[kind](address, code, act)
