"""A double click on a form has one effect, and both clicks get the same answer."""

import re
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import Context, Template
from django.test import Client, override_settings
from django.urls import include, path

from ehr.errors import Forbidden, Refused, WrongState
from ehr.once import once
from ehr.units.models import LegalEntity
from tests.access.cast import a_user, sign_in


@once
def create(request: HttpRequest) -> HttpResponse:
    code = request.POST["code"]
    if not LegalEntity.objects.filter(code=code).exists():
        LegalEntity.objects.create(code=code, name="new")
    else:
        return HttpResponse("there already", status=422)
    if request.POST.get("then") == "wrong":
        raise WrongState("Somebody was faster.", allowed=["look"])
    return redirect(f"/made/{LegalEntity.objects.count()}/")


def fail(request: HttpRequest, how: str) -> HttpResponse:
    raise {
        "wrong": WrongState("Somebody was faster.", allowed=["withdraw"]),
        "refused": Refused("pregnant", "She is protected.", article="LCL 42"),
        "forbidden": Forbidden("secret"),
    }[how]


urlpatterns = [path("make/", create), path("fail/<str:how>/", fail), path("", include("ehr.urls"))]


@pytest.fixture(autouse=True)
def addresses() -> Iterator[None]:
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.mark.django_db
def test_the_token_of_one_form_is_no_token_of_another() -> None:
    client = sign_in(a_user("one"))
    client.post("/make/", {"code": "A", "once": "t1"})

    assert client.post("/me/settings/language/", {"language": "en", "once": "t1"}).status_code == 409


@pytest.mark.django_db
def test_the_second_click_gets_the_first_ones_answer() -> None:
    client = sign_in(a_user("one"))
    form = {"code": "A", "once": "t1"}

    first, second = client.post("/make/", form), client.post("/make/", form)

    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    assert LegalEntity.objects.count() == 1


@pytest.mark.django_db
def test_a_refused_form_may_be_sent_again_corrected() -> None:
    client = sign_in(a_user("one"))
    LegalEntity.objects.create(code="A", name="old")

    assert client.post("/make/", {"code": "A", "once": "t1"}).status_code == 422
    assert client.post("/make/", {"code": "B", "then": "wrong", "once": "t1"}).status_code == 409
    assert not LegalEntity.objects.filter(code="B").exists()
    assert client.post("/make/", {"code": "B", "once": "t1"}).status_code == 302


@pytest.mark.django_db
def test_tokens_belong_to_one_person() -> None:
    form = {"code": "A", "once": "t1"}
    sign_in(a_user("one")).post("/make/", form)

    assert sign_in(a_user("two")).post("/make/", form).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_wait_for_each_other() -> None:
    user = a_user("one")
    clients = [sign_in(user) for _number in range(4)]
    together = threading.Barrier(4)
    found: list[Any] = []

    def click(client: Client) -> None:
        try:
            together.wait(10)
            answer = client.post("/make/", {"code": "A", "once": "t1"})
            found.append((answer.status_code, answer.headers.get("Location")))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=click, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert found == [(302, "/made/1/")] * 4
    assert LegalEntity.objects.count() == 1


def test_the_tag_writes_a_fresh_token_each_time() -> None:
    page = Template("{% load once %}{% once %}{% once %}").render(Context())

    tokens = re.findall(r'name="once" value="([\w-]{20,})"', page)
    assert len(set(tokens)) == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("how", "status", "words"),
    [("wrong", 409, "Somebody was faster."), ("refused", 422, "《劳动合同法》第42条"), ("forbidden", 403, "403")],
)
@pytest.mark.parametrize("fragment", [False, True])
def test_errors_become_pages_and_fragments(how: str, status: int, words: str, fragment: bool) -> None:
    client = sign_in(a_user("one"))

    answer = client.get(f"/fail/{how}/", headers={"HX-Request": "true"} if fragment else {})

    body = answer.content.decode()
    assert answer.status_code == status
    assert ("<html" not in body) is fragment
    assert "secret" not in body
    if how != "forbidden":
        assert words in body
