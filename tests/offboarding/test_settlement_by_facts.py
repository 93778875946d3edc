"""A sum that stands on the file is reckoned anew when the file is corrected, and not when nothing of it moves."""

from datetime import date

import pytest

from ehr import record
from employees import keeping
from employees.models import Employment
from offboarding.operations.settling import current
from tests.factories.settlements import a_parting, calculated

pytestmark = pytest.mark.django_db


def severance(case) -> list[str]:
    return [line.formula for line in current(case).lines.all() if line.code == "severance"]


def test_earlier_service_that_is_put_on_file_draws_the_sum_anew(cast, at) -> None:
    case = calculated(a_parting(cast, at), cast, at).case
    record.deliver_all()
    before = severance(case)

    keeping.add_prior_segment(
        employment=case.employment,
        employer_name="衡川家居有限公司",
        start_date=date(2016, 4, 12),
        end_date=date(2021, 4, 11),
        severance_paid=False,
        by=cast.hrbp,
        at=at,
    )
    record.deliver_all()

    drawn = current(case)
    assert (drawn.nth, drawn.cause) == (2, "facts")
    assert severance(case) != before


def test_a_correction_that_moves_no_sum_draws_nothing(cast, at) -> None:
    case = calculated(a_parting(cast, at), cast, at).case
    employment = Employment.objects.select_related("person__user").get(pk=case.employment_id)

    version = keeping.facts_version(employment)
    keeping.change_facts(employment=employment, version=version, work_time_system="flexible", by=cast.hrbp, at=at)
    record.deliver_all()

    assert current(case).nth == 1
