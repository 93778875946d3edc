"""Dated figures in the database: entered by one person, confirmed by another, never changed once they held."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ehr.errors import Refused, WrongState
from ehr.lib.ids import uuid7

from ..rules.reference_rows import COLUMNS, slot_of, text_of

if TYPE_CHECKING:
    from ehr.identity.models import User

USER = settings.AUTH_USER_MODEL


class ReferenceTable(models.TextChoices):
    AVERAGE_WAGES = "average_wages", gettext_lazy("Average wages")
    MINIMUM_WAGES = "minimum_wages", gettext_lazy("Minimum wages")
    TAX_BANDS = "tax_bands", gettext_lazy("Tax bands")
    DAY_COUNTS = "day_counts", gettext_lazy("Paid days of a month")
    RETIREMENT_AGES = "retirement_ages", gettext_lazy("Retirement ages")
    MEDICAL_PERIODS = "medical_periods", gettext_lazy("Medical periods")
    SECOND_TERMS = "second_terms", gettext_lazy("Second fixed term")
    SEVERANCE_BASES = "severance_bases", gettext_lazy("Severance by place")


class RowStatus(models.TextChoices):
    DRAFT = "draft", gettext_lazy("Draft")
    UNCONFIRMED = "unconfirmed", gettext_lazy("Unconfirmed")
    CONFIRMED = "confirmed", gettext_lazy("Confirmed")
    DEMO = "demo", gettext_lazy("Demo figure")
    SUPERSEDED = "superseded", gettext_lazy("Replaced")


IN_FORCE = (RowStatus.UNCONFIRMED, RowStatus.CONFIRMED, RowStatus.DEMO)
TO_CONFIRM = (RowStatus.DRAFT, RowStatus.UNCONFIRMED, RowStatus.DEMO)


class ReferenceRowQuerySet(models.QuerySet["ReferenceRow"]):
    def visible_to(self, user: Any, permission: str = "offboarding.view_reference") -> ReferenceRowQuerySet:
        """Published figures of the whole country: whoever may see one may see all."""
        from ehr import access

        return self.filter(access.scope(user, permission))

    def in_force(self) -> ReferenceRowQuerySet:
        return self.filter(status__in=IN_FORCE)

    def waiting(self) -> ReferenceRowQuerySet:
        return self.filter(asked_at__isnull=False, status__in=TO_CONFIRM)


class ReferenceRow(models.Model):
    """One figure from one day on; of tax bands and medical periods the whole set of that day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=60, unique=True)
    """What the lines of a calculation name it by."""
    table = models.CharField(gettext_lazy("table"), max_length=20, choices=ReferenceTable)
    city = models.CharField(gettext_lazy("city"), max_length=40, blank=True)
    adcode = models.CharField(gettext_lazy("area code"), max_length=6, blank=True)
    effective_from = models.DateField(gettext_lazy("holds from"))
    values = models.JSONField()
    source = models.CharField(gettext_lazy("source"), max_length=500)
    source_url = models.URLField(gettext_lazy("address of the source"), max_length=500, blank=True)
    source_date = models.DateField(gettext_lazy("published on"), null=True)
    note = models.CharField(gettext_lazy("note"), max_length=300, blank=True)
    status = models.CharField(gettext_lazy("status"), max_length=12, choices=RowStatus, default=RowStatus.DRAFT)
    slot = models.CharField(max_length=120)
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    entered_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    returned = models.CharField(max_length=500, blank=True)
    """Why a second person gave it back."""

    objects = ReferenceRowQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("reference figure")
        constraints = [
            models.UniqueConstraint(
                fields=["slot"], condition=Q(status__in=list(IN_FORCE)), name="reference_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None)
                | (~Q(confirmed_by=models.F("asked_by")) & ~Q(confirmed_by=models.F("entered_by"))),
                name="reference_confirmed_by_a_second_person",
            ),
        ]
        indexes = [models.Index(fields=["table", "city", "-effective_from"], name="reference_table")]

    def __str__(self) -> str:
        return self.key

    # --- Creating -----------------------------------------------------------------------------------------
    @classmethod
    def draw(cls, *, by: User | None, at: datetime | None, key: str, **facts: Any) -> ReferenceRow:
        named = {name: facts.get(name, "") for name in ("table", "city", "adcode", "effective_from", "values")}
        return cls.objects.create(key=key, slot=slot_of(**named), entered_by=by, entered_at=at, **facts)

    # --- Changing -----------------------------------------------------------------------------------------
    def ask(self, *, by: User, at: datetime) -> None:
        changed = ReferenceRow.objects.filter(pk=self.pk, status__in=TO_CONFIRM, asked_at=None)
        self._refuse_unless(changed.update(asked_by=by, asked_at=at, returned=""))

    def confirm(self, *, by: User, at: datetime) -> None:
        """What held for the same place from the same day gives way. Whoever confirms waits for whoever confirms, and
        is judged by who entered and asked until then."""
        TablesVersion.renew()
        people = ReferenceRow.objects.filter(pk=self.pk).values_list("entered_by", "asked_by").first() or ()
        if by.pk in people:
            raise Refused("B_SECOND_PERSON", _("Somebody else has to confirm what you entered."))
        older = ReferenceRow.objects.in_force().filter(slot=self.slot).exclude(pk=self.pk).first()
        if older is not None:
            ReferenceRow.objects.filter(pk=older.pk).update(status=RowStatus.SUPERSEDED, asked_at=None)
        changed = ReferenceRow.objects.filter(pk=self.pk).waiting()
        fields = {"confirmed_by": by, "confirmed_at": at, "replaces": older or self.replaces}
        self._refuse_unless(changed.update(status=RowStatus.CONFIRMED, **fields))

    def give_back(self, *, reason: str) -> None:
        changed = ReferenceRow.objects.filter(pk=self.pk).waiting()
        self._refuse_unless(changed.update(asked_by=None, asked_at=None, returned=reason))

    def discard(self) -> None:
        self._refuse_unless(ReferenceRow.objects.filter(pk=self.pk, status=RowStatus.DRAFT).delete()[0])

    def _refuse_unless(self, changed: int) -> None:
        if changed:
            return
        found = ReferenceRow.objects.filter(pk=self.pk).first()
        if found is None:
            raise WrongState(_("The draft is gone."))
        raise WrongState(_("The figure is “%(state)s” now.") % {"state": found.get_status_display()})

    # --- Asking -------------------------------------------------------------------------------------------
    @property
    def is_waiting(self) -> bool:
        return self.asked_at is not None and self.status in TO_CONFIRM

    @property
    def is_confirmed(self) -> bool:
        return self.status == RowStatus.CONFIRMED

    @property
    def texts(self) -> dict[str, str]:
        """The values as the form and a file have them."""
        return {name: text_of(self.values.get(name)) for name in COLUMNS[self.table]}

    def get_absolute_url(self) -> str:
        return f"/settings/reference/{self.pk}/"


class TablesVersion(models.Model):
    """One row, renewed by whatever changes the tables in force; who holds the same token may go on with what it read."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    token = models.UUIDField(default=uuid4)

    def __str__(self) -> str:
        return str(self.token)

    @classmethod
    def renew(cls) -> None:
        cls.objects.update_or_create(pk=1, defaults={"token": uuid4()})

    @classmethod
    def hold(cls) -> None:
        """For whoever enters a figure: two at once would take the same key."""
        cls.objects.select_for_update().get_or_create(pk=1)

    @classmethod
    def tokens(cls) -> models.QuerySet[TablesVersion, Any]:
        """One value; also for a subquery of those who ask for something else anyway."""
        return cls.objects.filter(pk=1).values_list("token", flat=True)
