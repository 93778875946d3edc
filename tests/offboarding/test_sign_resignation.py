"""Filing on the page and by the API: the typed name and the code together, and a mistake loses nothing."""

import re
from typing import Any

import pytest

from ehr.identity.models import SigningCode
from ehr.lib.masking import mask_email
from offboarding.models import Case
from tests.access.cast import api_client, sign_in
from tests.factories.offboarding import a_resignation

pytestmark = pytest.mark.django_db
COVERED = mask_email("zhou.yuanhang@hengchuan.example")


@pytest.fixture(autouse=True)
def today(monkeypatch, at) -> None:
    monkeypatch.setattr("ehr.clock.now", lambda: at)


def said(**fields: str) -> dict[str, str]:
    return {
        "kind": "resignation",
        "requested_last_working_date": "2026-06-17",
        "reason": "家里要搬回成都",
        "typed_name": "周远航",
        "code": "",
        "once": "a-form",
    } | fields


def code_from(mailoutbox: list[Any]) -> str:
    found = re.search(r"\b\d{6}\b", mailoutbox[-1].body)
    assert found
    return found[0]


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def test_name_and_code_file_it(cast, mailoutbox) -> None:
    browser = sign_in(cast.leaver)
    browser.post("/me/resignation/code/", said())

    answer = browser.post("/me/resignation/", said(code=code_from(mailoutbox)))

    assert (answer.status_code, Case.objects.get().state) == (302, "in_approval")


def test_the_code_comes_without_leaving_the_form(cast, mailoutbox) -> None:
    answer = sign_in(cast.leaver).post("/me/resignation/code/", said(), headers={"HX-Request": "true"})

    assert COVERED in answer.content.decode()
    assert "<form" not in answer.content.decode()
    assert mailoutbox[0].to == ["zhou.yuanhang@hengchuan.example"]


def test_without_scripts_what_was_written_comes_back(cast) -> None:
    page = sign_in(cast.leaver).post("/me/resignation/code/", said()).content.decode()

    assert "家里要搬回成都" in page and 'value="周远航"' in page and COVERED in page


def test_a_wrong_code_says_so_and_loses_nothing(cast, mailoutbox) -> None:
    browser = sign_in(cast.leaver)
    browser.post("/me/resignation/code/", said())

    answer = browser.post("/me/resignation/", said(code=other_than(code_from(mailoutbox))))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "验证码不对" in page and "家里要搬回成都" in page and 'value="周远航"' in page
    assert not Case.objects.exists()
    assert SigningCode.objects.get().code_tries == 1
    assert browser.post("/me/resignation/", said(code=code_from(mailoutbox))).status_code == 302


def test_a_wrong_name_does_not_spend_the_code(cast, mailoutbox) -> None:
    browser = sign_in(cast.leaver)
    browser.post("/me/resignation/code/", said())
    code = code_from(mailoutbox)

    assert browser.post("/me/resignation/", said(code=code, typed_name="周远")).status_code == 422
    assert browser.post("/me/resignation/", said(code=code)).status_code == 302


def test_wrong_codes_count_although_nothing_else_is_kept(cast, mailoutbox) -> None:
    browser = sign_in(cast.leaver)
    browser.post("/me/resignation/code/", said())
    for _ in range(5):
        browser.post("/me/resignation/", said(code=other_than(code_from(mailoutbox))))

    assert browser.post("/me/resignation/", said(code=code_from(mailoutbox))).status_code == 422


def test_without_a_code_nothing_is_filed(cast) -> None:
    assert sign_in(cast.leaver).post("/me/resignation/", said()).status_code == 422
    assert not Case.objects.exists()


def test_no_code_is_sent_while_an_exit_is_in_process(cast, at, mailoutbox) -> None:
    a_resignation(cast, at)

    assert sign_in(cast.leaver).post("/me/resignation/code/", said()).status_code == 409
    assert not mailoutbox


def test_a_quiet_case_does_not_show_in_the_answer(cast, at, mailoutbox) -> None:
    from tests.factories.offboarding import a_dismissal

    a_dismissal(cast, at)

    assert sign_in(cast.leaver).post("/me/resignation/code/", said()).status_code == 200
    assert len(mailoutbox) == 1


# --- by the API ---------------------------------------------------------------------------------------------
def call(user: Any, path: str, body: Any, key: str) -> Any:
    return api_client(user).post(f"/api/v1/cases/{path}", body, format="json", HTTP_IDEMPOTENCY_KEY=key)


def body_of(cast: Any, **fields: str) -> dict[str, str]:
    number = cast.employment["leaver"].employee_number
    return {"employee_number": number, "kind": "resignation", "reason": "读研", "typed_name": "周远航"} | fields


def test_the_api_says_where_the_code_went(cast) -> None:
    answer = call(cast.leaver, "signing-codes/", {}, "k1")

    assert (answer.status_code, answer.json()) == (201, {"address": COVERED, "is_new": True})


def test_the_api_files_with_it(cast, mailoutbox) -> None:
    call(cast.leaver, "signing-codes/", {}, "k1")

    answer = call(cast.leaver, "", body_of(cast, code=code_from(mailoutbox)), "k2")

    assert (answer.status_code, answer.json()["state"]) == (201, "in_approval")


def test_the_api_names_the_field_of_a_wrong_code_and_counts_the_try(cast, mailoutbox) -> None:
    call(cast.leaver, "signing-codes/", {}, "k1")

    answer = call(cast.leaver, "", body_of(cast, code=other_than(code_from(mailoutbox))), "k2")

    assert answer.status_code == 422
    assert (answer.json()["code"], list(answer.json()["errors"])) == ("B_CODE_WRONG", ["code"])
    assert SigningCode.objects.get().code_tries == 1
    assert not Case.objects.exists()


def test_nobody_signs_for_somebody_else(cast, mailoutbox) -> None:
    call(cast.head, "signing-codes/", {}, "k1")

    assert call(cast.head, "", body_of(cast, code=code_from(mailoutbox)), "k2").status_code == 404
