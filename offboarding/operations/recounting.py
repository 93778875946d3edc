"""One pass over the exits after a figure or the calendar changed: who is paid what now, and was paid before."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Q

from ehr import access, record
from ehr.access import Role
from ehr.alone import alone

from .. import events
from ..models import Case, ChangeOutcome, ReferenceChange, ReferenceRow, ReferenceRun, RunState, Settlement
from ..models.law_facts import facts_of
from ..models.reference_tables import tables_before, tables_in_force
from ..rules import gates
from ..rules.compliance.exit_pay import ExitPay, exit_pay
from ..rules.compliance.tables import Tables
from ..rules.gates import Facts
from ..rules.kinds import KINDS
from ..rules.lifecycle import LIVE
from ..rules.pay_inputs import PayInputs
from . import people
from .exit_facts import exit_facts
from .settling import current, redraw

if TYPE_CHECKING:
    from ehr.identity.models import User

log = structlog.get_logger(__name__)
TASK = "offboarding.tasks.recount"
OF_FINDINGS = ("retirement_ages", "second_terms")
"""The tables a finding rests on; all others are about money."""


def ask_recount(*, keys: list[str], by: "User | None", at: datetime, year: int | None = None) -> ReferenceRun:
    """What waits already takes the new rows along."""
    waiting = ReferenceRun.objects.select_for_update().filter(state=RunState.WAITING, year=year).first()
    run = waiting or ReferenceRun(created_by=by, created_at=at, year=year)
    run.keys = [*run.keys, *keys]
    run.save()
    transaction.on_commit(lambda: record.nudge(TASK))
    return run


def recount_all(*, at: datetime) -> None:
    for pk in ReferenceRun.objects.at_work().order_by("created_at").values_list("pk", flat=True):
        recount(pk, at=at)


def recount(pk: UUID, *, at: datetime) -> None:
    """The lock is the connection's: it goes with a worker that is killed, and the next goes on where it stopped."""
    with alone(pk.int & 0x7FFF_FFFF_FFFF_FFFF) as mine:
        if not mine or not (run := _begun(pk)).is_at_work:
            return
        _go_through(run, _cases(run), at)
        _finish(run, at=at)


@transaction.atomic
def _begun(pk: UUID) -> ReferenceRun:
    """From here on it takes no further rows along."""
    run = ReferenceRun.objects.select_for_update().get(pk=pk)
    if run.state == RunState.WAITING:
        run.begin(total=_cases(run).count())
    return run


def _go_through(run: ReferenceRun, left: Any, at: datetime) -> None:
    tables, law = tables_in_force(), _law_before(run)
    for case_id in left.values_list("pk", flat=True):
        try:
            with transaction.atomic():
                _one(run, case_id, tables, law, at)
                run.step(case_id)
        except Exception:
            log.exception("recount.case_failed", case_id=str(case_id))
            run.refresh_from_db()
            run.step(case_id)


def _one(run: ReferenceRun, case_id: UUID, tables: Tables, law: Tables | None, at: datetime) -> None:
    case = Case.objects.for_page().get(pk=case_id)
    case.hold()
    if law is not None and case.state != "closed" and _says_otherwise(case, law, tables, at):
        _write(run, case, ChangeOutcome.LAW, None, _amounts(None, None, []))
    before = current(case)
    if before is not None:
        _settle(run, case, before, tables, at)


def _settle(run: ReferenceRun, case: Case, before: Settlement, tables: Tables, at: datetime) -> None:
    inputs = PayInputs.read(before.inputs)
    pay = exit_pay(exit_facts(case, inputs, at=at), tables=tables)
    if before.says_the_same_as(pay):
        return
    amounts = _amounts(before.sum, None if pay.gaps else pay.total, _lines(before, pay))
    if case.state == "approved" and not before.is_settled:
        # Whoever confirmed the figure calculated nobody's pay: the sheet stays that of who drew it.
        redraw(case, pay, inputs, cause="reference", before=before, by=None, at=at)
        _write(run, case, ChangeOutcome.CHANGED, before, amounts)
    elif amounts["before"] != amounts["after"]:
        _flag(run, case, before, amounts, at)


def _flag(run: ReferenceRun, case: Case, settlement: Settlement, amounts: dict[str, Any], at: datetime) -> None:
    """What finance confirmed or paid is not changed behind their back; a closed exit is only listed."""
    if case.state == "closed":
        _write(run, case, ChangeOutcome.CLOSED, settlement, amounts)
        return
    _write(run, case, ChangeOutcome.FLAGGED, settlement, amounts)
    which = {"settlement_id": str(settlement.pk), "nth": settlement.nth}
    case.note(events.SettlementFlagged, by=run.created_by, at=at, **which)
    told = [*people.hr_of(case), *access.users_with(Role.FINANCE, case.unit)]
    people.tell(told, case, "offboarding.settlement_flagged", at=at, url=settlement.url)


def _cases(run: ReferenceRun) -> Any:
    """Exits with a settlement; closed ones only if the rows hold for their last day. For what the law says every live one."""
    rows = ReferenceRow.objects.filter(key__in=run.keys)
    first = rows.order_by("effective_from").values_list("effective_from", flat=True).first()
    settled = Case.objects.filter(settlements__isnull=False)
    wanted = Q(pk__in=settled.filter(state="approved"))
    if first:
        wanted |= Q(pk__in=settled.filter(state="closed", termination_date__gte=first))
    if rows.filter(table__in=OF_FINDINGS).exists():
        wanted |= Q(state__in=[*LIVE, "draft"], kind__in=_judged_kinds())
    found = Case.objects.filter(wanted).order_by("pk")
    return found.filter(pk__gt=run.last_case) if run.last_case else found


def _judged_kinds() -> list[str]:
    return [kind for kind, rule in KINDS.items() if rule.asks_law]


def _law_before(run: ReferenceRun) -> Tables | None:
    touches = ReferenceRow.objects.filter(key__in=run.keys, table__in=OF_FINDINGS).exists()
    return tables_before(run.keys) if touches else None


def _says_otherwise(case: Case, before: Tables, after: Tables, at: datetime) -> bool:
    if case.kind not in _judged_kinds():
        return False
    facts = facts_of(case.employment, case.plan(at=at))
    return _codes(replace(facts, tables=before)) != _codes(replace(facts, tables=after))


def _codes(facts: Facts) -> set[str]:
    return {found.code for found in gates.everything(facts)}


def _lines(before: Settlement, pay: ExitPay) -> list[dict[str, Any]]:
    old = {line.code: line for line in before.lines.order_by("position")}
    new = {line.code: line for line in pay.lines}
    both = [(code, old.get(code), new.get(code)) for code in dict.fromkeys([*old, *new])]
    return [
        {
            "code": code,
            "article": (now or was).article,  # type: ignore[union-attr]
            "before": _text(was.sum if was else None),
            "after": _text(now.amount if now else None),
        }
        for code, was, now in both
        if (was.sum if was else None) != (now.amount if now else None)
    ]


def _amounts(before: Decimal | None, after: Decimal | None, lines: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"before": _text(before), "after": _text(after), "lines": list(lines)}


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


def _write(run: ReferenceRun, case: Case, outcome: str, settlement: Settlement | None, amounts: Any) -> None:
    ReferenceChange.objects.create(
        run=run, case=case, data_key_id=case.data_key_id, outcome=outcome, settlement=settlement, amounts=amounts
    )


@transaction.atomic
def _finish(run: ReferenceRun, *, at: datetime) -> None:
    run.finish(at=at)
    outcomes = Counter(run.changes.values_list("outcome", flat=True))
    fact = events.ReferenceRecounted(run_id=str(run.pk), cases=run.cases_total, outcomes=dict(outcomes))
    record.emit(fact, subject=run, by=run.created_by, at=at)
