from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from ehr import record
from ehr.crypto.fields import EncryptedTextField
from ehr.errors import Refused, WrongState
from ehr.lib.ids import uuid7

from .. import events
from .choices import EmploymentStatus, JobFamily, RetirementCategory, UnionRole, WorkRelation, WorkTimeSystem
from .employment_query import EmploymentQuerySet
from .person import Person
from .search import token_vector

if TYPE_CHECKING:
    from ehr.identity.models import User
    from ehr.units.models import OrgUnit


MOST_LEVELS = 20


class Employment(models.Model):
    """One labour relation between a person and an employer. A rehire is a new row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="employments")
    data_key = models.ForeignKey("crypto.DataKey", on_delete=models.PROTECT, related_name="+", db_index=False)
    employee_number = models.CharField(_("employee number"), max_length=40, db_collation="C")
    unit = models.ForeignKey("units.OrgUnit", on_delete=models.PROTECT, related_name="employments", db_index=False)
    employer = models.ForeignKey("units.LegalEntity", on_delete=models.PROTECT, related_name="employments")
    place_of_performance = models.CharField(_("place of work"), max_length=60, blank=True)
    job_family = models.CharField(_("job family"), max_length=20, choices=JobFamily, default=JobFamily.GENERAL)
    job_title = models.CharField(_("job title"), max_length=80, blank=True)
    work_email = models.EmailField(_("work e-mail"), blank=True)
    grade = models.PositiveSmallIntegerField(_("grade"), default=0)
    grade_code = models.CharField(_("grade code"), max_length=10, blank=True)
    line_manager = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="reports", verbose_name=_("line manager")
    )
    hire_date = models.DateField(_("hire date"))
    status = models.CharField(_("status"), max_length=10, choices=EmploymentStatus, default=EmploymentStatus.ACTIVE)
    probation_end_date = models.DateField(_("end of probation"), null=True, blank=True)
    relation = models.CharField(
        _("relation of work"),
        max_length=20,
        choices=WorkRelation,
        default=WorkRelation.EMPLOYMENT,
        db_default=WorkRelation.EMPLOYMENT,
    )
    work_time_system = models.CharField(max_length=20, choices=WorkTimeSystem, default=WorkTimeSystem.STANDARD)
    retirement_category = models.CharField(
        max_length=20, choices=RetirementCategory, default=RetirementCategory.UNKNOWN
    )
    union_role = models.CharField(max_length=20, choices=UnionRole, default=UnionRole.NONE)
    leave_balance_days = models.DecimalField(_("leave balance"), max_digits=5, decimal_places=1, default=0)
    base_pay = EncryptedTextField(_("monthly pay"), null=True)
    termination_date = models.DateField(_("termination date"), null=True, blank=True)
    exit_reason = models.CharField(_("reason of the exit"), max_length=80, blank=True)
    search_text = models.TextField(blank=True, default="", editable=False)
    search_vector = token_vector("search_text")

    objects = EmploymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("employment")
        constraints = [
            models.UniqueConstraint(fields=["employee_number"], name="employment_number_once"),
            models.CheckConstraint(
                condition=models.Q(termination_date=None) | models.Q(termination_date__gte=models.F("hire_date")),
                name="employment_ends_after_hire",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=EmploymentStatus.LEFT) | models.Q(termination_date__isnull=False),
                name="employment_left_has_a_date",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "employee_number"], name="employment_unit"),
            models.Index(fields=["status", "employee_number"], name="employment_status"),
            models.Index(fields=["job_family", "employee_number"], name="employment_family"),
            GinIndex(fields=["search_vector"], name="employment_search"),
        ]

    def __str__(self) -> str:
        return f"{self.person.name} {self.employee_number}"

    # --- Changing -----------------------------------------------------------------------------------------
    def file_exit(self, *, by: User | None, at: datetime) -> None:
        self._move(EmploymentStatus.LEAVING, allowed=[EmploymentStatus.ACTIVE], fact=events.ExitFiled, by=by, at=at)

    def keep(self, *, by: User | None, at: datetime) -> None:
        self._move(EmploymentStatus.ACTIVE, allowed=[EmploymentStatus.LEAVING], fact=events.Kept, by=by, at=at)

    def end(self, *, termination_date: date, by: User | None, at: datetime, exit_reason: str = "") -> None:
        self.termination_date = termination_date
        self.exit_reason = exit_reason or self.exit_reason
        self._move(
            EmploymentStatus.LEFT,
            allowed=[EmploymentStatus.ACTIVE, EmploymentStatus.LEAVING],
            fact=events.Ended,
            by=by,
            at=at,
            termination_date=termination_date.isoformat(),
        )

    @transaction.atomic
    def take_back_ending(self, *, by: User | None, at: datetime) -> None:
        self.termination_date, self.exit_reason = None, ""
        self._move(EmploymentStatus.ACTIVE, allowed=[EmploymentStatus.LEFT], fact=events.EndingTakenBack, by=by, at=at)

    @transaction.atomic
    def transfer(self, *, to: OrgUnit, line_manager: Employment | None = None, by: User | None, at: datetime) -> None:
        self._refuse_unless([EmploymentStatus.ACTIVE, EmploymentStatus.LEAVING])
        before = self.unit_id
        self.unit, self.line_manager = to, line_manager or self.line_manager
        self.save(update_fields=["unit", "line_manager"])
        fact = events.Transferred(employment_id=str(self.pk), from_unit_id=str(before), to_unit_id=str(to.pk))
        record.emit(fact, subject=self, by=by, at=at)

    @transaction.atomic
    def report_to(self, *, manager: Employment, by: User | None, at: datetime) -> None:
        """Nobody reports to themself, nor to somebody below them."""
        above: Employment | None = manager
        for _level in range(MOST_LEVELS):
            if above is not None and above.pk == self.pk:
                raise Refused("reports_in_a_circle", str(_("This person would report to themself.")))
            above = above.line_manager if above else None
        self.line_manager = manager
        self.save(update_fields=["line_manager"])
        fact = events.Changed(employment_id=str(self.pk), fields=["line_manager"])
        record.emit(fact, subject=self, by=by, at=at)

    @transaction.atomic
    def set_pay(self, *, base_pay: object, by: User | None, at: datetime) -> None:
        """The amount stays under the key; the event only says that it changed."""
        self._refuse_unless([EmploymentStatus.ACTIVE, EmploymentStatus.LEAVING])
        self.base_pay = str(base_pay)
        self.save(update_fields=["base_pay"])
        record.emit(events.Raised(employment_id=str(self.pk)), subject=self, by=by, at=at)

    @transaction.atomic
    def promote(self, *, grade_code: str, job_title: str = "", by: User | None, at: datetime) -> None:
        self._refuse_unless([EmploymentStatus.ACTIVE])
        self.grade_code, self.grade = grade_code, grade_number(grade_code)
        self.job_title = job_title or self.job_title
        self.save(update_fields=["grade_code", "grade", "job_title"])
        fact = events.Promoted(employment_id=str(self.pk), grade_code=grade_code, job_title=self.job_title)
        record.emit(fact, subject=self, by=by, at=at)

    @transaction.atomic
    def regularise(self, *, by: User | None, at: datetime) -> None:
        self._refuse_unless([EmploymentStatus.ACTIVE])
        record.emit(events.Regularised(employment_id=str(self.pk)), subject=self, by=by, at=at)

    @transaction.atomic
    def _move(self, to, *, allowed, fact, by, at, **facts) -> None:  # type: ignore[no-untyped-def]
        """Compare and set: of two at once exactly one wins, the other gets the conflict."""
        moved = Employment.objects.filter(pk=self.pk, status__in=allowed).update(
            status=to, termination_date=self.termination_date, exit_reason=self.exit_reason
        )
        if not moved:
            raise WrongState(str(_("The employment is not in a state that allows this.")))
        self.status = to
        record.emit(fact(employment_id=str(self.pk), **facts), subject=self, by=by, at=at)

    # --- Asking -------------------------------------------------------------------------------------------
    def _refuse_unless(self, allowed: list[EmploymentStatus]) -> None:
        if self.status not in allowed:
            raise WrongState(str(_("The employment is not in a state that allows this.")))

    @property
    def is_current(self) -> bool:
        return self.status != EmploymentStatus.LEFT

    def covered_value(self, field: str) -> str:
        if field == "base_pay":
            return self.base_pay or ""
        if field == "average_pay":
            return str(self.average_pay() or "")
        return getattr(self.person, field) or ""

    def average_pay(self) -> Decimal | None:
        """Mean gross of the last 12 months on file, in yuan, rounded half up to the fen."""
        months = [Decimal(row.gross) for row in self.pay_months.order_by("-month")[:12]]
        if not months:
            return None
        return (sum(months, Decimal(0)) / len(months)).quantize(Decimal("0.01"), ROUND_HALF_UP)

    def in_probation_on(self, day: date) -> bool:
        return self.probation_end_date is not None and self.hire_date <= day <= self.probation_end_date


def grade_number(code: str) -> int:
    """'P8' → 8; letters order families of grades, the number orders within one."""
    digits = "".join(char for char in code if char.isdigit())
    return int(digits[:4]) if digits else 0
