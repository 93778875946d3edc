from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ehr.access import refuse_self
from ehr.errors import WrongState
from ehr.record import Event, ref

from .. import events
from ..models import Employment, EmploymentStatus
from .holding import held

if TYPE_CHECKING:
    from ehr.identity.models import User


def is_ended_by_file(employment: Employment) -> bool:
    """By an import, that is; what an exit has ended goes back in that exit or not at all."""
    if employment.status != EmploymentStatus.LEFT:
        return False
    said = Event.objects.filter(subject=ref(employment), kind=events.Ended.kind).order_by("-at", "-id").first()
    return bool(said and said.payload.get("import_id"))


@transaction.atomic
def take_back_ending(*, employment: Employment, by: User, at: datetime) -> None:
    """The file named an exit day by mistake: the person was never gone."""
    refuse_self(by, employment.person.user)
    kept = held(employment)
    if not is_ended_by_file(kept):
        raise WrongState(_("This employment was not ended by an import."))
    if _is_hired_again(kept):
        raise WrongState(_("The person was hired again since. Correct that employment first."))
    kept.take_back_ending(by=by, at=at)


def _is_hired_again(kept: Employment) -> bool:
    return Employment.objects.filter(person=kept.person_id, hire_date__gte=kept.hire_date).exclude(pk=kept.pk).exists()
