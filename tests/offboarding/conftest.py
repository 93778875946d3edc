from typing import Any

import pytest

from employees.models import Employment
from tests.factories.employees import id_number


@pytest.fixture
def cast(cast: Any) -> Any:
    """People whose file is complete enough for a certificate."""
    for number, name in enumerate(("leaver", "successor", "head"), start=700):
        person = cast.employment[name].person
        person.id_number = id_number(nth=number)
        person.save()
        Employment.objects.filter(person=person).update(job_title="大客户经理")
        cast.employment[name].refresh_from_db()
    return cast
