"""Taking back what was done for an exit that is off. An effect of its own, so it has its own key and evidence."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ehr import access
from ehr.crypto.keyring import secret_for
from ehr.errors import WrongState
from integrations.models import Effect
from integrations.operations.planning import keep
from integrations.rules import keys
from integrations.rules.states import GOING


@transaction.atomic
def revert(effect: Effect, *, by: Any, at: datetime) -> Effect:
    rows = Effect.objects.select_related("connection__unit", "case__unit", "case__employment__person__user", "data_key")
    row = rows.select_for_update(of=("self",)).get(pk=effect.pk)
    if row.case is not None:
        access.refuse_self(by, row.case.employment.person.user)
    if not row.can_be_reverted or row.case is None or row.case.state in GOING or row.reversals.exists():
        raise WrongState(_("This can't be taken back now."), allowed=())
    back = Effect(
        spec=f"{row.spec}:revert"[:160],
        case=row.case,
        connection=row.connection,
        purpose=Effect.Purpose.REVERT,
        reverts=row,
        step=row.step,
        action=row.action,
        target=row.target,
        data_key=row.data_key,
        payload=row.payload,
        payload_hash=row.payload_hash,
        idem_key=_key(row),
        undo=row.undo,
        scheduled_at=at,
    )
    return keep([back], at=at)[0]


def _key(row: Effect) -> str:
    secret = secret_for("integrations.effect_key")
    return keys.idem_key(
        secret, case=str(row.case_id), step="revert", action=row.action, target=row.idem_key, revision=""
    )
