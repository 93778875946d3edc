from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ehr import access, record
from ehr.errors import WrongState
from ehr.lib.ids import uuid7
from handover import events
from handover.models.choices import State
from handover.permissions import Permission
from handover.rules import lifecycle

if TYPE_CHECKING:
    from ehr.identity.models import User


NAMED_BY_THE_ROW = {
    Permission.TALK: ("head", "successor", "witness"),
    Permission.VIEW_OMISSIONS: ("head", "successor"),
    Permission.FILE_OMISSIONS: ("head", "successor"),
    Permission.VIEW_TAKEOVER: ("head", "successor"),
    Permission.ANSWER_QUESTIONS: ("head",),
    Permission.VIEW_SHADOWING: ("head", "successor"),
    Permission.PLAN_SHADOWING: ("head",),
    Permission.TRANSFER_WORK: ("head",),
}
"""Reached by standing on the handover itself, also on one that is older than the permission."""


class HandoverQuerySet(models.QuerySet["Handover"]):
    def visible_to(self, user: "User", permission: str = Permission.VIEW_HANDOVERS) -> "HandoverQuerySet":
        """The leaver not while it is held: a quiet case shows them nothing. A clerk only with an item to confirm."""
        from handover.models.item import HandoverItem

        own = access.scope(user, permission, own="leaver_id") & ~Q(state=State.HELD)
        others = access.scope(user, permission, unit="employment__unit__path", named="handover.HandoverGrant")
        for side in NAMED_BY_THE_ROW.get(permission, ()):  # type: ignore[call-overload]
            others |= Q(**{side: user})
        reached = own | (others & ~Q(leaver=user))
        if permission in (Permission.VIEW_HANDOVERS, Permission.TALK):
            clerk = HandoverItem.objects.for_clerk(user).filter(handover=OuterRef("pk"))
            reached |= Exists(clerk) & ~Q(state=State.HELD)
        return self.filter(reached)

    def running(self) -> "HandoverQuerySet":
        return self.filter(state__in=lifecycle.RUNNING)

    def under_way(self) -> "HandoverQuerySet":
        """Told to everybody it names, and not called off."""
        return self.exclude(state__in=[State.HELD, State.CANCELLED])

    def counted(self) -> "HandoverQuerySet":
        return self.annotate(
            total=Count("items"),
            confirmed=Count("items", filter=Q(items__state="confirmed")),
            submitted=Count("items", filter=Q(items__state="submitted")),
            returned=Count("items", filter=Q(items__state="returned")),
            pending=Count("items", filter=Q(items__state="pending")),
        )

    def for_page(self) -> "HandoverQuerySet":
        return self.select_related("employment__person", "employment__unit", "successor", "head", "leaver", "witness")


class Handover(models.Model):
    """One person's work passing into other hands, item by item, until the head signs for the whole."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    origin = models.CharField(max_length=120, unique=True)
    employment = models.ForeignKey("employees.Employment", on_delete=models.PROTECT, related_name="handovers")
    leaver = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    successor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    head = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    witness = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    templates = models.ManyToManyField("Template", related_name="handovers")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    last_working_date = models.DateField(_("last working day"))
    due_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    taken_note_at = models.DateTimeField(null=True)  # the successor has looked through what they take over
    completed_at = models.DateTimeField(null=True)
    completed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    comment = models.TextField(blank=True)
    letter = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("handover")
        constraints = [
            models.CheckConstraint(condition=~Q(state="signed") | Q(signed_at__isnull=False), name="signed_has_time"),
        ]
        indexes = [
            models.Index(fields=["state", "due_at"], name="handover_state_due"),
            models.Index(fields=["head", "state"], name="handover_head"),
            models.Index(fields=["leaver", "state"], name="handover_leaver"),
            models.Index(fields=["successor", "state"], name="handover_successor"),
        ]

    def __str__(self) -> str:
        return f"{self.employment_id} {self.state}"

    # --- Changing -----------------------------------------------------------------------------------------
    def release(self, *, by: "User | None", at: datetime) -> None:
        self._move("release", events.Released(**self.facts()), by=by, at=at, opened_at=at)

    def complete(self, *, by: "User", at: datetime) -> None:
        fact = events.Completed(**self.facts(), items=self.items.count())
        self._move("complete", fact, by=by, at=at, completed_at=at, completed_by=by)

    def sign(self, *, comment: str, letter: Any, by: "User", at: datetime) -> None:
        from ehr.documents.digests import sha256_of_text

        digest = sha256_of_text(comment)
        fact = events.Signed(**self.facts(), head_id=str(by.pk), document_id=str(letter.pk), comment_sha256=digest)
        self._move("sign", fact, by=by, at=at, signed_at=at, signed_by=by, comment=comment, letter=letter)

    def return_(self, *, comment: str, by: "User", at: datetime) -> None:
        from ehr.documents.digests import sha256_of_text

        fact = events.Returned(**self.facts(), comment_sha256=sha256_of_text(comment))
        self._move("return", fact, by=by, at=at, comment=comment, completed_at=None, completed_by=None)

    def cancel(self, *, by: "User | None", at: datetime) -> None:
        self._move("cancel", events.Cancelled(**self.facts()), by=by, at=at)

    @transaction.atomic
    def replace_head(self, *, head: "User", by: "User | None", at: datetime) -> None:
        fact = events.HeadReplaced(**self.facts(), from_id=str(self.head_id or ""), to_id=str(head.pk))
        self._set(fact, by=by, at=at, head=head)

    @transaction.atomic
    def name_successor(self, *, successor: "User | None", by: "User | None", at: datetime) -> None:
        fact = events.SuccessorNamed(**self.facts(), successor_id=str(successor.pk) if successor else "")
        self._set(fact, by=by, at=at, successor=successor, taken_note_at=None)

    @transaction.atomic
    def take_note(self, *, by: "User", at: datetime) -> None:
        """Once; a second time changes nothing."""
        if Handover.objects.filter(pk=self.pk, taken_note_at=None).update(taken_note_at=at):
            record.emit(events.TakeoverNoted(**self.facts()), subject=self, by=by, at=at)

    @transaction.atomic
    def name_witness(self, *, witness: "User | None", by: "User | None", at: datetime) -> None:
        fact = events.WitnessNamed(**self.facts(), witness_id=str(witness.pk) if witness else "")
        self._set(fact, by=by, at=at, witness=witness)

    @transaction.atomic
    def move_dates(self, *, last_working_date: date, due_at: datetime, by: "User | None", at: datetime) -> None:
        fact = events.DatesMoved(**self.facts(), last_working_date=last_working_date.isoformat())
        self._set(fact, by=by, at=at, last_working_date=last_working_date, due_at=due_at)

    @transaction.atomic
    def _move(self, action: str, fact: Any, *, by: "User | None", at: datetime, **changes: Any) -> None:
        move = lifecycle.HANDOVER[action]
        moved = Handover.objects.filter(pk=self.pk, state__in=move.sources).update(state=move.target, **changes)
        if not moved:
            self.refresh_from_db(fields=["state"])
            raise WrongState(_("This handover is not in a state that allows this."), allowed=self.actions)
        self._keep(state=move.target, **changes)
        record.emit(fact, subject=self, by=by, at=at)

    def _set(self, fact: Any, *, by: "User | None", at: datetime, **changes: Any) -> None:
        Handover.objects.filter(pk=self.pk).update(**changes)
        self._keep(**changes)
        record.emit(fact, subject=self, by=by, at=at)

    def _keep(self, **changes: Any) -> None:
        for name, value in changes.items():
            setattr(self, name, value)

    # --- Asking -------------------------------------------------------------------------------------------
    def facts(self) -> dict[str, str]:
        return {"handover_id": str(self.pk), "origin": self.origin, "employment_id": str(self.employment_id)}

    def get_absolute_url(self) -> str:
        return reverse("handover:detail", args=[self.pk])

    @property
    def filler(self) -> "User | None":
        """Whom the list asks. A locked account is asked for nothing, as after a death; it stays the one work passes from."""
        return self.leaver if self.leaver and self.leaver.is_active else None

    @property
    def actions(self) -> tuple[str, ...]:
        return lifecycle.allowed(lifecycle.HANDOVER, self.state)

    @property
    def is_running(self) -> bool:
        return self.state in lifecycle.RUNNING

    def unconfirmed(self) -> int:
        return self.items.exclude(state="confirmed").count()
