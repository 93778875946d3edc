"""The same key: one effect, one answer. On a small resource made for these tests, with real transactions."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, connections
from django.test import override_settings
from django.urls import path
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.test import APIClient

from ehr.api import EVERYBODY, ApiView
from ehr.errors import Refused, WrongState
from ehr.identity.models import User
from ehr.once.models import Answer
from ehr.units.models import LegalEntity
from tests.access.cast import a_user

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
URL = "/api/v1/entities/"
gate = threading.Event()
entered = threading.Event()


class EntitySerializer(serializers.Serializer):
    code = serializers.CharField(max_length=5)
    then = serializers.CharField(default="")


class Entities(ApiView):
    permission = EVERYBODY

    def post(self, request: Any) -> Response:
        form = EntitySerializer(data=request.data)
        form.is_valid(raise_exception=True)
        entity = LegalEntity.objects.create(code=form.validated_data["code"], name="new")
        then = form.validated_data["then"]
        if then == "wait":
            entered.set()
            assert gate.wait(10)
        if then == "wrong":
            raise WrongState("closed already", allowed=["reopen"])
        if then == "refused":
            raise Refused("LCL42", "not now", article="LCL 42", field="code")
        if then == "break":
            raise RuntimeError("power cut")
        return Response({"id": str(entity.pk)}, status=201, headers={"Location": f"{URL}{entity.pk}/"})


class Feed(Entities):
    needs_key = False


urlpatterns = [path("api/v1/entities/", Entities.as_view()), path("api/v1/feed/", Feed.as_view())]


@pytest.fixture(autouse=True)
def addresses() -> Iterator[None]:
    gate.clear()
    entered.clear()
    with override_settings(ROOT_URLCONF=__name__):
        yield


def caller(user: User | None = None) -> APIClient:
    client = APIClient()
    client.force_authenticate(user or a_user("one"))
    return client


def send(client: APIClient, key: str | None = "k1", url: str = URL, **body: Any) -> Any:
    headers = {"HTTP_IDEMPOTENCY_KEY": key} if key else {}
    return client.post(url, {"code": "A", **body}, format="json", **headers)


def test_without_a_key_it_is_400() -> None:
    answer = send(caller(), key=None)

    assert answer.status_code == 400
    assert answer.json()["type"] == "/problems/idempotency-key-missing"
    assert not LegalEntity.objects.exists()


def test_a_key_that_is_too_long_is_400() -> None:
    assert send(caller(), key="k" * 101).status_code == 400


def test_the_same_key_and_body_give_the_same_answer() -> None:
    client = caller()
    first, second = send(client), send(client)

    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert second.headers["Idempotent-Replayed"] == "true"
    assert second.headers["Location"] == first.headers["Location"]
    assert second.headers["Content-Type"] == "application/json"
    assert LegalEntity.objects.count() == 1


def test_another_body_under_the_same_key_is_422() -> None:
    client = caller()
    send(client)

    answer = send(client, code="B")

    assert answer.status_code == 422 and answer.json()["code"] == "idempotency_key_reused"
    assert LegalEntity.objects.count() == 1


def test_keys_belong_to_their_caller() -> None:
    send(caller(a_user("one")))

    assert send(caller(a_user("two")), code="B").status_code == 201


def test_what_was_refused_may_come_again_corrected() -> None:
    client = caller()
    assert send(client, code="TOO LONG").status_code == 422
    assert send(client, then="wrong").status_code == 409

    assert send(client).status_code == 201


@pytest.mark.parametrize(("then", "status"), [("wrong", 409), ("refused", 422)])
def test_an_error_takes_everything_back(then: str, status: int) -> None:
    assert send(caller(), then=then).status_code == status

    assert not LegalEntity.objects.exists() and not Answer.objects.exists()


def test_a_crash_keeps_neither_the_work_nor_the_answer() -> None:
    client = caller()
    client.raise_request_exception = False
    assert send(client, then="break").status_code == 500

    assert not LegalEntity.objects.exists() and not Answer.objects.exists()
    assert send(client).status_code == 201


def test_a_feed_with_its_own_ids_needs_no_key() -> None:
    assert send(caller(), key=None, url="/api/v1/feed/").status_code == 201


def test_the_stored_answer_is_not_readable_in_the_table() -> None:
    answer = send(caller())

    assert answer.content not in bytes(Answer.objects.get().body)


@pytest.mark.django_db(transaction=True)
def test_a_key_in_flight_is_409_and_later_the_answer() -> None:
    user = a_user("one")
    answers: dict[str, Any] = {}

    def slow() -> None:
        try:
            answers["slow"] = send(caller(user), then="wait").status_code
        finally:
            connections.close_all()

    thread = threading.Thread(target=slow)
    thread.start()
    assert entered.wait(10)
    during = send(caller(user), then="wait")
    gate.set()
    thread.join(10)

    assert during.status_code == 409
    assert answers["slow"] == 201
    assert send(caller(user), then="wait").status_code == 201
    assert LegalEntity.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_have_one_effect() -> None:
    user = a_user("one")
    together = threading.Barrier(8)
    statuses: list[int] = []

    def one() -> None:
        try:
            together.wait(10)
            statuses.append(send(caller(user)).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert LegalEntity.objects.count() == 1
    assert set(statuses) <= {201, 409} and 201 in statuses and len(statuses) == 8
    assert connection.is_usable()
