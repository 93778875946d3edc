"""Walking a chain with a sample person: who would be asked, which steps fall away. Nothing is sent."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from ehr import deadlines

from ..models import Case, ChainStep, ChainVersion
from ..rules import chains
from .approvers import approvers
from .asking import condition_facts

if TYPE_CHECKING:
    from ehr.identity.models import User
    from employees.models import Employment


@dataclass(frozen=True, kw_only=True)
class Trial:
    step: ChainStep
    applies: bool
    people: "list[User]"
    latest: datetime


def try_chain(version: ChainVersion, *, employment: "Employment", cost: Decimal | None, at: datetime) -> list[Trial]:
    case = Case(kind=version.chain.kind, employment=employment, unit=employment.unit, cost=cost)
    walked, latest = [], at
    for step in version.steps.select_related("named"):
        applies = chains.applies(step.condition_rules, condition_facts(case))
        if applies:
            latest = deadlines.due_in(working_days=step.sla_days, at=latest)
        people = approvers(step, case) if applies else []
        walked.append(Trial(step=step, applies=applies, people=people, latest=latest))
    return walked
