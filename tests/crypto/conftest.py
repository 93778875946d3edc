import base64

import pytest

from ehr.crypto import keys, roots
from ehr.crypto.models import DataKey
from employees.models import Person

ID_NUMBER = "110101199003077475"


def ring_of(*names: str) -> str:
    return ",".join(f"{name}:{base64.b64encode(name.encode().ljust(32, b'!')).decode()}" for name in names)


@pytest.fixture(autouse=True)
def fresh():
    """Nothing unwrapped is remembered from another test."""
    keys._held.clear()
    roots._root_of.cache_clear()
    yield
    keys._held.clear()
    roots._root_of.cache_clear()


@pytest.fixture
def person(db):
    return a_person()


def a_person(**values) -> Person:
    values = {"name": "周远航", "id_number": ID_NUMBER, "phone": "13800138000"} | values
    return Person.objects.create(data_key=DataKey.issue(), **values)


def stored(person: Person, column: str = "id_number") -> bytes:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM employees_person WHERE id = %s", [person.pk])
        return bytes(cursor.fetchone()[0])
