from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection as database
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ehr import access, record
from ehr.crypto.fields import EncryptedJSONField
from ehr.lib.ids import uuid7
from integrations.models.clock import ClockTimestamp
from integrations.permissions import Permission
from integrations.rules import states
from integrations.rules.planning import EffectSpec
from integrations.rules.states import Standing

if TYPE_CHECKING:
    from integrations.rules.states import Move


class EffectQuerySet(models.QuerySet["Effect"]):
    def visible_to(self, user: Any, permission: str = Permission.VIEW_EFFECT) -> EffectQuerySet:
        """By the unit of its case, as confidential as the case; IT need not see the case to mend a step of it.
        Letters without a case belong to the unit of their connection."""
        from offboarding.models import Case

        cases = Case.objects.unknown_to_the_leaver(user).confidential_for(user)
        of_case = Q(case__in=cases.filter(access.scope(user, permission, unit="unit__path")))
        of_house = Q(case=None) & access.scope(user, permission, unit="connection__unit__path")
        return self.filter(of_case | of_house)

    def open(self) -> EffectQuerySet:
        return self.filter(state__in=states.OPEN)

    def due(self, business_now: datetime) -> EffectQuerySet:
        """More than can really be taken up: some systems may be switched off, some wait for others."""
        waited = self.filter(state__in=states.CLAIMABLE, next_at__lte=ClockTimestamp())
        return waited.filter(scheduled_at__lte=business_now)

    def waiting_for_human(self) -> EffectQuerySet:
        return self.filter(state__in=states.NEEDS_HUMAN)

    def expired(self) -> EffectQuerySet:
        return self.filter(state=states.State.SENDING, lease_until__lt=ClockTimestamp())


class Effect(models.Model):
    """One wanted state in one other system, from the event that decided it to the word of that system."""

    class State(models.TextChoices):
        HELD = "held", _("Waits until the person has been told")
        PENDING = "pending", _("Planned")
        SENDING = "sending", pgettext_lazy("state", "Running")
        AMBIGUOUS = "ambiguous", _("Being checked")
        DONE = "done", _("Done")
        NOT_NEEDED = "not_needed", _("Not needed")
        FAILED_NEEDS_HUMAN = "failed_needs_human", _("Failed")
        QUARANTINED = "quarantined", _("Stopped")

    class Purpose(models.TextChoices):
        APPLY = "apply", _("Do")
        REVERT = "revert", _("Take back")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    event = models.ForeignKey("record.Event", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    spec = models.CharField(max_length=160)
    case = models.ForeignKey("offboarding.Case", null=True, on_delete=models.PROTECT, related_name="effects")
    connection = models.ForeignKey("integrations.Connection", on_delete=models.PROTECT, related_name="effects")
    purpose = models.CharField(max_length=8, choices=Purpose, default=Purpose.APPLY)
    step = models.CharField(max_length=80, blank=True)
    action = models.CharField(max_length=40)
    target = models.CharField(max_length=120)
    track = models.CharField(max_length=20, blank=True)
    timing = models.CharField(max_length=10, default="at_once")
    data_key = models.ForeignKey("crypto.DataKey", on_delete=models.PROTECT, related_name="+")
    payload = EncryptedJSONField()
    payload_hash = models.CharField(max_length=64)
    idem_key = models.CharField(max_length=33, unique=True)
    depends_on = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="dependents")
    reverts = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="reversals")

    state = models.CharField(max_length=20, choices=State, default=State.PENDING)
    attempt = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    crashes = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    next_at = models.DateTimeField(db_default=ClockTimestamp())
    scheduled_at = models.DateTimeField()
    reason = models.CharField(max_length=80, blank=True)
    remote_ref = models.CharField(max_length=200, blank=True)
    undo = models.JSONField(default=dict)
    verified_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=ClockTimestamp())
    changed_at = models.DateTimeField(db_default=ClockTimestamp())

    objects = EffectQuerySet.as_manager()

    class Meta:
        verbose_name = _("effect")
        constraints = [
            models.UniqueConstraint(fields=["event", "spec"], name="effect_once_per_event_and_spec"),
            models.CheckConstraint(
                condition=~Q(state="sending") | Q(lease_until__isnull=False), name="sending_effects_have_a_lease"
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state__in=["pending", "ambiguous"]), name="effect_due"),
            models.Index(fields=["lease_until"], condition=Q(state="sending"), name="effect_leased"),
            models.Index(fields=["connection"], condition=Q(state="sending"), name="effect_in_flight"),
            models.Index(
                fields=["-changed_at"],
                condition=Q(state__in=["failed_needs_human", "quarantined"]),
                name="effect_needs_human",
            ),
            models.Index(fields=["connection", "-changed_at"], name="effect_of_connection"),
        ]

    def __str__(self) -> str:
        return f"{self.connection_id} {self.action} {self.state}"

    # --- Changing -----------------------------------------------------------------------------------------
    def obey(
        self, move: Move, ending: Ending, *, crashed: bool = False, verified: bool = False, undo: Any = None
    ) -> bool:
        """The end of the running attempt and what follows from it, if it is still ours to end."""
        values = {
            "outcome": ending.outcome,
            "reason": ending.reason[:80],
            "status": ending.status,
            "remote_ref": ending.remote_ref[:200],
            "evidence": ending.evidence[:2000],
            "state": move.state.value,
            "tries": move.tries,
            "wait": move.wait,
            "why": move.reason[:80],
            "rests": move.state not in states.OPEN,
            "crashed": crashed,
            "verified": verified,
            "undo": None if undo is None else json.dumps(undo),
            "id": self.pk,
            "attempt": self.attempt,
        }
        with database.cursor() as cursor:
            cursor.execute(OBEY, values)
            obeyed = bool(cursor.fetchone() == (1,))
        if obeyed:
            self.state = move.state
        return obeyed

    # --- Asking -------------------------------------------------------------------------------------------
    @property
    def as_spec(self) -> EffectSpec:
        return EffectSpec(action=self.action, target=self.target, payload=self.payload)

    @property
    def standing(self) -> Standing:
        plug, config = self.connection.plug, self.connection.config
        return Standing(
            delivery=plug.delivery(self.action, config),
            can_verify=plug.can_verify(self.action, config) and self.purpose == self.Purpose.APPLY,
            tries=self.tries,
            crashes=self.crashes,
            quiesce=self.connection.receiver_seconds + self.connection.margin_seconds,
        )

    @property
    def ref(self) -> str:
        return record.ref(self)

    @property
    def url(self) -> str:
        return f"/effects/{self.pk}/"

    @property
    def action_label(self) -> Any:
        return self.connection.manifest.action(self.action).label

    @property
    def can_be_redriven(self) -> bool:
        return self.state in states.NEEDS_HUMAN

    @property
    def can_be_reverted(self) -> bool:
        revertible = self.connection.manifest.action(self.action).is_revertible
        return self.state == self.State.DONE and self.purpose == self.Purpose.APPLY and revertible


@dataclass(frozen=True)
class Ending:
    """How an attempt has ended."""

    outcome: str
    reason: str = ""
    status: int | None = None
    remote_ref: str = ""
    evidence: str = ""


# Only the holder of the running attempt may write; a late finisher meets no row.
OBEY = """
    WITH obeyed AS (
        UPDATE integrations_effect SET
            state = %(state)s, tries = %(tries)s, reason = %(why)s, lease_until = NULL, changed_at = clock_timestamp(),
            next_at = clock_timestamp() + %(wait)s * interval '1 second',
            finished_at = CASE WHEN %(rests)s THEN clock_timestamp() END,
            crashes = CASE WHEN %(crashed)s THEN crashes + 1 ELSE 0 END,
            verified_at = CASE WHEN %(verified)s THEN clock_timestamp() ELSE verified_at END,
            remote_ref = coalesce(nullif(%(remote_ref)s, ''), remote_ref),
            undo = coalesce(%(undo)s::jsonb, undo)
        WHERE id = %(id)s AND attempt = %(attempt)s AND state = 'sending'
        RETURNING id, attempt
    ), closed AS (
        UPDATE integrations_attempt a SET ended_at = clock_timestamp(), outcome = %(outcome)s, reason = %(reason)s,
            status = %(status)s, remote_ref = %(remote_ref)s, evidence = %(evidence)s
        FROM obeyed WHERE a.effect_id = obeyed.id AND a.number = obeyed.attempt AND a.ended_at IS NULL
    )
    SELECT count(*) FROM obeyed
"""
