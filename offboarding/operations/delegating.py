from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ehr import record
from ehr.errors import Refused

from .. import events
from ..models import Delegation

if TYPE_CHECKING:
    from ehr.identity.models import User


@transaction.atomic
def delegate_while_away(
    *, owner: "User", delegate: "User", from_date: date, until_date: date, by: "User", at: datetime
) -> Delegation:
    if owner == delegate or until_date < from_date:
        raise Refused("B_NO_COLLEAGUE", _("Choose a colleague and a period."), field="delegate")
    row = Delegation.objects.create(owner=owner, delegate=delegate, from_date=from_date, until_date=until_date)
    fact = events.DelegationSet(
        delegate_id=str(delegate.pk), from_date=from_date.isoformat(), until_date=until_date.isoformat()
    )
    record.emit(fact, subject=owner, by=by, at=at)
    return row
