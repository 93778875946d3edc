"""Monthly pay corrected by hand: without being shown, and not by the person."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from ehr.record import Event
from employees.models import Employment
from tests.access.cast import api_client, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(cast) -> Employment:
    return cast.employment["leaver"]


def put(user, file: Employment, amount: object) -> int:
    client = api_client(user, HTTP_IDEMPOTENCY_KEY=uuid4().hex)
    return client.put(f"/api/v1/employments/{file.pk}/pay/", {"base_pay": amount}, format="json").status_code


def raised() -> list[dict]:
    return list(Event.objects.filter(kind="employees.employment.raised").values_list("payload", flat=True))


def test_who_keeps_the_file_corrects_the_pay_and_nothing_tells_how_much(cast, file):
    page = reverse("employees:facts", args=[file.pk])
    client = sign_in(cast.hrbp)

    answer = client.post(reverse("employees:pay", args=[file.pk]), {"base_pay": "18600.50"})
    shown = client.get(page).content.decode()

    file.refresh_from_db()
    assert answer.status_code == 302
    assert Decimal(file.base_pay) == Decimal("18600.50")
    assert "18600" not in str(raised()) and "18600" not in shown and "18,600" not in shown


def test_the_same_pay_again_changes_nothing(cast, file):
    put(cast.hrbp, file, "18600")
    before = len(raised())

    assert put(cast.hrbp, file, "18600.00") == 204
    assert len(raised()) == before


@pytest.mark.parametrize("amount", ["-1", "1.005", "much", "", None])
def test_what_is_no_pay_is_refused(cast, file, amount):
    assert put(cast.hrbp, file, amount) == 422
    assert raised() == []


def test_nobody_corrects_the_own_pay(cast):
    assert put(cast.hrbp, cast.employment["hrbp"], "99999") == 403


def test_of_somebody_who_left_pay_stays_as_it_was(cast, file):
    Employment.objects.filter(pk=file.pk).update(status="left", termination_date=file.hire_date)

    assert put(cast.hrbp, file, "18600") == 409
    assert "月薪" not in sign_in(cast.hrbp).get(reverse("employees:facts", args=[file.pk])).content.decode()
