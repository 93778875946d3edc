"""Every page, with the parts it loads by itself, costs the same few statements with 3 and with 300 rows (decisions 39)."""

from typing import Any

import pytest
from django.urls import reverse

from offboarding.models import Case
from tests.access.cast import sign_in
from tests.factories.crowds import colleagues, duties, more_of_everything, multiply, refresh_statistics
from tests.factories.offboarding import a_dismissal, a_resignation, approved, pending
from tests.factories.painting import statements

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MOST = 12
FEW, MANY = 3, 300


def cost(browser: Any, path: str) -> int:
    refresh_statistics()
    return statements(browser, path)


@pytest.mark.parametrize("query", ["", "?red=1", "?tab=waiting", "?view=columns"])
def test_the_board(cast, at, query) -> None:
    rows = [approved(a_resignation(cast, at), at), a_resignation(cast, at, who="successor")]
    browser, path = sign_in(cast.hr_manager), reverse("offboarding:board") + query
    for case in rows:
        multiply(case, FEW)
    few = cost(browser, path)

    for case in rows:
        multiply(case, MANY)

    assert cost(browser, path) == few <= MOST


@pytest.mark.parametrize("query", ["", "?q=zyh", "?status=leaving"])
@pytest.mark.parametrize("reader", ["hr_manager", "group_hr", "auditor"])
def test_the_employee_list(cast, reader, query) -> None:
    browser, path = sign_in(cast.users[reader]), reverse("employees:list") + query
    colleagues(cast.employment["leaver"], FEW)
    few = cost(browser, path)

    colleagues(cast.employment["leaver"], MANY)

    assert cost(browser, path) == few <= MOST


@pytest.mark.parametrize("reader", ["head", "hr_manager", "leaver"])
def test_the_inbox(cast, at, reader) -> None:
    browser, path = sign_in(cast.users[reader]), reverse("deadlines:inbox")
    duties(cast.users[reader], FEW, at=at)
    few = cost(browser, path)

    duties(cast.users[reader], MANY, at=at)

    assert cost(browser, path) == few <= MOST


def pages(cast: Any, at: Any) -> dict[str, tuple[Any, Case, str]]:
    return {
        "case": lambda: (cast.hr_manager, a_settled(cast, at), "{case.url}"),
        "dismissal": lambda: (cast.hr_manager, approved(a_dismissal(cast, at), at), "{case.url}"),
        "head's case": lambda: (cast.head, a_settled(cast, at), "{case.url}"),
        "my exit": lambda: (cast.leaver, a_settled(cast, at), "/me/"),
        "approval": lambda: (cast.head, a_resignation(cast, at), "{case.url}approvals/{asked.pk}/"),
        "timeline": lambda: (cast.hr_manager, a_settled(cast, at), "{case.url}timeline/"),
    }


def a_settled(cast: Any, at: Any) -> Case:
    return approved(a_resignation(cast, at), at)


@pytest.mark.parametrize("name", ["case", "dismissal", "head's case", "my exit", "approval", "timeline"])
def test_the_pages_of_one_exit(cast, at, name) -> None:
    user, case, address = pages(cast, at)[name]()
    asked = pending(case) if name == "approval" else None
    browser, path = sign_in(user), address.format(case=case, asked=asked)
    more_of_everything(case, FEW)
    few = cost(browser, path)

    more_of_everything(case, MANY)

    assert cost(browser, path) == few <= MOST


def test_my_exit_before_filing(cast) -> None:
    assert cost(sign_in(cast.leaver), "/me/") <= MOST
