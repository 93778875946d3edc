"""What the decision on file says in the notice of a non-compete; a notice that says something else is refused."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from ehr.clock import LEGAL_ZONE
from ehr.errors import Refused

from .models import NonCompete, NonCompeteState
from .rules import non_compete as rules

if TYPE_CHECKING:
    from .models import Case

KIND = "noncompete_notice"
ACTIVATE, WAIVE = "activate", "waive"
VARIANTS = {
    NonCompeteState.ACTIVE: ACTIVATE,
    NonCompeteState.WAIVED: WAIVE,
    NonCompeteState.RELEASED: WAIVE,
}
"""Where none was agreed, or the person had it ended, the company has nothing to say."""


def decided_variant(case: "Case", wanted: str = "") -> str:
    clause = clause_of(case)
    if clause is None:
        raise Refused("B_NC_UNDECIDED", _("Decide on the non-compete first: the notice says what was decided."))
    known = VARIANTS.get(NonCompeteState(clause.state), "")
    if not known or wanted not in ("", known):
        words = _("On file it says: %(state)s. A notice that says something else is not issued.")
        raise Refused("B_NC_CONTRADICTED", words % {"state": clause.get_state_display()}, field="variant")
    return known


def is_noticed(case: "Case") -> bool:
    clause = clause_of(case)
    return clause is not None and clause.state in VARIANTS


def noncompete_values(case: "Case") -> dict[str, Any]:
    clause = clause_of(case)
    if clause is None:
        return {}
    term = clause.term or _expected(case, clause)
    days = {"nc_start": term.first.isoformat(), "nc_end": term.last.isoformat()} if term else {}
    return {"nc_amount": clause.monthly, "nc_free_from": _free_from(case, clause).isoformat(), **days}


def clause_of(case: "Case") -> NonCompete | None:
    return NonCompete.objects.select_related("data_key").filter(case=case).first()


def _expected(case: "Case", clause: NonCompete) -> rules.Term | None:
    if not clause.months or case.termination_date is None:
        return None
    return rules.term(termination_date=case.termination_date, agreed_months=clause.months)


def _free_from(case: "Case", clause: NonCompete) -> date:
    """From its end on, where it was released; waived, from the end of the employment or the later decision."""
    assert case.termination_date is not None
    decided = clause.decided_at.astimezone(LEGAL_ZONE).date()
    return clause.ended_date or max(case.termination_date, decided)
