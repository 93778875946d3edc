"""How long handovers take, where and for whom they wait: worked out by the database, whatever their number."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Avg,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    FloatField,
    Max,
    OuterRef,
    QuerySet,
    StdDev,
    Subquery,
    Value,
)
from django.db.models.functions import Extract, Greatest
from django.utils.translation import gettext_lazy as _

from employees.models import JobFamily
from handover import words
from handover.models import Handover, HandoverItem, Omission
from handover.models.choices import Confirmer, ItemState, Kind, State
from handover.permissions import Permission
from handover.rules.tempo import Cell, Last, Suggestion, suggestions

REMEMBERED_DAYS = 365
LEAST_IN_UNIT = 3
UNITS = 12
SECONDS_A_DAY = 86_400.0
LEAVER = _("The person who leaves")
STEPS = {
    "complete": _("The head looks whether the list is complete"),
    "fill": _("Until everything is handed in"),
    "confirm": _("From the last item handed in to the last one confirmed"),
    "sign": _("The signature, once all is confirmed"),
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """`days`: the mean; `share`: of the longest of its table, in percent, for the bar."""

    label: str
    n: int
    days: float
    share: int = 0


@dataclass(frozen=True, kw_only=True)
class Missed:
    label: str
    items: int
    missed: int

    @property
    def rate(self) -> float:
        return 100 * self.missed / (self.items + self.missed) if self.items + self.missed else 0.0


@dataclass(frozen=True, kw_only=True)
class Told:
    suggestion: Suggestion
    words: str
    arithmetic: str


@dataclass(frozen=True, kw_only=True)
class Tempo:
    since: datetime
    handovers: int
    mean_days: float
    families: list[Row]
    units: list[Row]
    kinds: list[Row]
    waits: list[Row]
    steps: list[Row]
    missed: list[Missed]
    told: list[Told]

    @property
    def suggestions(self) -> list[Suggestion]:
        return [one.suggestion for one in self.told]


def tempo_of(user: Any, *, at: datetime) -> Tempo:
    """Eight statements. Days are calendar days; only what was signed within a year counts."""
    since = at - timedelta(days=REMEMBERED_DAYS)
    signed = Handover.objects.visible_to(user, Permission.VIEW_TEMPO).filter(state=State.SIGNED, signed_at__gte=since)
    cells = _cells(signed)
    items = HandoverItem.objects.filter(handover__in=signed, state=ItemState.CONFIRMED, submitted_at__isnull=False)
    n = sum(cell.n for cell in cells)
    return Tempo(
        since=since,
        handovers=n,
        mean_days=sum(cell.n * cell.mean for cell in cells) / n if n else 0.0,
        families=_shared([Row(label=_family(cell.key), n=cell.n, days=cell.mean) for cell in cells]),
        units=_units(signed),
        kinds=_shared(_grouped(items, "kind", Kind, F("confirmed_at") - F("handover__opened_at"))),
        waits=_waits(items),
        steps=_steps(signed),
        missed=_missed(signed),
        told=[_told(one) for one in suggestions(cells, _last(signed))],
    )


def _cells(signed: QuerySet[Handover]) -> list[Cell]:
    days = _days(F("signed_at") - F("opened_at"))
    rows = signed.values("employment__job_family").annotate(n=Count("pk"), mean=Avg(days), deviation=StdDev(days))
    return [
        Cell(key=row["employment__job_family"], n=row["n"], mean=row["mean"], deviation=row["deviation"])
        for row in rows.order_by("-mean")
    ]


def _units(signed: QuerySet[Handover]) -> list[Row]:
    """The slowest; one or two handovers are an anecdote."""
    rows = signed.values("employment__unit__name").annotate(
        n=Count("pk"), days=Avg(_days(F("signed_at") - F("opened_at")))
    )
    slowest = rows.filter(n__gte=LEAST_IN_UNIT).order_by("-days")[:UNITS]
    return _shared([Row(label=row["employment__unit__name"], n=row["n"], days=row["days"]) for row in slowest])


def _waits(items: QuerySet[HandoverItem]) -> list[Row]:
    """How long an item lay with whom: with the leaver until it was handed in for the last time, then with its confirmer."""
    rows = _grouped(items, "confirmer", Confirmer, F("confirmed_at") - F("submitted_at"))
    leaver = items.aggregate(n=Count("pk"), days=Avg(_days(F("submitted_at") - F("handover__opened_at"))))
    found = [*rows, *([Row(label=str(LEAVER), n=leaver["n"], days=leaver["days"])] if leaver["n"] else [])]
    return _shared(sorted(found, key=lambda row: -row.days))


def _steps(signed: QuerySet[Handover]) -> list[Row]:
    last = HandoverItem.objects.filter(handover=OuterRef("pk")).order_by().values("handover")
    handed_in = Subquery(last.annotate(at=Max("submitted_at")).values("at"))
    confirmed = Subquery(last.annotate(at=Max("confirmed_at")).values("at"))
    whole = signed.filter(completed_at__isnull=False).annotate(handed_in=handed_in, confirmed=confirmed)
    spans = {
        "complete": F("completed_at") - F("opened_at"),
        "fill": F("handed_in") - F("opened_at"),
        "confirm": F("confirmed") - F("handed_in"),
        "sign": F("signed_at") - Greatest(F("confirmed"), F("completed_at")),
    }
    row = whole.aggregate(n=Count("pk"), **{name: Avg(_days(span)) for name, span in spans.items()})
    steps = [Row(label=str(STEPS[name]), n=row["n"], days=row[name]) for name in spans if row[name] is not None]
    return _shared(sorted(steps, key=lambda step: -step.days))


def _missed(signed: QuerySet[Handover]) -> list[Missed]:
    items = HandoverItem.objects.filter(handover__in=signed).values("handover__employment__job_family")
    of_omissions = Omission.objects.filter(handover__in=signed).values("handover__employment__job_family")
    counted = items.annotate(n=Count("pk"), what=Value("items")).union(
        of_omissions.annotate(n=Count("pk"), what=Value("missed")), all=True
    )
    found: dict[str, dict[str, int]] = defaultdict(lambda: {"items": 0, "missed": 0})
    for row in counted:
        found[row["handover__employment__job_family"]][row["what"]] = row["n"]
    rows = [Missed(label=_family(key), **counts) for key, counts in found.items()]
    return sorted(rows, key=lambda row: -row.rate)


def _last(signed: QuerySet[Handover]) -> list[Last]:
    items = HandoverItem.objects.filter(handover=OuterRef("pk"), confirmed_at__isnull=False)
    title = Subquery(items.order_by("-confirmed_at", "-id").values("title")[:1])
    rows = signed.order_by().annotate(last=title).values("employment__job_family", "last").annotate(n=Count("pk"))
    return [Last(key=row["employment__job_family"], title=row["last"], n=row["n"]) for row in rows if row["last"]]


def _grouped(items: QuerySet[HandoverItem], by: str, labels: Any, span: Any) -> list[Row]:
    rows = items.order_by().values(by).annotate(n=Count("pk"), days=Avg(_days(span))).order_by("-days")
    return [Row(label=str(labels(row[by]).label), n=row["n"], days=row["days"]) for row in rows]


def _days(span: Any) -> Any:
    seconds = Extract(ExpressionWrapper(span, output_field=DurationField()), "epoch")
    return ExpressionWrapper(seconds / Value(SECONDS_A_DAY), output_field=FloatField())


def _shared(rows: list[Row]) -> list[Row]:
    longest = max((row.days for row in rows), default=0.0)
    return [replace(row, share=round(100 * row.days / longest) if longest else 0) for row in rows]


def _told(one: Suggestion) -> Told:
    return Told(suggestion=one, words=words.of_suggestion(one), arithmetic=words.arithmetic_of(one))


def _family(code: str) -> str:
    return str(JobFamily(code).label)
