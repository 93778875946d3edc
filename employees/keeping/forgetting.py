"""How somebody is reached, and where they are paid, is forgotten once nothing needs it any more (PIPL 47)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ehr import record
from ehr.access import refuse_self
from ehr.errors import Refused

from .. import events
from ..models import Employment, Person

if TYPE_CHECKING:
    from ehr.identity.models import User

CONTACTS = {
    "phone": gettext_lazy("Phone"),
    "personal_email": gettext_lazy("Personal e-mail"),
    "bank_account": gettext_lazy("Bank account"),
}


@transaction.atomic
def forget_contacts(*, employment: Employment, names: Iterable[str], by: User, at: datetime) -> list[str]:
    """Answers what was on file and is gone, with what it was found by. Of somebody who works here nothing is."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=employment.person_id)
    refuse_self(by, person.user)
    if person.employments.current().exists():
        raise Refused("B_STILL_EMPLOYED", _("They work here: how they are reached stays on file."), field="forget")
    gone = sorted(name for name in CONTACTS if name in set(names) and getattr(person, name) is not None)
    if gone:
        Person.objects.filter(pk=person.pk).update(**dict.fromkeys([*gone, *(f"{name}_index" for name in gone)]))
        fact = events.ContactsForgotten(employment_id=str(employment.pk), fields=gone)
        record.emit(fact, subject=employment, by=by, at=at)
    return gone
