from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ehr import record
from ehr.errors import Refused, WrongState
from ehr.lib.ids import uuid7

from .. import events
from ..permissions import PerformancePermission
from ..rules import progress
from .choices import WorkState
from .reach import AboutQuerySet

if TYPE_CHECKING:
    from ehr.identity.models import User


class WorkQuerySet(AboutQuerySet):
    listed_by = PerformancePermission.VIEW_WORK

    def open(self) -> WorkQuerySet:
        return self.filter(state=WorkState.OPEN)


class ProjectQuerySet(WorkQuerySet):
    def for_page(self) -> ProjectQuerySet:
        return self.with_person().in_order()

    def in_order(self) -> ProjectQuerySet:
        return self.prefetch_related("milestones").order_by("due_date", "pk")


class Project(models.Model):
    """Work in hand with an owner. `source` is the system that reports it; then nobody changes it by hand."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    employment = models.ForeignKey("employees.Employment", on_delete=models.PROTECT, related_name="projects")
    name = models.CharField(gettext_lazy("project"), max_length=120)
    counterpart = models.CharField(gettext_lazy("counterpart"), max_length=120, blank=True)
    note = models.CharField(gettext_lazy("in short"), max_length=300, blank=True)
    percent = models.PositiveSmallIntegerField(gettext_lazy("progress, %"), default=0)
    due_date = models.DateField(gettext_lazy("due"), null=True, blank=True)
    state = models.CharField(max_length=8, choices=WorkState, default=WorkState.OPEN)
    source = models.CharField(gettext_lazy("source"), max_length=40, blank=True)
    source_id = models.CharField(gettext_lazy("id at the source"), max_length=120, blank=True)
    changed_at = models.DateTimeField()

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("project")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~Q(source=""), name="project_source_once"
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="progress_is_0_to_100"),
        ]
        indexes = [models.Index(fields=["employment", "state"], name="project_employment")]

    def __str__(self) -> str:
        return self.name

    # --- Changing -----------------------------------------------------------------------------------------
    @transaction.atomic
    def report(self, *, percent: int, note: str = "", by: User | None, at: datetime) -> None:
        """How far it is; what was said before stays."""
        self._lock_open()
        self.percent, self.changed_at = percent, at
        self.save(update_fields=["percent", "changed_at"])
        ProjectReport.objects.create(project=self, percent=percent, note=note, by=by, at=at)
        fact = events.ProjectProgressed(**self.facts(), percent=percent)
        record.emit(fact, subject=self, by=by, at=at)

    @transaction.atomic
    def reach_milestone(self, milestone: Milestone, *, on: date, by: User, at: datetime) -> None:
        self._lock_open()
        self.milestones.filter(pk=milestone.pk).update(done_date=on)
        record.emit(events.ProjectProgressed(**self.facts(), percent=self.percent), subject=self, by=by, at=at)

    @transaction.atomic
    def pass_to(self, owner: Any, *, by: User | None, at: datetime) -> None:
        """What was reported before stays. Of a project that another system keeps that system says whose it is."""
        if self.source:
            system = {"system": self.source}
            raise Refused("kept_elsewhere", _("%(system)s keeps this project: change its owner there.") % system)
        before, self.employment, self.changed_at = self.employment_id, owner, at
        self.save(update_fields=["employment", "changed_at"])
        record.emit(events.ProjectMoved(**self.facts(), from_employment_id=str(before)), subject=self, by=by, at=at)

    def _lock_open(self) -> None:
        locked = Project.objects.select_for_update().get(pk=self.pk)
        if not locked.actions:
            raise WrongState(_("This project is not changed by hand."))
        self.percent = locked.percent

    # --- Asking -------------------------------------------------------------------------------------------
    def facts(self) -> dict[str, str]:
        return {"employment_id": str(self.employment_id), "project_id": str(self.pk)}

    @property
    def actions(self) -> list[str]:
        return ["report", "reach_milestone"] if self.state == WorkState.OPEN and not self.source else []

    def marked(self, *, today: date) -> list[tuple[Milestone, progress.Mark]]:
        rows = list(self.milestones.all())
        steps = [progress.Step(due_date=row.due_date, is_done=row.done_date is not None) for row in rows]
        return list(zip(rows, progress.marks(steps, today=today), strict=True))

    def get_absolute_url(self) -> str:
        return reverse("performance:project", args=[self.pk])


class Milestone(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="milestones")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(gettext_lazy("milestone"), max_length=80)
    due_date = models.DateField(gettext_lazy("due"), null=True, blank=True)
    done_date = models.DateField(gettext_lazy("done"), null=True, blank=True)

    class Meta:
        verbose_name = gettext_lazy("milestone")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["project", "position"], name="one_milestone_per_position")]

    def __str__(self) -> str:
        return self.title


class ProjectReport(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="reports")
    percent = models.PositiveSmallIntegerField()
    note = models.CharField(gettext_lazy("note"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = gettext_lazy("progress of a project")
        indexes = [models.Index(fields=["project", "-at"], name="project_report_newest")]

    def __str__(self) -> str:
        return f"{self.percent} %"


class Task(models.Model):
    """One thing in flight that somebody owns, alone or as part of a project."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    employment = models.ForeignKey("employees.Employment", on_delete=models.PROTECT, related_name="tasks")
    project = models.ForeignKey(Project, null=True, blank=True, on_delete=models.SET_NULL, related_name="tasks")
    title = models.CharField(gettext_lazy("task"), max_length=160)
    due_date = models.DateField(gettext_lazy("due"), null=True, blank=True)
    state = models.CharField(max_length=8, choices=WorkState, default=WorkState.OPEN)
    opened_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("task")
        indexes = [models.Index(fields=["employment", "state"], name="task_employment")]

    def __str__(self) -> str:
        return self.title

    @transaction.atomic
    def finish(self, *, by: User, at: datetime) -> None:
        """Compare and set: of two at once one has the effect."""
        moved = Task.objects.filter(pk=self.pk, state=WorkState.OPEN).update(state=WorkState.DONE, done_at=at)
        if not moved:
            raise WrongState(_("This task is done already."))
        self.state, self.done_at = WorkState.DONE, at
        fact = events.TaskDone(employment_id=str(self.employment_id), task_id=str(self.pk))
        record.emit(fact, subject=self, by=by, at=at)

    @transaction.atomic
    def pass_to(self, owner: Any, *, by: User | None, at: datetime) -> None:
        before, self.employment = self.employment_id, owner
        self.save(update_fields=["employment"])
        fact = events.TaskMoved(
            employment_id=str(self.employment_id), task_id=str(self.pk), from_employment_id=str(before)
        )
        record.emit(fact, subject=self, by=by, at=at)

    @property
    def actions(self) -> list[str]:
        return ["finish"] if self.state == WorkState.OPEN else []
