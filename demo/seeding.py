"""The demo in two acts: the cast before the first page, everybody else and their history behind it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q

from analytics.models import Scoring
from analytics.operations import score_everybody
from demo import build, company, files, months, pay, plot, results
from demo.after_exit import play_after_exit
from demo.afterwards import play_afterwards
from demo.cast import CAST
from demo.play import play
from demo.protections import EXPECTING, protect
from demo.settlements import play_settlements
from ehr import clock
from ehr.deadlines import past
from ehr.documents.models import StandingRelease
from ehr.identity.models import User
from ehr.units.models import LegalEntity, OrgUnit
from employees.models import Employment, EmploymentStatus
from handover.operations import load_templates
from offboarding.models import Case
from offboarding.operations import ensure_default_chain
from offboarding.rules.kinds import FORMAL_KINDS

SEED = 7
LEAST_EMPLOYEES = 300
"""Fewer are not enough for all the exits to come each from another corner."""
FORMER_SHARE = 3  # one former for three who are here: about 17 % a year over two years
IMPACT_NOTE = (
    "演示：仅用业绩、事假、加班、司龄与合同到期等事实评分；仅 HR 可见；不自动触发任何人事动作；员工可向 HR 提出异议。"
)


def is_begun() -> bool:
    return OrgUnit.objects.filter(code=company.GROUP[0]).exists()


def is_finished() -> bool:
    """The scores come last."""
    return Scoring.current().changed_at is not None


@transaction.atomic
def seed_cast() -> None:
    now = clock.now()
    units = build.build_units()
    hired = build.build_cast(units, at=now - timedelta(days=730))
    build.sign_contracts(hired.values(), today=now.date())
    pay.build_pay(hired.values(), seed=SEED, today=now.date())
    _release_certificates_of_resignations(now - timedelta(days=90))
    load_templates(at=now)
    for kind in FORMAL_KINDS:
        ensure_default_chain(kind)
    results.build_team(seed=SEED, today=now.date(), at=now)


def _release_certificates_of_resignations(at: datetime) -> None:
    clerk = User.objects.get(username="bai.lu")
    for entity in LegalEntity.objects.all():
        StandingRelease.give(entity=entity, kind="certificate", occasion="resignation", by=clerk, at=at)


def seed_history(*, employees: int, seed: int = SEED) -> None:
    """The people at once; then their exits deed by deed, so that whoever looks around meanwhile never waits for it.

    Begun anew after an interruption, it goes on with those whose exit was not begun.
    """
    with past.played() as mine:
        if mine and not is_finished():
            with _hurrying():
                now = clock.now()
                here = _people_here() or _seed_people(employees, seed, now)
                play(_leavers(here, seed), now=now)
                _end(now)


@contextmanager
def _hurrying() -> Iterator[None]:
    """No commit waits for the disk: a power cut would take the last deeds, and the next start plays them again."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET synchronous_commit")


@transaction.atomic
def _end(now: datetime) -> None:
    """All of it or nothing, so that a start after an interruption plays it again from its beginning."""
    play_settlements(now=now)
    play_afterwards(now=now)
    play_after_exit(now=now)
    protect(seed=SEED, now=now)
    _score(now)


def _people_here() -> list[Employment]:
    """Everybody but the cast, with those who left on the stage."""
    if not Employment.objects.filter(status=EmploymentStatus.LEFT).exists():
        return []
    others = Employment.objects.exclude(person__user__username__in=[member.username for member in CAST])
    here = others.filter(Q(termination_date=None) | Q(pk__in=Case.objects.values("employment")))
    return list(here.select_related("unit__head", "person__user", "line_manager"))


@transaction.atomic
def _seed_people(employees: int, seed: int, now: datetime) -> list[Employment]:
    units = {unit.code: unit for unit in OrgUnit.objects.select_related("legal_entity", "head")}
    rows = list(company.people(employees, seed=seed, today=now.date()))
    former = list(company.former_people(employees // FORMER_SHARE, after=employees, seed=seed, today=now.date()))
    everybody = build.build_people([*rows, *former], units, at=now)
    here = everybody[:employees]
    build.appoint_heads(here, rows, at=now)
    build.skip_taken_numbers([*rows, *former])
    leaving = {leaver.pk for _exit, leaver in _cast_of_plot(here, seed)}
    files.vary_files((one for one in here if one.line_manager_id and one.pk not in leaving), today=now.date())
    months.build_months(here, seed=seed, today=now.date(), at=now)
    results.open_this_month(today=now.date(), at=now)
    results.tell_shortfalls(here, at=now)
    return here


def _leavers(here: list[Employment], seed: int) -> list[tuple[plot.Exit, Employment]]:
    """Whose exit is begun already is left alone."""
    begun = set(Case.objects.values_list("employment_id", flat=True))
    new = [(exit_, leaver) for exit_, leaver in _cast_of_plot(here, seed) if leaver.pk not in begun]
    build.give_sign_in(leaver for _exit, leaver in new)
    for exit_, leaver in new:
        build.bring_the_day(leaver, exit_.kind, clock.today() - timedelta(days=exit_.days_ago) + plot.NOTICE)
    pay.build_pay((leaver for _exit, leaver in new), seed=seed, today=clock.today())
    return new


def _cast_of_plot(here: list[Employment], seed: int) -> list[tuple[plot.Exit, Employment]]:
    """Nobody who heads a unit, each from another corner of the company."""
    exits = list(plot.exits())
    settled = clock.today() - timedelta(days=200)
    candidates = [e for e in here if e.line_manager_id and e.unit.head_id and e.hire_date < settled]
    candidates = [e for e in candidates if e.person.name != EXPECTING]
    candidates.sort(key=lambda employment: employment.employee_number)
    return list(zip(exits, random.Random(seed).sample(candidates, len(exits)), strict=True))


def _score(now: datetime) -> None:
    by = User.objects.get(username="lu.xingjian")
    Scoring.current().switch(on=True, threshold=80, impact_note=IMPACT_NOTE, by=by, at=now)
    score_everybody(on=clock.today(), at=now)
