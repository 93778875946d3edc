"""Disputes after an exit: who decides, which days run, what was claimed and what came out (capability C77)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ehr import access
from ehr.crypto.fields import EncryptedTextField
from ehr.errors import WrongState
from ehr.lib.ids import uuid7

from ..permissions import Permission
from .case import Case

if TYPE_CHECKING:
    from ehr.identity.models import User

USER = settings.AUTH_USER_MODEL
UNIT = "case__unit__path"


class DisputeAbout(models.TextChoices):
    ENDING = "ending", _("Whether the ending holds")
    SEVERANCE = "severance", _("Severance")
    WAGES = "wages", _("Wages")
    OVERTIME = "overtime", _("Overtime")
    LEAVE = "leave", _("Leave not taken")
    NON_COMPETE = "non_compete", _("Non-compete")
    CERTIFICATE = "certificate", _("Certificate or file")
    INJURY = "injury", _("Work injury")
    OTHER = "other", _("Something else")


class DisputeBody(models.TextChoices):
    MEDIATION = "mediation", _("Mediation")
    ARBITRATION = "arbitration", _("Labour arbitration")
    COURT_FIRST = "court_first", _("Court, first instance")
    COURT_SECOND = "court_second", _("Court, second instance")
    SET_ASIDE = "set_aside", _("Intermediate court, asked to set an award aside")
    INSPECTION = "inspection", _("Labour inspection")


class DisputeOutcome(models.TextChoices):
    WON = "won", _("Claim refused")
    PARTLY = "partly", _("Claim granted in part")
    LOST = "lost", _("Claim granted")
    ANNULLED = "annulled", _("Award set aside")
    UPHELD = "upheld", _("Award stands")
    SETTLED = "settled", _("Settled by agreement")
    WITHDRAWN = "withdrawn", _("Claim withdrawn")


class DisputeQuerySet(models.QuerySet["Dispute"]):
    def visible_to(self, user: Any, permission: str = Permission.VIEW_DISPUTES) -> DisputeQuerySet:
        rows = self.filter(access.scope(user, permission, unit=UNIT))
        return rows.exclude(case__employment__person__user=user.pk)

    def still_open(self) -> DisputeQuerySet:
        return self.filter(outcome="")

    def for_rows(self) -> DisputeQuerySet:
        return self.select_related("case__employment__person__user", "case__unit", "data_key")


class Dispute(models.Model):
    """One round before one body. Going on to the next is a round of its own, so each keeps its days and outcome."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="disputes")
    data_key = models.ForeignKey("crypto.DataKey", on_delete=models.PROTECT, related_name="+")
    nth = models.PositiveSmallIntegerField()
    about = models.CharField(_("about"), max_length=12, choices=DisputeAbout)
    body = models.CharField(_("who decides"), max_length=12, choices=DisputeBody)
    office = models.CharField(_("office"), max_length=120, blank=True)
    reference = models.CharField(_("number there"), max_length=80, blank=True)
    filed_date = models.DateField(_("filed on"))
    received_date = models.DateField(_("claim received on"), null=True)
    hearing_date = models.DateField(_("hearing on"), null=True)
    decided_date = models.DateField(_("decision received on"), null=True)
    is_final = models.BooleanField(_("final for the employer"), default=False)
    outcome = models.CharField(_("outcome"), max_length=10, choices=DisputeOutcome, blank=True)
    claim = EncryptedTextField(null=True)
    awarded = EncryptedTextField(null=True)
    note = EncryptedTextField(blank=True, default="")
    edition = models.PositiveIntegerField(_("edition"), default=1, db_default=1)
    recorded_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    followed_at = models.DateTimeField(null=True)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        verbose_name = _("dispute")
        constraints = [
            models.UniqueConstraint(fields=["case", "nth"], name="dispute_nth_once"),
            models.CheckConstraint(
                condition=Q(decided_date=None) | Q(decided_date__gte=models.F("filed_date")),
                name="dispute_decided_after_filing",
            ),
        ]
        indexes = [models.Index(fields=["-filed_date", "-id"], name="dispute_filed")]

    def __str__(self) -> str:
        return f"{self.case} {self.nth}"

    # --- Changing -----------------------------------------------------------------------------------------
    @classmethod
    def record(cls, case: Case, *, nth: int, facts: dict[str, Any], by: User, at: datetime) -> Dispute:
        return cls.objects.create(
            case=case, data_key_id=case.data_key_id, nth=nth, recorded_by=by, recorded_at=at, **facts
        )

    def refuse_overtaken(self, edition: int) -> None:
        """Whoever writes on stands on what they read, and on nothing newer. The caller holds the case."""
        newest = Dispute.objects.values_list("edition", flat=True).get(pk=self.pk)
        if not edition == self.edition == newest:
            raise WrongState(
                gettext(
                    "Somebody else wrote on in this dispute meanwhile. Open it again, see what is new, then add yours."
                )
            )

    def follow(self, facts: dict[str, Any], *, at: datetime) -> None:
        for name, value in facts.items():
            setattr(self, name, value)
        self.followed_at, self.edition = at, self.edition + 1
        self.save(update_fields=[*facts, "followed_at", "edition"])

    # --- Asking -------------------------------------------------------------------------------------------
    @property
    def is_open(self) -> bool:
        return not self.outcome

    @property
    def url(self) -> str:
        return reverse("offboarding:dispute", args=[self.case_id, self.nth])
