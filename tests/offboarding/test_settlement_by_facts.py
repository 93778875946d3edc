"""A sum that stands on the file is reckoned anew when the file is corrected, and not when nothing of it moves."""

from datetime import date

import pytest

from ehr import record
from employees import events, keeping
from employees.importing.running import Importing, proposed_mapping
from employees.importing.sources import open_source
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


def test_a_file_that_says_another_day_of_hire_draws_the_sum_anew(cast, at, tmp_path) -> None:
    case = calculated(a_parting(cast, at), cast, at).case
    record.deliver_all()
    before, post = severance(case), case.employment
    path = tmp_path / "people.csv"
    path.write_text(f"工号,姓名,入职日期\n{post.employee_number},{post.person.name},2016-04-12\n", encoding="utf-8")
    source = open_source(path)

    Importing(source, proposed_mapping(source), at=at).run()
    record.deliver_all()

    assert current(case).nth == 2
    assert severance(case) != before


def test_what_a_file_says_of_a_name_alone_asks_no_sum(cast, at, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr("offboarding.subscribers.recalculate", lambda *found, **said: asked.append(found))
    a_parting(cast, at)
    fact = {"employment_id": str(cast.employment["leaver"].pk)}

    for fields in (["name", "phone"], ["base_pay"]):
        record.emit(events.Changed(fields=fields, **fact), subject=cast.employment["leaver"], by=None, at=at)
    record.deliver_all()

    assert len(asked) == 1
