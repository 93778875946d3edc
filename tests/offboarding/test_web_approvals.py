"""A signature as the browser sends it, from the page of the case and from its fragment."""

from typing import Any

import pytest

from handover.models import Handover
from tests.access.cast import sign_in
from tests.factories.offboarding import a_dismissal, a_resignation, approved, decide, pending

pytestmark = pytest.mark.django_db
FRAGMENT = {"HX-Request": "true"}
SIGNED = {"decision": "acknowledge"}


@pytest.fixture
def asked(cast: Any, at: Any) -> str:
    """The address of a notice that waits for the line manager."""
    case = a_resignation(cast, at)
    return f"{case.url}approvals/{pending(case).pk}/"


def test_it_works_once(cast, asked) -> None:
    browser = sign_in(cast.head)

    assert browser.post(asked, SIGNED).status_code == 302

    again = browser.post(asked, SIGNED)
    assert again.status_code == 409
    assert "顾承砚" in again.content.decode(), "who was first"


def test_from_a_fragment_the_page_is_told_to_load_anew(cast, asked) -> None:
    answer = sign_in(cast.head).post(asked, SIGNED, headers=FRAGMENT)

    assert (answer.status_code, "HX-Redirect" in answer.headers) == (204, True)


def test_the_fragment_is_the_form_alone(cast, asked) -> None:
    browser = sign_in(cast.head)

    page, fragment = browser.get(asked), browser.get(asked, headers=FRAGMENT)

    assert (page.status_code, fragment.status_code) == (200, 200)
    assert "<html" in page.content.decode()
    assert "<html" not in fragment.content.decode()
    assert 'value="acknowledge"' in fragment.content.decode()


@pytest.mark.parametrize("sent", [{"decision": "return", "comment": ""}, {"decision": "applaud"}, {"comment": "好"}])
def test_a_mistake_comes_back_in_the_fragment(cast, asked, sent) -> None:
    answer = sign_in(cast.head).post(asked, sent, headers=FRAGMENT)

    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert "<html" not in answer.content.decode()


def test_a_notice_cannot_be_rejected(cast, asked) -> None:
    answer = sign_in(cast.head).post(asked, {"decision": "reject", "comment": "不同意"})

    assert answer.status_code == 409
    assert "现在可以做的：" in (page := answer.content.decode())
    assert "知悉" in page.partition("现在可以做的：")[2][:60]
    assert "acknowledge" not in page


def test_whoever_sees_the_exit_but_is_not_asked_is_refused(cast, asked) -> None:
    assert sign_in(cast.hrbp).post(asked, SIGNED).status_code == 403


@pytest.mark.parametrize("who", ["stranger", "leaver"])
def test_nobody_else_signs(cast, asked, who) -> None:
    assert sign_in(getattr(cast, who)).post(asked, SIGNED).status_code in (403, 404)


def test_to_a_head_of_elsewhere_it_does_not_exist(cast, at, asked) -> None:
    head = cast.unit["supply"]
    head.appoint(cast.stranger, by=None, at=at)

    assert sign_in(cast.stranger).post(asked, SIGNED).status_code == 404


def test_an_approval_of_another_exit_is_not_found(cast, at, asked) -> None:
    other = a_dismissal(cast, at, who="successor")

    crossed = f"{other.url}approvals/{asked.rstrip('/').rsplit('/', 1)[1]}/"

    assert sign_in(cast.head).post(crossed, SIGNED).status_code == 404


def test_other_methods_do_nothing(cast, asked) -> None:
    assert sign_in(cast.head).put(asked).status_code == 405
    assert sign_in(cast.head).delete(asked).status_code == 405


def test_the_next_one_is_asked_at_another_address(cast, at) -> None:
    case = a_resignation(cast, at)
    first = decide(case, at, "acknowledge")

    answer = sign_in(cast.hrbp).post(f"{case.url}approvals/{first.pk}/", SIGNED)

    assert answer.status_code in (403, 409)
    assert pending(case).approver == cast.hrbp


def test_the_last_signature_lays_out_the_whole_exit_in_few_statements(cast, at, django_assert_max_num_queries) -> None:
    """State, tracks, duties, handover and all their facts at once. What a process reads once was read for another."""
    approved(a_resignation(cast, at, who="successor"), at)
    case = a_resignation(cast, at)
    decide(case, at, "acknowledge")
    browser, address = sign_in(cast.hrbp), f"{case.url}approvals/{pending(case).pk}/"

    with django_assert_max_num_queries(49):
        answer = browser.post(address, {**SIGNED, "once": "a-form"})

    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.state == "approved"
    assert case.tracks.count() > 5
    assert Handover.objects.get(origin=case.ref).items.exists()
