from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ehr import access, record
from ehr.documents.digests import content_digest, sha256_of_text
from ehr.errors import WrongState
from ehr.lib.ids import uuid7
from handover import events
from handover.models.choices import Confirmer, Group, ItemState, Kind, Source
from handover.models.decision import Decision, Verdict
from handover.models.fields import ExtraFields
from handover.models.handover import Handover
from handover.permissions import Permission
from handover.rules import evidence, items, lifecycle

if TYPE_CHECKING:
    from ehr.identity.models import User
    from handover.models.item_file import ItemFile

CLERKS = {
    Confirmer.IT: Permission.CONFIRM_AS_IT,
    Confirmer.ASSET_CLERK: Permission.CONFIRM_AS_ASSET_CLERK,
    Confirmer.DOCUMENT_CLERK: Permission.CONFIRM_AS_DOCUMENT_CLERK,
}


class HandoverItemQuerySet(models.QuerySet["HandoverItem"]):
    def for_clerk(self, user: "User") -> "HandoverItemQuerySet":
        condition = access.NOTHING
        for confirmer, permission in CLERKS.items():
            condition |= Q(confirmer=confirmer) & access.scope(
                user, permission, unit="handover__employment__unit__path"
            )
        return self.filter(condition).exclude(handover__leaver=user)

    def visible_to(self, user: "User", permission: str = Permission.VIEW_HANDOVERS) -> "HandoverItemQuerySet":
        """Everything of a handover one may see; a clerk sees only what is theirs to confirm."""
        unit, named = "handover__employment__unit__path", ("handover_id", "handover.HandoverGrant")
        own = access.scope(user, permission, own="handover__leaver_id") & ~Q(handover__state="held")
        others = access.scope(user, permission, unit=unit, named=named) & ~Q(handover__leaver=user)
        clerk = Q(pk__in=self.model.objects.for_clerk(user).values("pk")) & ~Q(handover__state="held")
        return self.filter(own | others | clerk)

    def confirmable_by(self, user: "User") -> "HandoverItemQuerySet":
        """Whose word this item waits for: head, successor, or the clerks of the unit; never the leaver."""
        named = Q(confirmer=Confirmer.HEAD, handover__head=user) | Q(
            confirmer=Confirmer.SUCCESSOR, handover__successor=user
        )
        # No successor named yet: the head stands in, so that nothing waits for nobody.
        named |= Q(confirmer=Confirmer.SUCCESSOR, handover__successor=None, handover__head=user)
        clerk = Q(pk__in=self.model.objects.for_clerk(user).values("pk"))
        return self.filter(named | clerk).exclude(handover__leaver=user)

    def waiting(self) -> "HandoverItemQuerySet":
        return self.filter(state=ItemState.SUBMITTED)

    def in_order(self) -> "HandoverItemQuerySet":
        return self.order_by("position", "id")


class HandoverItem(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="items")
    key = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)
    group = models.CharField(max_length=12, choices=Group)
    kind = models.CharField(max_length=12, choices=Kind)
    title = models.CharField(gettext_lazy("item"), max_length=200)
    hint = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=12, choices=Source, default=Source.TEMPLATE)
    why = models.JSONField(default=dict, blank=True)
    confirmer = models.CharField(max_length=16, choices=Confirmer)
    evidence_required = models.BooleanField(default=False)
    extra = ExtraFields()
    witness_required = models.BooleanField(default=False)
    due_date = models.DateField()
    state = models.CharField(max_length=10, choices=ItemState, default=ItemState.PENDING)
    round = models.PositiveSmallIntegerField(default=0)
    fields = models.JSONField(default=dict, blank=True)
    text = models.TextField(gettext_lazy("what to know"), blank=True)
    is_nothing = models.BooleanField(default=False)
    successor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    claimed_percent = models.PositiveSmallIntegerField(null=True)
    recorded_percent = models.PositiveSmallIntegerField(null=True)
    recorded_in = models.CharField(max_length=80, blank=True)
    explanation = models.TextField(blank=True)
    witnessed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    witnessed_at = models.DateTimeField(null=True)

    objects = HandoverItemQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("handover item")
        constraints = [models.UniqueConstraint(fields=["handover", "key"], name="one_handover_item_per_key")]
        indexes = [
            models.Index(fields=["handover", "position"], name="handover_item_order"),
            models.Index(fields=["confirmer"], condition=Q(state="submitted"), name="handover_item_waiting"),
        ]

    def __str__(self) -> str:
        return self.title

    # --- Changing -----------------------------------------------------------------------------------------
    def draft(self, *, fields: dict[str, str], text: str, is_nothing: bool) -> None:
        open_to_change = HandoverItem.objects.filter(pk=self.pk, state__in=lifecycle.ITEM["submit"].sources)
        open_to_change.update(fields=fields, text=text, is_nothing=is_nothing)

    @transaction.atomic
    def submit(
        self,
        *,
        fields: dict[str, str],
        text: str,
        is_nothing: bool,
        doubt: evidence.Conflict | None = None,
        recorded_in: str = "",
        by: "User",
        at: datetime,
    ) -> None:
        """`doubt`: what was claimed against what a system recorded. A new round needs its own witness and words."""
        self._move(
            "submit",
            fields=fields,
            text=text,
            is_nothing=is_nothing,
            round=self.round + 1,
            submitted_by=by,
            submitted_at=at,
            claimed_percent=doubt.claimed if doubt else None,
            recorded_percent=doubt.recorded if doubt else None,
            recorded_in=recorded_in if doubt else "",
            explanation="",
            witnessed_by=None,
            witnessed_at=None,
        )
        fact = events.ItemSubmitted(**self.facts(), round=self.round, content_sha256=self.content_sha256)
        record.emit(fact, subject=self.handover, by=by, at=at)

    @transaction.atomic
    def explain(self, *, explanation: str, by: "User", at: datetime) -> None:
        """Why the claim and the system differ. The words stay here; the record holds their hash."""
        self._note("explain", explanation=explanation)
        digest = sha256_of_text(explanation)
        fact = events.ConflictExplained(**self.facts(), round=self.round, comment_sha256=digest)
        record.emit(fact, subject=self.handover, by=by, at=at)

    @transaction.atomic
    def witness(self, *, by: "User", at: datetime) -> None:
        self._note("witness", witnessed_by=by, witnessed_at=at)
        record.emit(events.ItemWitnessed(**self.facts(), round=self.round), subject=self.handover, by=by, at=at)

    def confirm(self, *, comment: str, by: "User", at: datetime) -> None:
        if self.is_doubted or self.lacks_witness:
            raise WrongState(self.obstacle, allowed=self.actions)
        self._decide(
            "confirm", Verdict.CONFIRMED, events.ItemConfirmed, comment, by, at, confirmed_by=by, confirmed_at=at
        )

    def return_(self, *, comment: str, by: "User", at: datetime) -> None:
        self._decide("return", Verdict.RETURNED, events.ItemReturned, comment, by, at)

    @transaction.atomic
    def _decide(
        self, action: str, verdict: Verdict, fact: Any, comment: str, by: "User", at: datetime, **changes: Any
    ) -> None:
        self._move(action, **changes)
        Decision.objects.create(item=self, round=self.round, verdict=verdict, comment=comment, by=by, at=at)
        digest = sha256_of_text(comment)
        told = fact(**self.facts(), round=self.round, comment_sha256=digest)
        record.emit(told, subject=self.handover, by=by, at=at)

    def _note(self, action: str, **changes: Any) -> None:
        """Something is said about an item that waits for confirmation; it goes on waiting."""
        self._move(action, **changes)

    def _move(self, action: str, **changes: Any) -> None:
        """Compare and set: of two people at once, one acts and the other is told what is allowed now."""
        move = lifecycle.ITEM[action]
        where = HandoverItem.objects.filter(pk=self.pk, state__in=move.sources, round=self.round)
        if not where.update(state=move.target, **changes):
            self.refresh_from_db(fields=["state", "round"])
            raise WrongState(_("This item is not in a state that allows this."), allowed=self.actions)
        self.state = move.target
        for name, value in changes.items():
            setattr(self, name, value)

    # --- Asking -------------------------------------------------------------------------------------------
    @property
    def is_doubted(self) -> bool:
        """A system recorded less than was claimed, and nobody has explained it yet."""
        return self.recorded_percent is not None and not self.explanation

    @property
    def obstacle(self) -> str:
        """Why it can't be confirmed yet, in words."""
        if self.is_doubted:
            said = {"claimed": self.claimed_percent, "recorded": self.recorded_percent, "system": self.recorded_in}
            return _("%(claimed)s%% is claimed, %(system)s says %(recorded)s%%: first it has to be explained.") % said
        return _("The witness has not confirmed yet to have seen it.") if self.lacks_witness else ""

    @property
    def lacks_witness(self) -> bool:
        return self.witness_required and self.witnessed_at is None and not self.is_nothing

    def facts(self) -> dict[str, str]:
        return {**self.handover.facts(), "item_id": str(self.pk)}

    def get_absolute_url(self) -> str:
        return reverse("handover:item", args=[self.handover_id, self.pk])

    @property
    def actions(self) -> tuple[str, ...]:
        """A doubt that nobody explained and a witness who has not seen it stand in the way of confirming, only of that."""
        if not self.handover.is_running:
            return ()
        possible = lifecycle.allowed(lifecycle.ITEM, self.state)
        closed = {
            "confirm": self.is_doubted or self.lacks_witness,
            "explain": not self.is_doubted,
            "witness": not self.lacks_witness,
        }
        return tuple(action for action in possible if not closed.get(action))

    def is_draft_to(self, reader: Any) -> bool:
        """What was typed and not handed in is the leaver's alone."""
        return self.state == ItemState.PENDING and self.handover.leaver_id != reader.pk

    def withhold_draft(self) -> None:
        """In memory only, for a page of somebody else."""
        self.fields, self.text, self.is_nothing = {}, "", False

    def files_for(self, reader: Any) -> "models.QuerySet[ItemFile]":
        return self.files.none() if self.is_draft_to(reader) else self.files.all()

    @property
    def content_sha256(self) -> str:
        files = {str(row.pk): row.sha256 for row in self.files.all()}
        context = {"fields": self.fields, "text": self.text, "files": files}
        return content_digest(number=str(self.pk), kind=self.kind, template_version=self.round, context=context)

    @property
    def specs(self) -> tuple[items.Field, ...]:
        return items.specs(items.Kind(self.kind), self.extra)
