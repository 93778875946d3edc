"""An ending that an import brought by mistake goes back; one that an exit brought does not."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from employees.importing.running import Importing, proposed_mapping
from employees.importing.sources import open_source
from employees.models import Employment
from tests.access.cast import api_client, sign_in
from tests.factories.employees import employed

pytestmark = pytest.mark.django_db


@pytest.fixture
def ended(cast, tmp_path, at) -> Employment:
    file = cast.employment["leaver"]
    path = tmp_path / "people.csv"
    path.write_text(
        f"工号,姓名,入职日期,离职日期\n{file.employee_number},{file.person.name},{file.hire_date},{at.date()}\n",
        encoding="utf-8",
    )
    source = open_source(path)
    report = Importing(source, proposed_mapping(source), at=at).run()
    file.refresh_from_db()
    assert file.status == "left", report
    return file


def take_back(user, file: Employment) -> int:
    client = api_client(user, HTTP_IDEMPOTENCY_KEY=uuid4().hex)
    return client.delete(f"/api/v1/employments/{file.pk}/ending/").status_code


def test_the_person_goes_on_and_both_stand_in_the_timeline(cast, ended):
    client = sign_in(cast.hrbp)
    assert "撤销终止" in client.get(reverse("employees:facts", args=[ended.pk])).content.decode()

    client.post(reverse("employees:ending_removal", args=[ended.pk]))

    ended.refresh_from_db()
    page = client.get(reverse("employees:profile", args=[ended.pk])).content.decode()
    assert (ended.status, ended.termination_date, ended.exit_reason) == ("active", None, "")
    assert "离职" in page and "误写的终止已撤销" in page


def test_twice_is_once(cast, ended):
    assert [take_back(cast.hrbp, ended), take_back(cast.hrbp, ended)] == [204, 409]


def test_what_no_import_ended_stays_ended(cast, at):
    file = cast.employment["leaver"]
    file.end(termination_date=date(2026, 6, 30), by=cast.hrbp, at=at)

    assert take_back(cast.hrbp, file) == 409
    assert "撤销终止" not in sign_in(cast.hrbp).get(reverse("employees:facts", args=[file.pk])).content.decode()


def test_a_later_employment_of_the_person_is_corrected_first(cast, ended):
    employed(
        "周远航", unit=ended.unit, person=ended.person, hire_date=ended.termination_date + timedelta(days=1), user=None
    )

    assert take_back(cast.hrbp, ended) == 409
