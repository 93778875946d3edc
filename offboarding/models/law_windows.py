"""Endings of one employer within ninety days, across cases and whoever drafted them: what makes a layoff (LCL 41)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Q
from django.db.models.functions import Coalesce, JSONObject

from employees.models import Employment

from ..rules.compliance.layoff import COUNTED, LAYOFF, LayoffFacts, LayoffRecord, MassLayoff, mass_layoff
from ..rules.lifecycle import State

WINDOW_DAYS = 90
GIVEN_UP = [State.REJECTED, State.WITHDRAWN, State.RETAINED, State.CANCELLED]
NOBODY: Mapping[Any, LayoffRecord] = {}
BRIEFING, OPINIONS, REPORT = "E_UNION_BRIEFING", "E_OPINIONS", "E_LABOUR_REPORT"
ROW = ("employment__employer_id", "ground", "last_day", "papers", "employment_id")


def layoff_facts(
    employment: Employment,
    ground: str,
    last_day: date,
    *,
    headcount: int,
    papers: Mapping[str, date | None],
    beside: Mapping[Any, LayoffRecord] = NOBODY,
    case_id: Any = None,
) -> LayoffFacts:
    """A draft counts from the moment it is written; what stands in no window with this day does not.
    `beside`: by employment, what is asked about in the same breath, whatever was written of them."""
    entity = str(employment.employer_id)
    planned = LayoffRecord(entity=entity, ground=ground, effective_date=last_day)
    rows = list(_near([employment.employer_id], last_day, last_day).exclude(pk=case_id).values_list(*ROW))
    found = _papers_of_the_layoff(rows) | {name: day for name, day in papers.items() if day is not None}
    return LayoffFacts(
        entity=entity,
        headcount=max(headcount, 1),
        records=list((_records(rows) | {**beside, employment.pk: planned}).values()),
        briefing_date=found.get(BRIEFING),
        opinions_recorded=OPINIONS in found or OPINIONS in papers,
        report_date=found.get(REPORT),
        window_days=WINDOW_DAYS,
    )


def layoffs_around(employers: Sequence[Any], *, first: date, last: date) -> dict[str, MassLayoff]:
    """Of each employer, all that counts in a window with one of these days: three statements for any number of them."""
    rows: dict[str, list[Any]] = defaultdict(list)
    for row in _near(employers, first, last).values_list(*ROW):
        rows[str(row[0])].append(row)
    staff = Employment.objects.current().filter(employer__in=employers).order_by().values_list("employer")
    headcount = {str(employer): count for employer, count in staff.annotate(n=Count("pk"))}
    return {entity: mass_layoff(_facts(entity, found, headcount.get(entity, 0))) for entity, found in rows.items()}


def _facts(entity: str, rows: list[Any], headcount: int) -> LayoffFacts:
    papers = _papers_of_the_layoff(rows)
    return LayoffFacts(
        entity=entity,
        headcount=max(headcount, 1),
        records=list(_records(rows).values()),
        briefing_date=papers.get(BRIEFING),
        opinions_recorded=OPINIONS in papers,
        report_date=papers.get(REPORT),
        window_days=WINDOW_DAYS,
    )


def _records(rows: Iterable[Any]) -> dict[Any, LayoffRecord]:
    """By employment: a person ends once, however many cases were opened. What was filed speaks before a draft."""
    return {row[4]: LayoffRecord(entity=str(row[0]), ground=row[1], effective_date=row[2]) for row in rows}


def _near(employers: Sequence[Any], first: date, last: date) -> Any:
    within = timedelta(days=WINDOW_DAYS - 1)
    counted = Q()
    for ground in COUNTED:
        counted |= Q(ground__startswith=ground)
    cases = apps.get_model("offboarding.Case").objects.filter(counted, employment__employer__in=employers)
    dated = cases.annotate(last_day=Coalesce("termination_date", "requested_last_working_date"))
    near = dated.filter(last_day__gte=first - within, last_day__lte=last + within)
    counting = near.exclude(state__in=GIVEN_UP).order_by(F("filed_at").asc(nulls_first=True), "pk")
    return counting.annotate(papers=ArraySubquery(_shared()))


def _shared() -> Any:
    rows = apps.get_model("offboarding.Evidence").objects.filter(case=OuterRef("pk"))
    return rows.filter(paper__in=[BRIEFING, OPINIONS, REPORT]).values(each=JSONObject(paper="paper", dated="dated"))


def _papers_of_the_layoff(rows: list[Any]) -> dict[str, date]:
    """A layoff has one briefing, one set of opinions and one report, whichever of its cases they were added to."""
    added = [each for _employer, ground, _day, papers, _person in rows if ground.startswith(LAYOFF) for each in papers]
    found = [(date.fromisoformat(each["dated"]), each["paper"]) for each in added]
    return {paper: day for day, paper in sorted(found)}
