"""What the files of a few say differently: other relations of work, and earlier service in the group."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from demo import build
from ehr.lib.months import add_months
from ehr.units.models import LegalEntity
from employees.models import Contract, Employment, Person, PriorSegment, RetirementCategory, WorkRelation

SERVED_SHARE = 0.02
RETIRED_AT = 61
CATEGORIES = {"male": RetirementCategory.MALE_60, "female": RetirementCategory.FEMALE_55}
DAY = timedelta(days=1)


def vary_files(employments: Iterable[Employment], *, today: date) -> None:
    """Of those alone who stay: whoever leaves on the stage keeps the plainest file."""
    rest = sorted(employments, key=lambda employment: employment.employee_number)
    whole = len(rest)
    for relation, share, fits in _relations(today):
        chosen = _spread([one for one in rest if fits(one)], round(whole * share) or 1)
        rest = [one for one in rest if one not in chosen]
        _relate(chosen, relation)
    grown = [one for one in rest if _age_when_hired(one) >= 26]
    _serve_before(_spread(grown, round(whole * SERVED_SHARE)))


def _relations(today: date) -> Iterable[tuple[WorkRelation, float, Callable[[Employment], bool]]]:
    yield WorkRelation.PART_TIME, 0.008, lambda one: one.job_family == "store"
    yield WorkRelation.INTERN, 0.004, lambda one: _age_when_hired(one) < 24 and one.hire_date > today - 300 * DAY
    yield WorkRelation.REHIRED_RETIREE, 0.003, lambda one: one.hire_date > today - 1000 * DAY
    yield WorkRelation.DISPATCHED, 0.006, lambda one: one.job_family == "operations"


def _age_when_hired(employment: Employment) -> int:
    born = employment.person.birth_date
    return (employment.hire_date - born).days // 365 if born else 0


def _spread(fitting: Sequence[Employment], count: int) -> list[Employment]:
    """Not all from one corner."""
    return list(fitting[:: max(1, len(fitting) // count)][:count]) if count else []


def _relate(chosen: Sequence[Employment], relation: WorkRelation) -> None:
    """A labour contract with us has only who works part time."""
    rows = Employment.objects.filter(pk__in=[one.pk for one in chosen])
    rows.update(relation=relation)
    if relation != WorkRelation.PART_TIME:
        Contract.objects.filter(employment__in=rows).delete()
    if relation == WorkRelation.REHIRED_RETIREE:
        for one in chosen:
            _retire(one)


def _retire(employment: Employment) -> None:
    born = add_months(employment.hire_date, -12 * RETIRED_AT)
    build.be_born(employment.person, born, first_work_date=add_months(born, 12 * 20))
    category = CATEGORIES.get(employment.person.gender, RetirementCategory.UNKNOWN)
    Employment.objects.filter(pk=employment.pk).update(retirement_category=category)


def _serve_before(chosen: Sequence[Employment]) -> None:
    """With another company of the group until the day before; some were paid out there."""
    companies = list(LegalEntity.objects.order_by("code"))
    segments = []
    for index, employment in enumerate(chosen):
        others = [one for one in companies if one.pk != employment.employer_id]
        start = add_months(employment.hire_date, -12 * (2 + index % 4))
        segment = PriorSegment(employment=employment, employer_name=others[index % len(others)].name, start_date=start)
        segment.end_date, segment.severance_paid = employment.hire_date - DAY, index % 4 == 0
        segments.append(segment)
        first = employment.person.first_work_date
        employment.person.first_work_date = min(first, start) if first else start
    PriorSegment.objects.bulk_create(segments)
    Person.objects.bulk_update([one.person for one in chosen], ["first_work_date"], batch_size=500)
