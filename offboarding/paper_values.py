"""What the case and the file say for a paper; what they can't say is asked when it is issued."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from ehr.documents.fields import Field, FieldType, Source
from ehr.documents.kinds import DocumentKind
from ehr.errors import Refused, WrongState

from .documents import certificate_values
from .models import Settlement
from .noncompete_paper import KIND as NONCOMPETE
from .noncompete_paper import decided_variant, noncompete_values
from .notice_paper import LAWS_OF_GROUNDS, day_words, facts_of, ground_words, notice_values, person_words
from .reason_paper import KIND as REASON
from .reason_paper import reason_values
from .rules import obligations
from .rules.obligations import DutyKind

if TYPE_CHECKING:
    from .models import Case


def values_of(case: "Case", kind: DocumentKind, *, given: Mapping[str, Any]) -> dict[str, Any]:
    """Only what the kind declares; of what was given only what is asked for."""
    known = known_of(case, kind) | said_of(kind, given)
    declared = (*kind.merge, *(f"{name}_en" for name in kind.merge))
    values = {name: known[name] for name in declared if known.get(name) not in (None, "", [])}
    return values | {"name": case.employment.person.name, "overridden": case.overridden}


def values_for(case: "Case", kind: DocumentKind, *, given: Mapping[str, Any]) -> dict[str, Any]:
    """As `values_of`, for every kind that is previewed: those of their own operations too."""
    if kind.code == "termination_notice":
        return notice_values(case) | said_of(kind, given)
    if kind.code == "certificate" and case.termination_date:
        return certificate_values(case)
    return values_of(case, kind, given=given)


def known_of(case: "Case", kind: DocumentKind) -> dict[str, Any]:
    if not case.last_working_date or not case.termination_date:
        raise WrongState(_("The last day is not settled yet."), allowed=case.actions())
    money = _money(case) if "ex_gratia" in kind.merge else {}
    decided = noncompete_values(case) if kind.code == NONCOMPETE else {}
    asked_for = reason_values(case) if kind.code == REASON else {}
    reason = {"facts": facts_of(case.reason())} if "facts" in kind.merge else {}
    return {
        **person_words(case),
        **ground_words(case),
        **day_words(case),
        **reason,
        **money,
        **_kept_until(case.termination_date, case),
        "ending_law": LAWS_OF_GROUNDS.get(case.ground, ""),
        **decided,
        **asked_for,
    }


def _kept_until(last_day: date, case: "Case") -> dict[str, str]:
    """The days of the duties that are kept after the exit: one source for the paper and for the list."""
    owed = obligations.after(termination_date=last_day, is_layoff=False, ground=case.ground)
    until = {duty.kind: duty.due_date.isoformat() for duty in owed}
    return {
        "contract_kept_until": until[DutyKind.RETENTION],
        "wages_kept_until": until[DutyKind.WAGE_RECORDS],
    }


def asked_fields(kind: DocumentKind) -> list[Field]:
    return [field for field in kind.fields if field.source == Source.ASKED]


def variant_of(case: "Case", kind: DocumentKind, wanted: str = "") -> str:
    """By the ground where the law's words differ by it, or by the decision on file; else what was chosen."""
    if kind.code == NONCOMPETE:
        return decided_variant(case, wanted)
    variants = [code for code, _label in kind.variants]
    if case.ground in variants:
        return case.ground
    if wanted in variants:
        return wanted
    raise Refused("unknown_variant", _("Choose what the paper is to say."), field="variant")


def said_of(kind: DocumentKind, given: Mapping[str, Any]) -> dict[str, Any]:
    return {field.name: _as_stored(field, given.get(field.name)) for field in asked_fields(kind)}


def _as_stored(field: Field, value: Any) -> str:
    if value in (None, ""):
        return ""
    if field.type == FieldType.MONEY:
        return str(Decimal(value))
    return str(value.isoformat() if field.type == FieldType.DATE and not isinstance(value, str) else value).strip()


def _money(case: "Case") -> dict[str, str]:
    settlement = Settlement.objects.current().filter(case=case).first()
    lines = list(settlement.lines.all()) if settlement else []
    sums = {
        code: sum((Decimal(line.amount) for line in lines if line.code == code and line.amount), Decimal(0))
        for code in ("severance", "ex_gratia")
    }
    return {code: str(amount) for code, amount in sums.items() if amount}
