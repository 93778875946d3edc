"""Endings of one employer within ninety days, across cases and whoever drafted them: what makes a layoff (LCL 41)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case as Either
from django.db.models import Count, DateField, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, JSONObject

from employees.models import Employment, EmploymentStatus

from ..rules.compliance.layoff import COUNTED, LAYOFF, LayoffFacts, LayoffRecord, MassLayoff, mass_layoff
from ..rules.lifecycle import GIVEN_UP, State

WINDOW_DAYS = 90
NOBODY: Mapping[Any, LayoffRecord] = {}
BRIEFING, OPINIONS, REPORT = "E_UNION_BRIEFING", "E_OPINIONS", "E_LABOUR_REPORT"
ROW = ("employment__employer_id", "ground", "last_day", "papers", "employment_id", "filed_at")


def layoff_facts(
    employment: Employment,
    ground: str,
    last_day: date,
    *,
    papers: Mapping[str, date | None],
    beside: Mapping[Any, LayoffRecord] = NOBODY,
    case_id: Any = None,
) -> LayoffFacts:
    """A draft counts from the moment it is written; what stands in no window with this day does not.
    `beside`: by employment, what is asked about in the same breath, whatever was written of them."""
    entity = str(employment.employer_id)
    planned = LayoffRecord(entity=entity, ground=ground, effective_date=last_day)
    rows = list(_near([employment.employer_id], last_day, last_day).exclude(pk=case_id).values_list(*ROW))
    own = {paper: day or last_day for paper, day in papers.items() if day or paper == OPINIONS}
    known = _papers_of_the_layoff(rows, last_day) | own
    return _facts(
        entity,
        list((_records(rows) | {**beside, employment.pk: planned}).values()),
        papers=known,
        headcount=_staff({entity: known.get(BRIEFING)})[entity],
        asked=[last_day] if planned.is_layoff else [],
    )


def layoffs_around(employers: Sequence[Any], ground: str, *, first: date, last: date) -> dict[str, MassLayoff]:
    """Of each employer, all that counts in a window with one of these days: two statements for any number of them.
    `ground`: of the list that is asked about."""
    rows: dict[str, list[Any]] = defaultdict(list)
    for row in _near(employers, first, last).values_list(*ROW):
        rows[str(row[0])].append(row)
    papers = {entity: _papers_of_the_layoff(found, first) for entity, found in rows.items()}
    staff = _staff({entity: known.get(BRIEFING) for entity, known in papers.items()})
    is_layoff = ground.startswith(LAYOFF)
    found = {}
    for entity, ours in rows.items():
        records = list(_records(ours, are_sent=is_layoff).values())
        days = [each.effective_date for each in records if each.is_layoff and first <= each.effective_date <= last]
        asked = days if is_layoff else []
        found[entity] = mass_layoff(
            _facts(entity, records, papers=papers[entity], headcount=staff[entity], asked=asked)
        )
    return found


def _facts(
    entity: str, records: list[LayoffRecord], *, papers: Mapping[str, date], headcount: int, asked: list[date]
) -> LayoffFacts:
    return LayoffFacts(
        entity=entity,
        headcount=headcount,
        records=records,
        briefing_date=papers.get(BRIEFING),
        opinions_recorded=OPINIONS in papers,
        report_date=papers.get(REPORT),
        window_days=WINDOW_DAYS,
        asked=asked,
    )


def _records(rows: Iterable[Any], *, are_sent: bool = False) -> dict[Any, LayoffRecord]:
    """By employment: a person ends once, however many cases were opened. What was filed speaks before a draft."""
    return {
        person: LayoffRecord(
            entity=str(employer), ground=ground, effective_date=day, is_draft=filed_at is None and not are_sent
        )
        for employer, ground, day, _papers, person, filed_at in rows
    }


def _staff(briefed: Mapping[str, date | None]) -> dict[str, int]:
    """All staff of an employer on the day of the briefing; until there is one, of now (compliance 4.1)."""
    there = Q(pk__in=[])
    for employer, day in briefed.items():
        is_here = ~Q(status=EmploymentStatus.LEFT)
        was_here = Q(hire_date__lte=day) & (is_here | Q(termination_date__gte=day)) if day else is_here
        there |= Q(employer=employer) & was_here
    counted = Employment.objects.filter(there).order_by().values_list("employer").annotate(n=Count("pk"))
    return dict.fromkeys(briefed, 1) | {str(employer): count for employer, count in counted}


def _near(employers: Sequence[Any], first: date, last: date) -> Any:
    within = timedelta(days=WINDOW_DAYS - 1)
    counted = Q()
    for ground in COUNTED:
        counted |= Q(ground__startswith=ground)
    cases = apps.get_model("offboarding.Case").objects.filter(counted, employment__employer__in=employers)
    dated = cases.annotate(last_day=_planned_day(otherwise=first))
    near = dated.filter(last_day__gte=first - within, last_day__lte=last + within)
    counting = near.exclude(state__in=GIVEN_UP).order_by(F("filed_at").asc(nulls_first=True), "pk")
    return counting.annotate(papers=ArraySubquery(_shared()))


def _planned_day(*, otherwise: date) -> Either:
    """`planned_day` of a case. A draft that says none may end on any day, so on the one that is asked about too."""
    planned, wish = F("termination_date"), F("requested_last_working_date")
    returned = When(state=State.RETURNED, then=Coalesce(wish, planned))
    return Either(returned, default=Coalesce(planned, wish, Value(otherwise)), output_field=DateField())


def _shared() -> Any:
    rows = apps.get_model("offboarding.Evidence").objects.filter(case=OuterRef("pk"))
    return rows.filter(paper__in=[BRIEFING, OPINIONS, REPORT]).values(each=JSONObject(paper="paper", dated="dated"))


def _papers_of_the_layoff(rows: list[Any], day: date) -> dict[str, date]:
    """A layoff has one briefing, one set of opinions and one report, whichever of its cases they were added to. Of two
    layoffs in a row each has the last that were there by its day."""
    added = [each for _employer, ground, _day, papers, *_ in rows if ground.startswith(LAYOFF) for each in papers]
    found = sorted((date.fromisoformat(each["dated"]), each["paper"]) for each in added)
    later = [each for each in reversed(found) if each[0] > day]
    return {paper: dated for dated, paper in [*later, *(each for each in found if each[0] <= day)]}
