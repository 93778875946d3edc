"""Endings of one employer within ninety days, across cases and whoever drafted them: what makes a layoff (LCL 41)."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import Coalesce, JSONObject

from employees.models import Employment

from ..rules.compliance.layoff import COUNTED, LAYOFF, LayoffFacts, LayoffRecord
from ..rules.lifecycle import State

WINDOW_DAYS = 90
GIVEN_UP = [State.REJECTED, State.WITHDRAWN, State.RETAINED, State.CANCELLED]
BRIEFING, OPINIONS, REPORT = "E_UNION_BRIEFING", "E_OPINIONS", "E_LABOUR_REPORT"


def layoff_facts(
    employment: Employment,
    ground: str,
    last_day: date,
    *,
    headcount: int,
    papers: Mapping[str, date | None],
    case_id: Any = None,
) -> LayoffFacts:
    """A draft counts from the moment it is written; what stands in no window with this day does not."""
    entity = str(employment.employer_id)
    planned = LayoffRecord(entity=entity, ground=ground, effective_date=last_day)
    rows = list(_others(employment, last_day, case_id))
    found = _papers_of_the_layoff(rows) | {name: day for name, day in papers.items() if day is not None}
    return LayoffFacts(
        entity=entity,
        headcount=max(headcount, 1),
        records=[planned, *(LayoffRecord(entity=entity, ground=row[0], effective_date=row[1]) for row in rows)],
        briefing_date=found.get(BRIEFING),
        opinions_recorded=OPINIONS in found or OPINIONS in papers,
        report_date=found.get(REPORT),
        window_days=WINDOW_DAYS,
    )


def _others(employment: Employment, last_day: date, case_id: Any) -> Any:
    within = timedelta(days=WINDOW_DAYS - 1)
    counted = Q()
    for ground in COUNTED:
        counted |= Q(ground__startswith=ground)
    cases = apps.get_model("offboarding.Case").objects.filter(counted, employment__employer=employment.employer_id)
    dated = cases.annotate(last_day=Coalesce("termination_date", "requested_last_working_date"))
    near = dated.filter(last_day__gte=last_day - within, last_day__lte=last_day + within)
    others = near.exclude(state__in=GIVEN_UP).exclude(pk=case_id)
    return others.annotate(papers=ArraySubquery(_shared())).values_list("ground", "last_day", "papers")


def _shared() -> Any:
    rows = apps.get_model("offboarding.Evidence").objects.filter(case=OuterRef("pk"))
    return rows.filter(paper__in=[BRIEFING, OPINIONS, REPORT]).values(each=JSONObject(paper="paper", dated="dated"))


def _papers_of_the_layoff(rows: list[Any]) -> dict[str, date]:
    """A layoff has one briefing, one set of opinions and one report, whichever of its cases they were added to."""
    added = [each for ground, _day, papers in rows if ground.startswith(LAYOFF) for each in papers]
    found = [(date.fromisoformat(each["dated"]), each["paper"]) for each in added]
    return {paper: day for day, paper in sorted(found)}
