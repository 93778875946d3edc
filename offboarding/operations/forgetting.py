"""The end of the review of the contact data: what nothing needs any more is deleted from the file (PIPL 47)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from ehr.errors import Refused
from employees.keeping import CONTACTS, forget_contacts
from employees.models import Person

from ..models import Case, Dispute, Obligation, ObligationName, Settlement
from ..models.settlement import SettlementState
from ..rules.obligations import KEPT, DutyKind

if TYPE_CHECKING:
    from ehr.identity.models import User

    from ..models.obligation import ObligationQuerySet


@dataclass(frozen=True, kw_only=True)
class Contacts:
    on_file: list[tuple[str, str]]
    """Name and words of each that is there."""
    needed_by: list[str]
    """By any exit of the person: a payment, a dispute, a non-compete, another duty that somebody has to see to."""


def contacts_of(case: Case) -> Contacts:
    """In two statements."""
    same = {"case__employment__person": OuterRef("pk")}
    unpaid = Settlement.objects.current().exclude(state=SettlementState.PAID).filter(**same)
    disputes = Dispute.objects.still_open().filter(**same)
    people = Person.objects.select_related("data_key").annotate(unpaid=Exists(unpaid), disputed=Exists(disputes))
    person = people.get(pk=case.employment.person_id)
    kinds = _other_duties(person).order_by("kind").values_list("kind", flat=True).distinct()
    found = {_("a payment of the settlement"): person.unpaid, _("an open dispute"): person.disputed}
    return Contacts(
        on_file=[(name, str(label)) for name, label in CONTACTS.items() if getattr(person, name) is not None],
        needed_by=[*(words for words, holds in found.items() if holds), *(str(ObligationName(k).label) for k in kinds)],
    )


def _other_duties(person: Person) -> "ObligationQuerySet":
    running = Obligation.objects.running().filter(case__employment__person=person)
    return running.exclude(kind__in=[*KEPT, DutyKind.CONTACT_REVIEW])


def forget_reviewed(duty: Obligation, names: Sequence[str], *, by: "User", at: datetime) -> None:
    """The caller holds the case."""
    if duty.kind != DutyKind.CONTACT_REVIEW:
        raise Refused("B_NO_CONTACTS", _("Only the review of the contact data deletes any."), field="forget")
    if needs := contacts_of(duty.case).needed_by:
        detail = _("Still needed for: %(what)s.") % {"what": _(", ").join(needs)}
        raise Refused("B_CONTACTS_NEEDED", detail, article="PIPL 47", field="forget")
    forget_contacts(employment=duty.case.employment, names=names, by=by, at=at)
