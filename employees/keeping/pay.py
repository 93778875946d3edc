from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from ehr.access import refuse_self

from ..models import Employment
from .holding import held

if TYPE_CHECKING:
    from ehr.identity.models import User


@transaction.atomic
def correct_pay(*, employment: Employment, base_pay: Decimal, by: User, at: datetime) -> bool:
    """CNY a month. True where it differs from what is on file; nobody is shown that to enter the new one,
    so the last entry stands."""
    refuse_self(by, employment.person.user)
    kept = held(employment)
    if kept.base_pay and Decimal(kept.base_pay) == base_pay:
        return False
    kept.set_pay(base_pay=base_pay, by=by, at=at)
    return True
