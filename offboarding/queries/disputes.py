"""The register of disputes and how often exits end in one."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count

from ehr.crypto.keys import preload
from ehr.lib.months import add_months
from ehr.paging import page_of

from ..models import Case, Dispute, GroundName
from ..permissions import Permission
from ..rules import disputes as rules
from ..words import remedy_words

ORDER = ("-filed_date", "-id")
RATE_MONTHS = 12
SHOWN = 20
GROUNDS = dict(GroundName.choices)


@dataclass(frozen=True, kw_only=True)
class Rate:
    label: str
    exits: int
    disputes: int
    """Exits with one, however many rounds it took."""

    @property
    def per_hundred(self) -> Decimal | None:
        return rules.rate(disputes=self.disputes, exits=self.exits)


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """What can be done against a decision; the days of the other side run from its own receipt."""

    side: str
    way: str
    until: date
    article: str

    @property
    def words(self) -> str:
        return remedy_words(self.side, self.way)

    @property
    def is_theirs(self) -> bool:
        return self.side == rules.Side.PERSON


@dataclass(frozen=True, kw_only=True)
class Register:
    rows: list[Dispute]
    next: str
    whole: Rate
    by_ground: list[Rate]
    by_unit: list[Rate]
    since: date


def register(user: Any, *, state: str, cursor: str, today: date) -> Register:
    rows = Dispute.objects.visible_to(user).for_rows()
    if state in ("open", "over"):
        rows = rows.filter(outcome="") if state == "open" else rows.exclude(outcome="")
    page = page_of(rows, order=ORDER, cursor=cursor)
    preload([row.data_key_id for row in page.rows])
    by_ground, by_unit = _rates(user, "ground", today), _rates(user, "unit", today)
    whole = Rate(
        label="", exits=sum(rate.exits for rate in by_ground), disputes=sum(rate.disputes for rate in by_ground)
    )
    return Register(
        rows=page.rows,
        next=page.next,
        whole=whole,
        by_ground=[Rate(label=str(GROUNDS.get(r.label, "—")), exits=r.exits, disputes=r.disputes) for r in by_ground],
        by_unit=by_unit[:SHOWN],
        since=_since(today),
    )


def of_case(user: Any, case: Case) -> list[Dispute]:
    rows = list(Dispute.objects.visible_to(user).filter(case=case).select_related("data_key").order_by("nth"))
    for row in rows:
        row.case = case
    return rows


def steps_of(row: Dispute) -> list[NextStep]:
    if row.decided_date is None or not (row.is_open or rules.is_decision(row.outcome)):
        return []
    return [
        NextStep(side=each.side, way=each.way, until=each.until(row.decided_date), article=each.article)
        for each in rules.remedies(row.body, is_final=row.is_final, outcome=row.outcome)
    ]


def _rates(user: Any, by: str, today: date) -> list[Rate]:
    """Of the exits of others whose employment ended within the year; the most disputed first."""
    others = Case.objects.visible_to(user, Permission.VIEW_DISPUTES).exclude(employment__person__user=user.pk)
    ended = others.exclude(employment_ended_at=None)
    year = ended.filter(termination_date__gte=_since(today), termination_date__lte=today)
    label = "unit__name" if by == "unit" else by
    disputed = Count("disputes__case", distinct=True)
    counted = year.order_by().values(by, label).annotate(exits=Count("pk", distinct=True), found=disputed)
    rates = [Rate(label=row[label] or "", exits=row["exits"], disputes=row["found"]) for row in counted]
    return sorted(rates, key=lambda rate: (-(rate.per_hundred or 0), -rate.exits, rate.label))


def _since(today: date) -> date:
    return add_months(today, -RATE_MONTHS)
