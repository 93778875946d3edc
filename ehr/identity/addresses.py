"""Where somebody is reached: at an address they proved themselves, or at the company's mailbox while they work here."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ehr.identity import codes
from ehr.identity.contacts import Contact
from ehr.lib.masking import mask_email, mask_phone

if TYPE_CHECKING:
    from ehr.identity.models import User

EMAIL, PHONE = Contact.Kind.EMAIL.value, Contact.Kind.PHONE.value


@dataclass(frozen=True, kw_only=True)
class Address:
    kind: str
    value: str

    @property
    def masked(self) -> str:
        return mask_email(self.value) if self.kind == EMAIL else mask_phone(self.value)


def address_of(user: "User", *, kinds: Collection[str] | None = None) -> Address | None:
    """The newest one they proved, else the company's mailbox of the roster, which is dead once they have left."""
    wanted = codes.kinds() if kinds is None else kinds
    proven = user.contacts.verified().filter(kind__in=wanted).order_by("-verified_at").first()
    if proven is not None:
        return Address(kind=proven.kind, value=proven.value)
    has_mailbox = EMAIL in wanted and user.email and user.access_closed_at is None
    return Address(kind=EMAIL, value=user.email) if has_mailbox else None


def mailbox_of(user: "User") -> str:
    """For letters: the company's mailbox of those who work here, and of those who left the one they proved."""
    if user.access_closed_at is None:
        return user.email
    found = address_of(user, kinds=[EMAIL])
    return found.value if found else ""
