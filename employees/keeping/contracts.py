from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from ehr import record
from ehr.access import refuse_self
from ehr.as_read import differing, refuse_older

from .. import events
from ..models import Contract, Employment
from ..rules.file_facts import Term
from .holding import held, refuse
from .versions import TERMS, terms_on_file, terms_version

if TYPE_CHECKING:
    from ehr.identity.models import User


@transaction.atomic
def add_contract(
    *,
    employment: Employment,
    kind: str,
    start_date: date,
    end_date: date | None,
    nth: int,
    by: User,
    at: datetime,
    signed_date: date | None = None,
) -> Contract:
    refuse_self(by, employment.person.user)
    kept = held(employment)
    contract = Contract(
        employment=kept, kind=kind, start_date=start_date, end_date=end_date, signed_date=signed_date, nth=nth
    )
    refuse(_term(contract).faults(_others(contract)))
    contract.save(force_insert=True)
    fact = events.ContractAdded(employment_id=str(kept.pk), contract_id=str(contract.pk))
    record.emit(fact, subject=kept, by=by, at=at)
    return contract


@transaction.atomic
def correct_contract(*, contract: Contract, version: str, by: User, at: datetime, **said: Any) -> list[str]:
    """Answers the names of what changed. `version` is that of the contract the editor read."""
    refuse_self(by, contract.employment.person.user)
    kept = held(contract.employment)
    contract = Contract.objects.get(pk=contract.pk)
    changed = differing(terms_on_file(contract), said)
    if not changed:
        return []
    refuse_older(version, terms_version(contract))
    for name, value in changed.items():
        setattr(contract, name, value)
    refuse(_term(contract).faults(_others(contract)))
    contract.save(update_fields=list(changed))
    names = sorted(changed)
    fact = events.ContractCorrected(employment_id=str(kept.pk), contract_id=str(contract.pk), fields=names)
    record.emit(fact, subject=kept, by=by, at=at)
    return names


def _term(contract: Contract) -> Term:
    return Term(**terms_on_file(contract))


def _others(contract: Contract) -> list[Term]:
    rows = Contract.objects.filter(employment=contract.employment_id).exclude(pk=contract.pk)
    return [Term(**row) for row in rows.values(*TERMS)]
