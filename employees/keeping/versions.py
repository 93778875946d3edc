"""What is on file of a person's employment, and the version of it that an editor read."""

from typing import Any

from ehr.as_read import version_of

from ..models import Contract, Employment

PERSON_FACTS = ("birth_date", "first_work_date", "gender")
EMPLOYMENT_FACTS = (
    *("hire_date", "relation", "place_of_performance", "work_time_system", "retirement_category", "union_role"),
    *("probation_end_date", "leave_balance_days"),
)
TERMS = ("kind", "start_date", "end_date", "signed_date", "nth")


def facts_on_file(employment: Employment) -> dict[str, Any]:
    of_person = {name: getattr(employment.person, name) for name in PERSON_FACTS}
    return of_person | {name: getattr(employment, name) for name in EMPLOYMENT_FACTS}


def terms_on_file(contract: Contract) -> dict[str, Any]:
    return {name: getattr(contract, name) for name in TERMS}


def facts_version(employment: Employment) -> str:
    return version_of(facts_on_file(employment))


def terms_version(contract: Contract) -> str:
    return version_of(terms_on_file(contract))
