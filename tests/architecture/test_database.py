import pytest
from django.db import connection


@pytest.mark.django_db
def test_it_runs_on_the_one_engine() -> None:
    assert connection.vendor == "postgresql"
    assert connection.pg_version >= 180000
