from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ehr import record
from ehr.clock import legal_day
from ehr.crypto.fields import EncryptedTextField
from ehr.documents.digests import sha256_of_text
from ehr.errors import Refused, WrongState
from ehr.lib.ids import uuid7

from .. import events
from .choices import ProtectedKind, ProtectionState
from .employment import Employment

if TYPE_CHECKING:
    from ehr.identity.models import User

WORST_GRADE, LIGHTEST_GRADE = 1, 10


class ProtectedStatusQuerySet(models.QuerySet["ProtectedStatus"]):
    def standing(self) -> ProtectedStatusQuerySet:
        """Without those that were entered in error."""
        return self.filter(taken_back_at=None)

    def in_force_on(self, day: date) -> ProtectedStatusQuerySet:
        return self.in_force_between(day, day)

    def in_force_between(self, first: date, last: date) -> ProtectedStatusQuerySet:
        return self.standing().filter(Q(end_date=None) | Q(end_date__gte=first), start_date__lte=last)


class ProtectedStatus(models.Model):
    """That a legal protection applies, and until when. Which one is encrypted and for HR-legal only.

    Its events are told of the row itself and not of the employment, whose timeline others read too."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="protected_statuses")
    data_key = models.ForeignKey("crypto.DataKey", on_delete=models.PROTECT, related_name="+")
    kind = EncryptedTextField(_("kind"))
    injury_grade = EncryptedTextField(_("grade of disability"), null=True)
    """Of a work injury, 1 (worst) to 10; none while it is treated and not appraised (WII 33-37)."""
    start_date = models.DateField(_("start"))
    end_date = models.DateField(_("end"), null=True, blank=True)
    """The last day it holds; of exposure to hazards the day of the leaving check-up."""
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_reason = EncryptedTextField(null=True)

    objects = ProtectedStatusQuerySet.as_manager()

    class Meta:
        verbose_name = _("protected status")
        verbose_name_plural = _("protected statuses")

    def __str__(self) -> str:
        return f"{self.start_date} – {self.end_date or ''}"

    # --- Changing -----------------------------------------------------------------------------------------
    @classmethod
    @transaction.atomic
    def enter(
        cls,
        employment: Employment,
        *,
        kind: str,
        start_date: date,
        end_date: date | None = None,
        injury_grade: int | None = None,
        by: User | None,
        at: datetime,
    ) -> ProtectedStatus:
        _hold(employment)
        if not employment.is_current:
            raise WrongState(str(_("The employment is not in a state that allows this.")))
        row = cls(
            employment=employment,
            data_key=employment.data_key,
            kind=kind,
            injury_grade=None if injury_grade is None else str(injury_grade),
            start_date=start_date,
            end_date=end_date,
        )
        row._refuse_grade()
        row._refuse_end(end_date, at)
        row._refuse_double()
        row.save(force_insert=True)
        row._tell(events.ProtectionRecorded, by=by, at=at, **row._days())
        return row

    @transaction.atomic
    def end(self, *, end_date: date, by: User | None, at: datetime) -> None:
        """Also sooner or later than was foreseen, as long as that day has not passed."""
        self._reload()
        if self.state_on(legal_day(at)) not in (ProtectionState.TO_COME, ProtectionState.IN_FORCE):
            raise WrongState(str(_("This protection has ended or was taken back.")))
        self._refuse_end(end_date, at)
        self.end_date = end_date
        self._refuse_double()
        self.save(update_fields=["end_date"])
        self._tell(events.ProtectionEnded, by=by, at=at, **self._days())

    @transaction.atomic
    def take_back(self, *, reason: str, by: User | None, at: datetime) -> None:
        """It was entered in error and never counted. The row stays, with the reason under the person's key."""
        self._reload()
        if self.taken_back_at is not None:
            raise WrongState(str(_("This protection has ended or was taken back.")))
        if not reason.strip():
            raise Refused("reason_missing", str(_("Please say what was wrong with the entry.")), field="reason")
        self.taken_back_at, self.taken_back_reason = at, reason.strip()
        self.save(update_fields=["taken_back_at", "taken_back_reason"])
        digest = sha256_of_text(self.taken_back_reason)
        self._tell(events.ProtectionTakenBack, by=by, at=at, reason_sha256=digest)

    # --- Asking -------------------------------------------------------------------------------------------
    def state_on(self, day: date) -> ProtectionState:
        if self.taken_back_at is not None:
            return ProtectionState.TAKEN_BACK
        if self.end_date is not None and self.end_date < day:
            return ProtectionState.ENDED
        return ProtectionState.TO_COME if self.start_date > day else ProtectionState.IN_FORCE

    def get_kind_display(self) -> str:
        return str(ProtectedKind(self.kind).label)

    # --- Refusing -----------------------------------------------------------------------------------------
    def _refuse_grade(self) -> None:
        if self.injury_grade is None:
            return
        if self.kind != ProtectedKind.WORK_INJURY:
            raise Refused("grade_without_injury", str(_("Only a work injury has a grade.")), field="injury_grade")
        if not WORST_GRADE <= int(self.injury_grade) <= LIGHTEST_GRADE:
            raise Refused("grade_unknown", str(_("Grades are 1 (worst) to 10.")), field="injury_grade")

    def _refuse_end(self, end_date: date | None, at: datetime) -> None:
        if end_date is None:
            return
        if end_date < self.start_date:
            raise Refused("end_before_start", str(_("The end lies before the start.")), field="end_date")
        if self.kind == ProtectedKind.OCCUPATIONAL_HAZARD and end_date > legal_day(at):
            words = _("Exposure ends with the leaving check-up, which can't lie ahead.")
            raise Refused("check_up_in_future", str(words), field="end_date", article="ODL 35")

    def _refuse_double(self) -> None:
        """The same kind twice over the same days. Two accidents are two injuries, unless they began on one day."""
        others = ProtectedStatus.objects.filter(employment=self.employment_id).exclude(pk=self.pk)
        rows = others.in_force_between(self.start_date, self.end_date or date.max).select_related("data_key")
        for row in rows:
            is_another = self.kind == ProtectedKind.WORK_INJURY and row.start_date != self.start_date
            if row.kind == self.kind and not is_another:
                words = _("This kind is on file for these days already: %s")
                raise Refused("protection_twice", str(words) % row, field="start_date")

    def _reload(self) -> None:
        """As it stands after whoever came before."""
        _hold(self.employment)
        self.refresh_from_db(fields=["end_date", "taken_back_at"])

    def _days(self) -> dict[str, str]:
        return {
            "start_date": self.start_date.isoformat(),
            "end_date": self.end_date.isoformat() if self.end_date else "",
        }

    def _tell(self, fact: type[record.Fact], *, by: User | None, at: datetime, **more: str) -> None:
        ids = {"protection_id": str(self.pk), "employment_id": str(self.employment_id)}
        record.emit(fact(**ids, **more), subject=self, by=by, at=at)


def _hold(employment: Employment) -> None:
    """One after the other for one person."""
    Employment.objects.select_for_update(no_key=True).values_list("pk").get(pk=employment.pk)
