from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ehr.errors import Refused

from ..models import Plan

if TYPE_CHECKING:
    from ehr.identity.models import User


@transaction.atomic
def create_plan(
    *,
    name: str,
    rhythm: str,
    unit: Any = None,
    job_family: str = "",
    employment: Any = None,
    by: User | None,
    at: datetime,
) -> Plan:
    """With an empty draft. A person's own plan belongs to the unit they work in."""
    try:
        with transaction.atomic():
            plan = Plan.objects.create(
                name=name,
                rhythm=rhythm,
                unit=employment.unit if employment else unit,
                job_family=job_family,
                employment=employment,
            )
    except IntegrityError as error:
        raise Refused(
            "plan_exists", _("There is a plan for these people already; change that one."), field="name"
        ) from error
    plan.open_draft(by=by, at=at)
    return plan
