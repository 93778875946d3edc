"""The guarantee behind the doorbell: nothing that was decided stays lying about."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from integrations.engine.ending import conclude
from integrations.models import Effect
from integrations.models.effect import Ending
from integrations.rules.states import after_crash


def expire_leases(*, at: datetime) -> int:
    """Whoever held these has not reported in time. What they did is unknown, so the next step asks the system first."""
    return sum(_expire(pk, at=at) for pk in Effect.objects.expired().values_list("pk", flat=True)[:200])


def _expire(pk: UUID, *, at: datetime) -> bool:
    with transaction.atomic():
        rows = Effect.objects.expired().select_related("connection__unit", "case__unit", "data_key")
        effect = rows.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
        if effect is None:
            return False
        move = after_crash(effect.standing)
        effect.obey(move, Ending("lost", "worker_lost"), crashed=True)
        conclude(effect, move, at=at)
        return True
