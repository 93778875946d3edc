from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

from ehr import record
from ehr.lib.ids import uuid7

from .. import events
from ..rules.numbering import NumberPattern, format_number, series_of
from .employment import Employment

if TYPE_CHECKING:
    from ehr.identity.models import User
    from ehr.units.models import OrgUnit

TAKE = """
INSERT INTO employees_numbersequence (series, last) VALUES (%s, %s)
ON CONFLICT (series) DO UPDATE SET last = employees_numbersequence.last + EXCLUDED.last
RETURNING last
"""


RAISE = """
INSERT INTO employees_numbersequence (series, last) VALUES (%s, %s)
ON CONFLICT (series) DO UPDATE SET last = EXCLUDED.last WHERE employees_numbersequence.last < EXCLUDED.last
"""


class NumberingRule(models.Model):
    """How employee numbers look. A change is a new row; the newest is in force, old numbers stay as they are."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.PositiveIntegerField(unique=True)
    template = models.CharField(_("pattern"), max_length=80, default="{group}-{unit}-{year}-{sequence}")
    group_code = models.CharField(_("group code"), max_length=8, default="HC")
    default_unit_code = models.CharField(_("code of units without one"), max_length=8, default="GR")
    unit_codes = models.JSONField(_("codes of business units"), default=dict, blank=True)
    digits = models.PositiveSmallIntegerField(_("digits of the sequence"), default=5)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("numbering rule")

    def __str__(self) -> str:
        return self.template

    @classmethod
    def in_force(cls) -> NumberingRule:
        return cls.objects.order_by("-version").first() or cls(version=0)

    @classmethod
    @transaction.atomic
    def change(cls, *, by: User | None, at: datetime, **fields: object) -> NumberingRule:
        """Two editors at once: the unique version lets one of them through."""
        rule = cls.objects.create(version=cls.in_force().version + 1, created_at=at, **fields)
        record.emit(events.NumberingChanged(rule_id=str(rule.pk), version=rule.version), subject=rule, by=by, at=at)
        return rule

    @property
    def pattern(self) -> NumberPattern:
        return NumberPattern(
            template=self.template,
            group=self.group_code,
            digits=self.digits,
            unit_codes=self.unit_codes,
            default_unit_code=self.default_unit_code,
        )

    def preview(self, *, unit: OrgUnit, hire_date: date) -> str:
        """What the next person would get; takes nothing."""
        business_unit = business_unit_code(unit)
        series = series_of(self.pattern, unit=business_unit, year=hire_date.year)
        last = NumberSequence.objects.filter(series=series).values_list("last", flat=True).first() or 0
        return format_number(self.pattern, unit=business_unit, year=hire_date.year, sequence=last + 1)

    def take(self, *, unit: OrgUnit, hire_date: date, count: int = 1) -> list[str]:
        """The next numbers, each given once however many take at the same time; a rollback leaves a gap at most.

        Numbers that came from outside under an older rule are stepped over.
        """
        numbers: list[str] = []
        while len(numbers) < count:
            batch = self._next(business_unit_code(unit), hire_date.year, count - len(numbers))
            in_use = set(Employment.objects.filter(employee_number__in=batch).values_list("employee_number", flat=True))
            numbers += [number for number in batch if number not in in_use]
        return numbers

    def _next(self, business_unit: str, year: int, count: int) -> list[str]:
        last = NumberSequence.advance(series_of(self.pattern, unit=business_unit, year=year), count)
        return [
            format_number(self.pattern, unit=business_unit, year=year, sequence=sequence)
            for sequence in range(last - count + 1, last + 1)
        ]


class NumberSequence(models.Model):
    series = models.CharField(primary_key=True, max_length=100, db_collation="C")
    last = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("running number")

    def __str__(self) -> str:
        return f"{self.series} {self.last}"

    @classmethod
    def advance(cls, series: str, count: int) -> int:
        with connection.cursor() as cursor:
            cursor.execute(TAKE, [series, count])
            return int(cursor.fetchone()[0])

    @classmethod
    def raise_to(cls, series: str, value: int) -> None:
        """Numbers that came from outside are never given again."""
        with connection.cursor() as cursor:
            cursor.execute(RAISE, [series, value])


def business_unit_code(unit: OrgUnit) -> str:
    """The second step of the path: /G/RETAIL/EAST/ → RETAIL; the group itself has none."""
    steps = [step for step in unit.path.split("/") if step]
    return steps[1] if len(steps) > 1 else ""
