from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ehr import record
from ehr.errors import Refused
from ehr.lib.ids import uuid7
from ehr.versions import Version

from .. import events
from ..rules import chains
from .choices import CaseKind

if TYPE_CHECKING:
    from ehr.identity.models import User


class Chain(models.Model):
    """Which exits it is for; how it runs stands in its versions."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(gettext_lazy("name"), max_length=80)
    kind = models.CharField(gettext_lazy("kind"), max_length=20, choices=CaseKind)
    unit = models.ForeignKey("units.OrgUnit", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    min_grade = models.PositiveSmallIntegerField(gettext_lazy("from grade"), null=True, blank=True)
    max_grade = models.PositiveSmallIntegerField(gettext_lazy("to grade"), null=True, blank=True)

    class Meta:
        verbose_name = gettext_lazy("approval chain")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "unit", "min_grade", "max_grade"], nulls_distinct=False, name="one_chain_per_scope"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def draft(self) -> ChainVersion | None:
        return self.versions.filter(state__in=OPEN_VERSIONS).first()

    @property
    def in_force(self) -> ChainVersion | None:
        return self.versions.filter(state=VersionState.PUBLISHED).first()

    @property
    def scope(self) -> chains.Scope:
        path = self.unit.path if self.unit else ""
        return chains.Scope(key=self, path=path, min_grade=self.min_grade, max_grade=self.max_grade)

    @transaction.atomic
    def open_draft(self, *, by: User | None, at: datetime) -> ChainVersion:
        """A copy of the version in force, or the one that is already being edited."""
        Chain.objects.select_for_update().get(pk=self.pk)
        if self.draft:
            return self.draft
        last = self.versions.order_by("-number").first()
        draft = self.versions.create(number=last.number + 1 if last else 1, edited_by=by, edited_at=at)
        for step in self.in_force.steps.all() if self.in_force else []:
            step.copy_to(draft)
        return draft


class VersionState(models.TextChoices):
    DRAFT = "draft", gettext_lazy("Draft")
    REVIEW = "review", gettext_lazy("Waiting for a second person")
    PUBLISHED = "published", gettext_lazy("In force")
    RETIRED = "retired", gettext_lazy("Replaced")


OPEN_VERSIONS = [VersionState.DRAFT, VersionState.REVIEW]


class ChainVersion(Version):
    """Editable as a draft, published by a second person, never changed afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=VersionState, default=VersionState.DRAFT)
    edited_at = models.DateTimeField()

    class Meta:
        verbose_name = gettext_lazy("version of an approval chain")
        constraints = [
            models.UniqueConstraint(fields=["chain", "number"], name="one_number_per_chain_version"),
            models.UniqueConstraint(
                fields=["chain"], condition=Q(state="published"), name="one_published_version_per_chain"
            ),
            models.UniqueConstraint(
                fields=["chain"], condition=Q(state__in=["draft", "review"]), name="one_draft_per_chain"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.number}"

    # --- Changing -----------------------------------------------------------------------------------------
    @transaction.atomic
    def put_step(self, *, step: ChainStep, at_position: int | None, by: User, at: datetime) -> None:
        """Save a new or changed step; a new one goes in at its position."""
        self._edit("step", by=by, at=at)
        if at_position is not None:
            self.steps.filter(position__gte=at_position).update(position=models.F("position") + 1)
            step.position = at_position
        step.version = self
        step.save()

    @transaction.atomic
    def remove_step(self, *, position: int, by: User, at: datetime) -> None:
        self._edit("removal", by=by, at=at)
        self.steps.filter(position=position).delete()
        self.steps.filter(position__gt=position).update(position=models.F("position") - 1)

    @transaction.atomic
    def move_step(self, *, position: int, to: int, by: User, at: datetime) -> None:
        self._edit("order", by=by, at=at)
        order = list(self.steps.order_by("position"))
        if not (1 <= position <= len(order) and 1 <= to <= len(order)):
            return
        order.insert(to - 1, order.pop(position - 1))
        for place, step in enumerate(order, start=1):
            ChainStep.objects.filter(pk=step.pk).update(position=place)

    @transaction.atomic
    def ask_review(self, *, note: str, by: User, at: datetime) -> None:
        self.refuse_problems()
        self.move(VersionState.DRAFT, VersionState.REVIEW, note=note, edited_by=by, edited_at=at)

    @transaction.atomic
    def publish(self, *, by: User, at: datetime) -> None:
        """By somebody other than the editor. Running cases keep the version they started with."""
        self.refuse_editor(by, code="B_SECOND_PERSON")
        self.refuse_problems()
        Chain.objects.select_for_update().get(pk=self.chain_id)
        self.chain.versions.filter(state=VersionState.PUBLISHED).update(state=VersionState.RETIRED)
        self.move(VersionState.REVIEW, VersionState.PUBLISHED, published_by=by, published_at=at)
        fact = events.ChainPublished(chain_id=str(self.chain_id), version=self.number)
        record.emit(fact, subject=self.chain, by=by, at=at)

    @transaction.atomic
    def take_back(self, *, by: User, at: datetime) -> None:
        self.move(VersionState.REVIEW, VersionState.DRAFT)

    @transaction.atomic
    def discard(self, *, by: User, at: datetime) -> None:
        self.move(VersionState.DRAFT, VersionState.DRAFT)
        self.delete()

    def _edit(self, change: str, *, by: User, at: datetime) -> None:
        self.move(VersionState.DRAFT, VersionState.DRAFT, edited_by=by, edited_at=at)
        fact = events.ChainEdited(chain_id=str(self.chain_id), version=self.number, change=change)
        record.emit(fact, subject=self.chain, by=by, at=at)

    # --- Asking -------------------------------------------------------------------------------------------
    def problems(self) -> list[str]:
        return chains.problems(self.chain.kind, [step.rule for step in self.steps.all()])

    def refuse_problems(self) -> None:
        for code in self.problems():
            raise Refused(code, _("This chain can't be published as it is."))


class ChainStep(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(ChainVersion, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(gettext_lazy("title"), max_length=60)
    resolver = models.CharField(max_length=20)
    named = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    mode = models.CharField(max_length=5, default=chains.Mode.ANY.value)
    conditions = models.JSONField(default=list, blank=True)
    sla_days = models.PositiveSmallIntegerField(default=1)
    late_action = models.CharField(max_length=20, default=chains.LateAction.ESCALATE_MANAGER.value)
    late_days = models.PositiveSmallIntegerField(default=2)  # working days after due until the late action
    may_delegate = models.BooleanField(default=True)
    allowed = models.JSONField(default=list)

    class Meta:
        verbose_name = gettext_lazy("step of an approval chain")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position"],
                name="one_step_per_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=Q(sla_days__gte=1, sla_days__lte=30), name="sla_between_1_and_30_days"),
            models.CheckConstraint(
                condition=Q(late_days__gte=1, late_days__lte=30), name="late_action_after_1_to_30_days"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def copy_to(self, version: ChainVersion) -> None:
        set_up = {name: getattr(self, name) for name in SETTINGS}
        ChainStep.objects.create(version=version, position=self.position, **set_up)

    @property
    def rule(self) -> chains.Step:
        return chains.Step(
            title=self.title,
            resolver=chains.Resolver(self.resolver),
            mode=chains.Mode(self.mode),
            conditions=self.condition_rules,
            sla_days=self.sla_days,
            late_action=chains.LateAction(self.late_action),
            late_days=self.late_days,
            may_delegate=self.may_delegate,
            allowed=tuple(self.allowed),
        )

    @property
    def condition_rules(self) -> tuple[chains.Condition, ...]:
        return tuple(
            chains.Condition(
                field=chains.Field(row["field"]), operator=chains.Operator(row["operator"]), value=row["value"]
            )
            for row in self.conditions
        )


SETTINGS = (
    "title",
    "resolver",
    "named",
    "mode",
    "conditions",
    "sla_days",
    "late_action",
    "late_days",
    "may_delegate",
    "allowed",
)
