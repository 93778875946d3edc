from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ehr import access, record
from ehr.errors import Refused
from ehr.lib.ids import uuid7
from ehr.versions import Version
from employees.models import JobFamily

from .. import events
from ..permissions import PerformancePermission
from ..rules import plans
from .choices import Owner, Rhythm, VersionState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehr.identity.models import User


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, user: User, permission: str = PerformancePermission.VIEW_PLAN) -> PlanQuerySet:
        """The group's own plans are read by whoever may read plans, and changed by the group only."""
        reached = access.scope(user, permission, unit="unit__path")
        if permission == PerformancePermission.VIEW_PLAN and access.has(user, permission):
            reached |= Q(unit=None, employment=None)
        return self.filter(reached)


class Plan(models.Model):
    """How the people of one unit, job family or employment are measured; what is measured stands in its versions."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(gettext_lazy("name"), max_length=80)
    rhythm = models.CharField(gettext_lazy("rhythm"), max_length=8, choices=Rhythm, default=Rhythm.MONTH)
    unit = models.ForeignKey("units.OrgUnit", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    job_family = models.CharField(gettext_lazy("job family"), max_length=20, choices=JobFamily, blank=True)
    employment = models.ForeignKey(
        "employees.Employment", null=True, blank=True, on_delete=models.PROTECT, related_name="own_plans"
    )

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("performance plan")
        constraints = [
            models.UniqueConstraint(
                fields=["rhythm", "unit", "job_family", "employment"],
                nulls_distinct=False,
                name="one_performance_plan_per_scope",
            ),
            models.CheckConstraint(
                condition=Q(employment=None) | Q(unit__isnull=False), name="a_persons_plan_belongs_to_a_unit"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    # --- Changing -----------------------------------------------------------------------------------------
    @transaction.atomic
    def open_draft(self, *, by: User | None, at: datetime) -> PlanVersion:
        """A copy of the version in force, or the one that is already being edited."""
        Plan.objects.select_for_update().get(pk=self.pk)
        if self.draft:
            return self.draft
        last = self.versions.order_by("-number").first()
        draft = self.versions.create(number=last.number + 1 if last else 1, edited_by=by, edited_at=at)
        source = self.in_force
        Indicator.objects.bulk_create(row.copy_for(draft) for row in (source.indicators.all() if source else []))
        return draft

    # --- Asking -------------------------------------------------------------------------------------------
    @property
    def draft(self) -> PlanVersion | None:
        return self.versions.filter(state=VersionState.DRAFT).first()

    @property
    def in_force(self) -> PlanVersion | None:
        return self.versions.filter(state=VersionState.IN_FORCE).first()

    @property
    def reach(self) -> plans.Reach:
        return plans.Reach(
            plan=self,
            person=str(self.employment_id or ""),
            path=self.unit.path if self.unit and not self.employment_id else "",
            family=self.job_family,
        )


class PlanVersion(Version):
    """Editable as a draft, published by a second person, never changed afterwards: a running period keeps its version."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=VersionState, default=VersionState.DRAFT)
    edited_at = models.DateTimeField()

    class Meta:
        verbose_name = gettext_lazy("version of a performance plan")
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_number_per_plan_version"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(state=VersionState.IN_FORCE), name="one_plan_version_in_force"
            ),
            models.UniqueConstraint(fields=["plan"], condition=Q(state=VersionState.DRAFT), name="one_draft_per_plan"),
        ]

    def __str__(self) -> str:
        return f"{self.plan} v{self.number}"

    # --- Changing -----------------------------------------------------------------------------------------
    @transaction.atomic
    def write(self, *, indicators: Sequence[Indicator], note: str, by: User | None, at: datetime) -> None:
        """The draft's whole list; it may still be wrong, and its problems are shown until it is published."""
        if len({row.key for row in indicators}) < len(indicators):
            raise Refused(plans.Problem.KEY_TWICE, _("Two indicators have the same key."), field="key")
        self.move(VersionState.DRAFT, VersionState.DRAFT, note=note, edited_by=by, edited_at=at)
        self.indicators.all().delete()
        for position, row in enumerate(indicators, start=1):
            row.version, row.position = self, position
        Indicator.objects.bulk_create(indicators)

    @transaction.atomic
    def publish(self, *, by: User | None, at: datetime) -> None:
        """By somebody other than the editor. Scorecards that are open keep the version they began with."""
        self.refuse_editor(by)
        if found := self.problems():
            raise Refused(found[0], _("This version can't be published: the weights have to add up to 100."))
        Plan.objects.select_for_update().get(pk=self.plan_id)
        self.plan.versions.filter(state=VersionState.IN_FORCE).update(state=VersionState.RETIRED)
        self.move(VersionState.DRAFT, VersionState.IN_FORCE, published_by=by, published_at=at)
        record.emit(
            events.PlanPublished(plan_id=str(self.plan_id), version=self.number), subject=self.plan, by=by, at=at
        )

    @transaction.atomic
    def discard(self, *, by: User, at: datetime) -> None:
        self.move(VersionState.DRAFT, VersionState.DRAFT, edited_by=by, edited_at=at)
        self.delete()

    # --- Asking -------------------------------------------------------------------------------------------
    def shares(self) -> list[plans.Share]:
        return [plans.Share(key=row.key, weight=row.weight) for row in self.indicators.all()]

    def problems(self) -> list[plans.Problem]:
        return plans.problems(self.shares())


class Indicator(models.Model):
    """`key` names it in feeds and stays the same from version to version."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="indicators")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(gettext_lazy("key for feeds"), max_length=40)
    title = models.CharField(gettext_lazy("indicator"), max_length=80)
    weight = models.DecimalField(gettext_lazy("weight, %"), max_digits=5, decimal_places=2)
    owner = models.CharField(gettext_lazy("scored by"), max_length=12, choices=Owner)
    target = models.CharField(gettext_lazy("target"), max_length=200, blank=True)

    class Meta:
        verbose_name = gettext_lazy("indicator")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="one_indicator_per_key"),
            models.CheckConstraint(condition=Q(weight__gt=0, weight__lte=100), name="a_weight_is_a_share"),
        ]

    def __str__(self) -> str:
        return self.title

    def copy_for(self, version: PlanVersion) -> Indicator:
        names = ("position", "key", "title", "weight", "owner", "target")
        return Indicator(version=version, **{name: getattr(self, name) for name in names})
