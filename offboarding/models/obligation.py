"""Duties that fall after the end: each has its own deadline, and none keeps the case open (decisions 5)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ehr import access
from ehr.documents.models import StoredFile
from ehr.errors import WrongState
from ehr.lib.ids import uuid7

from ..permissions import Permission
from ..rules import disputes
from ..rules import obligations as rules
from ..rules.obligations import HELD_BY_DISPUTES, PERIODS, Duty, DutyKind
from .case import Case
from .dispute import Dispute

if TYPE_CHECKING:
    from ehr.identity.models import User

UNIT = "case__unit__path"


class ObligationName(models.TextChoices):
    FILE_TRANSFER = "file_transfer", gettext_lazy("Transfer of file and social insurance")
    UNEMPLOYMENT_NOTICE = "unemployment_notice", gettext_lazy("Tell of the unemployment benefits")
    UNEMPLOYMENT_LIST = "unemployment_list", gettext_lazy("Unemployment list to the agency")
    HOUSING_FUND = "housing_fund", gettext_lazy("Housing fund: sealed or transferred")
    RETENTION = "retention", gettext_lazy("Contract text is kept")
    WAGE_RECORDS = "wage_records", gettext_lazy("Wage records are kept")
    ARBITRATION_WINDOW = "arbitration_window", gettext_lazy("Time for arbitration: evidence is kept")
    CONTACT_REVIEW = "contact_review", gettext_lazy("Review of the contact data")
    REHIRE_PRIORITY = "rehire_priority", gettext_lazy("To be invited first when hiring")
    SURVIVORS = "survivors", gettext_lazy("Benefits of the survivors")
    NON_COMPETE_DECISION = "non_compete_decision", gettext_lazy("Non-compete: in force or waived")
    NON_COMPETE_PAY = "non_compete_pay", gettext_lazy("Non-compete: payment of the month")
    NON_COMPETE_DECLARATION = "non_compete_declaration", gettext_lazy("Non-compete: declaration of the quarter")
    NON_COMPETE_END = "non_compete_end", gettext_lazy("Non-compete: its end")
    NON_COMPETE_EXTRA = "non_compete_extra", gettext_lazy("Non-compete: three months for ending it early")
    DISPUTE_DEFENCE = "dispute_defence", gettext_lazy("Dispute: answer to the claim")
    DISPUTE_HEARING = "dispute_hearing", gettext_lazy("Dispute: hearing")
    DISPUTE_SUE = "dispute_sue", gettext_lazy("Dispute: go on or leave it there")


class ObligationEnd(models.TextChoices):
    DONE = "done", gettext_lazy("Done")
    OVER = "over", gettext_lazy("Over")
    CANCELLED = "cancelled", gettext_lazy("No longer needed")


CLOSED = {
    ObligationEnd.DONE: gettext_lazy("This is done already."),
    ObligationEnd.OVER: gettext_lazy("Its time is over."),
    ObligationEnd.CANCELLED: gettext_lazy("This is no longer needed."),
}


class ObligationQuerySet(models.QuerySet["Obligation"]):
    def visible_to(self, user: Any, permission: str = Permission.VIEW_OBLIGATIONS) -> ObligationQuerySet:
        """In reach, or asked of a role the user holds there. Nobody watches over what the company owes them."""
        in_reach = access.scope(user, permission, unit=UNIT)
        rows = self.filter(in_reach | access.asked_of(user, unit=UNIT))
        return rows.exclude(case__employment__person__user=user.pk)

    def workable_by(self, user: Any) -> ObligationQuerySet:
        """Of a role the user holds there; HR's also by whoever manages the exit."""
        managed = access.scope(user, Permission.MANAGE_CASE, unit=UNIT) & Q(role__in=rules.OF_HR)
        return self.filter(managed | access.asked_of(user, unit=UNIT)).exclude(case__employment__person__user=user.pk)

    def running(self) -> ObligationQuerySet:
        return self.filter(done_at=None)

    def to_be_asked(self, today: date) -> ObligationQuerySet:
        return self.running().filter(asked_at=None, ask_date__lte=today, track=None)

    def run_out(self, today: date) -> ObligationQuerySet:
        over = self.running().filter(kind__in=PERIODS, due_date__lt=today)
        return over.exclude(pk__in=self.held())

    def held(self) -> ObligationQuerySet:
        """By a dispute of the same employment: it runs, or its last answer may still be gone on from."""
        same = "case__employment"
        open_ones = Dispute.objects.still_open().filter(case__employment=OuterRef(same))
        days = Obligation.objects.running().filter(case__employment=OuterRef(same), kind__in=disputes.KINDS)
        return Obligation.objects.filter(Exists(open_ones) | Exists(days), kind__in=HELD_BY_DISPUTES)

    def declared_by(self, user: Any) -> ObligationQuerySet:
        """What a person who left is asked to say, once the day to ask has come."""
        mine = self.running().filter(case__employment__person__user=user.pk).exclude(asked_at=None)
        return mine.filter(kind=DutyKind.NON_COMPETE_DECLARATION)

    def for_rows(self) -> ObligationQuerySet:
        return self.select_related("case__employment__person", "case__employment__employer", "case__unit", "track")

    def for_work(self) -> ObligationQuerySet:
        return self.select_related("case__employment__person__user", "case__unit", "track", "done_by")


class Obligation(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="obligations")
    kind = models.CharField(max_length=24, choices=ObligationName)
    nth = models.PositiveSmallIntegerField(default=0)
    article = models.CharField(max_length=40, blank=True)
    due_date = models.DateField()
    role = models.CharField(max_length=30, blank=True)
    track = models.OneToOneField("offboarding.Track", null=True, on_delete=models.CASCADE, related_name="obligation")
    ask_date = models.DateField(null=True)
    asked_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=ObligationEnd, blank=True)
    note = models.CharField(gettext_lazy("note"), max_length=500, blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("obligation")
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "nth"], name="one_obligation_of_a_kind_per_case"),
            models.CheckConstraint(
                condition=Q(done_at=None, outcome="") | Q(done_at__isnull=False) & ~Q(outcome=""),
                name="obligation_ends_somehow",
            ),
        ]
        indexes = [
            models.Index(fields=["due_date", "id"], condition=Q(done_at=None), name="obligation_due"),
            models.Index(fields=["ask_date"], condition=Q(done_at=None, asked_at=None), name="obligation_to_ask"),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.code}"

    # --- Changing -----------------------------------------------------------------------------------------
    def mark_asked(self, *, at: datetime) -> bool:
        return bool(Obligation.objects.filter(pk=self.pk, asked_at=None, done_at=None).update(asked_at=at))

    def put_off(self, duty: Duty) -> None:
        Obligation.objects.filter(pk=self.pk, done_at=None).update(due_date=duty.due_date, article=duty.article)
        self.due_date, self.article = duty.due_date, duty.article

    def reopen(self, duty: Duty) -> None:
        """It stands as it did on its first day, to be asked for anew."""
        anew = {"due_date": duty.due_date, "article": duty.article, "ask_date": duty.ask_date}
        never = {"asked_at": None, "done_at": None, "done_by": None, "outcome": "", "note": ""}
        if not Obligation.objects.filter(pk=self.pk).exclude(done_at=None).update(**anew, **never):
            raise WrongState(_("This is open already."))
        for name, value in (anew | never).items():
            setattr(self, name, value)

    def finish(self, *, outcome: str = ObligationEnd.DONE, note: str = "", by: User | None, at: datetime) -> None:
        """Compare and set: of two people who say it at once, one did it."""
        rows = Obligation.objects.filter(pk=self.pk, done_at=None)
        if not rows.update(done_at=at, done_by=by, outcome=outcome, note=note):
            self.refresh_from_db(fields=["done_at", "outcome"])
            raise WrongState(self.closed_to_hands)
        self.done_at, self.done_by, self.outcome, self.note = at, by, outcome, note

    # --- Asking -------------------------------------------------------------------------------------------
    @property
    def code(self) -> str:
        """Of its to-do: one exit has many of them."""
        return f"{self.kind}:{self.nth}" if self.nth else self.kind

    @property
    def duty(self) -> Duty:
        return Duty(
            kind=DutyKind(self.kind),
            due_date=self.due_date,
            article=self.article,
            nth=self.nth,
            role=self.role,
            ask_date=self.ask_date,
        )

    @property
    def is_open(self) -> bool:
        return self.done_at is None

    @property
    def closed_to_hands(self) -> str:
        """Why nobody can say that it is done, or add a paper to it. Empty where its owner can."""
        if not self.is_open:
            return str(CLOSED[ObligationEnd(self.outcome)])
        if self.kind == rules.BY_DECISION:
            return _("This is finished by the decision on the non-compete.")
        if self.track_id:
            return _("This is finished on the page of its track.")
        return "" if rules.may_end_by_hand(self.kind) else _("It lasts until its day; nobody can end it earlier.")

    def is_workable_by(self, user: Any) -> bool:
        return Obligation.objects.workable_by(user).filter(pk=self.pk).exists()

    def is_asked_anew(self, duty: Duty) -> bool:
        """Settled without being done, or done for another day."""
        return self.outcome != ObligationEnd.DONE or self.due_date != duty.due_date

    @property
    def is_period(self) -> bool:
        return rules.is_period(self.kind)

    @property
    def is_held(self) -> bool:
        return self.kind in HELD_BY_DISPUTES and Obligation.objects.held().running().filter(pk=self.pk).exists()

    def is_late(self, today: date) -> bool:
        return self.is_open and rules.is_late(self.kind, self.due_date, today=today)

    @property
    def url(self) -> str:
        """Where it is worked on; a track has its own page, with its own proofs."""
        if self.track_id and self.track:
            return self.track.url
        return reverse("offboarding:obligation", args=[self.case_id, self.pk])


class ObligationFile(StoredFile):
    """The paper behind a duty that somebody says is done. Added, never changed or taken away."""

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="files")

    class Meta:
        verbose_name = gettext_lazy("proof")
        indexes = [models.Index(fields=["obligation", "id"], name="obligation_files")]

    @property
    def url(self) -> str:
        return reverse("offboarding:obligation_file", args=[self.obligation.case_id, self.obligation_id, self.pk])
